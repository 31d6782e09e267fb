"""A message is brought once where it is taken, again and again where it is not, and keeps nobody else waiting."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from bot.rules.webhooks import LEASE, TIMEOUT, WAITS, Answer
from bot.services import webhook_endpoints, webhooks
from bot.services.webhooks import AT_ONCE, KEPT, Outcome
from bot.worker.posting import Post
from bot.worker.postman import Postman
from storage.models import WebhookEndpoint
from tests.house import ADMIN, ANA, BO, KIM, House
from tests.small import on_sqlite
from tests.waiting import until
from tests.webhooks.conftest import an_answer, attempts, bring, fresh, hears, messages
from tests.webhooks.receiver import Receiver

DOWN = 500


async def owe(house: House, endpoint: WebhookEndpoint, count: int = 1) -> None:
    async with house.database.transaction() as tx:
        for _ in range(count):
            await webhooks.test(tx, endpoint, now=house.now)


async def states(house: House) -> list[str]:
    return [each.state for each in await messages(house.database)]


async def try_all(house: House) -> None:
    """Let a day pass, from try to try."""
    await bring(house)
    for wait in WAITS:
        await house.later(seconds=wait.total_seconds() + 1)
        await bring(house)


def news(house: House) -> list[str]:
    """What whoever set the webhook up was told of it."""
    told = house.cards(house.slack.dm_of(ADMIN))
    return [each.shown for each in told if "The webhook" in each.shown]


async def test_a_message_that_is_taken_leaves_once(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await owe(house, endpoint)
    await bring(house)
    await house.later(days=1)
    await bring(house)
    assert receiver.types == ["webhook.test"]
    assert await states(house) == ["delivered"]
    [attempt] = await attempts(house.database)
    assert (attempt.status, attempt.because) == (204, None)


async def test_a_message_that_is_not_taken_is_sent_again_under_the_same_id_and_signed_anew(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    receiver.answers = [web.Response(status=DOWN), web.Response(status=404)]
    await owe(house, endpoint)
    await bring(house)
    assert len(receiver.heard) == 1
    await house.later(seconds=5)
    await bring(house)
    await house.later(minutes=1)
    await bring(house)
    assert await states(house) == ["delivered"]
    assert len({each.id for each in receiver.heard}) == 1
    assert len({each.sent_at for each in receiver.heard}) == len(receiver.heard) == 3
    assert all(each.is_signed_with(endpoint.secret) for each in receiver.heard)
    assert [each.status for each in await attempts(house.database)] == [DOWN, 404, 204]


async def test_after_a_day_it_is_given_up_and_whoever_set_it_up_is_told_once(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    receiver.usual = DOWN
    for _ in range(2):
        await owe(house, endpoint)
        await try_all(house)
    assert await states(house) == ["given_up"] * 2
    assert len(receiver.heard) == 2 * (len(WAITS) + 1)
    [told] = news(house)
    assert "has not taken a message for a day" in told
    assert (await fresh(house, endpoint)).failing_since


async def test_once_it_takes_a_message_again_new_trouble_is_told_anew(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    for status in (DOWN, 204, DOWN):
        receiver.usual = status
        await owe(house, endpoint)
        await try_all(house)
    assert len(news(house)) == 2


async def test_an_endpoint_that_is_gone_is_switched_off_and_hears_nothing_more(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    receiver.answers = [web.Response(status=410)]
    await owe(house, endpoint)
    await bring(house)
    await an_answer(house)
    await house.later(days=1)
    await bring(house)
    assert receiver.types == ["webhook.test"]
    assert await states(house) == ["given_up"]
    assert (await fresh(house, endpoint)).off_because == "gone"
    [told] = news(house)
    assert "(410)" in told


async def test_what_waited_goes_on_once_it_is_switched_on_again(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await owe(house, endpoint)
    async with house.database.transaction() as tx:
        await webhook_endpoints.pause(tx, endpoint, now=house.now)
    nobody = await hears(house, "http://127.0.0.1:9/nps", name="other")
    await owe(house, nobody)
    await bring(house)
    await an_answer(house, score=9)
    assert receiver.heard == []
    async with house.database.transaction() as tx:
        await webhook_endpoints.resume(tx, endpoint)
    await bring(house)
    assert receiver.types == ["webhook.test"], "what happened while it was off is never told"


async def test_a_redirect_is_not_followed(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    receiver.answers = [web.Response(status=307, headers={"Location": receiver.url + "/elsewhere"})]
    await owe(house, endpoint)
    await bring(house)
    assert len(receiver.heard) == 1
    assert [each.status for each in await attempts(house.database)] == [307]
    assert await states(house) == ["pending"]


@on_sqlite
async def test_who_says_when_to_come_back_is_not_asked_before(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    receiver.answers = [web.Response(status=429, headers={"Retry-After": "600"})]
    await owe(house, endpoint)
    await bring(house)
    await house.later(minutes=9)
    await bring(house)
    assert len(receiver.heard) == 1
    await house.later(minutes=1)
    await bring(house)
    assert len(receiver.heard) == 2


@on_sqlite
async def test_nobody_at_home_is_written_down_and_tried_again(house: House):
    await owe(house, await hears(house, "http://127.0.0.1:9/nps"))
    await bring(house)
    [attempt] = await attempts(house.database)
    assert (attempt.status, attempt.because) == (None, "unreachable")
    assert await states(house) == ["pending"]


async def test_what_was_promised_when_a_process_dies_is_sent_by_the_next(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    """It dies after taking a message, before anything left; and another time after sending, before writing it down."""
    await owe(house, endpoint)
    async with house.database.transaction() as tx:
        [(_, taken)] = await webhooks.take(tx, "T0NORTH", but=(), now=house.now)
    await bring(house)
    assert receiver.heard == [], "its lease holds"
    await house.later(seconds=LEASE.total_seconds())
    await bring(house)
    assert [each.id for each in receiver.heard] == [taken.event_id]
    assert await states(house) == ["delivered"]


async def test_who_comes_back_after_its_lease_overwrites_nothing(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await owe(house, endpoint)
    async with house.database.transaction() as tx:
        [(_, taken)] = await webhooks.take(tx, "T0NORTH", but=(), now=house.now)
    await house.later(seconds=LEASE.total_seconds())
    await bring(house)
    nothing_to_tell = Outcome(house.now, timedelta(), None)
    async with house.database.transaction() as tx:
        assert not await webhooks.settle(tx, endpoint, taken, nothing_to_tell, sway=0, now=house.now)
    assert await states(house) == ["delivered"]


async def test_who_comes_back_late_does_not_end_what_another_goes_on_trying(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    receiver.usual = DOWN
    await owe(house, endpoint)
    async with house.database.transaction() as tx:
        [(_, taken)] = await webhooks.take(tx, "T0NORTH", but=(), now=house.now)
    await house.later(seconds=LEASE.total_seconds())
    await bring(house)
    gone = Outcome(house.now, timedelta(), Answer(410))
    async with house.database.transaction() as tx:
        assert not await webhooks.settle(tx, endpoint, taken, gone, sway=0, now=house.now)
    assert await states(house) == ["pending"]
    assert (await fresh(house, endpoint)).off_since is None


async def test_many_replicas_send_each_message_once(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await owe(house, endpoint, 12)
    post = Post(allows_private=True)
    replicas = [Postman(house.database, post, house.bot.clock, workspace_id="T0NORTH") for _ in range(3)]
    for _ in range(4):
        await asyncio.gather(*(each.deliver_due() for each in replicas))
    await post.close()
    assert len(receiver.heard) == len({each.id for each in receiver.heard}) == 12
    assert await states(house) == ["delivered"] * 12


async def test_a_slow_endpoint_keeps_neither_others_nor_slack_waiting(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    nobody = await hears(house, "http://127.0.0.1:9/nps", name="other")
    receiver.open.clear()
    await owe(house, endpoint, AT_ONCE + 1)
    assert await house.bot.postman.take_due() == AT_ONCE
    await until(lambda: len(receiver.heard) == AT_ONCE, "the slow one to hear its messages")
    await owe(house, nobody)
    assert await house.bot.postman.take_due() == 1, "the slow one has enough in hand"
    await until(lambda: attempts(house.database), "the other one to be tried")
    await house.ask(ANA)
    await house.ask(KIM)
    assert len(house.cards(house.slack.dm_of(KIM))) == 1
    assert len(receiver.heard) == AT_ONCE
    receiver.open.set()
    await house.bot.postman.deliver_due()  # what is in hand
    await bring(house)
    assert len(receiver.heard) == AT_ONCE + 1


@on_sqlite
async def test_a_bot_that_stops_leaves_nothing_half_done(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    receiver.open.clear()
    await owe(house, endpoint)
    await house.bot.postman.take_due()
    await until(lambda: receiver.heard, "the message to be on its way")
    stopping = asyncio.create_task(house.bot.postman.stop())
    receiver.open.set()
    await stopping
    assert await states(house) == ["delivered"]


@on_sqlite
async def test_a_running_postman_looks_by_itself(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    house.bot.postman.start()
    await owe(house, endpoint)
    await until(lambda: receiver.heard, "what was promised")


async def test_what_was_given_up_is_sent_again_by_hand(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    receiver.usual = DOWN
    await owe(house, endpoint)
    await try_all(house)
    receiver.usual = 204
    [message] = await messages(house.database)
    async with house.database.transaction() as tx:
        assert await webhooks.send_again(tx, "T0NORTH", message.id, now=house.now) == endpoint.id
        assert await webhooks.send_again(tx, "T0NORTH", message.id, now=house.now) is None, "it is owed already"
        assert await webhooks.send_again(tx, "T0OTHER", message.id, now=house.now) is None
    await bring(house)
    assert await states(house) == ["delivered"]
    assert len({each.id for each in receiver.heard}) == 1


async def test_for_a_day_the_secret_before_signs_too(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    async with house.database.transaction() as tx:
        await webhook_endpoints.rotate(tx, endpoint, now=house.now)
    new = (await fresh(house, endpoint)).secret
    assert new != endpoint.secret
    for _ in range(2):
        await owe(house, endpoint)
        await bring(house)
        await house.later(hours=24)
    first, second = receiver.heard
    assert first.is_signed_with(new)
    assert first.is_signed_with(endpoint.secret)
    assert second.is_signed_with(new)
    assert not second.is_signed_with(endpoint.secret)


async def test_a_removed_endpoint_leaves_nothing_but_its_name(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await an_answer(house)
    async with house.database.transaction() as tx:
        await webhook_endpoints.remove(tx, endpoint, now=house.now)
    await bring(house)
    assert receiver.heard == []
    assert await messages(house.database) == []
    await hears(house, receiver.url)  # and the name is free


async def test_the_log_goes_back_a_month(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await owe(house, endpoint)
    await bring(house)
    await house.later(days=KEPT.days - 1)
    assert len(await attempts(house.database)) == 1
    await house.later(days=2)
    assert await attempts(house.database) == []
    assert await messages(house.database) == []


@on_sqlite
async def test_the_log_of_the_process_holds_ids_only(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver, caplog: pytest.LogCaptureFixture
):
    await an_answer(house)
    await house.comment(ANA, "Exports time out every Monday.")
    await bring(house)
    assert "webhook_settled" in caplog.text
    for secret in ("Exports", "Ana Ruiz", endpoint.secret, receiver.url):
        assert secret not in caplog.text


def test_a_program_has_as_long_as_the_convention_says():
    assert timedelta(seconds=15) <= TIMEOUT <= timedelta(seconds=30)


async def test_people_are_not_asked_differently_because_somebody_hears(house: House, endpoint: WebhookEndpoint):
    """An answer is safe even where the one who hears of it was removed in the same moment."""
    card = await house.ask(ANA, by=BO)

    async def removed() -> None:
        async with house.database.transaction() as tx:
            await webhook_endpoints.remove(tx, endpoint, now=house.now)

    ack, _ = await asyncio.gather(house.slack.click(ANA, card, "score_3"), removed())
    assert ack.ok, ack
    await bring(house)
