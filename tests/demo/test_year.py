"""The demo's year is believable: shaped like real answers, within the rules, and always the same."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.demo import company, portfolio
from bot.demo.history import SHAPE, Surveys, Year
from bot.rules.recovery import recovered
from bot.rules.scoring import Tally, category, points
from bot.services import recoveries, surveys, workspaces
from bot.services.surveys import SurveyKind
from bot.services.workspaces import Identity
from storage.database import Database
from storage.models import Contact, FollowUp, Invitation, Response
from tests import databases

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """Written once; all tests here only look at it."""
    database = Database(databases.copy_file(sqlite_template, tmp_path_factory.mktemp("year") / "nps.db"))
    async with database.transaction() as tx:
        identity = Identity(company.TEAM, company.NAME, "https://northwind.slack.com/", company.BOT)
        await workspaces.install(tx, identity, now=NOW)
        await surveys.ensure_defaults(tx, company.TEAM, now=NOW)
        known = Surveys(
            *[await surveys.named(tx, company.TEAM, name) for name in ("relationship", "support", "recovery")]
        )
        await portfolio.take_over(tx, now=NOW)
        await Year(tx, known, now=NOW).write()
        await portfolio.recognise_everybody(tx)
    yield database
    await database.close()


async def rows(database: Database, what: type) -> list:
    async with database.reading() as tx:
        return list((await tx.scalars(select(what).order_by(what.id))).all())


async def test_scores_are_shaped_like_real_ones(year: Database):
    given = Counter(each.score for each in await rows(year, Response) if each.kind != SurveyKind.RECOVERY)
    answers = sum(given.values())
    assert 250 < answers < 500
    for score, share in enumerate(SHAPE):
        assert abs(given[score] / answers - share / sum(SHAPE)) < 0.05, score
    categories = Counter(category(score) for score in given.elements())
    assert -35 < points(Tally(*(categories[each] for each in ("promoter", "passive", "detractor")))) < -15


async def test_nobody_is_asked_the_same_twice_in_a_quarter(year: Database):
    asked: dict[tuple[int, int], datetime] = {}
    for invitation in sorted(await rows(year, Invitation), key=lambda each: each.sent_at):
        if invitation.kind == SurveyKind.RELATIONAL:
            before = asked.get(invitation.contact_id)
            assert before is None or invitation.sent_at - before >= timedelta(days=90)
            asked[invitation.contact_id] = invitation.sent_at


async def test_every_unhappy_answer_of_the_year_was_looked_after(year: Database):
    unhappy = {response.id for response in await rows(year, Response) if response.score <= 6}
    follow_ups = await rows(year, FollowUp)
    assert {follow_up.response_id for follow_up in follow_ups} == unhappy
    assert {follow_up.state for follow_up in follow_ups} == {"resolved"}
    assert all(follow_up.note for follow_up in follow_ups)


async def test_most_who_were_looked_after_felt_better_three_weeks_later(year: Database):
    async with year.reading() as tx:
        told = recovered((await recoveries.report(tx, company.TEAM, now=NOW)).moved)
    assert told.percent is not None
    assert 50 < told.percent < 100


async def test_nothing_happens_in_the_future_or_longer_than_a_year_ago(year: Database):
    times = [response.answered_at for response in await rows(year, Response)]
    times += [invitation.sent_at for invitation in await rows(year, Invitation)]
    assert NOW - timedelta(days=365) <= min(times)
    assert max(times) <= NOW


async def test_customers_come_from_several_accounts(year: Database):
    people = await rows(year, Contact)
    assert all(person.account_id for person in people)
    assert len({person.account_id for person in people}) == len(company.DOMAINS)
    assert len({person.user_id for person in people}) == len(people)
