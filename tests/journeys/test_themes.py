"""What comments are about, from a customer's words to what colleagues read of them, and what they make of it."""

import re

from sqlalchemy import func, select

from bot.services import privacy
from storage.models import Reading, Response, Survey, ThemeCorrection
from tests.fake_slack import Ephemeral
from tests.house import ADMIN, ANA, BO, GENERAL, GUEST, KIM, SHARED, House
from tests.services.commenters import say_all

SLOW = "Exports are slow every Monday."
NASTY = "Hey <!channel> and <@U0BO>, *this* is `slow` &amp; <https://evil.example|click>"


async def says(house: House, score: int, words: str, person: str = ANA, *, survey: str = "relationship") -> None:
    await house.click_score(person, await house.ask(person, survey=survey), score)
    await house.comment(person, words)


def page(house: House, user: str = BO) -> Ephemeral:
    return house.slack.ephemerals_for(user)[-1]


def menu_of(place: Ephemeral, action: str, n: int = 0) -> tuple[str, list[str]]:
    """The block of the n-th menu of that kind, and what it offers."""
    found = []
    for block in place.blocks:
        elements = [block.get("accessory"), *block.get("elements", [])]
        found += [(block["block_id"], each) for each in elements if each and each.get("action_id") == action]
    block_id, element = found[n]
    return block_id, [each["value"] for each in element["options"]]


async def pick(house: House, action: str, value: str, *, by: str = BO, n: int = 0) -> str:
    block_id, _ = menu_of(page(house, by), action, n)
    ack = await house.slack.select(by, page(house, by), action, value, block_id=block_id)
    assert ack.ok, ack
    await house.settle()
    return page(house, by).shown


async def edit(house: House, key: str | None, **values: object) -> str:
    """As a manager does; returns the page as it stands then."""
    await house.nps(ADMIN, "themes")
    await house.press(ADMIN, page(house, ADMIN), "add_theme") if key is None else await house.slack.click(
        ADMIN, page(house, ADMIN), "edit_theme", key
    )
    await house.settle()
    await house.comment(ADMIN, **values)
    return page(house, ADMIN).shown


# comments


async def test_a_colleague_reads_comments_with_whose_they_are_and_what_they_are_about(house: House):
    await house.choose_channel()
    await says(house, 3, SLOW)
    await house.later(minutes=6)
    told = await house.nps(BO, "comments")
    assert "*1 comment*, relationship, last 90 days" in told
    assert "*Ana Ruiz: 3* · relationship" in told
    assert "about Speed" in told
    assert SLOW in told
    assert re.search(r"/archives/C0ALERTS/p\d+\|the alert>", str(page(house).blocks))


async def test_a_comment_that_mentions_everybody_mentions_nobody(house: House):
    await says(house, 3, NASTY)
    for words in ("comments", "comments slow", "reasons", 'comments "<!channel>"'):
        await house.nps(BO, words)
        sent = page(house)
        assert not re.search(r"<!channel>|<https://evil", sent.text)
        for block in sent.blocks:
            if block["type"] in ("section", "context"):
                said = {name: part for name, part in block.items() if name != "block_id"}
                assert not re.search(r"<!channel>|<https://evil", str(said))
    assert "1 comment" in await house.nps(BO, "comments slow")


async def test_comments_are_looked_for_by_words_theme_and_category(house: House):
    await says(house, 3, SLOW)
    await says(house, 9, "Die STRASSE ist frei, und der Kundenservice hilfsbereit.", KIM)
    for words, expected in {
        "comments monday": "*1 comment with “monday”*",
        "comments straße": "*1 comment with “strasse”*",
        "comments about speed": "*1 comment about Speed*",
        "comments promoters about Support": "*1 comment of promoters about Support*",
        "comments about nothing": "*No comments about no theme*",
        "comments promoters monday": "*No comments of promoters with “monday”*",
        'comments "every monday" last 30 days': "*1 comment with “every monday”*, relationship, last 30 days",
    }.items():
        assert expected in await house.nps(BO, words), words


async def test_the_menu_under_comments_leads_to_another_theme_and_back(house: House):
    await says(house, 3, SLOW)
    await says(house, 9, "Lovely people.", KIM)
    await house.nps(BO, "comments")
    assert "*1 comment about Speed*" in await pick(house, "pick_comments", "=about Speed")
    assert "*No comments about Ease of use*" in await pick(house, "pick_comments", '=about "Ease of use"')
    assert "*1 comment of promoters*" in await pick(house, "pick_comments", "=promoters")
    assert "*1 comment about no theme*" in await pick(house, "pick_comments", "=about nothing")
    assert "*2 comments*" in await pick(house, "pick_comments", "=")


async def test_a_colleague_puts_right_what_a_comment_is_about_and_no_list_says_otherwise(house: House):
    await says(house, 3, SLOW)
    await house.nps(BO, "comments monday")
    assert "about no theme" in await pick(house, "correct_theme", "no:speed")
    told = await pick(house, "correct_theme", "yes:price")
    assert "*1 comment with “monday”*" in told  # the same search
    assert "about Price" in told
    await edit(house, "speed", en="slow, exports")
    await house.later(minutes=2)
    assert "about Price" in await house.nps(BO, "comments")
    assert "*No comments about Speed*" in await house.nps(BO, "comments about speed")


async def test_a_correction_of_a_comment_that_is_gone_is_declined(small_house: House):
    await says(small_house, 3, SLOW)
    await small_house.nps(BO, "comments")
    shown = page(small_house)
    block_id, _ = menu_of(shown, "correct_theme")
    async with small_house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=small_house.now)
    await small_house.slack.select(BO, shown, "correct_theme", "no:speed", block_id=block_id)
    await small_house.settle()
    assert "That comment is no longer there." in page(small_house).shown


async def test_ten_comments_make_a_page(small_house: House):
    await says(small_house, 3, SLOW)
    async with small_house.database.transaction() as tx:
        first = (await tx.scalars(select(Response))).one()
        await say_all(tx, [(8, f"Number {n}") for n in range(12)], at=first.answered_at)
    await small_house.later(minutes=2)
    assert "*13 comments*" in await small_house.nps(BO, "comments")
    assert len([each for each in page(small_house).blocks if each["type"] == "rich_text"]) == 10
    await small_house.press(BO, page(small_house), "turn_page_0")
    assert len([each for each in page(small_house).blocks if each["type"] == "rich_text"]) == 3


async def test_a_confidential_comment_is_shown_the_next_morning_without_its_person(house: House):
    async with house.database.transaction() as tx:
        await tx.execute(Survey.__table__.update().values(privacy="confidential"))
    await says(house, 3, SLOW)
    await house.later(minutes=2)
    for words in ("comments", "reasons"):
        assert "Monday" not in await house.nps(BO, words)
    await house.later(hours=26)
    told = await house.nps(BO, "comments")
    assert "*A customer: 3*" in told
    assert SLOW in told
    assert "Ana" not in str(page(house).blocks) + page(house).text


async def test_guests_read_no_comments_and_another_company_reads_none_along(house: House):
    await house.choose_channel()
    await says(house, 3, SLOW)
    for words in ("comments", "reasons", "themes"):
        assert "Monday" not in await house.nps(GUEST, words)
    seen = len(house.slack.ephemerals)
    await house.nps(BO, "comments", channel=SHARED)
    assert all(SLOW not in each.shown for each in house.slack.ephemerals[seen:])
    assert SLOW in house.slack.messages(house.slack.dm_of(BO))[-1].shown


async def test_whoever_is_erased_leaves_no_reading_behind(house: House):
    await says(house, 3, SLOW)
    await house.nps(BO, "comments")
    await pick(house, "correct_theme", "yes:price")
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=house.now)
    async with house.database.reading() as tx:
        for table in (Reading, ThemeCorrection):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0
    assert "No comments" in await house.nps(BO, "comments")


# reasons


async def test_reasons_say_what_is_not_known_yet(house: House):
    assert "No comments yet." in await house.nps(BO, "reasons")
    await says(house, 3, SLOW)
    told = await house.nps(BO, "reasons")
    assert "1 of 1 comment matched a theme." in told
    assert "1 comment of detractors; reasons are shown from 10 on." in told


async def test_reasons_count_what_a_category_writes_about(house: House):
    at = house.now
    async with house.database.transaction() as tx:
        await say_all(tx, [(2, SLOW)] * 8 + [(3, "Hm, well, who knows what it is.")] * 4, at=at)
    await house.later(minutes=2)
    told = await house.nps(BO, "reasons")
    assert "8 of 12 comments matched a theme." in told
    assert "*Speed* · 67% (likely 39% to 86%), 8 of 12" in told
    assert SLOW in told
    assert "4 comments are about no theme" in told
    assert "drive" not in told
    await pick(house, "pick_view", "comments")
    assert "*12 comments*" in page(house).shown


# the list


async def test_a_manager_edits_the_list_and_comments_are_read_again(house: House):
    await says(house, 3, SLOW)
    told = await edit(house, None, name="Exports", en="export, csv", de="Export")
    assert "*Exports*\nexport, csv · and 1 more language" in told
    assert "I am still reading the comments with it." in told
    await house.later(minutes=2)
    assert "still reading" not in await house.nps(ADMIN, "themes")
    assert "about Speed, Exports" in await house.nps(BO, "comments")
    await edit(house, "own-1", remove=["yes"])
    await edit(house, "speed", name="Pace")
    await house.later(minutes=2)
    assert "about Pace" in await house.nps(BO, "comments")
    await edit(house, "speed", restore=["yes"])
    assert "*Pace*" not in await house.nps(ADMIN, "themes")


async def test_the_whole_list_goes_back(small_house: House):
    await edit(small_house, None, name="Exports", en="export")
    await small_house.press(ADMIN, page(small_house, ADMIN), "restore_themes")
    assert "*Exports*" not in page(small_house, ADMIN).shown


async def test_members_see_the_list_and_cannot_change_it(small_house: House):
    told = await small_house.nps(BO, "themes")
    assert "*Ease of use*\neasy, easily" in told
    assert "edit_theme" not in str(page(small_house).blocks)


async def test_whoever_is_no_manager_any_more_cannot_change_it(small_house: House):
    for managers in ([BO], []):
        await small_house.nps(ADMIN, "managers")
        await small_house.comment(ADMIN, managers=managers)
        if managers:
            await small_house.nps(BO, "themes")
    shown = page(small_house)
    for button in ("restore_themes", "add_theme"):
        await small_house.slack.click(BO, shown, button)
        await small_house.settle()
        assert "You may not set up surveys." in page(small_house).shown


async def test_what_no_list_can_hold_stays_in_the_modal_with_the_reason(small_house: House):
    await small_house.nps(ADMIN, "themes")
    await small_house.press(ADMIN, page(small_house, ADMIN), "add_theme")
    ack = await small_house.slack.submit(ADMIN, {"name": "Speed"})
    assert ack.body["errors"] == {"name": "Another theme has this name."}
    ack = await small_house.slack.submit(ADMIN, {"name": "Smileys", "en": "fine, 👍"})
    assert list(ack.body["errors"]) == ["en"]


async def test_a_theme_somebody_else_took_out_is_declined(small_house: House):
    await edit(small_house, None, name="Exports", en="export")
    shown = page(small_house, ADMIN)
    await edit(small_house, "own-1", remove=["yes"])
    await small_house.slack.click(ADMIN, shown, "edit_theme", "own-1", stale=True)
    await small_house.settle()
    assert "That theme is no longer there." in page(small_house, ADMIN).shown


async def test_a_suggested_word_is_learnt_with_one_click(house: House):
    async with house.database.transaction() as tx:
        await say_all(tx, [(2, "Tables, tables!")] * 12 + [(10, "Lovely people here")] * 12, at=house.now)
    await house.later(minutes=2)
    told = await house.nps(ADMIN, "themes")
    assert "*tables* · in 12 comments by detractors, 0 comments by promoters" in told
    assert "learn_word" not in str((await house.nps(BO, "themes"), page(house).blocks)[1])
    told = await pick(house, "learn_word", "missing:en:tables", by=ADMIN)
    assert "*tables*" not in told
    await house.later(minutes=2)
    assert "*12 comments about Missing feature*" in await house.nps(
        BO, "comments about missing feature", channel=GENERAL
    )
