"""Comments are found by their words in every script, by theme and by category, the newest first, and no page twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import CommentGone
from bot.rules.scoring import Category
from bot.rules.wanted import Wanted
from bot.services import answer_lists, comments
from bot.services.comments import A_PAGE, Found
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage.database import Database
from storage.slices import ALL, Slice
from tests.factories import NORTHWIND, make_workspace
from tests.services.commenters import about, comment, read_all, say_all
from tests.services.crowd import make_account

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SLOW, DEAR, VAGUE = "Everything is so slow.", "Far too expensive.", "Hm, well."


def ago(**period: float) -> datetime:
    return NOW - timedelta(**period)


@pytest.fixture(autouse=True)
async def _here(database: Database) -> None:
    async with database.transaction() as tx:
        await make_workspace(tx, now=ago(days=400))


async def found(
    database: Database,
    *rest: str,
    page: int = 1,
    within: Slice = ALL,
    kind: SurveyKind = SurveyKind.RELATIONAL,
) -> Found:
    await read_all(database)
    scope = Scope(Wanted("comments", rest, page=page), kind, within)
    async with database.reading() as tx:
        return await comments.find(tx, NORTHWIND, scope, now=NOW)


async def words(database: Database, *rest: str, **more: object) -> list[str | None]:
    return [each.response.comment for each in (await found(database, *rest, **more)).comments]


async def test_the_newest_comes_first_with_what_it_is_about(database: Database):
    async with database.transaction() as tx:
        await comment(tx, 2, SLOW, at=ago(days=3), name="Ana Ruiz")
        await comment(tx, 9, DEAR, at=ago(days=2))
        await comment(tx, 9, None, at=ago(days=1))
    told = await found(database)
    assert [each.response.comment for each in told.comments] == [DEAR, SLOW]
    assert [[each.key for each in one.themes] for one in told.comments] == [["price"], ["speed"]]
    assert (told.comments[1].contact.name, told.comments[1].survey_name) == ("Ana Ruiz", "relationship")
    assert (told.count, told.has_more) == (2, False)


SCRIPTS = [
    ("STRASSE", "Unsere straße ist gesperrt."),
    ("über", "ÜBERALL Fehler."),
    ("привет", "ПРИВЕТ, всё хорошо."),
    ("σίσυφος", "ΣΊΣΥΦΟΣ was here."),
    ("料金", "料金が高い"),
    ("café", "Cafe\u0301 as two letters."),
    ("i̇stanbul", "İSTANBUL calling."),
    ("100%", "It is 100% fine."),
    ("a_b", "The field a_b is empty."),
    ("every monday", "Every\n Monday."),
    ("<!channel>", "Hey <!channel>, look."),
]


@pytest.mark.parametrize(("looked_for", "text"), SCRIPTS)
async def test_words_are_found_in_every_script_whatever_their_case(database: Database, looked_for: str, text: str):
    async with database.transaction() as tx:
        await comment(tx, 2, text, at=ago(days=3))
        await comment(tx, 2, "Something else, a1b, 1000.", at=ago(days=3))
    assert await words(database, looked_for) == [text]
    assert await words(database, looked_for.upper() if looked_for != "i̇stanbul" else "İSTANBUL") == [text]


async def test_all_words_must_be_there_and_a_percent_sign_is_one_of_them(database: Database):
    async with database.transaction() as tx:
        await say_all(tx, [(2, "Slow on Monday"), (2, "Slow on Friday"), (2, "Monday 50")], at=ago(days=3))
    assert await words(database, "slow", "monday") == ["Slow on Monday"]
    assert await words(database, "%") == await words(database, "_") == []


async def test_a_category_a_theme_and_none_narrow_it(database: Database):
    async with database.transaction() as tx:
        await say_all(tx, [(2, SLOW), (7, SLOW), (9, SLOW), (9, DEAR), (6, VAGUE)], at=ago(days=3))
    assert await words(database, "detractors") == [VAGUE, SLOW]
    assert await words(database, "about", "speed") == [SLOW] * 3
    assert await words(database, "promoters", "about", "speed") == [SLOW]
    assert await words(database, "about", "nothing") == [VAGUE]
    assert await words(database, "passives", "about", "price") == []


async def test_pages_follow_each_other_and_one_too_far_is_the_last(database: Database):
    async with database.transaction() as tx:
        for n in range(2 * A_PAGE + 3):
            await comment(tx, 2, f"Number {n}", at=ago(days=1))  # all at the same moment
    pages = [await words(database, page=page) for page in (1, 2, 3)]
    assert [len(each) for each in pages] == [A_PAGE, A_PAGE, 3]
    assert len({each for page in pages for each in page}) == 2 * A_PAGE + 3
    assert await words(database, page=99) == pages[2]
    assert (await found(database)).has_more
    assert not (await found(database, page=3)).has_more


async def test_it_is_about_one_kind_of_survey_and_a_time_and_no_rehearsals(database: Database):
    async with database.transaction() as tx:
        await comment(tx, 2, "Relational", at=ago(days=3))
        await comment(tx, 2, "Support", at=ago(days=3), survey=2)
        await comment(tx, 2, "Long ago", at=ago(days=91))
        await comment(tx, 2, "Tried", at=ago(days=3), is_rehearsal=True)
        await comment(tx, 2, "Told", at=ago(days=4), mode="interviewer")
    assert await words(database) == ["Relational", "Told"]
    assert await words(database, kind=SurveyKind.TRANSACTIONAL) == ["Support"]


async def test_what_was_said_in_confidence_comes_once_it_was_told_without_its_person(database: Database):
    async with database.transaction() as tx:
        early = await comment(tx, 2, "Told by now", at=ago(days=4), privacy="confidential", name="Ana Ruiz")
        late = await comment(tx, 2, "Not told yet", at=ago(hours=1), privacy="confidential")
        account = await make_account(tx, "Beta", [early.contact_id, late.contact_id], now=NOW)
    (one,) = (await found(database)).comments
    assert (one.response.id, one.contact, one.company) == (early.id, None, None)
    assert await words(database, within=Slice(account_ids=(account,))) == []
    assert await words(database, "yet") == []
    async with database.transaction() as tx:
        await comments.correct(tx, NORTHWIND, early.id, "price", is_about=True, now=NOW)
        with pytest.raises(CommentGone):
            await comments.correct(tx, NORTHWIND, late.id, "price", is_about=True, now=NOW)
    assert await about(database, early.id) == ("price",)


async def test_nothing_tells_at_what_minute_something_was_said_in_confidence(database: Database):
    """Among answers that show theirs, the place in a list would."""
    async with database.transaction() as tx:
        for hours, said in enumerate(["d", "b", "a"]):
            await comment(tx, 3, said, at=ago(days=4, hours=hours))
        await comment(tx, 2, "first", at=ago(days=4, hours=1, minutes=30), privacy="confidential")
        await comment(tx, 5, "last", at=ago(days=4, hours=0, minutes=30), privacy="confidential")
        await comment(tx, 2, "second", at=ago(days=4, hours=1), privacy="confidential")
        await comment(tx, 3, "before", at=ago(days=5))
    expected = ["d", "b", "a", "last", "first", "second", "before"]
    assert await words(database) == expected
    async with database.reading() as tx:
        latest = await comments.latest(tx, NORTHWIND, limit=9, now=NOW)
        listed = await answer_lists.newest(tx, NORTHWIND, Category.DETRACTOR, Scope(), now=NOW)
    assert [each.response.comment for each in latest] == expected
    assert [each.response.comment for each in listed.answers] == expected


async def test_words_that_do_not_fit_the_score_ask_to_be_read_and_change_nothing(database: Database):
    async with database.transaction() as tx:
        await say_all(tx, [(0, "We love it!"), (10, "We love it!"), (10, "The worst.")], at=ago(days=3))
    told = await found(database)
    assert [(each.response.score, each.is_odd) for each in told.comments] == [(10, True), (10, False), (0, True)]


async def test_a_comment_of_another_workspace_cannot_be_corrected(database: Database):
    async with database.transaction() as tx:
        said = await comment(tx, 2, SLOW, at=ago(days=3))
        await make_workspace(tx, now=NOW, id="T0OTHER")
    await read_all(database)
    async with database.transaction() as tx:
        with pytest.raises(CommentGone):
            await comments.correct(tx, "T0OTHER", said.id, "price", is_about=True, now=NOW)
