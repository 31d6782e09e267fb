"""The menus under a number: what is typed and what is picked lead to the same place."""

import asyncio

import pytest
from sqlalchemy import select, update

from storage.models import Account, Contact, Invitation
from tests.house import ANA, BO, CY, GENERAL, OTHER, SHARED, House
from tests.journeys.test_reporting import answers

ENTERPRISE = {10: 20, 8: 6, 3: 4}
SMALL = {9: 3, 7: 2, 2: 6}


async def two_segments(house: House) -> None:
    """Thirty happy answers from one company, eleven unhappy ones from another, which Bo looks after."""
    for name, segment, owner, scores in (("Acme Inc", "enterprise", CY, ENTERPRISE), ("Beta", "small", BO, SMALL)):
        await answers(house, scores)
        async with house.database.transaction() as tx:
            account = Account(workspace_id=house.slack.team_id, name=name, segment=segment, owner_id=owner,
                              created_at=house.now)  # fmt: skip
            tx.add(account)
            await tx.flush()
            values = {"account_id": account.id, "properties": {"plan": f"{segment} plan"}}
            await tx.execute(update(Contact).where(Contact.account_id.is_(None)).values(**values))


async def shown(house: House, text: str) -> str:
    return await house.nps(BO, text)


async def pick(house: House, menu: str, value: str, *, by: str = BO) -> str:
    """Pick from a menu under what that person saw last; returns what stands there then."""
    before = house.slack.ephemerals_for(by)[-1]
    ack = await house.slack.select(by, before, menu, value)
    assert ack.ok, ack
    await house.settle()
    return house.slack.ephemerals_for(by)[-1].shown


async def test_what_is_typed_narrows_the_number_to_some_people(house: House):
    await two_segments(house)
    assert "*NPS +32*" in await shown(house, "")
    told = await shown(house, "segment:enterprise")
    assert "*NPS +53* (likely +23 to +74), relationship, enterprise, last 90 days" in told
    assert "20 promoters · 6 passives · 4 detractors" in told
    for words in ("enterprise", "account:acme", f"owner:<@{CY}|cy>", 'plan:"Enterprise Plan"', "SEGMENT:Enterprise"):
        assert "*NPS +53*" in await shown(house, words), words
    assert f"accounts of <@{BO}>" in await shown(house, "owner:me")
    assert "*NPS −27*" in await shown(house, "small last 30 days")


async def test_an_error_points_at_its_word_and_keeps_the_others(house: House):
    await two_segments(house)
    misspelt = {
        "enterprise last quater": ("last quater", "enterprise last quarter"),
        "trend last 3 monts": ("last 3 monts", "trend last 3 months"),
        "last year this month": ("this month", "last year"),
        f"<@{CY}|cy>": ("@cy", "owner:@cy"),
        "<#C0HELP|help>": ("#help", "channel:#help"),
        "export enterprize": ("enterprize", "export segment:enterprise"),
        "accounts gren": ("gren", "accounts green"),
        "silent peple": ("peple", "silent people"),
    }
    for words, (word, near) in misspelt.items():
        told = await shown(house, words)
        assert f"I do not understand `{word}`. Did you mean `/nps {near}`?" in told, (words, told)


async def test_a_value_alone_narrows_lists_of_accounts_too(small_house: House):
    await two_segments(small_house)
    for words in ("accounts enterprise", "accounts segment: enterprise", "accounts small mine"):
        assert "*1 account" in await shown(small_house, words), words
    assert "Filter (1)" in await shown(small_house, "silent enterprise people")


async def test_the_usual_survey_is_meant_by_its_name_alone(small_house: House):
    await answers(small_house, {10: 24, 8: 9, 3: 7})
    assert "*NPS +43*" in await shown(small_house, "relationship")


async def test_a_list_of_both_kinds_of_answers_is_not_headed_by_one(small_house: House):
    await two_segments(small_house)
    told = await shown(small_house, "detractors enterprise")
    assert "newest first*: enterprise\n" in told


async def test_a_period_is_compared_with_the_one_before_it(small_house: House):
    await answers(small_house, {10: 30, 2: 4})
    await answers(small_house, {10: 12, 8: 10, 2: 18}, days_ago=40)
    told = await shown(small_house, "last 30 days")
    assert "*NPS +76*" in told
    assert "relationship, last 30 days" in told
    assert "The time before: −15 (40 answers). Higher by 91." in told
    assert "No answers yet: relationship, 2024" in (await shown(small_house, "2024")).replace("*", "")


async def test_words_that_mean_nothing_are_pointed_at_with_the_nearest_that_does(house: House):
    await two_segments(house)
    misspelt = {
        "segment:enterprize": "segment:enterprise",
        "entreprise": "segment:enterprise",
        "account:Akme": 'account:"Acme Inc"',
        "plam:small": "plan:small",
        "last fortnight": "last 30 days",
        "reprot": None,
        "detractorss": "/nps detractors",
        "scor": "/nps score",
        "owner:bo": "owner:@name",
        "last quater": "/nps last quarter",
        "oktober": "/nps october",
        "enterprize": "/nps segment:enterprise",
        "seit": None,
    }
    for words, near in misspelt.items():
        told = await shown(house, words)
        assert f"I do not understand `{words}`." in told, words
        assert near is None or f"{near}`?" in told, (words, told)
        assert "/nps help" in told


async def test_menus_lead_where_words_do(house: House):
    await two_segments(house)
    await house.nps(BO)
    assert "last 30 days" in await pick(house, "pick_period", "last 30 days")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "narrow")
    await house.slack.submit(BO, {"segment": ["small"], "owner": [BO], "account": "beta"})
    await house.settle()
    told = house.slack.ephemerals_for(BO)[-1].shown
    assert "*NPS −27*" in told
    assert f"relationship, last 30 days, small, accounts of <@{BO}>, Beta" in told
    told = await pick(house, "pick_period", "-")
    assert "last 90 days" in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "narrow")
    await house.slack.submit(BO, {"segment": [], "owner": [], "account": None})
    await house.settle()
    assert "*NPS +32*" in house.slack.ephemerals_for(BO)[-1].shown


async def test_menus_narrow_a_comparison_and_leave_it_with_people_and_time(small_house: House):
    house = small_house
    await two_segments(house)
    told = await shown(house, "compare enterprise vs small")
    assert "relationship, enterprise, last 90 days" in told
    for period in ("last 30 days", "last 12 months"):
        told = await pick(house, "pick_period", period)
        assert f"relationship, {period}, enterprise" in told
        assert f"relationship, {period}, small" in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "narrow")
    ack = await house.slack.submit(BO, {"owner": [CY, BO]})
    assert not ack.body, ack
    await house.settle()
    assert house.slack.ephemerals_for(BO)[-1].shown.count(f"accounts of <@{CY}>, accounts of <@{BO}>") == 2
    told = await pick(house, "pick_view", "score")
    assert f"relationship, last 12 months, accounts of <@{CY}>, accounts of <@{BO}>" in told


async def test_a_view_of_its_own_time_offers_no_other(small_house: House):
    await two_segments(small_house)
    for words in ("compare before 2025-09-01", "compare this quarter vs last quarter", "accounts", "silent", "account"):
        await shown(small_house, words)
        assert "this quarter" not in str(small_house.slack.ephemerals_for(BO)[-1].blocks[-1]["elements"]), words


async def test_a_name_in_the_filter_that_nobody_has_is_refused_in_the_window(house: House):
    await two_segments(house)
    await house.nps(BO)
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "narrow")
    ack = await house.slack.submit(BO, {"account": "Gamma"})
    assert "I do not understand" in str(ack.body["errors"])


async def test_details_tell_the_figures_and_what_the_silent_could_change(house: House):
    await answers(house, {10: 24, 8: 9, 3: 7})
    await answers(house, {10: 20, 8: 8, 3: 10}, days_ago=100)
    await house.nps(BO)
    await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], "more_view", "details")
    await house.settle()
    told = house.slack.open_view(BO).shown
    assert "NPS +42.50 · 95% range +16.39 to +62.68 · n = 40" in told
    assert "p = 0.3915" in told
    assert "100% answered: no silence could turn this score around." in told


async def test_what_is_this_is_explained(small_house: House):
    await small_house.nps(BO)
    await small_house.slack.select(BO, small_house.slack.ephemerals_for(BO)[-1], "more_view", "explain")
    await small_house.settle()
    assert "nothing about people who chose not to answer" in small_house.slack.open_view(BO).shown


async def share(house: House, channel: str) -> dict:
    await house.nps(BO)
    await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], "more_view", "share")
    await house.settle()
    ack = await house.slack.submit(BO, {"channel": channel})
    await house.settle()
    return ack.body


async def test_a_number_is_shared_after_a_look_and_without_who_is_waiting(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    await answers(house, {10: 24, 8: 9, 3: 6})
    await house.nps(BO)
    assert "waiting" in house.slack.ephemerals_for(BO)[-1].shown
    await share(house, GENERAL)
    [posted] = [each for each in house.cards(GENERAL) if "NPS" in each.shown]
    assert "*NPS +43*" in posted.shown
    assert f"Shared by <@{BO}>" in posted.shown
    assert "waiting" not in posted.shown
    assert "Ana" not in posted.shown


async def test_nothing_is_shared_where_another_company_reads_or_the_bot_is_not(house: House):
    await answers(house, {10: 24})
    assert "I am not in this channel" in str(await share(house, OTHER))
    with pytest.raises(AssertionError, match="leaves out shared channels"):  # nobody can choose it
        await share(house, SHARED)
    assert house.cards(SHARED) == house.cards(OTHER) == []


@pytest.mark.parametrize(("became", "told"), [("is_archived", "is archived"), ("is_ext_shared", "another company")])
async def test_a_channel_that_was_archived_or_shared_meanwhile_is_refused(small_house: House, became: str, told: str):
    await answers(small_house, {10: 24})
    await small_house.nps(BO)
    await small_house.slack.select(BO, small_house.slack.ephemerals_for(BO)[-1], "more_view", "share")
    await small_house.settle()
    gate = small_house.slack.slow_next("conversations.info")
    sent = asyncio.create_task(small_house.slack.submit(BO, {"channel": GENERAL}))
    await gate.reached.wait()
    setattr(small_house.slack.channel(GENERAL), became, True)
    gate.open()
    assert told in str((await sent).body)
    assert small_house.cards(GENERAL) == []


async def test_a_guest_is_told_that_numbers_are_for_colleagues(house: House):
    await answers(house, {10: 24})
    assert "NPS +" not in await house.nps("U0GUEST", "segment:enterprise")


async def test_more_filters_than_a_menu_can_carry_are_refused(house: House):
    await two_segments(house)
    told = await shown(house, " ".join(["account:acme", *(f"owner:<@U{n:09}>" for n in range(20))]))
    assert "more filters than I can keep in mind" in told


async def test_groups_stand_beside_each_other_with_how_many_were_asked(house: House):
    await two_segments(house)
    told = await shown(house, "by segment")
    assert "*enterprise*: *NPS +53* (likely +23 to +74), 30 answers · 30 of 30 people asked" in told
    assert "*small*: *NPS −27* (likely −65 to +23), 11 answers; few answers · 11 of 11 people asked" in told
    assert told.index("enterprise") < told.index("small")
    assert f"<@{CY}>*: " in await shown(house, "by owner")
    assert "*enterprise plan*: " in await shown(house, "by Plan")
    assert "*By direct message*: *NPS +32*" in await shown(house, "by channel")
    assert "*relationship*: *NPS +32*" in await shown(house, "by survey")
    assert "*colleague*: *NPS +32*" in await shown(house, "by occasion")
    assert "Did you mean `/nps by segment`" in await shown(house, "by segmnt")
    assert "*Acme Inc*: *NPS +53*" in await pick_by(house, "account")


async def pick_by(house: House, dimension: str) -> str:
    await house.nps(BO, "by segment")
    return await pick(house, "pick_rest", dimension)


async def test_a_group_that_stands_out_is_said_to(house: House):
    await two_segments(house)
    await answers(house, {0: 40})
    told = await shown(house, "by segment")
    assert "*higher than the others*" in told
    assert "*No segment*: *NPS −100*" in told
    assert "*lower than the others*" in told


async def test_few_answers_are_counted_together(house: House):
    await two_segments(house)
    await answers(house, {10: 3})
    told = await shown(house, "by segment")
    assert "No segment" not in told
    assert "1 more with few answers: 3 answers together" in told


async def test_a_colleague_sees_the_own_row_and_others_only_from_thirty_answers(house: House):
    await two_segments(house)
    async with house.database.transaction() as tx:
        enterprise = select(Contact.id).join(Account, Account.id == Contact.account_id)
        for segment, who in (("enterprise", CY), ("small", BO)):
            ids = enterprise.where(Account.segment == segment)
            await tx.execute(update(Invitation).where(Invitation.contact_id.in_(ids)).values(asked_by=who))
    mine = await shown(house, "by agent")
    assert f"*<@{BO}>*: *NPS −27*" in mine
    assert f"*<@{CY}>*: *NPS +53*" in mine
    theirs = await house.nps(CY, "by agent")
    assert f"<@{BO}>" not in theirs
    assert "*NPS −27*" in await shown(house, "agent:me")
    for words in (f"agent:<@{CY}>", f"compare agent:<@{CY}> vs agent:me", f"detractors agent:<@{CY}>"):
        assert "are for that colleague" in await shown(house, words), words


@pytest.mark.parametrize("words", ["by agent", "by Agent"])
async def test_the_numbers_of_a_colleague_are_shared_with_nobody(house: House, words: str):
    await two_segments(house)
    await house.nps(BO, words)
    await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], "more_view", "share")
    await house.settle()
    assert house.slack.open_view(BO) is None


async def test_two_groups_are_compared(house: House):
    await two_segments(house)
    await answers(house, {9: 12, 7: 10, 2: 10})
    told = await shown(house, "compare enterprise vs small")
    assert "*relationship, enterprise, last 90 days*: *NPS +53*" in told
    assert "*relationship, small, last 90 days*: *NPS −27*" in told
    assert "*Too few answers to compare: there should be 30 on each side.*" in told
    assert "Some answers are on both sides" in await shown(house, "compare enterprise vs account:acme")
    assert "Two sides, please" in await shown(house, "compare enterprise")
    assert "two different questions" in await shown(house, "compare kind:relationship vs kind:interactions")
    assert "What shall stand beside what?" in await shown(house, "compare")


async def test_before_and_after_a_day_are_compared(house: House):
    await answers(house, {10: 32, 3: 4}, days_ago=5)
    await answers(house, {10: 10, 3: 26}, days_ago=12)
    told = await shown(house, "compare before 2025-11-10")
    assert "2025-11-02 to 2025-11-09" in told
    assert "*The second is higher by 122.*" in told
    await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], "more_view", "details")
    await house.settle()
    assert "p = 0.0000" in house.slack.open_view(BO).shown


async def test_coverage_tells_whom_the_number_does_not_speak_for(house: House):
    await two_segments(house)
    card = await house.ask(survey="relationship")
    await house.click_score(ANA, card, 9)
    await house.ask("U0KIM", survey="relationship")
    told = await shown(house, "coverage")
    assert "*Asked:* 43 of 43 people who may be asked, 100%" in told
    assert "*Arrived:* 43 of 43 questions, 100%" in told
    assert "*Answered:* 42 of 42 finished questions, 100%: 0 said no, 0 did not answer; 1 is still open" in told
    assert "*With a comment:* 0 of 42 answers, 0%" in told
    assert "*Asked:* 11 of 11 people" in await shown(house, "coverage small")


async def test_single_answers_are_listed_newest_first_and_a_page_at_a_time(house: House):
    await answers(house, {6: 11, 9: 2, 8: 1})
    told = await shown(house, "detractors")
    assert "*The latest answers of 0 to 6, newest first*" in told
    assert told.count("P: 6") == 10
    assert (await pick_page(house, "turn_page_0")).count("P: 6") == 1
    assert (await shown(house, "detractors 3")).count("P: 6") == 3
    assert "*P: 9*" in await shown(house, "promoters")
    assert "*P: 8*" in await shown(house, "passives")
    assert "Nobody has given a 0 to 6 yet: 2024." in await shown(house, "detractors 2024")
    for count in ("0", "21", "٥", "9" * 50):
        assert "Did you mean `/nps detractors" in await shown(house, f"detractors {count}"), count


async def pick_page(house: House, button: str) -> str:
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], button)
    return house.slack.ephemerals_for(BO)[-1].shown


async def test_colleagues_of_one_company_widen_the_range_and_details_say_why(house: House):
    await answers(house, {10: 40, 2: 8})
    async with house.database.transaction() as tx:
        people = (await tx.scalars(select(Contact.id).order_by(Contact.id))).all()
        for number in range(8):
            account = Account(workspace_id=house.slack.team_id, name=f"A{number}", arr=1000 * number,
                              created_at=house.now)  # fmt: skip
            tx.add(account)
            await tx.flush()
            await tx.execute(update(Contact).where(Contact.id.in_(people[number::8])).values(account_id=account.id))
    told = await shown(house, "")
    assert "*NPS +67* (likely +2 to +95)" in told  # one answer of each account; of 48 strangers +42 to +84
    await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], "more_view", "details")
    await house.settle()
    details = house.slack.open_view(BO).shown
    assert "these 48 say as much as 8 independent ones" in details
    assert "Weighted by revenue" in details
    assert "42 answers, worth" in details
