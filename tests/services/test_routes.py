"""Routes in their order, where alerts go by them, and what becomes of a channel they send to."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import InputRefused, RouteGone
from bot.rules.retry import Obstacle
from bot.rules.routes import FORMER, MOST_ROUTES, Conditions, Hours, Mention, Mentions
from bot.rules.scoring import Category
from bot.services import alerts, follow_ups, invitations, privacy, responses, routes, routing, surveys
from bot.services.invitations import Card
from bot.services.roles import Caller
from bot.services.routes import Plan
from bot.services.routing import Destination
from storage.database import Database, Transaction
from storage.models import Account, Contact, Delivery, FollowUp, Route, Workspace
from tests.factories import BO, NORTHWIND, a_choice, make_invitation, make_workspace
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday
USUAL, URGENT, PRAISE = "C0USUAL", "C0URGENT", "C0PRAISE"
ANYTHING, PROMOTERS = Plan(), Plan(Conditions(categories=frozenset({Category.PROMOTER})))


async def answered(tx: Transaction, score: int, *, now: datetime = NOW, **account: object) -> FollowUp | None:
    """Somebody was asked and answers; their alerts usually go to #usual."""
    invitation = await make_invitation(tx, now=now, survey="relationship")
    await surveys.set_alert_channel(tx, invitation.survey_id, USUAL)
    company = Account(workspace_id=NORTHWIND, name="Beta", created_at=now, **account)
    tx.add(company)
    await tx.flush()
    await tx.execute(update(Contact).values(account_id=company.id))
    await responses.record_score(tx, NORTHWIND, a_choice(invitation, score, now), now=now)
    return await tx.scalar(select(FollowUp))


async def route(tx: Transaction, channel: str | None, plan: Plan = ANYTHING) -> Route:
    await make_workspace(tx, now=NOW)
    return await routes.add(tx, NORTHWIND, plan, channel_id=channel)


async def order(database: Database) -> list[str | None]:
    async with database.reading() as tx:
        return [each.channel_id for each in (await routes.overview(tx, NORTHWIND)).routes]


async def test_without_routes_an_alert_goes_where_its_surveys_do_and_mentions_the_owner(database: Database):
    async with database.transaction() as tx:
        follow_up = await answered(tx, 3, owner_id="U0DEE")
        assert await routing.destination(tx, follow_up) == Destination(USUAL)
        assert await routing.mentioned(tx, follow_up) == "U0DEE"


async def test_the_first_route_that_fits_decides(database: Database):
    async with database.transaction() as tx:
        await route(tx, "C0TRIAL", Plan(Conditions(segment="trial")))
        await route(tx, URGENT, Plan(Conditions(segment="enterprise"), Mention(Mentions.GROUP, "S0CARE")))
        await route(tx, "C0REST")
        follow_up = await answered(tx, 3, segment="enterprise", owner_id="U0DEE")
        assert await routing.destination(tx, follow_up) == Destination(URGENT)
        assert await routing.mentioned(tx, follow_up) == "S0CARE"


async def test_a_route_without_a_channel_only_says_whom_to_mention(database: Database):
    async with database.transaction() as tx:
        await route(tx, None, Plan(mention=Mention(Mentions.ASKER)))
        follow_up = await answered(tx, 3, owner_id="U0DEE")
        assert await routing.destination(tx, follow_up) == Destination(USUAL)
        assert await routing.mentioned(tx, follow_up) == BO


@pytest.mark.parametrize(("hour", "channel"), [(10, USUAL), (20, URGENT)])
async def test_hours_are_the_teams_when_the_answer_came(database: Database, hour: int, channel: str):
    async with database.transaction() as tx:
        await route(tx, URGENT, Plan(Conditions(hours=Hours.OFF)))
        follow_up = await answered(tx, 3, now=NOW.replace(hour=hour))
        assert await routing.destination(tx, follow_up) == Destination(channel)


async def test_praise_that_a_route_asks_for_alerts_and_nobody_owes_a_reply(database: Database):
    async with database.transaction() as tx:
        await route(tx, PRAISE, PROMOTERS)
        follow_up = await answered(tx, 10)
        assert await routing.destination(tx, follow_up) == Destination(PRAISE)
        assert (follow_up.causes, follow_up.reply_due_at) == ("routed", None)
        kinds = (await tx.scalars(select(Delivery.kind).where(Delivery.follow_up_id == follow_up.id))).all()
    assert kinds == ["alert"]


async def test_praise_alerts_nobody_where_no_route_asks_for_it(database: Database):
    async with database.transaction() as tx:
        await route(tx, PRAISE)
        assert await answered(tx, 10) is None


async def test_once_praise_turns_into_a_complaint_somebody_owes_a_reply(database: Database):
    async with database.transaction() as tx:
        await route(tx, PRAISE, PROMOTERS)
        follow_up = await answered(tx, 10)
        await follow_ups.told(tx, follow_up.id, card=Card(PRAISE, "1.0"), worded_at=NOW, now=NOW)
        invitation = (await responses.get(tx, follow_up.response_id)).invitation_id
        later = NOW + timedelta(minutes=30)
        lower = a_choice(await invitations.get(tx, invitation), 2, later)
        await responses.record_score(tx, NORTHWIND, lower, now=later)
        current = await follow_ups.get(tx, follow_up.id)
    assert current.causes == "low_score routed"
    assert current.reply_due_at is not None


async def test_routes_are_moved_and_removed_and_the_others_close_up(database: Database):
    async with database.transaction() as tx:
        first, middle, last = [await route(tx, channel) for channel in ("C01", "C02", "C03")]
        await routes.move(tx, NORTHWIND, last.id, by=-1)
        await routes.move(tx, NORTHWIND, first.id, by=-1)
    assert await order(database) == ["C01", "C03", "C02"]
    async with database.transaction() as tx:
        await routes.remove(tx, first)
        places = (await tx.scalars(select(Route.place).order_by(Route.place))).all()
    assert places == [1, 2]
    async with database.transaction() as tx:
        with pytest.raises(RouteGone):
            await routes.move(tx, NORTHWIND, first.id, by=1)
        with pytest.raises(RouteGone):
            await routes.get(tx, middle.id, workspace_id="T0OTHER")


async def test_there_are_ten_at_the_most_also_when_two_add_one_at_once(database: Database):
    async with database.transaction() as tx:
        for _ in range(MOST_ROUTES - 1):
            await route(tx, URGENT)
    async with database.transaction() as tx:
        await routes.add(tx, NORTHWIND, ANYTHING, channel_id="C0LAST")
        adding = await second(database, lambda tx: routes.add(tx, NORTHWIND, ANYTHING, channel_id="C0MORE"))
    with pytest.raises(InputRefused) as refused:
        await adding
    assert refused.value.because == "routes_many"
    assert len(await order(database)) == MOST_ROUTES


@pytest.mark.parametrize(
    ("plan", "because"),
    [
        (Plan(Conditions(highest_score=11)), "score_shape"),
        (Plan(mention=Mention(Mentions.COLLEAGUE)), "mention_colleague"),
        (Plan(mention=Mention(Mentions.GROUP)), "mention_group"),
    ],
)
async def test_a_route_that_cannot_be_meant_is_refused(database: Database, plan: Plan, because: str):
    async with database.transaction() as tx:
        with pytest.raises(InputRefused) as refused:
            await route(tx, URGENT, plan)
    assert refused.value.because == because


# channels that become shared


async def test_a_channel_outsiders_read_takes_nothing_until_it_is_ours_again(database: Database):
    async with database.transaction() as tx:
        await route(tx, URGENT)
        await routes.escalate_to(tx, NORTHWIND, URGENT)
        follow_up = await answered(tx, 3)
        assert await alerts.channel_shared(tx, NORTHWIND, URGENT, now=NOW)
        assert not await alerts.channel_shared(tx, NORTHWIND, URGENT, now=NOW)
        assert await routing.destination(tx, follow_up) == Destination(URGENT, Obstacle.SHARED)
        assert await routing.escalation(tx, follow_up) == Destination(URGENT, Obstacle.SHARED)
        await alerts.channel_unshared(tx, NORTHWIND, URGENT, now=NOW)
        assert await routing.destination(tx, follow_up) == Destination(URGENT)
        assert await routing.escalation(tx, follow_up) == Destination(URGENT)


async def test_another_channel_takes_what_went_to_the_old_one(database: Database):
    admin = Caller(NORTHWIND, "U0ADMIN", is_workspace_admin=True)
    async with database.transaction() as tx:
        await route(tx, URGENT)
        await routes.escalate_to(tx, NORTHWIND, URGENT)
        follow_up = await answered(tx, 3)
        await alerts.channel_shared(tx, NORTHWIND, URGENT, now=NOW)
        parked = {"state": "parked", "obstacle": "shared", "obstacle_channel_id": URGENT}
        await tx.execute(
            update(Delivery).where(Delivery.kind == "alert").values(due_at=NOW + timedelta(hours=1), **parked)
        )
        assert await alerts.move(tx, admin, old=URGENT, new="C0NEW", now=NOW) == 1
        assert await routing.destination(tx, follow_up) == Destination("C0NEW")
        assert await routing.escalation(tx, follow_up) == Destination("C0NEW")


async def test_a_channel_with_a_new_id_is_the_same_channel(database: Database):
    async with database.transaction() as tx:
        await route(tx, URGENT)
        await routes.escalate_to(tx, NORTHWIND, URGENT)
        await routes.channel_renamed(tx, NORTHWIND, old=URGENT, new="C0NEW")
        higher = await tx.scalar(select(Workspace.escalation_channel_id))
    assert (await order(database), higher) == (["C0NEW"], "C0NEW")


async def test_an_alert_that_arrives_while_a_routes_channel_becomes_shared_leaves_it(database: Database):
    async with database.transaction() as tx:
        await route(tx, URGENT)
        follow_up = await answered(tx, 3)
        alert = await tx.scalar(select(Delivery).where(Delivery.kind == "alert"))
    async with database.transaction() as tx:
        assert await alerts.arrived(tx, alert, card=Card(URGENT, "2.0"), worded_at=NOW, now=NOW)
        sharing = await second(database, lambda tx: alerts.channel_shared(tx, NORTHWIND, URGENT, now=NOW))
    await sharing
    async with database.reading() as tx:
        assert (await follow_ups.get(tx, follow_up.id)).card_ts is None


async def test_nobody_who_was_erased_is_named_by_a_route_and_it_is_for_nobody_elses_accounts(database: Database):
    async with database.transaction() as tx:
        plan = Plan(Conditions(owner_id="U0DEE"), Mention(Mentions.COLLEAGUE, "U0DEE"))
        kept = await route(tx, URGENT, plan)
        follow_up = await answered(tx, 3, owner_id="U0DEE")
        await privacy.erase(tx, NORTHWIND, "U0DEE", now=NOW)
        left = await routes.get(tx, kept.id, workspace_id=NORTHWIND)
        assert (left.owner_id, left.mentioned_id) == (FORMER, None)
        assert await routing.destination(tx, follow_up) == Destination(USUAL)
        assert await routing.mentioned(tx, follow_up) == BO


@pytest.mark.parametrize("by_route", [False, True])
async def test_an_alert_that_mentions_somebody_who_was_erased_is_drawn_anew(database: Database, *, by_route: bool):
    async with database.transaction() as tx:
        if by_route:
            await route(tx, URGENT, Plan(mention=Mention(Mentions.COLLEAGUE, "U0DEE")))
        follow_up = await answered(tx, 3, owner_id=None if by_route else "U0DEE")
        await follow_ups.told(tx, follow_up.id, card=Card(URGENT, "1.0"), worded_at=NOW, now=NOW)
        assert await routing.mentioned(tx, follow_up) == "U0DEE"
        owed = select(Delivery.id).where(Delivery.kind == "alert_card", Delivery.due_at > NOW)
        await privacy.erase(tx, NORTHWIND, "U0DEE", now=NOW + timedelta(hours=1))
        assert len((await tx.scalars(owed)).all()) == 1
