"""Processes that are killed or share their work: nothing told to other programs is lost, and ids tell repeats."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.rules.webhooks import WebhookEvent
from bot.services import webhook_endpoints
from bot.services.webhook_endpoints import Wanted
from storage.database import Database
from storage.models import WebhookMessage
from tests.replicas.hosting import A_LEASE, working
from tests.replicas.pair import Pair
from tests.waiting import until
from tests.webhooks.receiver import Receiver, receiving

TOLD = [WebhookEvent.RESPONSE_RECORDED, WebhookEvent.RESPONSE_CHANGED, WebhookEvent.FOLLOW_UP_OPENED]


async def hears(database: Database, workspace_id: str, receiver: Receiver) -> None:
    wanted = Wanted("crm", receiver.url, tuple(TOLD))
    async with database.transaction() as tx:
        now = datetime.now(UTC)
        await webhook_endpoints.add(tx, workspace_id, wanted, by=None, allows_private=True, now=now)


async def is_all_delivered(database: Database, count: int) -> bool:
    async with database.reading() as tx:
        states = (await tx.scalars(select(WebhookMessage.state))).all()
    return len(states) == count and set(states) == {"delivered"}


async def test_what_was_on_its_way_when_its_sender_was_killed_is_sent_again_under_the_same_id(tmp_path: Path) -> None:
    async with working(tmp_path) as post, receiving() as receiver:
        await hears(post.database, post.slack.team_id, receiver)
        receiver.open.clear()
        await post.ask()
        await post.answer()
        await until(lambda: receiver.heard, "a message on its way")
        post.bot.kill()
        receiver.open.set()
        async with post.database.transaction() as tx:
            await tx.execute(update(WebhookMessage).values(due_at=datetime.now(UTC) - A_LEASE))
        await post.bot.start()
        await until(lambda: is_all_delivered(post.database, len(TOLD)), "everything to be delivered")
        assert {each.type for each in receiver.heard} == set(TOLD)
        assert len({each.id for each in receiver.heard}) == len(TOLD) < len(receiver.heard)


@pytest.mark.asyncio(loop_scope="module")
async def test_two_processes_tell_everything_once(pair: Pair) -> None:
    async with receiving() as receiver:
        await hears(pair.database, pair.slack.team_id, receiver)
        customers = pair.newcomers(6)
        await asyncio.gather(*(pair.ask(customer, f"survey{at % 3}") for at, customer in enumerate(customers)))
        await asyncio.gather(*(pair.answer(customer, score=2) for customer in customers))
        count = len(TOLD) * len(customers)
        await until(lambda: is_all_delivered(pair.database, count), "everything to be delivered", within=30)
        assert len(receiver.heard) == len({each.id for each in receiver.heard}) == count
        await pair.settled()
