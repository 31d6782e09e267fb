"""Scores of others are dated, sourced and trusted, and the reader's own stands beside them only where it may."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.wanted import Wanted
from bot.services import benchmarks
from bot.services.benchmarks import PAGE, Benchmark, BenchmarkPage, Group, Trust, published
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage.database import Database
from tests.factories import NORTHWIND, make_workspace
from tests.services.test_answer_files import give

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
YEAR = re.compile(r"20\d\d(-20\d\d)?")


async def shown(database: Database, *, page: int = 1, kind: SurveyKind = SurveyKind.RELATIONAL) -> BenchmarkPage:
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW - timedelta(days=400))
    async with database.reading() as tx:
        return await benchmarks.page(tx, NORTHWIND, Scope(Wanted("benchmarks", page=page), kind), now=NOW)


@pytest.mark.parametrize("one", published(), ids=lambda one: f"{one.label} {one.year}")
def test_each_has_a_year_a_source_and_trust(one: Benchmark):
    assert YEAR.fullmatch(one.year)
    assert one.source
    assert one.address.startswith(("https://", "http://"))
    assert one.trust in Trust
    assert one.basis
    assert (-100 if one.is_score else 0) <= one.value <= 100
    assert (one.low is None) == (one.high is None)
    assert one.low is None or one.low <= one.value <= one.high


def test_no_figure_is_there_twice():
    told = [(one.label, one.role, one.year) for one in published()]
    assert len(told) == len(set(told))


def test_the_nearest_come_first_and_the_newest_of_those():
    groups = list(Group)
    order = [(groups.index(one.group), -int(one.year[-4:])) for one in published()]
    assert order == sorted(order)
    assert published()[0].group is Group.SOFTWARE


async def test_every_one_is_on_one_page(database: Database):
    pages = [await shown(database, page=n) for n in range(1, (await shown(database)).pages + 1)]
    assert [one for page in pages for one in page.shown] == list(published())
    assert max(len(page.shown) for page in pages) == PAGE
    assert (await shown(database, page=999)) == pages[-1]


async def test_our_own_number_is_beside_those_only_where_it_is_of_the_same_kind(database: Database):
    await shown(database)
    async with database.transaction() as tx:
        for n in range(12):
            await give(tx, n, 9, at=NOW - timedelta(days=1))
    own = (await shown(database)).own
    assert (own.kind, own.answers.promoters) == (SurveyKind.RELATIONAL, 12)
    assert (await shown(database, kind=SurveyKind.TRANSACTIONAL)).own is None
