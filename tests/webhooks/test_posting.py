"""What leaves is signed as Standard Webhooks says, and leaves for public addresses only, whatever a name says."""

import base64
import hashlib
import hmac
import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from bot.rules.webhooks import Trouble
from bot.services.webhook_endpoints import make_secret
from bot.worker.posting import Post, body_of, headers
from tests.webhooks.receiver import Receiver

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
# The example that every library of the convention is tested with.
SECRET, ID, AT, BODY = (
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    1614265330,
    '{"test": 2432232314}',
)
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
PAYLOADS = st.dictionaries(st.text(), st.none() | st.text() | st.integers())


class Names(AbstractResolver):
    """A name server that somebody else runs: each look-up gets the next of its answers, then the last for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        kinds = [socket.AF_INET6 if ":" in each else socket.AF_INET for each in found]
        return [
            {"hostname": host, "host": each, "port": port, "family": kind, "proto": 0, "flags": 0}
            for each, kind in zip(found, kinds, strict=True)
        ]

    async def close(self) -> None:
        pass


async def send(url: str, *, names: Names | None = None, allows_private: bool = False):
    post = Post(allows_private=allows_private, resolver=names)
    try:
        return await post.send(url, "{}", {})
    finally:
        await post.close()


def by_hand(secret: str, id_: str, at: int, body: str) -> str:
    """As the convention describes it, with nothing but the standard library."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, f"{id_}.{at}.{body}".encode(), hashlib.sha256).digest()).decode()


def test_the_example_of_the_convention_is_signed_as_it_says():
    made = headers(ID, BODY, [SECRET], now=datetime.fromtimestamp(AT, UTC))
    assert made["webhook-signature"] == SIGNATURE
    assert (made["webhook-id"], made["webhook-timestamp"]) == (ID, str(AT))


@given(PAYLOADS, st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_whatever_is_said_two_ways_of_signing_agree(payload: dict[str, object], now: datetime):
    body, secret = body_of(payload), make_secret()
    assert headers(ID, body, [secret], now=now)["webhook-signature"] == by_hand(secret, ID, int(now.timestamp()), body)


@given(PAYLOADS, st.integers(0, 40))
def test_a_receiver_takes_what_was_signed_and_nothing_else(payload: dict[str, object], at: int):
    body, old, new = body_of(payload), make_secret(), make_secret()
    made = headers(ID, body, [new, old], now=datetime.now(UTC))
    for secret in (new, old):
        Webhook(secret).verify(body.encode(), made)
    changed = body[: at % len(body)] + "x" + body[at % len(body) :]
    for verified, given_, secret in (
        (changed, made, new),
        (body, made | {"webhook-id": "msg_1"}, new),
        (body, made, make_secret()),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(verified, given_)


def test_what_was_signed_long_ago_is_not_taken():
    secret = make_secret()
    made = headers(ID, BODY, [secret], now=datetime.now(UTC) - timedelta(minutes=6))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY, made)


def test_a_secret_has_the_length_and_the_form_of_the_convention():
    secret = make_secret()
    assert secret.startswith("whsec_")
    assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) <= 64
    assert make_secret() != secret


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(Names(["127.0.0.1"]), id="loopback"),
        pytest.param(Names(["10.1.2.3", "192.168.0.1"]), id="several"),
        pytest.param(Names(["169.254.169.254"]), id="metadata"),
        pytest.param(Names(["::ffff:127.0.0.1"]), id="mapped"),
        pytest.param(Names(["::1", "127.0.0.1"]), id="both kinds"),
    ],
)
async def test_a_name_that_leads_into_an_inner_network_is_not_followed(names: Names, receiver: Receiver):
    port = receiver.url.split(":")[2].split("/")[0]
    answer = await send(f"https://inner.example:{port}/nps", names=names)
    assert (answer.trouble, names.asked) == (Trouble.PRIVATE, 1)
    assert receiver.heard == []


async def test_a_name_that_means_something_else_a_moment_later_leads_nowhere_new(receiver: Receiver):
    """It is looked up once for each message, and the very address it led to is the one that is judged."""
    names = Names(["127.0.0.1"], ["8.8.8.8"])
    port = receiver.url.split(":")[2].split("/")[0]
    answer = await send(f"https://rebinding.example:{port}/nps", names=names)
    assert (answer.trouble, names.asked) == (Trouble.PRIVATE, 1)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "2130706433", "127.1", "0x7f000001", "0"]
)
async def test_an_inner_address_is_refused_however_it_is_written(host: str, receiver: Receiver):
    port = receiver.url.split(":")[2].split("/")[0]
    answer = await send(f"https://{host}:{port}/nps")
    assert answer.status is None
    assert answer.trouble in (Trouble.PRIVATE, Trouble.UNREACHABLE)
    assert receiver.heard == []


async def test_without_https_nothing_leaves(receiver: Receiver):
    assert (await send(receiver.url)).trouble is Trouble.UNSAFE
    assert receiver.heard == []


async def test_where_it_is_allowed_an_inner_address_is_reached(receiver: Receiver):
    assert (await send(receiver.url, allows_private=True)).status == 204


async def test_a_certificate_that_is_not_right_is_no_safe_connection(receiver: Receiver):
    """Plain HTTP where https was promised is the plainest of them."""
    answer = await send(receiver.url.replace("http://", "https://"), allows_private=True)
    assert (answer.status, answer.trouble) == (None, Trouble.UNSAFE)


async def test_a_program_that_does_not_answer_in_time_has_not_answered(receiver: Receiver):
    receiver.open.clear()
    post = Post(allows_private=True, timeout=timedelta(milliseconds=50))
    assert (await post.send(receiver.url, "{}", {})).trouble is Trouble.TIMEOUT
    await post.close()


@pytest.mark.parametrize(("said", "seconds"), [("30", 30), ("soon", None), ("", None), ("9" * 30, None), ("-1", None)])
async def test_only_a_number_says_when_to_come_back(said: str, seconds: int | None, receiver: Receiver):
    receiver.answers = [web.Response(status=503, headers={"Retry-After": said})]
    answer = await send(receiver.url, allows_private=True)
    assert answer.retry_after == (None if seconds is None else timedelta(seconds=seconds))


async def test_what_is_answered_is_not_read(receiver: Receiver):
    receiver.answers = [web.Response(body=b"x" * 50_000_000)]
    assert (await send(receiver.url, allows_private=True)).status == 200
