"""The outbox: what is owed leaves once, in its turn, however many carry it and whoever dies."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.messages import DeliveryKind
from bot.rules.retry import LEASE, POST_GAP, GiveUp, Moot, Obstacle, Park, RetryAt, Sent
from bot.services import deliveries
from bot.services.deliveries import Drawing, Promise
from bot.services.lanes import post_lane
from storage.database import Database
from tests.factories import NORTHWIND, make_workspace

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
async def outbox(database: Database) -> Database:
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
    return database


def owed(key: str = "notice:1", recipient: str = "U0BO") -> Promise:
    return Promise(NORTHWIND, DeliveryKind.NOTICE, key, recipient_id=recipient)


async def promise(outbox: Database, *keys: str, recipient: str = "U0BO") -> None:
    async with outbox.transaction() as tx:
        for key in keys:
            await deliveries.promise(tx, owed(key, recipient), due_at=NOW, now=NOW)


async def take(outbox: Database, *, now: datetime = NOW, limit: int = 10, workspace_id: str = NORTHWIND):
    async with outbox.transaction() as tx:
        return await deliveries.take(tx, workspace_id, limit=limit, now=now)


async def settle(outbox: Database, delivery, outcome, *, now: datetime = NOW) -> bool:
    async with outbox.transaction() as tx:
        return await deliveries.settle(tx, delivery, outcome, now=now)


async def test_a_message_promised_twice_is_owed_once(outbox: Database):
    async with outbox.transaction() as tx:
        assert await deliveries.promise(tx, owed(), due_at=NOW, now=NOW)
        assert not await deliveries.promise(tx, owed(), due_at=NOW, now=NOW)
    assert len(await take(outbox)) == 1


async def test_what_is_not_due_is_not_taken(outbox: Database):
    async with outbox.transaction() as tx:
        await deliveries.promise(tx, owed(), due_at=NOW + timedelta(seconds=1), now=NOW)
    assert await take(outbox) == []


async def test_of_one_lane_only_the_first_is_taken(outbox: Database):
    await promise(outbox, "a", "b")
    await promise(outbox, "c", recipient="U0CY")
    assert sorted(each.key for each in await take(outbox)) == ["a", "c"]


async def test_a_lease_that_was_never_finished_falls_due_again(outbox: Database):
    await promise(outbox, "a")
    await take(outbox)
    assert await take(outbox, now=NOW + LEASE - timedelta(seconds=1)) == []
    [again] = await take(outbox, now=NOW + LEASE)
    assert (again.attempts, again.posting_since) == (2, None)


async def test_a_message_that_was_being_posted_is_found_again_as_uncertain(outbox: Database):
    await promise(outbox, "a")
    [taken] = await take(outbox)
    async with outbox.transaction() as tx:
        await deliveries.start_posting(tx, taken, lane=taken.lane, gap=POST_GAP, now=NOW)
    [again] = await take(outbox, now=NOW + LEASE)
    assert again.posting_since == NOW


async def test_a_worker_whose_lease_ran_out_cannot_overwrite_its_successor(outbox: Database):
    await promise(outbox, "a")
    [slow] = await take(outbox)
    [fast] = await take(outbox, now=NOW + LEASE)
    assert await settle(outbox, fast, Sent())
    assert not await settle(outbox, slow, RetryAt(NOW, "late"))
    assert await take(outbox, now=NOW + timedelta(days=1)) == []


async def test_many_workers_at_once_take_each_message_once(outbox: Database):
    for number in range(12):
        await promise(outbox, f"k{number}", recipient=f"U{number}")
    taken = await asyncio.gather(*(take(outbox, limit=4) for _ in range(6)))
    keys = [each.key for batch in taken for each in batch]
    assert len(keys) == len(set(keys))
    rest = await take(outbox, limit=20)
    assert len(keys) + len(rest) == 12


async def test_a_lane_lets_one_message_pass_in_its_gap_whoever_asks(outbox: Database):
    await promise(outbox, "a", "b")
    [first] = await take(outbox)
    lane = post_lane(NORTHWIND, "C1")
    async with outbox.transaction() as tx:
        assert await deliveries.start_posting(tx, first, lane=lane, gap=POST_GAP, now=NOW) is None
        refused = await deliveries.start_posting(tx, first, lane=lane, gap=POST_GAP, now=NOW)
    assert refused == RetryAt(NOW + POST_GAP, "lane", lane=lane)


async def test_when_slack_says_wait_everything_of_that_kind_waits(outbox: Database):
    await promise(outbox, "a")
    await promise(outbox, "b", recipient="U0CY")
    first, _ = await take(outbox)
    wait = RetryAt(NOW + timedelta(seconds=30), "ratelimited", hold=True)
    await settle(outbox, first, wait)
    await promise(outbox, "c", recipient="U0DEE")
    assert await take(outbox, now=NOW + timedelta(seconds=29)) == []
    assert {each.key for each in await take(outbox, now=NOW + timedelta(seconds=30))} >= {"a", "c"}


async def test_a_hold_in_one_workspace_does_not_hold_another(outbox: Database):
    async with outbox.transaction() as tx:
        await make_workspace(tx, now=NOW, id="T0NORTH2")
        other = Promise("T0NORTH2", DeliveryKind.NOTICE, "other", recipient_id="U0BO")
        await deliveries.promise(tx, other, due_at=NOW, now=NOW)
    await promise(outbox, "a")
    [taken] = await take(outbox)
    await settle(outbox, taken, RetryAt(NOW + timedelta(hours=1), "ratelimited", hold=True))
    assert [each.key for each in await take(outbox, workspace_id="T0NORTH2")] == ["other"]


async def test_a_worker_takes_only_what_its_own_workspace_owes(outbox: Database):
    await promise(outbox, "a")
    assert await take(outbox, workspace_id="T0OTHER") == []
    async with outbox.reading() as tx:
        assert not await deliveries.is_any_due(tx, "T0OTHER", now=NOW)
        assert await deliveries.is_any_due(tx, NORTHWIND, now=NOW)


@pytest.mark.parametrize("outcome", [Sent(), Sent(is_certain=False), Moot("erased"), GiveUp("user_not_found")])
async def test_what_is_settled_is_never_taken_again(outbox: Database, outcome):
    await promise(outbox, "a")
    [taken] = await take(outbox)
    assert await settle(outbox, taken, outcome)
    assert await take(outbox, now=NOW + timedelta(days=30)) == []


async def test_parked_messages_leave_when_their_obstacle_is_mended_and_are_tried_hourly_anyway(outbox: Database):
    await promise(outbox, "a")
    [taken] = await take(outbox)
    await settle(outbox, taken, Park(Obstacle.NOT_IN_CHANNEL, "C1"))
    assert await take(outbox, now=NOW + timedelta(minutes=59)) == []
    async with outbox.transaction() as tx:
        mended = [Obstacle.NOT_IN_CHANNEL]
        assert await deliveries.release(tx, NORTHWIND, obstacles=mended, channel_id="C2", now=NOW) == 0
        assert await deliveries.release(tx, NORTHWIND, obstacles=mended, channel_id="C1", now=NOW) == 1
    assert len(await take(outbox)) == 1


async def test_only_a_message_nobody_touched_is_hastened(outbox: Database):
    later = NOW + timedelta(minutes=5)
    async with outbox.transaction() as tx:
        await deliveries.promise(tx, owed("a"), due_at=later, now=NOW)
        assert await deliveries.hasten(tx, "a", now=NOW)
    assert len(await take(outbox)) == 1
    async with outbox.transaction() as tx:
        assert not await deliveries.hasten(tx, "a", now=NOW)
    assert await take(outbox) == []


async def test_what_is_owed_anew_while_it_leaves_leaves_again(outbox: Database):
    drawing = Promise(NORTHWIND, DeliveryKind.CARD, "card:1", invitation_id=1)
    async with outbox.transaction() as tx:
        await deliveries.promise_again(tx, drawing, due_at=NOW, now=NOW)
    [taken] = await take(outbox)
    async with outbox.transaction() as tx:
        assert await deliveries.promise_again(tx, drawing, due_at=NOW, now=NOW) == 2
    assert not await settle(outbox, taken, Sent())
    assert len(await take(outbox)) == 1


async def test_a_drawing_done_at_once_is_not_drawn_again_unless_it_is_owed_anew(outbox: Database):
    drawing = Promise(NORTHWIND, DeliveryKind.CARD, "card:1", invitation_id=1)
    async with outbox.transaction() as tx:
        first = await deliveries.promise_again(tx, drawing, due_at=NOW, now=NOW)
        second = await deliveries.promise_again(tx, drawing, due_at=NOW, now=NOW)
        assert not await deliveries.fulfil(tx, Drawing(1, "card:1", first), now=NOW)
        assert await deliveries.fulfil(tx, Drawing(1, "card:1", second), now=NOW)
    assert await take(outbox) == []


async def test_settled_messages_are_forgotten_after_a_while_and_removals_at_once(outbox: Database):
    await promise(outbox, "a")
    gone = Promise(NORTHWIND, DeliveryKind.REMOVAL, "removal:1", recipient_id="D1", message_ts="1.2")
    async with outbox.transaction() as tx:
        await deliveries.promise(tx, gone, due_at=NOW, now=NOW)
    for taken in await take(outbox):
        await settle(outbox, taken, Sent())
    async with outbox.transaction() as tx:
        assert await deliveries.forget_settled(tx, before=NOW - timedelta(days=90), limit=10) == 1
        assert await deliveries.forget_settled(tx, before=NOW, limit=10) == 1
