"""Comments are read as they are told, and again when the list changes; what a colleague said of one stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select, update

from bot.errors import CommentGone, InputRefused, ThemeGone
from bot.rules.themes import DEFAULTS, LONGEST_LIST, MOST_THEMES
from bot.services import privacy, responses, themes, word_lists
from bot.services.word_lists import Draft
from storage.database import Database, Transaction
from storage.models import OwnTheme, Reading, Response, ThemeCorrection, WordList
from tests.factories import ANA, NORTHWIND, a_choice, make_invitation, make_workspace, some_words
from tests.services.commenters import about, comment, read_all, say_all
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SLOW = "Exports are slow, and the invoices wrong."
NORTH = Draft(None, "Exports", {"en": ("export", "csv")})


@pytest.fixture(autouse=True)
async def _here(database: Database) -> None:
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)


@pytest.fixture
async def answered(database: Database) -> Response:
    """Ana's answer, with words."""
    async with database.transaction() as tx:
        asked = await make_invitation(tx, now=NOW, survey="relationship")
        await responses.record_score(tx, NORTHWIND, a_choice(asked, 3, NOW), now=NOW)
        return (await responses.record_words(tx, NORTHWIND, some_words(asked, comment=SLOW), now=NOW)).response


async def reworded(tx: Transaction, response: Response, words: str | None) -> None:
    said = responses.Words(response.invitation_id, ANA, f"view:{words}", comment=words, replaces_comment=True)
    await responses.record_words(tx, NORTHWIND, said, now=NOW)


async def corrected(database: Database, response: Response, key: str, *, is_about: bool) -> None:
    async with database.transaction() as tx:
        await themes.correct(tx, response, key, is_about=is_about)


async def saved(database: Database, draft: Draft) -> None:
    async with database.transaction() as tx:
        await word_lists.save(tx, NORTHWIND, draft)


async def listed(database: Database) -> dict[str, themes.Theme]:
    async with database.reading() as tx:
        return {each.key: each for each in await themes.word_list(tx, NORTHWIND)}


async def count(database: Database, table: type) -> int:
    async with database.reading() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar_one()


# what is told


async def test_a_comment_is_read_when_it_is_told(database: Database, answered: Response):
    assert await about(database, answered.id) == ("billing", "speed")


async def test_a_comment_that_is_changed_or_taken_back_is_read_again(database: Database, answered: Response):
    async with database.transaction() as tx:
        await reworded(tx, answered, "Too expensive.")
    assert await about(database, answered.id) == ("price",)
    async with database.transaction() as tx:
        await reworded(tx, answered, None)
    assert await about(database, answered.id) is None


async def test_a_score_alone_is_not_read_and_a_new_score_changes_nothing(database: Database, answered: Response):
    async with database.transaction() as tx:
        asked = await make_invitation(tx, now=NOW, person="U0KIM", survey="relationship", occasion="ask:2")
        bare = (await responses.record_score(tx, NORTHWIND, a_choice(asked, 9, NOW, by="U0KIM"), now=NOW)).response
        await responses.record_score(
            tx, NORTHWIND, responses.Choice(answered.invitation_id, ANA, 10, NOW + timedelta(hours=1), "c"), now=NOW
        )
    assert await about(database, bare.id) is None
    assert await about(database, answered.id) == ("billing", "speed")


async def test_the_words_of_a_question_decide_in_which_language_a_comment_is_read(database: Database):
    async with database.transaction() as tx:
        german = await comment(tx, 9, "Fast perfekt, nur zu teuer.", at=NOW, language="de")
        english = await comment(tx, 9, "Fast. Perfect.", at=NOW)
        brazilian = await comment(tx, 9, "Rapido!", at=NOW, language="pt_BR")
    await read_all(database)
    found = [await about(database, each.id) for each in (german, english, brazilian)]
    assert found == [("price",), ("speed",), ("speed",)]


async def test_rehearsals_are_nobodys_comments(database: Database):
    async with database.transaction() as tx:
        tried = await comment(tx, 9, SLOW, at=NOW, is_rehearsal=True)
        await themes.told(tx, tried, language="en")
    await read_all(database)
    assert await about(database, tried.id) is None


# the list


async def test_to_begin_with_the_list_is_the_one_the_software_brings(database: Database):
    assert tuple((await listed(database)).values()) == DEFAULTS


async def test_an_edited_list_is_read_by_from_then_on_and_all_comments_again(database: Database, answered: Response):
    await read_all(database)
    await saved(database, NORTH)
    await saved(database, Draft("speed", "Pace", {"en": ("sluggish",)}))
    assert await about(database, answered.id) == ("billing", "speed")  # until it is read again
    assert await read_all(database) == 1
    assert await about(database, answered.id) == ("billing", "own-1")
    assert (await listed(database))["speed"].name == "Pace"


async def test_comments_are_read_again_in_batches_that_go_on_where_the_last_one_ended(database: Database):
    async with database.transaction() as tx:
        said = await say_all(tx, [(3, SLOW)] * 5 + [(3, "")], at=NOW)
    assert await read_all(database, limit=2) == 5
    assert {await about(database, each.id) for each in said[:5]} == {("billing", "speed")}
    assert await read_all(database, limit=2) == 0
    await saved(database, Draft("speed", "Speed", {}))
    assert await read_all(database, limit=5) == 5
    assert {await about(database, each.id) for each in said[:5]} == {("billing",)}


async def test_a_batch_takes_as_many_statements_as_one_comment(database: Database):
    async def statements() -> int:
        seen: list[str] = []
        event.listen(database.engine.sync_engine, "before_cursor_execute", note := lambda *call: seen.append(call[2]))
        async with database.transaction() as tx:
            await themes.read_again(tx, limit=200)
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        return len(seen)

    async with database.transaction() as tx:
        await comment(tx, 3, SLOW, at=NOW)
    await read_all(database)
    counts = []
    for _ in range(2):
        await saved(database, Draft("speed", f"Speed {len(counts)}", {"en": ("slow",)}))
        counts.append(await statements())
        async with database.transaction() as tx:
            await say_all(tx, [(3, SLOW)] * 150, at=NOW)
    assert counts[0] == counts[1]


async def test_a_new_version_with_other_words_has_everything_read_again(database: Database, answered: Response):
    await read_all(database)
    assert await read_all(database) == 0
    async with database.transaction() as tx:
        await tx.execute(update(WordList).values(made_of="an earlier one"))
        await tx.execute(update(Reading).values(themes=("price",)))
    assert await read_all(database) == 1
    assert await about(database, answered.id) == ("billing", "speed")


async def test_a_theme_taken_out_is_about_nothing_and_its_key_is_never_anothers(database: Database, answered: Response):
    await saved(database, NORTH)
    async with database.transaction() as tx:
        for key in ("speed", "own-1", "own-1", "nobody"):
            await word_lists.remove(tx, NORTHWIND, key)
    await saved(database, Draft(None, "Other", {"en": ("csv",)}))
    await read_all(database)
    assert await about(database, answered.id) == ("billing",)
    assert "speed" not in await listed(database)
    assert "own-2" in await listed(database)
    with pytest.raises(ThemeGone):
        await saved(database, Draft("own-1", "Exports", {}))


async def test_the_list_goes_back_to_what_it_was_theme_by_theme_or_as_a_whole(database: Database):
    await saved(database, Draft("speed", "Pace", {}))
    await saved(database, Draft("price", "Money", {"en": ("money",)}))
    await saved(database, NORTH)
    async with database.transaction() as tx:
        await word_lists.restore(tx, NORTHWIND, "speed")
        await word_lists.restore(tx, NORTHWIND, "own-1")  # has nothing to go back to
    assert [each.name for each in (await listed(database)).values() if not each.is_default] == ["Money", "Exports"]
    async with database.transaction() as tx:
        await word_lists.restore_all(tx, NORTHWIND)
    assert tuple((await listed(database)).values()) == DEFAULTS


async def test_a_theme_only_renamed_follows_the_words_the_software_brings(database: Database):
    brought = next(each for each in DEFAULTS if each.key == "speed")
    await saved(database, Draft("speed", "Pace", brought.words))
    async with database.reading() as tx:
        row = (await tx.scalars(select(OwnTheme))).one()
    assert (row.name, row.has_own_words, row.words) == ("Pace", False, {})
    await saved(database, Draft("speed", "Speed", {}))
    assert (await listed(database))["speed"].words == {}  # no words at all is a choice


async def test_one_word_more_is_added_once(database: Database):
    for _ in range(2):
        async with database.transaction() as tx:
            await word_lists.add_word(tx, NORTHWIND, "speed", "exports", language="en")
    words = (await listed(database))["speed"].words["en"]
    assert words[-1] == "exports"
    assert words.count("exports") == 1


REFUSED = [
    (Draft(None, "", {}), "theme_name_length"),
    (Draft(None, "x" * 41, {}), "theme_name_length"),
    (Draft(None, "SPEED", {}), "theme_name_taken"),
    (Draft("price", "Speed", {}), "theme_name_taken"),
    (Draft(None, "X", {"en": ("👍",)}), "words_shape"),
    (Draft(None, "X", {"en": ("x" * 61,)}), "words_shape"),
    (Draft(None, "X", {"de": tuple(f"{n:050}" for n in range(LONGEST_LIST // 50))}), "words_many"),
]


@pytest.mark.parametrize(("draft", "because"), REFUSED)
async def test_what_no_list_can_hold_is_refused(database: Database, draft: Draft, because: str):
    with pytest.raises(InputRefused) as refused:
        await saved(database, draft)
    assert refused.value.because == because


async def test_there_are_thirty_themes_at_most(database: Database):
    for n in range(MOST_THEMES - len(DEFAULTS)):
        await saved(database, Draft(None, f"Theme {n}", {}))
    with pytest.raises(InputRefused):
        await saved(database, Draft(None, "One more", {}))
    await saved(database, Draft("own-1", "Renamed", {}))


# what a colleague says


async def test_what_a_colleague_said_outlives_the_list(database: Database, answered: Response):
    await corrected(database, answered, "speed", is_about=False)
    await corrected(database, answered, "price", is_about=True)
    assert await about(database, answered.id) == ("billing", "price")
    await saved(database, Draft("speed", "Speed", {"en": ("exports",)}))
    await read_all(database)
    assert await about(database, answered.id) == ("billing", "price")
    await corrected(database, answered, "speed", is_about=True)
    assert await about(database, answered.id) == ("billing", "price", "speed")


async def test_what_a_colleague_said_ends_with_the_words_it_was_said_of(database: Database, answered: Response):
    await corrected(database, answered, "price", is_about=True)
    async with database.transaction() as tx:
        await reworded(tx, answered, "Slow again.")
    assert await about(database, answered.id) == ("speed",)
    assert await count(database, ThemeCorrection) == 0


async def test_a_theme_that_is_gone_and_a_comment_that_is_gone_cannot_be_corrected(
    database: Database, answered: Response
):
    with pytest.raises(ThemeGone):
        await corrected(database, answered, "nobody", is_about=True)
    async with database.transaction() as tx:
        await reworded(tx, answered, None)
    with pytest.raises(CommentGone):
        await corrected(database, answered, "speed", is_about=True)


async def test_a_correction_of_a_theme_taken_out_later_is_about_nothing(database: Database, answered: Response):
    await saved(database, NORTH)
    await corrected(database, answered, "own-1", is_about=True)
    async with database.transaction() as tx:
        await word_lists.remove(tx, NORTHWIND, "own-1")
    await read_all(database)
    assert await about(database, answered.id) == ("billing", "speed")


# at the same moment


async def test_a_comment_told_while_the_list_is_edited_is_read_with_the_new_one(database: Database, answered: Response):
    async with database.transaction() as tx:
        await word_lists.save(tx, NORTHWIND, Draft("speed", "Speed", {"en": ("exports",)}))
        telling = await second(database, lambda tx: reworded(tx, answered, "No exports today."))
    await telling
    assert await about(database, answered.id) == ("speed",)


async def test_a_list_edited_while_a_comment_is_told_has_it_read_again(database: Database, answered: Response):
    async with database.transaction() as tx:
        await reworded(tx, answered, "No exports today.")
        edit = Draft("speed", "Speed", {"en": ("exports",)})
        editing = await second(database, lambda tx: word_lists.save(tx, NORTHWIND, edit))
    await editing
    await read_all(database)
    assert await about(database, answered.id) == ("speed",)


async def erase(tx: Transaction) -> None:
    await privacy.erase(tx, NORTHWIND, ANA, now=NOW)


async def test_whoever_is_erased_leaves_no_theme_behind(database: Database, answered: Response):
    await corrected(database, answered, "price", is_about=True)
    async with database.transaction() as tx:
        await erase(tx)
    assert await count(database, Reading) == await count(database, ThemeCorrection) == 0


async def test_somebody_erased_while_comments_are_read_again_is_gone_all_the_same(
    database: Database, answered: Response
):
    await saved(database, NORTH)
    async with database.transaction() as tx:
        await themes.read_again(tx, limit=200)
        erasing = await second(database, erase)
    await erasing
    assert await count(database, Reading) == await count(database, Response) == 0


async def test_comments_read_again_while_somebody_is_erased_pass_them_over(database: Database, answered: Response):
    await saved(database, NORTH)
    async with database.transaction() as tx:
        await erase(tx)
        reading = await second(database, lambda tx: themes.read_again(tx, limit=200))
    await reading
    assert await count(database, Reading) == await count(database, Response) == 0
