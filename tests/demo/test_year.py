"""The demo's year is believable: shaped like real answers, within the rules, and always the same."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.demo import company, portfolio, words
from bot.demo.history import SHAPE, SILENT, Surveys, Year
from bot.rules.health import State
from bot.rules.recovery import recovered
from bot.rules.scoring import Tally, category, points
from bot.rules.timeline import Step
from bot.rules.trend import Verdict
from bot.services import (
    account_lists,
    breakdowns,
    reasons,
    recoveries,
    scopes,
    silent_accounts,
    surveys,
    themes,
    trends,
    workspaces,
)
from bot.services.dimensions import Asker
from bot.services.surveys import SurveyKind
from bot.services.workspaces import Identity
from bot.texts.speakers import LANGUAGES
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
        await portfolio.note_exports(tx, now=NOW)
        await themes.read_again(tx, limit=portfolio.EVERYBODY)
    yield database
    await database.close()


async def rows(database: Database, what: type) -> list:
    async with database.reading() as tx:
        return list((await tx.scalars(select(what).order_by(what.id))).all())


async def test_scores_are_shaped_like_real_ones(year: Database):
    given = Counter(each.score for each in await rows(year, Response) if each.kind != SurveyKind.RECOVERY)
    answers = sum(given.values())
    assert 500 < answers < 800
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


async def test_the_trend_is_by_month_and_says_that_the_score_rose(year: Database):
    async with year.reading() as tx:
        told = await trends.trend(tx, company.TEAM, until=NOW)
    assert told.step is Step.MONTH
    assert told.movement is not None
    assert told.movement.change.verdict is Verdict.HIGHER
    assert [each.words for each in told.notes] == ["exports run at night"]


async def test_a_segment_is_above_the_others_and_one_below(year: Database):
    async with year.reading() as tx:
        asker, scope = Asker(company.TEAM, company.BO.user_id, "by"), scopes.Scope()
        told = await breakdowns.by(tx, asker, "segment", scope, now=NOW)
    assert told.verdicts["small"] is Verdict.HIGHER
    assert told.verdicts["enterprise"] is Verdict.LOWER


async def test_happy_and_unhappy_people_give_reasons_in_their_languages(year: Database):
    async with year.reading() as tx:
        told = await reasons.reasons(tx, company.TEAM, scopes.Scope(), now=NOW)
    assert not told.is_reading
    assert all(each.reasons for each in told.categories)
    assert told.goes_with
    asked_in = {each.language for each in await rows(year, Invitation)}
    assert asked_in == set(words.COMMENTS) == set(LANGUAGES)


async def test_accounts_are_in_every_state_and_some_are_silent(year: Database):
    async with year.reading() as tx:
        told = await account_lists.listed(tx, company.TEAM, account_lists.Which(), now=NOW)
        silent = await silent_accounts.accounts(tx, company.TEAM, now=NOW)
    assert set(told.due) == set(State)
    assert told.retention.net is not None
    assert {each.account.name for each in silent.lines} == set(SILENT)
