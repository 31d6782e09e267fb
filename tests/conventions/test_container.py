"""The image and how compose runs it: small rights, one way in, and a health check that tells the truth."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from tests.conventions.source import ROOT
from tests.house import House
from tests.live.bot_process import free_port

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
FINAL = DOCKERFILE.rpartition("\nFROM ")[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ["bot", "migrate"]


def hadolint() -> str:
    beside_python = Path(sys.executable).parent / "hadolint"
    found = shutil.which("hadolint", path=f"{beside_python.parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("there is no hadolint for this machine")
    return found


async def is_healthy(port: int) -> bool:
    """What the image's own health check says."""
    [check] = re.findall(r"^HEALTHCHECK .*\\\n\s+CMD (\[.*\])$", FINAL, re.MULTILINE)
    run = partial(subprocess.run, env={"PORT": str(port)}, capture_output=True, check=False)
    ended = await asyncio.to_thread(run, [sys.executable, *json.loads(check)[1:]])
    return bool(ended.returncode == 0)


def allowed() -> list[str]:
    """What .dockerignore lets through."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    return [line[1:] for line in lines if line.startswith("!")]


def test_the_dockerfile_has_no_fault_a_linter_knows():
    command = [hadolint(), ROOT / "Dockerfile"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")


def test_the_bot_in_the_image_is_not_root():
    assert re.findall(r"^USER (.+)$", FINAL, re.MULTILINE) == ["10001"]


def test_everything_that_is_copied_into_the_image_is_let_through_and_nothing_else():
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)]
    assert sorted(name for names in copied for name in names) == sorted(allowed())
    assert [name for name in allowed() if not (ROOT / name).exists()] == []


def test_every_package_in_the_image_has_its_exact_version():
    installs = re.findall(r"pip install .+", DOCKERFILE)
    assert [each for each in installs if "--constraint constraints.txt" not in each] == []


def test_the_wheel_carries_the_manifest():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"manifest.yml": "bot/manifest.yml"}


async def test_the_health_check_tells_whether_the_bot_runs(house: House):
    assert await is_healthy(house.bot.port)
    assert not await is_healthy(free_port())


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_gains_rights_and_each_may_take_its_time_to_stop(name: str):
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
    assert SERVICES[name]["stop_grace_period"] == "30s"


@pytest.mark.parametrize("name", OURS)
def test_ours_write_to_their_volume_only(name: str):
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["volumes"] == ["data:/data"]


@pytest.mark.parametrize("name", SERVICES)
def test_no_port_is_open_to_other_machines(name: str):
    assert [port for port in SERVICES[name].get("ports", []) if not port.startswith("127.0.0.1:")] == []


def test_only_in_a_container_the_bot_listens_to_every_address():
    assert SERVICES["bot"]["environment"]["HOST"] == "0.0.0.0"  # noqa: S104 - behind a port that only this machine sees
    assert "HOST=0.0.0.0" in FINAL
    assert Settings.model_fields["host"].default == "127.0.0.1"


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_compose(name: str):
    values = SERVICES[name]["environment"]
    secrets = [value for key, value in values.items() if re.search("PASSWORD|TOKEN|SECRET", key)]
    assert [value for value in secrets if value != "${POSTGRES_PASSWORD:-}"] == []


def test_without_a_profile_there_is_one_bot_on_sqlite():
    assert [name for name, service in SERVICES.items() if "profiles" not in service] == ["bot"]
    assert SERVICES["bot"]["environment"]["DATABASE_URL"].endswith(":-sqlite+aiosqlite:////data/nps.db}")


def test_on_postgres_the_tables_are_brought_up_to_date_before_the_bot_starts():
    assert SERVICES["bot"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert SERVICES["migrate"]["command"] == ["migrate"]
    assert "pg_isready" in SERVICES["postgres"]["healthcheck"]["test"]
