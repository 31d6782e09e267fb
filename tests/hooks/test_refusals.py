"""What the events door turns away, in a sentence that says what to mend; of what was sent nothing is logged or kept."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import logs
from bot.hooks import reading, signatures
from bot.hooks.answers import TurnedAway
from bot.services import event_sources
from bot.services.event_sources import Vendor
from bot.services.told import EventType, Told
from tests.hooks.conftest import SECRETS, Program, a_program, asked, kept
from tests.house import ANA, House

WORDS = "Exports time out every Monday"
ANAS = {"slack_id": ANA}
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    logs.configure(level="DEBUG", style="json")
    [handler] = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(io.StringIO())
    yield handler.stream
    logs.configure(level="INFO", style="json")


@pytest.fixture(params=Vendor)
async def program(request: pytest.FixtureRequest, small_house: House, log: io.StringIO):
    """Either kind. Nothing of what is turned away is kept, and no word of it logged."""
    program = await a_program(small_house, request.param)
    yield program
    assert await kept(small_house.database) == []
    assert await asked(small_house.database) == []
    for secret in (WORDS, program.token, *SECRETS.values()):
        assert secret not in log.getvalue()


BODY = json.dumps({"id": "e1", "type": "case_closed", "person": ANAS, "case": {"id": "1", "title": WORDS}}).encode()


async def test_an_address_nobody_gave_out_is_not_there(program: Program):
    for token in ("other", "x" * 500, "%00", "ä", "%ff", "%ed%a0%80"):
        answer = await program.send(BODY, url=program.url.replace(program.token, token))
        assert (answer.status, answer.body["error"]) == (404, "unknown_address")


async def test_a_removed_source_is_not_there(program: Program):
    async with program.house.database.transaction() as tx:
        source = await event_sources.with_token(tx, "T0NORTH", program.token)
        await event_sources.remove(tx, source, now=program.house.now)
    assert (await program.send(BODY)).status == 404


@pytest.mark.parametrize("how", ["none", "secret", "body", "old", "future", "cut", "bytes", "other"])
async def test_what_is_not_signed_as_it_should_be_is_turned_away(program: Program, how: str):
    right = program.signed(BODY)
    stamp, signature = right
    headers = {
        "none": {},
        "secret": program.signed(BODY, secret="another"),
        "body": program.signed(BODY + b" "),
        "old": program.signed(BODY, ago=302),
        "future": program.signed(BODY, ago=-302),
        "cut": {stamp: right[stamp], signature: right[signature][:-1]},
        "bytes": {stamp: "½" * 3, signature: "ü"},
        "other": {stamp: right[stamp], signature: Program.signed(_other(program), BODY)[_other_name(program)]},
    }[how]
    answer = await program.send(BODY, headers)
    assert (answer.status, answer.body["error"]) == (401, "bad_signature")
    assert "five minutes" in answer.said


def _other(program: Program) -> Program:
    vendor = Vendor.GENERIC if program.vendor is Vendor.ZENDESK else Vendor.ZENDESK
    return Program(program.house, vendor, program.token)


def _other_name(program: Program) -> str:
    return list(_other(program).signed(BODY))[1]


@pytest.mark.parametrize("stamp", ["", "now", "-1", "1e9", "²", "9" * 400, "2026-11-21", "2026-11-21T10:00:00"])
async def test_a_timestamp_that_is_none_is_stale_however_it_is_signed(program: Program, stamp: str):
    sign = signatures.CHECKS[program.vendor]
    made = signatures.generic if program.vendor is Vendor.GENERIC else signatures.zendesk
    stamp_name, name = program.signed(BODY)
    headers = {stamp_name: stamp, name: made(SECRETS[program.vendor], stamp, BODY)}
    assert not sign(SECRETS[program.vendor], headers, BODY, program.house.now)


async def test_replayed_after_five_minutes_it_is_turned_away(small_helpdesk: Program):
    body = json.dumps({"id": "e1", "type": "case_opened", "case": {"id": "1"}}).encode()
    headers = small_helpdesk.signed(body)
    assert (await small_helpdesk.send(body, headers)).status == 200
    small_helpdesk.house.slack.clock.now += 290
    assert (await small_helpdesk.send(body, headers)).body["status"] == "known"
    small_helpdesk.house.slack.clock.now += 20
    assert (await small_helpdesk.send(body, headers)).status == 401


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b"7", b"null", b'"words"', b"[" * 5000])
async def test_what_is_no_json_object_is_turned_away(program: Program, body: bytes):
    answer = await program.send(body)
    assert (answer.status, answer.body["error"]) == (400, "bad_json")


async def test_beyond_256_kibibytes_it_is_too_large(program: Program):
    for size in (257 * 1024, 2 * 1024 * 1024):
        body = b" " * size
        answer = await program.send(body)
        assert (answer.status, answer.body["error"]) == (413, "too_large")


async def test_without_a_length_it_is_too_large_as_well(program: Program):
    body = b" " * 300 * 1024

    async def piece_by_piece():
        for at in range(0, len(body), 1024):
            yield body[at : at + 1024]

    url, headers = program.url, program.signed(body)
    async with program.house.bot.http.post(url, data=piece_by_piece(), headers=headers) as answer:
        assert answer.status == 413


async def test_what_is_compressed_is_turned_away(program: Program):
    answer = await program.send(BODY, program.signed(BODY) | {"Content-Encoding": "gzip"})
    assert (answer.status, answer.body["error"]) == (415, "compressed")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_events_are_only_posted(small_helpdesk: Program, method: str):
    async with small_helpdesk.house.bot.http.request(method, small_helpdesk.url) as answer:
        assert answer.status == 405


CLOSED = {"id": "e1", "type": "case_closed", "case": {"id": "1"}, "person": ANAS}
WRONG = [
    ({"id": None}, "id must be a text of 1 to 200 characters."),
    ({"id": "x" * 201}, "id must be a text of 1 to 200 characters."),
    ({"id": "nul\0"}, "id must not hold the character NUL."),
    ({"type": "case_shut"}, f"type must be one of {', '.join(EventType)}."),
    ({"happened_at": "yesterday"}, "happened_at must be a time like 2026-11-25T10:00:00Z, with its zone."),
    ({"happened_at": "2025-11-21T10:00:00"}, "happened_at must be a time like 2026-11-25T10:00:00Z, with its zone."),
    ({"happened_at": "2199-01-01T00:00:00Z"}, "happened_at must not lie in the future."),
    ({"person": {}}, "person must have slack_id, email, permalink, or channel and thread."),
    ({"person": "Ana"}, "person must be an object with slack_id, email, permalink, or channel and thread."),
    ({"person": {"email": "ana"}}, "person.email must be an e-mail address."),
    ({"person": {"slack_id": "@ana"}}, "person.slack_id must be a Slack id like U0123ABCD."),
    ({"person": {"slack_id": ANA, "email": "a@b.example"}}, "person must have slack_id or email, not both."),
    ({"person": {"channel": "C0HELP"}}, "person must have channel and thread together."),
    (
        {"person": {"permalink": "https://example.com/"}},
        "person.permalink must be the link of a message in a channel, as Slack copies it.",
    ),
    (
        {"person": {"permalink": "https://a.slack.com/archives/D0ANA/p1763719200000100"}},
        "person.permalink must be the link of a message in a channel, as Slack copies it.",
    ),
    ({"account": {"name": "Beta", "domain": "b.example"}}, "account must have exactly one of"),
    ({"case": None}, "The event must have case when type is case_closed."),
    ({"case": {"title": "?"}}, "case.id is missing; it must be a text of 1 to 200 characters."),
    ({"delay_hours": 73}, "delay_hours must be a whole number from 0 to 72."),
    ({"delay_hours": "soon"}, "delay_hours must be a whole number from 0 to 72."),
    ({"delay_hour": 3}, "delay_hour is not a field; there are id, type, happened_at, person,"),
    ({"person": {"mail": "a@b.example"}}, "person.mail is not a field; there are slack_id, email,"),
    ({"type": "plan_upgraded", "person": None}, "The event must have person when type is plan_upgraded."),
    ({"type": "outcome_known"}, "The event must have known_on when type is outcome_known."),
    ({"type": "outcome_known", "known_on": "soon"}, "known_on must be a day like 2026-11-25."),
    ({"type": "review_meeting", "score": 11}, "score must be a whole number from 0 to 10."),
    ({"type": "review_meeting", "score": 9}, "The event must have recorded_by when type is review_meeting."),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG, ids=lambda each: str(each)[:50])
async def test_a_wrong_field_is_named_with_what_is_allowed(small_helpdesk: Program, changes: dict, sentence: str):
    answer = await small_helpdesk.send(json.dumps({**CLOSED, **changes}).encode())
    assert (answer.status, answer.body["error"]) == (422, "bad_field")
    assert answer.said.startswith(sentence.rstrip("."))
    assert answer.said.endswith(".")
    assert await kept(small_helpdesk.house.database) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Told.model_fields, "x"]), inner),
    max_leaves=8,
)


def turned_away(body: bytes) -> TurnedAway | None:
    try:
        reading.event(body, now=NOW)
    except TurnedAway as no:
        return no
    return None


@given(st.dictionaries(st.sampled_from(list(Told.model_fields)), JSON) | JSON | st.binary())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_sent_is_an_event_or_turned_away_with_a_sentence(sent: object):
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    answer = turned_away(body)
    assert answer is None or (answer.status in (400, 422) and answer.detail.endswith("."))


async def test_many_wrong_knocks_at_once_are_all_answered(small_helpdesk: Program):
    answers = await asyncio.gather(*(small_helpdesk.send(b"{", {}) for _ in range(30)))
    assert {each.status for each in answers} == {401}


async def test_a_program_that_tells_too_fast_hears_when_to_go_on(small_helpdesk: Program):
    answers = [await small_helpdesk.tells("case_opened", "e1") for _ in range(101)]
    assert {each.status for each in answers[:100]} == {200}
    assert (answers[100].status, answers[100].body["error"], answers[100].headers["Retry-After"]) == (
        429,
        "too_fast",
        "5",
    )
    small_helpdesk.house.slack.clock.now += 1
    assert [(await small_helpdesk.tells("case_opened", "e1")).status for _ in range(11)] == [200] * 10 + [429]


async def test_who_cannot_sign_does_not_slow_down_who_can(small_helpdesk: Program):
    for _ in range(150):
        assert (await small_helpdesk.send(b"{}", {})).status == 401
    assert (await small_helpdesk.tells("case_opened")).status == 200
