"""docs/webhooks.md is what leaves: its examples are compared with real messages, its samples verify them."""

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any

import pytest
from sqlalchemy import update

from bot.rules.webhooks import TEST, WAITS, WebhookEvent
from bot.services import webhooks
from bot.services.webhook_endpoints import make_secret
from storage.database import add
from storage.models import Account, Contact, WebhookEndpoint
from tests.conventions.source import ROOT
from tests.house import ANA, CY, House
from tests.webhooks.conftest import bring
from tests.webhooks.receiver import Heard, Receiver

PAGE = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
EXAMPLES = {each["type"]: each for each in map(json.loads, re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))}
[PYTHON] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
[JAVASCRIPT] = re.findall(r"```js\n(.*?)```", PAGE, re.DOTALL)
ASK_IT = """
import { readFileSync } from "node:fs";
import { isGenuine } from "./sample.mjs";

const cases = JSON.parse(readFileSync(0, "utf-8"));
const bodyOf = ({ body }) => Buffer.from(body, "base64");
console.log(JSON.stringify(cases.map((each) => isGenuine(each.secret, each.headers, bodyOf(each)))));
"""
Case = tuple[str, dict[str, str], bytes]


def node() -> str | None:
    """Node of this machine, or the one that `make setup` puts beside Python where there is none."""
    return shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


async def know_the_account(house: House) -> None:
    async with house.database.transaction() as tx:
        account = Account(workspace_id="T0NORTH", name="Beta GmbH", crm_id="0015g00000Beta", created_at=house.now)
        await add(tx, account)
        await tx.execute(update(Contact).values(account_id=account.id))


async def everything_happens(house: House) -> None:
    """As the page tells it: an unhappy answer, looked after five minutes later, and then no more of it."""
    await house.choose_channel()
    card = await house.ask_in_thread()
    await know_the_account(house)
    await house.click_score(ANA, card, 3)
    await house.comment(ANA, "Exports time out every Monday.", solved="partly", reply=["yes"])
    house.slack.clock.now += 305
    await house.settle()
    for button in ("claim", "resolve"):
        await house.press(CY, house.card(house.alerts()[-1]), button)
    ack = await house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": "Spoke with Ana."})
    assert ack.ok, ack
    await house.nps(ANA, "me")
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "stop_asking_me")
    await bring(house)
    await house.nps(ANA, "me")
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "erase_me")


async def test_the_examples_are_what_leaves(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await everything_happens(house)
    await house.later(minutes=1)
    await bring(house)
    told = {each.type: each.told for each in receiver.heard}
    assert set(told) == set(WebhookEvent)
    assert {type_: told[type_] for type_ in EXAMPLES} == EXAMPLES
    assert told["response.recorded"]["data"] == told["response.changed"]["data"]
    for type_ in ("follow_up.opened", "follow_up.claimed"):
        assert told[type_]["data"] == told["follow_up.resolved"]["data"]


@pytest.fixture
async def heard(house: House, endpoint: WebhookEndpoint, receiver: Receiver) -> Heard:
    """A message of this very moment: the samples look at the clock."""
    house.slack.clock.now = time()
    async with house.database.transaction() as tx:
        await webhooks.test(tx, endpoint, now=house.now)
    await bring(house)
    [heard] = receiver.heard
    return heard


def cases(heard: Heard, secret: str) -> list[tuple[Case, bool]]:
    """What a receiver may hear, and whether it should believe it."""
    old = heard.headers | {"webhook-timestamp": str(int(time()) - 301)}
    two = heard.headers | {"webhook-signature": "v1,c29tZXRoaW5nIGVsc2U= " + heard.headers["webhook-signature"]}
    return [
        ((secret, heard.headers, heard.body), True),
        ((secret, two, heard.body), True),
        ((make_secret(), heard.headers, heard.body), False),
        ((secret, heard.headers, heard.body + b" "), False),
        ((secret, heard.headers | {"webhook-id": "msg_another"}, heard.body), False),
        ((secret, old, heard.body), False),
        ((secret, heard.headers | {"webhook-signature": "v1,é"}, heard.body), False),
    ]


async def test_the_sample_in_python_verifies(heard: Heard, endpoint: WebhookEndpoint):
    sample: dict[str, Any] = {}
    exec(PYTHON, sample)  # noqa: S102 - it is ours
    is_genuine: Callable[..., bool] = sample["is_genuine"]
    for case, right in cases(heard, endpoint.secret):
        assert is_genuine(*case) is right, case


@pytest.mark.skipif(node() is None, reason="there is no node")
async def test_the_sample_in_javascript_verifies(heard: Heard, endpoint: WebhookEndpoint, tmp_path: Path):
    for name, code in {"sample": JAVASCRIPT, "ask": ASK_IT}.items():
        (tmp_path / f"{name}.mjs").write_text(code, encoding="utf-8")
    tried = cases(heard, endpoint.secret)
    asked = json.dumps([_as_json(*case) for case, _ in tried])
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(node() or "", tmp_path / "ask.mjs", stdin=pipe, stdout=pipe)
    output, _ = await process.communicate(asked.encode())
    assert process.returncode == 0
    assert json.loads(output) == [right for _, right in tried]


def _as_json(secret: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    from base64 import b64encode

    return {"secret": secret, "headers": headers, "body": b64encode(body).decode()}


@pytest.mark.parametrize("type_", [*WebhookEvent, TEST])
def test_every_type_is_documented(type_: str):
    assert f"| `{type_}` |" in PAGE


def test_the_waits_are_those_of_the_page():
    minutes = [str(round(wait.total_seconds() / 60)) for wait in WAITS[1:5]]
    hours = [str(round(wait.total_seconds() / 3600)) for wait in WAITS[5:]]
    told = (
        f"5 seconds, {', '.join(minutes[:-1])} and {minutes[-1]} minutes, {', '.join(hours[:-1])} and {hours[-1]} hours"
    )
    assert told in PAGE
