"""docs/events.md is what the door does: its commands are run as they stand, its tables are complete."""

import asyncio
import json
import os
import re
import shutil
from time import time

import pytest

from bot.services.event_sources import Vendor
from bot.services.happenings import Outcome
from bot.services.told import EventType, Named, NamedAccount, NamedCase, Told
from tests.conventions.source import ROOT
from tests.hooks.conftest import SECRETS, Program, a_program, asked
from tests.house import House

PAGE = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
JSONS = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
ANSWERS, TRIGGERS = JSONS[:2], JSONS[2:]
TOOLS = [tool for tool in ("sh", "curl", "openssl") if shutil.which(tool) is None]


async def run(command: str, program: Program) -> object:
    """With the real clock: the program and the bot need not agree on more."""
    environment = {"PATH": os.environ["PATH"], "ADDRESS": program.url, "SECRET": SECRETS[program.vendor]}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        "sh", "-euc", command, env=environment, stdout=pipe, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output
    return json.loads(output)


@pytest.mark.skipif(bool(TOOLS), reason=f"missing: {TOOLS}")
async def test_the_commands_do_what_the_page_says(helpdesk: Program, clock):
    clock.now = time()
    assert len(COMMANDS) == len(ANSWERS) == 2
    for command, answer in zip(COMMANDS, ANSWERS, strict=True):
        assert await run(command, helpdesk) == answer
    assert [each.state for each in await asked(helpdesk.house.database)] == ["withdrawn"]


async def test_zendesks_triggers_send_what_is_taken(small_house: House):
    zendesk = await a_program(small_house, Vendor.ZENDESK)
    filled = {"{{ticket.id}}": "35436", "{{ticket.updated_at_with_timestamp}}": "2026-11-25T10:00:00Z"}
    said = []
    for trigger in TRIGGERS:
        body = json.dumps(trigger).replace("{{ticket.requester.email}}", "ana@beta.example")
        for placeholder, value in filled.items():
            body = body.replace(placeholder, value)
        assert "{{" not in body
        said.append((await zendesk.send(body.encode())).body["status"])
    assert said == ["asked", "called_off"]


@pytest.mark.parametrize("type_", EventType)
def test_every_type_is_documented(type_: EventType):
    assert f"`{type_}`" in PAGE


@pytest.mark.parametrize(
    "name", dict.fromkeys(name for kind in (Told, Named, NamedAccount, NamedCase) for name in kind.model_fields)
)
def test_every_field_is_documented(name: str):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_documented(outcome: Outcome):
    assert f"`{outcome}`" in PAGE or f'"{outcome}"' in PAGE
