"""Closing the loop, all of it at once: what each part promises holds beside the others, too."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.services import privacy, worklists
from bot.services.worklists import Which
from storage.models import Account, Base, Contact, FollowUp, Survey
from tests.fake_slack import FakeSlack, Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GENERAL, KIM, House, open_house
from tests.journeys import test_digests as digesting
from tests.journeys import test_erasing as erasing
from tests.journeys import test_favours as favouring
from tests.journeys import test_recovery as recovering
from tests.journeys import test_replying as replying
from tests.journeys import test_routes as routing
from tests.journeys.test_digests import MONDAY, told, until
from tests.journeys.test_following_up import pick
from tests.small import on_sqlite

PRAISE = "Bo stayed until it worked."


async def praised(house: House, person: str = ANA) -> Message:
    """A route asks for happy answers, and there is one: good to know, and nobody waits."""
    await house.choose_channel()
    await routing.add(house, categories=["promoter"])
    await house.click_score(person, await house.ask(person), 10)
    await house.comment(person, PRAISE)
    await house.later(seconds=2)
    return house.alerts()[-1]


async def resolve(house: House, alert: Message, by: str = BO) -> None:
    await house.press(by, house.card(alert), "resolve")
    await house.comment(by, outcome="nothing_to_do", root_cause="other", note="Thanked.")


async def erase(house: House, person: str) -> None:
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, person, now=house.now)
    for _ in range(4):
        await house.later(seconds=5)


async def follow_ups(house: House) -> list[FollowUp]:
    async with house.database.reading() as tx:
        return list(await tx.scalars(select(FollowUp).order_by(FollowUp.id)))


async def survey_id(house: House, name: str) -> int:
    async with house.database.reading() as tx:
        return (await tx.execute(select(Survey.id).where(Survey.name == name))).scalar_one()


# praise that a route asks for


async def test_praise_is_in_no_list_of_who_waits_however_old_it_is(house: House):
    await praised(house)
    await house.later(days=8)
    for which in Which:
        async with house.database.reading() as tx:
            found = await worklists.worklist(tx, house.slack.team_id, which, by=BO, now=house.now)
        assert (found.items, found.count) == ([], 0), which


async def test_a_digest_counts_praise_among_neither_who_waits_nor_who_was_answered(house: House):
    await praised(house)
    await digesting.set_up(house)
    await until(house, MONDAY)
    [digest] = told(house)
    assert "Waiting" not in digest.shown
    assert "first reply" not in digest.shown
    await house.click_score(KIM, await house.ask(KIM), 9)
    await house.comment(KIM, PRAISE)
    await until(house, MONDAY + timedelta(days=7))
    assert "overdue" not in told(house)[-1].shown


async def test_who_was_only_praised_about_is_not_asked_how_they_feel_now(house: House):
    await resolve(house, await praised(house))
    await house.later(days=22)
    assert recovering.questions(house) == []


async def test_praise_nobody_resolved_keeps_no_question_back(house: House):
    await house.choose_channel()
    await recovering.looked_after(house)
    await house.later(days=1)
    await routing.add(house, categories=["promoter"])
    async with house.database.transaction() as tx:  # as if a month had passed between the two
        await tx.execute(update(FollowUp).values(resolved_at=house.now + timedelta(days=1)))
    await house.nps(BO, f"ask <@{ANA}|ana> relationship")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    await house.later(hours=1)
    await house.click_score(ANA, house.cards(house.slack.dm_of(ANA))[-1], 10)
    await house.comment(ANA, PRAISE)
    await house.later(days=22)
    assert len(recovering.questions(house)) == 1


async def test_of_who_feels_well_again_whoever_looked_after_them_hears_no_complaint(house: House):
    card = await recovering.asked(house)
    await routing.add(house, categories=["promoter"])
    await house.click_score(ANA, card, 10)
    await house.comment(ANA, "It works now.")
    await house.later(minutes=6)
    assert "It works now." in house.alerts()[-1].shown
    assert recovering.news(house) == []


async def test_praise_put_off_that_became_a_complaint_rests_until_that_morning(house: House):
    alert = await praised(house)
    await pick(house, BO, alert, "snooze")
    await house.comment(BO, until=f"{house.now + timedelta(days=7):%Y-%m-%d}")
    await house.press(ANA, house.cards(house.slack.dm_of(ANA))[-1], "change_answer")
    [one] = await follow_ups(house)
    await house.slack.select(ANA, house.slack.open_view(ANA), "score_picked", f"{one.response_id}:2")
    await house.later(minutes=1)
    [one] = await follow_ups(house)
    assert one.causes == "low_score routed"
    for _ in range(6):
        await house.later(days=1)
    assert house.escalations() == []
    for _ in range(3):
        await house.later(days=1)
    assert len(house.escalations()) == 1


async def test_a_contact_about_praise_is_no_reply_to_a_complaint(house: House):
    alert = await praised(house)
    await pick(house, BO, alert, "contacted")
    await house.comment(BO, how="call")
    await house.press(ANA, house.cards(house.slack.dm_of(ANA))[-1], "change_answer")
    [one] = await follow_ups(house)
    await house.slack.select(ANA, house.slack.open_view(ANA), "score_picked", f"{one.response_id}:2")
    await house.later(hours=2, minutes=5)
    assert any("waits for a first reply" in line for line in house.thread(alert))


# how people feel now


async def test_who_feels_bad_still_is_told_of_by_the_route_of_the_survey_it_began_with(house: House):
    routing.furnish(house)
    await house.choose_channel()
    await routing.add(house, survey=str(await survey_id(house, "support")), channel=routing.URGENT)
    await house.click_score(ANA, await house.ask_in_thread(), 4)
    await house.later(minutes=6)
    [first] = house.alerts(routing.URGENT)
    await resolve(house, first)
    await house.later(days=21)
    await house.click_score(ANA, recovering.questions(house)[-1], 3)
    await house.later(minutes=6)
    assert len(house.alerts(routing.URGENT)) == 2
    assert house.alerts() == []


async def test_a_digest_tells_of_who_feels_bad_still_where_it_told_of_them_before_and_quotes_no_recovery(house: House):
    card = await recovering.asked(house)
    await digesting.set_up(house, surveys=[str(await survey_id(house, "support"))])
    await house.click_score(ANA, card, 1)
    await house.comment(ANA, "Still broken.")
    await until(house, MONDAY + timedelta(days=21))
    digest = house.cards(GENERAL)[-1]
    assert "Waiting: Ana Ruiz" in digest.shown
    assert "Still broken." not in digest.shown


async def test_no_digest_quotes_what_is_in_no_score(small_house: House):
    card = await recovering.asked(small_house)
    await digesting.set_up(small_house)
    await small_house.click_score(ANA, card, 1)
    await small_house.comment(ANA, "Still broken.")
    await until(small_house, MONDAY + timedelta(days=21))
    assert "Still broken." not in told(small_house)[-1].shown


async def test_how_colleagues_of_theirs_feel_after_help_is_no_score_of_their_company(small_house: House):
    card = await recovering.asked(small_house)
    await small_house.click_score(ANA, card, 9)
    async with small_house.database.transaction() as tx:
        account = Account(workspace_id=small_house.slack.team_id, name="Beta", created_at=small_house.now)
        tx.add(account)
        await tx.flush()
        await tx.execute(update(Contact).values(account_id=account.id, is_account_by_hand=True))
    await small_house.click_score(KIM, await small_house.ask(KIM), 2)
    async with small_house.database.transaction() as tx:
        await tx.execute(update(Contact).values(account_id=account.id, is_account_by_hand=True))
    await small_house.later(minutes=6)
    assert "Colleagues gave: 4" in small_house.alerts()[-1].shown


# replies


async def test_a_reply_that_reached_nobody_is_no_first_reply(house: House):
    await house.choose_channel()
    await digesting.set_up(house)
    alert = await replying.unhappy(house)
    await replying.preview(house, alert)
    house.slack.user(ANA).deleted = True
    await house.slack.submit(BO)
    await house.later(seconds=5)
    assert (await follow_ups(house))[0].contacted_at is None
    await until(house, MONDAY)
    assert "first reply: half or more still wait, 0 of 1" in told(house)[-1].shown


async def test_a_reply_counts_from_when_it_arrived(small_house: House):
    house = small_house
    await house.choose_channel()
    await digesting.set_up(house)
    alert = await replying.unhappy(house)
    house.slack.fail_next("chat.postMessage", retry_after=3600 * 3, when=lambda args: args["channel"] == ANA)
    await replying.reply(house, alert)
    await house.later(hours=3)
    await house.later(minutes=5)
    assert (await follow_ups(house))[0].contacted_at is not None
    await until(house, MONDAY)
    assert "half within 3 working hours" in told(house)[-1].shown


@pytest.fixture
async def with_groups(slack: FakeSlack, sqlite_url: str):
    slack.scopes |= {"usergroups:read"}
    slack.add_usergroup("S0CARE", name="Care", users=[BO])
    async with open_house(slack, sqlite_url, "http") as house:
        yield house


async def test_where_nobody_has_it_the_group_is_called_in_the_thread_and_gets_no_direct_message(with_groups: House):
    house = with_groups
    await house.choose_channel()
    await routing.add(house, mention="group", group="S0CARE")
    alert = await replying.unhappy(house)
    await replying.reply(house, alert)
    async with house.database.transaction() as tx:  # as after BO, who replied, was erased
        await tx.execute(update(FollowUp).values(claimed_by=None, state="open"))
    await replying.write_back(house, ANA, replying.last(house, ANA))
    [line] = [each for each in house.cards(ALERTS) if "wrote back" in each.shown]
    assert "<!subteam^S0CARE>, Ana Ruiz wrote back:" in str(line.blocks)
    assert [call for call in house.slack.calls_to("chat.postMessage") if call.args["channel"] == "S0CARE"] == []


@pytest.mark.parametrize(
    ("words", "answer", "reminded"),
    [("It still fails.", None, True), ("Thank you!", None, False), ("It still fails.", "We look at it.", False)],
)
async def test_somebody_is_reminded_once_of_words_that_nobody_answered(
    small_house: House, words: str, answer: str | None, *, reminded: bool
):
    house = small_house
    await house.choose_channel()
    alert = await replying.unhappy(house)
    await replying.reply(house, alert)
    for each in (words, words):
        await replying.write_back(house, ANA, replying.last(house, ANA), each)
        await house.slack.close_view(ANA)
    if answer is not None:
        await replying.reply(house, alert, answer)
    await house.later(minutes=110)
    assert not any("nobody has answered yet" in line for line in house.thread(alert))
    await house.later(minutes=15)
    await house.later(days=2)
    found = [line for line in house.thread(alert) if "nobody has answered yet" in line]
    assert found == [f"<@{BO}>, Ana Ruiz wrote back, and nobody has answered yet."] * reminded
    assert house.escalations() == []


# colleagues who leave


async def test_a_digest_forgets_a_colleague_to_whom_something_was_handed_over(house: House):
    await house.choose_channel()
    await digesting.set_up(house)
    await digesting.unhappy(house)
    await house.later(minutes=10)
    await pick(house, BO, house.alerts()[-1], "hand_over")
    await house.comment(BO, to=CY)
    await until(house, MONDAY)
    assert f"<@{CY}> has it" in told(house)[-1].shown
    await erase(house, CY)
    assert CY not in told(house)[-1].shown


@on_sqlite
async def test_a_favour_on_its_way_to_a_colleague_who_is_erased_reaches_the_team(house: House):
    await favouring.set_up(house)
    await favouring.answer(house)
    async with house.database.transaction() as tx:
        account = Account(workspace_id=house.slack.team_id, name="Beta", owner_id=CY, created_at=house.now)
        tx.add(account)
        await tx.flush()
        await tx.execute(update(Contact).values(account_id=account.id, is_account_by_hand=True))
    house.slack.fail_next("chat.postMessage", retry_after=60, when=lambda args: args["channel"] == CY)
    await favouring.tick(house)
    await house.comment(ANA, who="Zoe Zimmer", reach="zoe@zeta.example")
    await house.later(seconds=5)
    await erase(house, CY)
    await house.later(minutes=2)
    assert "Zoe Zimmer" in favouring.told(house, ALERTS)


# channels


async def test_what_goes_higher_is_not_stuck_in_an_archived_channel_once_another_was_chosen(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    await house.later(minutes=6)
    house.slack.channel(ALERTS).is_archived = True
    for _ in range(2):
        await house.later(days=1)
    await house.slack.select(ADMIN, house.cards(house.slack.dm_of(ADMIN))[-1], "move_channel", GENERAL)
    await house.later(seconds=5)
    assert len(house.escalations(GENERAL)) == 1


async def test_whoever_finds_out_that_a_channel_is_shared_everything_of_ours_leaves_it(house: House):
    """Slack did not tell; a message that was about to leave noticed it."""
    await house.choose_channel()
    await digesting.set_up(house, channel=ALERTS)
    await digesting.unhappy(house)
    await until(house, MONDAY)
    assert len(told(house, ALERTS)) == 1
    house.slack.channel(ALERTS).is_ext_shared = True
    await digesting.unhappy(house, KIM)
    await house.later(hours=1)
    for _ in range(4):
        await house.later(seconds=5)
    assert told(house, ALERTS) == house.alerts() == []


@pytest.mark.parametrize("what", ["shared", "erased"])
async def test_a_test_of_a_route_leaves_with_the_channel_and_with_whoever_asked_for_it(small_house: House, what: str):
    house = small_house
    routing.furnish(house)
    await house.choose_channel()
    await routing.add(house, channel=routing.URGENT)
    await routing.pick(house, "test")
    await house.later(seconds=5)
    assert len(house.cards(routing.URGENT)) == 1
    if what == "shared":
        await house.slack.share(routing.URGENT)
        await house.later(seconds=5)
    else:
        await erase(house, ADMIN)
    assert house.cards(routing.URGENT) == []


# everything at once, and then forgotten


async def lived(house: House) -> None:
    """Ana's story, with all that closing the loop has: routes, a reply, a hand-over, recovery, favours, digests."""
    routing.furnish(house)
    await favouring.set_up(house)
    await routing.add(house, mention="colleague", colleague=BO)
    await digesting.set_up(house)
    await house.click_score(ANA, await house.ask_in_thread(), 4)
    await house.comment(ANA, replying.COMMENT, reply=["yes"])
    await house.later(hours=3)
    await house.later(days=1)
    alert = house.alerts()[-1]
    await replying.reply(house, alert, "We look at it.")
    await replying.write_back(house, ANA, replying.last(house, ANA))
    await house.slack.close_view(ANA)
    await pick(house, BO, alert, "hand_over")
    await house.comment(BO, to=CY)
    await replying.reply(house, alert, "It is mended.", by=CY)
    await until(house, MONDAY)
    await house.press(CY, house.card(alert), "resolve")
    await house.comment(CY, outcome="fixed", root_cause="product", note="Called Ana Ruiz.")
    await house.later(days=21)
    await house.click_score(ANA, recovering.questions(house)[-1], 5)
    await house.later(minutes=6)
    await house.nps(BO, f"ask <@{ANA}|ana> relationship")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    await house.later(hours=26)
    await house.click_score(ANA, house.cards(house.slack.dm_of(ANA))[-1], 10)
    await favouring.tick(house)
    gift = {"naming": "signed:Ana Ruiz", "who": "Zoe", "reach": "zoe@zeta.example", "praise": "Bo", "colleague": BO}
    await house.comment(ANA, **gift)
    await until(house, MONDAY + timedelta(days=28))


def everywhere(house: House) -> list[Message]:
    return [each for place in house.slack.channels for each in house.cards(place)]


def naming(house: House, words: str) -> list[str]:
    return [f"{each.channel}: {each.shown}" for each in everywhere(house) if re.search(words, str(each))]


async def calm(house: House) -> None:
    """Slack lets some fifty messages a minute be changed or taken out."""
    for _ in range(12):
        await house.later(seconds=5)


async def test_nothing_of_a_customer_who_lived_through_all_of_it_is_left(house: House):
    await lived(house)
    assert len({each.channel for each in everywhere(house) if "Ana Ruiz" in str(each)}) > 3
    await erase(house, ANA)
    await calm(house)
    assert await erasing.traces(house) == []
    assert naming(house, rf"{ANA}|Ana Ruiz|Zoe|Exports|It still fails|It is mended") == []


@on_sqlite
@pytest.mark.parametrize("colleague", [BO, CY])
async def test_nothing_names_a_colleague_who_lived_through_all_of_it(house: House, colleague: str):
    await lived(house)
    assert naming(house, rf"{colleague}\b") != []
    await erase(house, colleague)
    await calm(house)
    who = rf"{colleague}\b"
    async with house.database.reading() as tx:
        for table in Base.metadata.sorted_tables:
            for row in (await tx.execute(select(table))).mappings():
                assert [name for name, value in row.items() if re.search(who, str(value))] == [], (table.name, row)
    theirs = house.slack.dm_of(colleague)
    assert [each for each in naming(house, rf"{colleague}\b") if not each.startswith(theirs)] == []
