"""Another program: it signs what it tells, and reads what it is answered."""

import io
import json
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import select

from bot.hooks import signatures
from bot.services import event_sources
from bot.services.event_sources import Address, Vendor
from storage.database import Database
from storage.models import Event, Invitation
from tests.fake_slack import FakeSlack
from tests.house import House

SECRETS = {Vendor.GENERIC: "generic-secret", Vendor.ZENDESK: "zendesk-secret"}
CASE = {"id": "C-17", "title": "Export stuck"}


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return str(self.body.get("detail") or self.body.get("status"))


class Program:
    """Tells events to the real door over HTTP."""

    def __init__(self, house: House, vendor: Vendor, token: str) -> None:
        self.house, self.vendor, self.token = house, vendor, token

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.house.bot.port}/hooks/{self.token}"

    def signed(self, body: bytes, *, ago: float = 0, secret: str | None = None) -> dict[str, str]:
        at, secret = self.house.slack.clock() - ago, secret or SECRETS[self.vendor]
        if self.vendor is Vendor.ZENDESK:
            stamp = self.house.now.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            names = ("X-Zendesk-Webhook-Signature-Timestamp", "X-Zendesk-Webhook-Signature")
            return dict(zip(names, (stamp, signatures.zendesk(secret, stamp, body)), strict=True))
        stamp = str(int(at))
        return {"X-NPS-Timestamp": stamp, "X-NPS-Signature": signatures.generic(secret, stamp, body)}

    async def send(self, body: bytes, headers: dict[str, str] | None = None, *, url: str = "") -> Answer:
        """Signed now, unless headers are given."""
        headers = self.signed(body) if headers is None else headers
        async with self.house.bot.http.post(url or self.url, data=io.BytesIO(body), headers=headers) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def tells(self, type_: str = "case_closed", id_: str = "e1", **fields: Any) -> Answer:
        """A field of None is left out."""
        told = {"id": id_, "type": type_, **({"case": CASE} if type_.startswith("case_") else {}), **fields}
        return await self.send(json.dumps({name: value for name, value in told.items() if value is not None}).encode())


async def a_program(house: House, vendor: Vendor = Vendor.GENERIC, name: str = "helpdesk") -> Program:
    address = Address(f"token-of-{name}", SECRETS[vendor])
    async with house.database.transaction() as tx:
        assert await event_sources.add(tx, "T0NORTH", name=name, vendor=vendor, address=address, now=house.now)
    return Program(house, vendor, address.token)


async def kept(database: Database) -> list[Event]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(Event).order_by(Event.id))).all())


async def asked(database: Database) -> list[Invitation]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(Invitation).order_by(Invitation.id))).all())


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    """Installed with what finding people takes."""
    slack.scopes |= {"users:read.email", "channels:history"}
    return slack


@pytest.fixture
async def helpdesk(house: House) -> Program:
    """On SQLite over HTTP, and on Postgres in Socket Mode."""
    return await a_program(house)


@pytest.fixture
async def small_helpdesk(small_house: House) -> Program:
    return await a_program(small_house)
