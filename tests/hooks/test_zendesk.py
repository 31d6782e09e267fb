"""Zendesk: its signature, what its triggers send, and what it sends by itself."""

import json
from typing import Any

import pytest

from bot.hooks import signatures
from bot.services.event_sources import Vendor
from tests.hooks.conftest import Program, a_program, asked, kept
from tests.house import House

ANAS = {"email": "ana@beta.example"}


@pytest.fixture
async def zendesk(small_house: House) -> Program:
    return await a_program(small_house, Vendor.ZENDESK, "zendesk")


def status_changed(id_: str, previous: str, current: str, *, program: Program, ticket: str = "35436") -> bytes:
    """As Zendesk documents it."""
    return json.dumps(
        {
            "type": "zen:event-type:ticket.status_changed",
            "account_id": 22129848,
            "id": id_,
            "time": program.house.now.strftime("%Y-%m-%dT%H:%M:%S.845123456Z"),
            "zendesk_event_version": "2022-11-06",
            "subject": f"zen:ticket:{ticket}",
            "event": {"current": current, "previous": previous},
            "detail": {
                "id": ticket,
                "actor_id": "8447388090494",
                "requester_id": "8447388090495",
                "status": current,
                "subject": "Export stuck",
                "tags": ["billing"],
                "via": {"channel": "web"},
                "external_id": None,
            },
        }
    ).encode()


def test_it_signs_the_timestamp_and_then_the_body():
    """Computed apart: printf '2021-07-25T10:00:00Z{"say": "hello"}' | openssl dgst -sha256 -hmac … -binary | base64."""
    secret = "HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA="
    made = signatures.zendesk(secret, "2021-07-25T10:00:00Z", b'{"say": "hello"}')
    assert made == "Rry/4TtIdFyawtXXp8QdI6tlAUUQ/5kL1OTp5qo/ZIk="


async def test_a_trigger_tells_what_every_program_tells_signed_by_zendesk(zendesk: Program):
    answer = await zendesk.tells(person=ANAS, case={"id": 35436, "title": "Export stuck"})
    assert answer.body["status"] == "asked"
    assert (await asked(zendesk.house.database))[0].occasion == "case:1:35436:1"


async def send(zendesk: Program, id_: str, previous: str, current: str) -> dict[str, Any]:
    answer = await zendesk.send(status_changed(id_, previous, current, program=zendesk))
    assert answer.status in (200, 202)
    return answer.body


async def test_its_own_events_close_and_open_a_case_whose_person_is_known(zendesk: Program):
    await zendesk.tells("case_opened", "e0", person=ANAS, case={"id": "35436"})
    assert (await send(zendesk, "z1", "OPEN", "SOLVED"))["status"] == "asked"
    assert (await asked(zendesk.house.database))[0].occasion_label == "Export stuck"
    assert (await send(zendesk, "z2", "SOLVED", "OPEN"))["status"] == "called_off"


async def test_without_a_known_person_a_colleague_is_asked_who_it_is(zendesk: Program):
    answer = await zendesk.send(status_changed("z1", "OPEN", "SOLVED", program=zendesk))
    assert (answer.status, answer.body["status"], answer.body["because"]) == (202, "to_repair", "unnamed")


@pytest.mark.parametrize(("previous", "current"), [("SOLVED", "CLOSED"), ("NEW", "OPEN"), ("OPEN", "PENDING")])
async def test_what_neither_ends_nor_reopens_is_noted_and_not_kept(zendesk: Program, previous: str, current: str):
    assert (await send(zendesk, "z1", previous, current))["because"] == "no_change"
    assert await kept(zendesk.house.database) == []


@pytest.mark.parametrize(
    "changes",
    [{"type": "zen:event-type:ticket.created"}, {"event": None}, {"detail": {}}, {"time": "now"}, {"event": {}}],
    ids=str,
)
async def test_its_other_events_are_refused_in_a_sentence(zendesk: Program, changes: dict[str, object]):
    body = json.loads(status_changed("z1", "OPEN", "SOLVED", program=zendesk)) | changes
    answer = await zendesk.send(json.dumps(body).encode())
    assert (answer.status, answer.body["error"]) == (422, "bad_field")
    assert "ticket.status_changed" in answer.said


async def test_told_twice_it_is_known(zendesk: Program):
    await zendesk.tells("case_opened", "e0", person=ANAS, case={"id": "35436"})
    await send(zendesk, "z1", "OPEN", "SOLVED")
    assert (await send(zendesk, "z1", "OPEN", "SOLVED"))["status"] == "known"
