"""Whatever bytes come, signed or not, however a payload is bent: never a 5xx, never a word of it in the log."""

import copy
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fake_slack import Ack, Delivery, FakeSlack
from tests.fake_slack.rehearsal import Clock
from tests.house import ALERTS, ANA, BO, HELP, House, furnish, open_house
from tests.web.conftest import FORM, JSON, WORDS, Knocker

Json = dict[str, Any]
TYPES = st.sampled_from([FORM, JSON, "text/plain", "multipart/form-data", "application/octet-stream", ""])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
many = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
async def bent(sqlite_url: str, log: io.StringIO) -> AsyncIterator[House]:
    """A house whose fake may be asked for nonsense, since nonsense is what comes in."""
    async with FakeSlack(Clock()) as slack:
        furnish(slack)
        async with open_house(slack, sqlite_url, "http") as house:
            yield house
    assert WORDS not in log.getvalue()


@many
@given(body=st.binary(max_size=300), content_type=TYPES)
async def test_random_bytes_nobody_signed(bent: House, body: bytes, content_type: str) -> None:
    assert await Knocker(bent.slack).raw(body, {"Content-Type": content_type}) in (400, 401)


@many
@given(body=st.binary(max_size=300), stamp=st.text(max_size=20), signature=st.text(max_size=80))
async def test_random_bytes_with_a_random_signature(bent: House, body: bytes, stamp: str, signature: str) -> None:
    headers = {"X-Slack-Request-Timestamp": _sendable(stamp), "X-Slack-Signature": _sendable(signature)}
    assert await Knocker(bent.slack).raw(body, headers) in (400, 401)


@many
@given(body=st.binary(max_size=300), content_type=TYPES)
async def test_random_bytes_with_the_right_signature(bent: House, body: bytes, content_type: str) -> None:
    assert await Knocker(bent.slack).signed(body, content_type) < 500


@many
@given(value=VALUES)
async def test_random_json_with_the_right_signature(bent: House, value: object) -> None:
    knocker = Knocker(bent.slack)
    assert await knocker.event(value) < 500
    assert await knocker.payload(value) < 500


@many
@given(data=st.data())
async def test_real_payloads_bent_in_one_place(bent: House, mail: "Mail", data: st.DataObject) -> None:
    delivery = mail.deliveries[data.draw(st.integers(0, len(mail.deliveries) - 1))]
    payload = _bent(delivery.payload, data)
    assert await Knocker(bent.slack).signed(*_encoded(delivery, payload)) < 500


class Mail:
    """One of each thing Slack sends, with somebody's words in it."""

    def __init__(self, *acks: Ack | None) -> None:
        self.deliveries = [ack.delivery for ack in acks if ack is not None]


@pytest.fixture
async def mail(bent: House) -> Mail:
    slack = bent.slack
    asked = await slack.command(BO, HELP, "/nps", "help")
    await bent.choose_channel()
    card = await bent.ask_in_thread(ANA)
    clicked = await slack.click(ANA, card, "score_2")
    await bent.settle()
    sent = await slack.submit(ANA, {"comment": WORDS, "reply": ["yes"]})
    await bent.settle()
    claimed = await slack.click(BO, bent.alerts()[0], "claim")
    shortcut = await slack.message_shortcut(BO, "ask_for_nps", HELP, slack.say(ANA, HELP, WORDS))
    joined = await slack.invite(ALERTS, "U0GUEST")
    await bent.settle()
    return Mail(asked, clicked, sent, claimed, shortcut, joined)


def _bent(payload: Json, data: st.DataObject) -> Json:
    """One value somewhere in it is another, or gone."""
    bent = copy.deepcopy(payload)
    place: Any = bent
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not (isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans())):
            break
        place = place[key]
    if data.draw(st.booleans()):
        del place[key]
    else:
        place[key] = data.draw(VALUES)
    return bent


def _encoded(delivery: Delivery, payload: Json) -> tuple[bytes, str]:
    if delivery.kind == "events_api":
        return json.dumps(payload).encode(), JSON
    if delivery.kind == "slash_commands":
        return urlencode(payload, errors="replace").encode(), FORM
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


def _sendable(text: str) -> str:
    """A header holds no line breaks."""
    return "".join(letter for letter in text if letter.isprintable())
