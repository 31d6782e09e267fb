"""What arrives in the very moment in which somebody is erased, or a channel becomes shared."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.rules.closing import ContactKind
from bot.rules.favours import FavourKind
from bot.rules.retry import Moot, Sent
from bot.services import (
    alerts,
    contacts,
    deliveries,
    favour_cards,
    favours,
    follow_ups,
    halts,
    invitations,
    privacy,
    responses,
    surveys,
    work,
    workspaces,
)
from bot.services.favours import Gift, Setup
from bot.services.invitations import Card
from storage import deliveries as queries
from storage.database import Database, Transaction
from storage.models import Delivery, Favour, FollowUp, Invitation
from tests.factories import ANA, BO, NORTHWIND, a_choice, make_invitation
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ROOM = "C0ALERTS"


@pytest.fixture
async def asked(database: Database) -> Invitation:
    async with database.transaction() as tx:
        asked = await make_invitation(tx, now=NOW)
        await surveys.set_alert_channel(tx, asked.survey_id, ROOM)
        return asked


async def unhappy(tx: Transaction, asked: Invitation) -> FollowUp:
    recorded = await responses.record_score(tx, NORTHWIND, a_choice(asked, 3, NOW), now=NOW)
    found = await follow_ups.of_response(tx, recorded.response.id)
    assert found is not None
    return found


async def contacted(tx: Transaction, asked: Invitation) -> None:
    """An alert stands there, and a line for its thread is owed."""
    follow_up = await unhappy(tx, asked)
    await follow_ups.told(tx, follow_up.id, card=Card(ROOM, "1.0"), worded_at=LATER, now=NOW)
    told = await follow_ups.get(tx, follow_up.id)
    assert told is not None
    await work.contacted(tx, told, ContactKind.CALL, note="Called her.", by=BO, now=NOW)


async def praised(tx: Transaction, asked: Invitation) -> None:
    """Ana did us a favour, and the team is to hear of it."""
    await favours.set_up(tx, NORTHWIND, Setup(frozenset({FavourKind.REFERRAL})))
    recorded = await responses.record_score(tx, NORTHWIND, a_choice(asked, 10, NOW), now=NOW)
    assert await favours.offer(tx, recorded.response, now=NOW)
    taken = await favours.take(tx, recorded.response, now=NOW)
    assert taken is not None
    await favours.give(tx, taken, Gift(who="Zoe", reach="zoe@zeta.example"), now=NOW)


async def taken(database: Database, kind: str) -> Delivery:
    """What the courier holds in its hands."""
    async with database.transaction() as tx:
        due = await queries.take(tx, NORTHWIND, now=LATER, lease_until=LATER + timedelta(hours=1), limit=9)
    return next(each for each in due if each.kind == kind)


async def erase(tx: Transaction, user_id: str = ANA) -> None:
    await privacy.erase(tx, NORTHWIND, user_id, now=LATER)


async def removals(database: Database) -> set[str | None]:
    async with database.reading() as tx:
        return set(await tx.scalars(select(Delivery.message_ts).where(Delivery.kind == "removal")))


async def alert_arrives(tx: Transaction, alert: Delivery) -> bool:
    return await alerts.arrived(tx, alert, card=Card(ROOM, "2.0"), worded_at=LATER, now=LATER)


async def line_arrives(tx: Transaction, line: Delivery) -> bool:
    return await alerts.arrived_beside(tx, line, card=Card(ROOM, "2.0"), now=LATER)


async def news_arrives(tx: Transaction, news: Delivery) -> bool:
    return await favour_cards.arrived(tx, news, Card(ROOM, "2.0"), now=LATER)


ARRIVING = [
    pytest.param(unhappy, "alert", alert_arrives, id="an alert"),
    pytest.param(contacted, "line", line_arrives, id="a line"),
    pytest.param(praised, "favour", news_arrives, id="news of a favour"),
]


@pytest.mark.parametrize(("happened", "kind", "arrives"), ARRIVING)
async def test_what_was_faster_than_an_erasure_is_taken_out_again(
    database: Database, asked: Invitation, happened, kind: str, arrives
):
    async with database.transaction() as tx:
        await happened(tx, asked)
    owed = await taken(database, kind)
    async with database.transaction() as tx:
        assert await arrives(tx, owed)
        erasing = await second(database, erase)
        assert await deliveries.settle(tx, owed, Sent(ROOM, "2.0"), now=LATER)
    await erasing
    assert "2.0" in await removals(database)


@pytest.mark.parametrize(("happened", "kind", "arrives"), ARRIVING)
async def test_what_was_slower_than_an_erasure_is_known_to_be_about_nobody(
    database: Database, asked: Invitation, happened, kind: str, arrives
):
    async with database.transaction() as tx:
        await happened(tx, asked)
    owed = await taken(database, kind)
    async with database.transaction() as tx:
        await erase(tx)
        arriving = await second(database, lambda tx: arrives(tx, owed))
    assert await arriving is False


async def test_news_of_a_favour_that_arrives_while_its_channel_becomes_shared_leaves_it(
    database: Database, asked: Invitation
):
    async with database.transaction() as tx:
        await praised(tx, asked)
    news = await taken(database, "favour")
    async with database.transaction() as tx:
        assert await news_arrives(tx, news)
        sharing = await second(database, lambda tx: alerts.channel_shared(tx, NORTHWIND, ROOM, now=LATER))
    await sharing
    assert await removals(database) == {"2.0"}


async def test_news_of_a_favour_that_arrives_where_outsiders_read_by_now_is_told_elsewhere(
    database: Database, asked: Invitation
):
    async with database.transaction() as tx:
        await praised(tx, asked)
    news = await taken(database, "favour")
    async with database.transaction() as tx:
        await alerts.channel_shared(tx, NORTHWIND, ROOM, now=LATER)
    async with database.transaction() as tx:
        assert await news_arrives(tx, news)
        assert not await deliveries.settle(tx, news, Sent(ROOM, "2.0"), now=LATER)
    assert await removals(database) == {"2.0"}
    async with database.reading() as tx:
        assert (await tx.scalars(select(Favour.card_ts))).all() == [None]
        assert (await tx.scalars(select(Delivery.state).where(Delivery.kind == "favour"))).all() == ["pending"]


async def test_whoever_erases_a_colleague_waits_for_the_workspace_before_they_hold_anybody(
    database: Database, asked: Invitation
):
    async with database.transaction() as tx:
        mine = await make_invitation(tx, now=NOW, person=BO, occasion="ask:2")
        await halts.halt(tx, NORTHWIND, by=BO, now=NOW)
    async with database.transaction() as tx:
        await workspaces.held(tx, NORTHWIND)
        erasing = await second(database, lambda tx: erase(tx, BO))
        contact = await contacts.get(tx, mine.contact_id)
        await contacts.held(tx, contact)
    await erasing
    async with database.reading() as tx:
        assert await invitations.get(tx, mine.id) is None


async def test_an_alert_on_its_way_while_a_colleague_it_mentions_is_erased_is_drawn_anew_when_it_stands(
    database: Database, asked: Invitation
):
    async with database.transaction() as tx:
        await unhappy(tx, asked)
    alert = await taken(database, "alert")
    async with database.transaction() as tx:
        await erase(tx, BO)
    redrawing = await taken(database, "alert_card")
    async with database.transaction() as tx:
        assert await deliveries.settle(tx, redrawing, Moot("no_card"), now=LATER)
        assert await alert_arrives(tx, alert)
    async with database.reading() as tx:
        assert (await tx.scalars(select(Delivery.state).where(Delivery.kind == "alert_card"))).all() == ["pending"]
