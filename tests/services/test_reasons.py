"""Reasons are counted rightly, over the very answers a score is made of, and never said of too few."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.rules.scoring import Category, Tally
from bot.rules.wanted import Wanted
from bot.services import reasons, suggestions, themes
from bot.services.reasons import Reasons
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage.database import Database
from storage.slices import ALL, Slice
from tests.factories import NORTHWIND, make_workspace
from tests.services.commenters import comment, read_all, say_all
from tests.services.crowd import make_account

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SLOW, DEAR, HELP, VAGUE = (
    "Everything is so slow.",
    "Far too expensive for us.",
    "Support is great help.",
    "Hm, well, who knows.",
)


def ago(**period: float) -> datetime:
    return NOW - timedelta(**period)


@pytest.fixture(autouse=True)
async def _here(database: Database) -> None:
    async with database.transaction() as tx:
        await make_workspace(tx, now=ago(days=400))


async def found(database: Database, *, within: Slice = ALL, kind: SurveyKind = SurveyKind.RELATIONAL) -> Reasons:
    await read_all(database)
    async with database.reading() as tx:
        return await reasons.reasons(tx, NORTHWIND, Scope(Wanted("reasons"), kind, within), now=NOW)


def of(told: Reasons, which: Category) -> reasons.OfCategory:
    return next(each for each in told.categories if each.category is which)


def keys(told: Reasons, which: Category) -> list[tuple[str, int]]:
    return [(each.theme.key, each.share.hits) for each in of(told, which).reasons]


async def test_of_no_comments_there_is_nothing_to_say(database: Database):
    told = await found(database)
    assert (told.comments, told.matched, told.goes_with, told.unmatched) == (0, 0, [], [])
    assert [each.has_enough for each in told.categories] == [False] * 3


async def test_the_three_most_mentioned_themes_of_a_category_come_with_share_range_and_the_newest_quote(
    database: Database,
):
    async with database.transaction() as tx:
        await say_all(tx, [(2, SLOW)] * 6 + [(3, DEAR)] * 4 + [(0, "Bugs and outages.")] * 3, at=ago(days=9))
        await say_all(
            tx, [(5, "Onboarding and training.")] * 3 + [(6, "Invoices!")] * 2 + [(6, VAGUE)] * 2, at=ago(days=8)
        )
        await comment(tx, 1, "Slow, and slower every single day.", at=ago(days=1), name="Ana Ruiz")
        await comment(tx, 1, "Slow.", at=ago(hours=1), name="Too Short")
        await say_all(tx, [(10, HELP)] * 9, at=ago(days=9))
    told = await found(database)
    assert keys(told, Category.DETRACTOR) == [("speed", 8), ("price", 4), ("reliability", 3)]
    first = of(told, Category.DETRACTOR).reasons[0]
    assert (first.share.n, round(first.share.low, 4), round(first.share.high, 4)) == (22, 0.1973, 0.5705)
    assert (first.quote.comment, first.quote.name) == ("Slow, and slower every single day.", "Ana Ruiz")
    assert (of(told, Category.DETRACTOR).comments, of(told, Category.DETRACTOR).matched) == (22, 20)
    assert of(told, Category.PROMOTER).reasons == []  # nine are too few
    assert (told.comments, told.matched) == (31, 29)
    assert [each.comment for each in told.unmatched] == [VAGUE] * 2


async def test_two_mentions_are_too_few(database: Database):
    async with database.transaction() as tx:
        await say_all(tx, [(2, SLOW)] * 2 + [(2, VAGUE)] * 20, at=ago(days=9))
    told = await found(database)
    assert of(told, Category.DETRACTOR).has_enough
    assert keys(told, Category.DETRACTOR) == []


async def test_only_answers_that_count_are_counted(database: Database):
    async with database.transaction() as tx:
        await say_all(tx, [(2, SLOW)] * 10, at=ago(days=9))
        for odd in ({"is_rehearsal": True}, {"mode": "interviewer"}, {"survey": 2}):
            await comment(tx, 2, SLOW, at=ago(days=2), **odd)
        await comment(tx, 2, SLOW, at=ago(days=91))
        changed = await comment(tx, 2, SLOW, at=ago(days=5))
        await comment(tx, 9, HELP, at=ago(days=4), contact_id=changed.contact_id)
        silent = await comment(tx, 2, SLOW, at=ago(days=5))
        await comment(tx, 9, None, at=ago(days=4), contact_id=silent.contact_id)
    told = await found(database)
    assert keys(told, Category.DETRACTOR) == [("speed", 10)]
    assert of(told, Category.PROMOTER).comments == 1


async def test_after_interactions_every_answer_counts_but_repeats(database: Database):
    async with database.transaction() as tx:
        said = await say_all(tx, [(2, SLOW)] * 10, at=ago(days=80), survey=2)
        await comment(tx, 2, SLOW, at=ago(days=5), survey=2, contact_id=said[0].contact_id)
        await comment(tx, 2, SLOW, at=ago(days=4), survey=2, contact_id=said[0].contact_id, is_repeat=True)
    assert keys(await found(database, kind=SurveyKind.TRANSACTIONAL), Category.DETRACTOR) == [("speed", 11)]
    assert (await found(database)).comments == 0


async def test_what_was_said_in_confidence_counts_once_it_was_told_without_a_name_and_in_no_slice(database: Database):
    async with database.transaction() as tx:
        said = await say_all(tx, [(2, SLOW)] * 10, at=ago(days=9))
        account = await make_account(tx, "Beta", [each.contact_id for each in said], now=NOW)
        hidden = [await comment(tx, 2, "Slow on every single day.", at=at, privacy="confidential", name="Ana Ruiz")
                  for at in (ago(hours=1), ago(days=2))]  # fmt: skip
        await make_account(tx, "Gamma", [each.contact_id for each in hidden], now=NOW)
    told = await found(database)
    assert keys(told, Category.DETRACTOR) == [("speed", 11)]
    quote = of(told, Category.DETRACTOR).reasons[0].quote
    assert (quote.response_id, quote.name) == (hidden[1].id, None)
    assert (await found(database, within=Slice(account_ids=(account,)))).comments == 10
    assert (await found(database, within=Slice(account_ids=(account + 1,)))).comments == 0


async def test_scores_with_and_without_a_theme_stand_side_by_side_where_both_have_ten(database: Database):
    async with database.transaction() as tx:
        await say_all(tx, [(2, SLOW)] * 8 + [(9, SLOW)] * 2 + [(10, DEAR)] * 9 + [(7, VAGUE)] * 3, at=ago(days=9))
    told = await found(database)
    assert [(each.theme.key, each.those, each.others) for each in told.goes_with] == [
        ("speed", Tally(2, 0, 8), Tally(9, 3, 0))
    ]


async def test_what_a_colleague_put_right_counts(database: Database):
    async with database.transaction() as tx:
        said = await say_all(tx, [(2, SLOW)] * 10, at=ago(days=9))
    await read_all(database)
    async with database.transaction() as tx:
        for each in said[:4]:
            await themes.correct(tx, each, "speed", is_about=False)
            await themes.correct(tx, each, "price", is_about=True)
    assert keys(await found(database), Category.DETRACTOR) == [("speed", 6), ("price", 4)]


async def test_while_comments_are_being_read_again_it_says_so(database: Database):
    async with database.transaction() as tx:
        await comment(tx, 2, SLOW, at=ago(days=1))
    async with database.reading() as tx:
        assert (await reasons.reasons(tx, NORTHWIND, Scope(), now=NOW)).is_reading
    assert not (await found(database)).is_reading


async def test_hundreds_are_told_of_with_as_many_statements_as_ten(database: Database):
    async def statements() -> int:
        await read_all(database)
        seen: list[str] = []
        event.listen(database.engine.sync_engine, "before_cursor_execute", note := lambda *call: seen.append(call[2]))
        await found(database)
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        return len(seen)

    async with database.transaction() as tx:
        await say_all(tx, [(2, SLOW)] * 10, at=ago(days=9))
    few = await statements()
    async with database.transaction() as tx:
        await say_all(tx, [(2, SLOW)] * 300, at=ago(days=8))
    assert await statements() == few


# words to learn


async def suggested(database: Database) -> list[tuple[str, str]]:
    await read_all(database)
    async with database.reading() as tx:
        known = await themes.word_list(tx, NORTHWIND)
        found = await suggestions.suggested(tx, NORTHWIND, known, now=NOW)
    return [(each.language, each.suggestion.word) for each in found]


async def test_words_of_unhappy_people_are_suggested_whatever_the_survey_and_the_language(database: Database):
    async with database.transaction() as tx:
        for survey, language, word in ((1, "en", "exports"), (2, "en", "dashboards"), (1, "de", "Tabellen")):
            await say_all(tx, [(2, f"{word}, {word}!")] * 20, at=ago(days=9), survey=survey, language=language)
            await say_all(tx, [(9, "Alpha bravo charlie")] * 20, at=ago(days=9), survey=survey, language=language)
    assert sorted(await suggested(database)) == [("de", "tabellen"), ("en", "dashboards"), ("en", "exports")]


async def test_words_said_in_confidence_are_not_suggested_before_they_were_told(database: Database):
    async with database.transaction() as tx:
        await say_all(tx, [(9, "Alpha bravo charlie")] * 20, at=ago(days=9))
        await say_all(tx, [(2, "Exports!")] * 20, at=ago(hours=1), privacy="confidential")
    assert await suggested(database) == []
