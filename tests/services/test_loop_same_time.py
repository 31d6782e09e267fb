"""Everybody at once: whatever they do to close a loop, nobody waits for another in a circle."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, NoResultFound

from bot.errors import Refusal
from bot.rules.closing import ContactKind, Outcome, RootCause
from bot.rules.favours import FavourKind
from bot.rules.replying import Way
from bot.rules.retry import Sent
from bot.rules.routes import Conditions, Mention, Mentions
from bot.rules.webhooks import WebhookEvent
from bot.services import (
    alerts,
    deliveries,
    digests,
    editions,
    favour_cards,
    favours,
    follow_ups,
    invitations,
    privacy,
    replies,
    reply_deliveries,
    responses,
    routes,
    schedules,
    surveys,
    typed,
    webhook_endpoints,
    work,
)
from bot.services.favours import Gift, Setup
from bot.services.follow_ups import Resolution
from bot.services.invitations import Card
from bot.services.replies import Draft, Words
from bot.services.typed import Note, Writer
from bot.services.webhook_endpoints import Wanted
from storage import deliveries as queries
from storage.database import Database, Transaction
from storage.models import Delivery, FollowUp
from tests.factories import ANA, BO, NORTHWIND, a_choice, make_invitation, some_words

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ROOM, OTHER = "C0ALERTS", "C0OTHER"
ROUNDS = int(os.environ.get("SAME_TIME_ROUNDS", "8"))
MESSAGES = count(1)
Act = Callable[[Transaction, FollowUp, datetime, int], Awaitable[Any]]


async def settle(tx: Transaction, owed: Delivery, now: datetime) -> None:
    """As the courier does, of what left."""
    card = Card(ROOM, f"{next(MESSAGES)}.0")
    if owed.kind == "alert":
        await alerts.arrived(tx, owed, card=card, worded_at=now, now=now)
    elif owed.kind in ("line", "nudge", "escalation"):
        await alerts.arrived_beside(tx, owed, card=card, now=now)
    elif owed.kind == "reply":
        await reply_deliveries.arrived(tx, owed, card=Card("D0ANA", card.ts), now=now)
    elif owed.kind == "favour":
        await favour_cards.arrived(tx, owed, card, now=now)
    await deliveries.settle(tx, owed, Sent(card.channel_id, card.ts), now=now)


async def send(tx, it, now, n):
    await replies.send(tx, NORTHWIND, Draft(it.id, "Hello", "Bo Lind", Way.DIRECT, f"s{n}{now}"), by=BO, now=now)


async def hear(tx, it, now, n):
    await replies.hear(tx, NORTHWIND, it.id, Words(ANA, "It fails again.", f"h{n}{now}"), now=now)


async def write(tx, it, now, n):
    await typed.take(tx, NORTHWIND, Writer(ANA, "en", False), Note("It fails.", f"{n}.{now.timestamp()}", now), now=now)


async def resolve(tx, it, now, n):
    how = Resolution(Outcome.FIXED, RootCause.PRODUCT, "Done.")
    await follow_ups.resolve(tx, it, how, by=BO, now=now)


async def reopen(tx, it, now, n):
    await follow_ups.reopen(tx, it, by=BO, now=now)


async def claim(tx, it, now, n):
    await follow_ups.claim(tx, it, by=f"U{n}", now=now)


async def contacted(tx, it, now, n):
    await work.contacted(tx, it, ContactKind.CALL, note=None, by=BO, now=now)


async def snooze(tx, it, now, n):
    await work.snooze(tx, it, now + timedelta(days=n), by=BO, now=now)


async def change(tx, it, now, n):
    found = await replies.to_reply_to(tx, NORTHWIND, it.id)
    words = some_words(found.facts.invitation, f"v{n}{now}", comment=f"{n}{now}", score=n % 11)
    recorded = await responses.record_words(tx, NORTHWIND, words, now=NOW)
    taken = await favours.take(tx, recorded.response, now=now)
    if taken:
        await favours.give(tx, taken, Gift(who="Zoe", reach="zoe"), now=now)


async def offer(tx, it, now, n):
    response = await responses.get(tx, it.response_id)
    if response is not None:
        await favours.offer(tx, response, now=now)


async def share(tx, it, now, n):
    await alerts.channel_shared(tx, NORTHWIND, ROOM, now=now)


async def share_digests(tx, it, now, n):
    await editions.channel_shared(tx, NORTHWIND, ROOM, now=now)


async def unshare(tx, it, now, n):
    await editions.channel_unshared(tx, NORTHWIND, ROOM)
    await alerts.channel_unshared(tx, NORTHWIND, ROOM, now=now)


async def forget(tx, it, now, n):
    await privacy.erase(tx, NORTHWIND, BO, now=now)


async def moved(tx, it, now, n):
    survey = await surveys.get(tx, it.survey_id)
    await alerts.set_channel(tx, survey, ROOM, now=now)


async def renamed(tx, it, now, n):
    for noun in (digests, editions, routes, surveys, schedules, invitations, follow_ups, favour_cards, deliveries):
        await noun.channel_renamed(tx, NORTHWIND, old=ROOM, new=OTHER)
        await noun.channel_renamed(tx, NORTHWIND, old=OTHER, new=ROOM)


async def redirected(tx, it, now, n):
    await routes.redirect(tx, NORTHWIND, old=ROOM, new=ROOM)
    await alerts.rerouted(tx, NORTHWIND, now=now)


async def ask(tx, it, now, n):
    await make_invitation(tx, now=now, survey="relationship", occasion=f"ask:{now}", is_sent=False)


async def tell_of_falls(tx, it, now, n):
    for digest in await digests.of_workspace(tx, NORTHWIND):
        await editions.publish(tx, digest, will_ask=0, now=now)


async def set_hour(tx, it, now, n):
    for digest in await digests.of_workspace(tx, NORTHWIND):
        await digests.change(tx, digest, digests.Choice(ROOM, hour=n % 24), now=now)


async def erase(tx, it, now, n):
    await privacy.erase(tx, NORTHWIND, ANA, now=now)


ACTS: list[Act] = [
    *(send, hear, write, change, offer, ask),
    *(claim, contacted, snooze, resolve, reopen),
    *(share, share_digests, unshare, moved, renamed, redirected),
    *(forget, tell_of_falls, set_hour),
]


@pytest.fixture
async def waiting(database: Database) -> FollowUp:
    async with database.transaction() as tx:
        asked = await make_invitation(tx, now=NOW)
        await surveys.set_alert_channel(tx, asked.survey_id, ROOM)
        await favours.set_up(tx, NORTHWIND, Setup(frozenset({FavourKind.REFERRAL})))
        await routes.add(tx, NORTHWIND, routes.Plan(Conditions(), Mention(Mentions.COLLEAGUE, BO)), channel_id=ROOM)
        await routes.escalate_to(tx, NORTHWIND, ROOM)
        await digests.set_up(tx, NORTHWIND, digests.Choice(ROOM), by=BO, time_zone=None, now=NOW)
        wanted = Wanted("crm", "https://crm.example/hook", tuple(WebhookEvent))
        await webhook_endpoints.add(tx, NORTHWIND, wanted, by=BO, allows_private=False, now=NOW)
        recorded = await responses.record_score(tx, NORTHWIND, a_choice(asked, 3, NOW), now=NOW)
        found = await follow_ups.of_response(tx, recorded.response.id)
        await alerts.set_channel(tx, await surveys.get(tx, asked.survey_id), ROOM, now=NOW)
        return found


async def test_whatever_people_and_couriers_do_at_once_nobody_waits_in_a_circle(database: Database, waiting: FollowUp):
    troubles: list[str] = []

    async def act(what: Act, now: datetime, n: int) -> None:
        try:
            async with database.transaction() as tx:
                current = await follow_ups.get(tx, waiting.id)
                await (what(tx, current, now, n) if current else asyncio.sleep(0))
        except DBAPIError as error:
            troubles.append(f"{what.__name__}: {str(error)[:700]}")
        except (Refusal, LookupError, NoResultFound):  # it is no longer so, or was erased
            return

    async def courier(now: datetime) -> None:
        async with database.transaction() as tx:
            due = await queries.take(tx, NORTHWIND, now=now, lease_until=now, limit=9)
        for owed in due:
            try:
                async with database.transaction() as tx:
                    await settle(tx, owed, now)
            except DBAPIError as error:
                troubles.append(f"settle {owed.kind}: {str(error)[:700]}")

    for turn in range(ROUNDS + 1):
        now = NOW + timedelta(minutes=20 * turn)
        acts = [*ACTS, erase] if turn == ROUNDS else ACTS
        couriers = courier(now), courier(now + timedelta(days=2))
        await asyncio.gather(*(act(what, now, n) for n, what in enumerate(acts)), *couriers)
    assert not troubles, "\n\n".join(troubles)
