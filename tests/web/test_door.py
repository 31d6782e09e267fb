"""The HTTP door: only what Slack has signed comes in, nothing that is sent breaks it, and nothing of it is logged."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from tests import databases
from tests.fake_slack import FakeSlack
from tests.fake_slack.rehearsal import Clock
from tests.house import BO, House, furnish, open_house
from tests.web.conftest import FORM, JSON, WORDS, Knocker, click

pytestmark = pytest.mark.asyncio(loop_scope="module")
BODY = urlencode({"payload": json.dumps(click())}).encode()
DAY = 86_400


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def small_house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One for all of them: what is turned away changes nothing."""
    url = databases.copy_file(sqlite_template, tmp_path_factory.mktemp("door") / "nps.db")
    async with FakeSlack(Clock()) as slack:
        furnish(slack)
        async with open_house(slack, url, "http") as house:
            yield house


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def _is_strict(small_house: House) -> AsyncIterator[None]:
    yield
    await small_house.bot.tasks.drain()
    assert small_house.slack.violations == []


async def test_a_request_nobody_signed_is_refused(door: Knocker) -> None:
    assert await door.raw(BODY, {"Content-Type": FORM}) == 401


@pytest.mark.parametrize("missing", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
async def test_a_request_with_half_a_signature_is_refused(door: Knocker, missing: str) -> None:
    headers = door.slack.signed_headers(BODY)
    del headers[missing]
    assert await door.raw(BODY, {"Content-Type": FORM, **headers}) == 401


async def test_a_signature_for_other_bytes_is_refused(door: Knocker) -> None:
    assert await door.raw(BODY, {"Content-Type": FORM, **door.slack.signed_headers(BODY + b" ")}) == 401


async def test_a_signature_with_another_secret_is_refused(door: Knocker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.slack, "signing_secret", "somebody-elses")
    assert await door.signed(BODY) == 401


@pytest.mark.parametrize("seconds", [-301, -DAY, 301, DAY])
async def test_a_request_more_than_five_minutes_off_is_refused(door: Knocker, seconds: int) -> None:
    stamp = int(door.slack.clock()) + seconds
    assert await door.raw(BODY, {"Content-Type": FORM, **door.slack.signed_headers(BODY, stamp)}) == 401


@pytest.mark.parametrize("seconds", [-295, 0, 295])
async def test_a_request_within_five_minutes_is_heard(door: Knocker, seconds: int) -> None:
    stamp = int(door.slack.clock()) + seconds
    body = b'{"type": "url_verification", "challenge": "c"}'
    assert await door.raw(body, {"Content-Type": JSON, **door.slack.signed_headers(body, stamp)}) == 200


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1e9", " 1763719200", "1763719200.0", "١٧٦٣٧١٩٢٠٠", "9" * 5000])
async def test_a_timestamp_that_is_no_number_is_refused(door: Knocker, stamp: str) -> None:
    headers = door.slack.signed_headers(BODY, stamp) | {"Content-Type": FORM}
    assert await door.raw(BODY, headers) in (400, 401)


@pytest.mark.parametrize("signature", ["", "v0=", "v0=é", "v0=é" * 20, "v1=abc", "ü" * 64, "v0=" + "0" * 64])
async def test_a_signature_of_any_shape_but_the_right_one_is_refused(door: Knocker, signature: str) -> None:
    headers = door.slack.signed_headers(BODY) | {"X-Slack-Signature": signature, "Content-Type": FORM}
    assert await door.raw(BODY, headers) == 401


@pytest.mark.parametrize("content_type", [FORM, JSON, "text/plain", ""])
async def test_a_signed_request_without_a_body_is_unreadable(door: Knocker, content_type: str) -> None:
    assert await door.signed(b"", content_type) == 400


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", b'"' + WORDS.encode() + b'"', b"[" * 100_000, b'{"n": ' + b"9" * 5000 + b"}"],
)
async def test_malformed_json_is_unreadable(door: Knocker, body: bytes) -> None:
    assert await door.signed(body, JSON) == 400


@pytest.mark.parametrize(
    "body",
    [
        WORDS.encode(),
        b"a=b&c=d",
        b"payload=",
        b"payload={",
        b"payload=[]",
        b"payload=%FF%FE",
        b"%%%=%zz",
        b"\x00\x01\x02",
        b"payload=" + b"[" * 100_000,
    ],
)
async def test_a_malformed_form_is_unreadable(door: Knocker, body: bytes) -> None:
    assert await door.signed(body) == 400


@pytest.mark.parametrize("content_type", [FORM, JSON])
@pytest.mark.parametrize("body", ["ü=ö".encode("latin-1"), b"\xff\xfe", b"\x80" * 1000])
async def test_bytes_that_are_no_text_are_refused_signed_or_not(door: Knocker, content_type: str, body: bytes) -> None:
    forged = door.slack.signed_headers(b"other") | {"Content-Type": content_type}
    assert await door.signed(body, content_type) in (400, 401)
    assert await door.raw(body, forged) in (400, 401)


@pytest.mark.parametrize("content_type", [FORM, JSON])
async def test_a_body_beyond_a_mebibyte_is_unreadable(small_house: House, door: Knocker, content_type: str) -> None:
    body = json.dumps({"text": WORDS * 50_000}).encode()
    assert len(body) > 1024 * 1024
    headers = {"Content-Type": content_type, **door.slack.signed_headers(body)}
    url = f"{door.slack.app_url}/slack/events"
    async with small_house.bot.http.post(url, data=io.BytesIO(body), headers=headers) as answer:
        assert answer.status == 400


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "nonsense"])
async def test_a_body_that_only_claims_to_be_compressed_breaks_nothing(door: Knocker, encoding: str) -> None:
    assert await door.signed(BODY, **{"Content-Encoding": encoding}) < 500


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "nonsense"])
async def test_so_it_is_when_nobody_signed_it(door: Knocker, encoding: str) -> None:
    assert await door.raw(BODY, {"Content-Type": FORM, "Content-Encoding": encoding}) in (400, 401)


async def test_slack_may_verify_the_address(small_house: House, door: Knocker) -> None:
    body = json.dumps({"type": "url_verification", "token": "old", "challenge": "3eZbrw1aB"}).encode()
    headers = {"Content-Type": JSON, **door.slack.signed_headers(body)}
    async with small_house.bot.http.post(f"{door.slack.app_url}/slack/events", data=body, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (200, {"challenge": "3eZbrw1aB"})


async def test_slack_may_check_the_certificate(door: Knocker) -> None:
    assert await door.command({"ssl_check": "1", "token": "old"}) == 200


async def test_a_signed_but_unknown_action_is_nobodys(door: Knocker) -> None:
    action = {"type": "button", "action_id": "unheard_of", "block_id": "b", "value": WORDS, "action_ts": "1.2"}
    assert await door.payload(click(actions=[action])) == 404


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback", "team_id": "T0NORTH", "event": {"type": "unheard_of", "text": WORDS}},
        {"type": "event_callback", "team_id": "T0NORTH"},
    ],
)
async def test_a_signed_but_unknown_event_is_nobodys(door: Knocker, payload: dict[str, object]) -> None:
    assert await door.event(payload) in (400, 404)


@pytest.mark.parametrize("payload", [{}, {"type": "unheard_of", "text": WORDS}, {"team_id": "T0ELSE", "event": {}}])
async def test_what_belongs_to_no_workspace_of_ours_goes_no_further(door: Knocker, payload: dict[str, object]) -> None:
    assert await door.event(payload) < 500
    assert await door.payload(payload) < 500


async def test_an_unknown_command_is_nobodys(door: Knocker) -> None:
    fields = {"command": "/unheard", "text": WORDS, "user_id": "U0BO", "team_id": "T0NORTH", "trigger_id": "1.2"}
    assert await door.command(fields) == 404


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "score_3"},
        {"action_id": "score_3", "value": "1:3"},
        {"action_id": "score_3", "value": "", "action_ts": "1763719201.000001"},
        {"action_id": "score_3", "value": "one:three", "action_ts": "1763719201.000001"},
        {"action_id": "score_3", "value": ["1:3"], "action_ts": "1763719201.000001"},
        {"action_id": "score_3", "value": "1:3", "action_ts": "now"},
        {"action_id": "score_3", "value": "1:3", "action_ts": 17},
        {"action_id": "score_picked", "selected_option": {}, "action_ts": "1763719201.000001"},
        {"action_id": "claim", "action_ts": "1763719201.000001"},
        {"action_id": "dont_ask", "value": WORDS, "action_ts": "1763719201.000001"},
        {"action_id": "ask_anyway", "value": WORDS, "action_ts": "1763719201.000001"},
        {"action_id": "edit_survey", "value": WORDS, "action_ts": "1763719201.000001"},
        {"action_id": "what_we_keep", "value": WORDS, "action_ts": "1763719201.000001"},
        {"action_id": "first_channel", "selected_conversation": 7, "action_ts": "1763719201.000001"},
    ],
)
async def test_a_signed_click_with_missing_pieces_is_unreadable(door: Knocker, action: dict[str, object]) -> None:
    colleague = {"id": BO, "username": "bo", "name": "bo", "team_id": "T0NORTH"}
    pressed = {"type": "button", "block_id": "b", **action}
    assert await door.payload(click(user=colleague, actions=[pressed])) == 400


@pytest.mark.parametrize("piece", ["actions", "user"])
async def test_a_signed_click_by_nobody_or_on_nothing_is_unreadable(door: Knocker, piece: str) -> None:
    assert await door.payload(click(**{piece: None})) == 400


@pytest.mark.parametrize("piece", ["team", "container", "channel", "message", "trigger_id"])
async def test_a_signed_click_without_one_of_its_pieces_breaks_nothing(door: Knocker, piece: str) -> None:
    assert await door.payload(click(**{piece: None})) < 500


@pytest.mark.parametrize("piece", ["actions", "user", "team", "container", "channel", "message", "state", "view"])
@pytest.mark.parametrize("odd", [7, "words", [], ["words"], {}, True])
async def test_a_signed_click_with_an_odd_piece_breaks_nothing(
    door: Knocker, small_house: House, piece: str, odd: object
) -> None:
    assert await door.payload(click(**{piece: odd})) < 500
    await small_house.settle()
    door.slack.violations.clear()  # nonsense came in: what was asked about it is of no interest


async def test_a_click_of_another_workspace_is_not_let_in(door: Knocker) -> None:
    assert await door.payload(click(team={"id": "T0ELSE", "domain": "else"})) < 500


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_only_a_post_is_a_request_of_slack(small_house: House, method: str) -> None:
    async with small_house.bot.http.request(method, f"{small_house.slack.app_url}/slack/events") as answer:
        assert answer.status == 405
