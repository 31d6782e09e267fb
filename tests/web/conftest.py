"""The HTTP door of a bot in this process, knocked at with whatever bytes a test likes, and everything it logs."""

import io
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

from bot import logs
from tests.fake_slack import FakeSlack
from tests.house import House

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
WORDS = "Exports time out every Monday"  # what somebody wrote, and no log may hold


@dataclass(frozen=True)
class Knocker:
    """Sends requests, signed as Slack signs them or not at all; returns the status."""

    slack: FakeSlack

    async def signed(self, body: bytes, content_type: str = FORM, **headers: str) -> int:
        return await self.raw(body, {"Content-Type": content_type, **self.slack.signed_headers(body), **headers})

    async def payload(self, payload: object) -> int:
        """An interaction: a form that holds JSON."""
        return await self.signed(urlencode({"payload": json.dumps(payload)}).encode())

    async def event(self, payload: object) -> int:
        return await self.signed(json.dumps(payload).encode(), JSON)

    async def command(self, fields: Mapping[str, str]) -> int:
        return await self.signed(urlencode(fields).encode())

    async def raw(self, body: bytes, headers: dict[str, str]) -> int:
        return await self.slack.deliver_raw(body, headers)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What an operator would read at the chattiest level."""
    logs.configure(level="DEBUG", style="json")
    [handler] = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(io.StringIO())
    yield handler.stream
    logs.configure(level="INFO", style="json")


@pytest.fixture
def door(small_house: House, log: io.StringIO) -> Iterator[Knocker]:
    """Open, over HTTP. Whatever is sent, no word of it is logged."""
    yield Knocker(small_house.slack)
    assert WORDS not in log.getvalue()


def click(**changes: Any) -> dict[str, Any]:
    """A press of a button as Slack tells it; a change of None leaves that key out."""
    payload = {
        "type": "block_actions",
        "team": {"id": "T0NORTH", "domain": "northwind"},
        "user": {"id": "U0ANA", "username": "ana", "name": "ana", "team_id": "T0NORTH"},
        "api_app_id": "A0NPS",
        "token": "deprecated",
        "container": {"type": "message", "message_ts": "1763719200.000001", "channel_id": "C0HELP"},
        "trigger_id": "1.2.3",
        "channel": {"id": "C0HELP", "name": "help"},
        "message": {"type": "message", "ts": "1763719200.000001", "text": WORDS},
        "state": {"values": {}},
        "actions": [
            {
                "type": "button",
                "action_id": "score_3",
                "block_id": "scores_low",
                "value": "1:3",
                "action_ts": "1763719201.000001",
            }
        ],
    }
    return {key: value for key, value in (payload | changes).items() if value is not None}
