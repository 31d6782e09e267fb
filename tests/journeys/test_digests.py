"""A manager has a channel hear of its customers once a week; what it says can be acted on, and forgotten."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.services import digests, editions, privacy
from bot.slack import wire
from storage.models import Contact, Delivery, Digest, Edition, Fall, FollowUp, Schedule
from tests.fake_slack import Message, View
from tests.house import ADMIN, ALERTS, ANA, BO, CY, EVE, GENERAL, KIM, OTHER, SHARED, House
from tests.journeys.test_following_up import pick, send
from tests.journeys.test_reporting import answers
from tests.services.crowd import make_account
from tests.small import on_sqlite

COMMENT = "Exports time out every Monday."
PRAISE = "Bo stayed until it worked."
MONDAY = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)  # by London's clock too, in winter


async def modal(house: House, by: str = ADMIN, which: str = "0") -> View:
    await house.nps(by, "digest setup", channel=ALERTS)
    ack = await house.slack.click(by, house.slack.ephemerals_for(by)[-1], "set_up_digest", which)
    assert ack.ok, ack
    await house.settle()
    view = house.slack.open_view(by)
    assert view is not None, "no modal is open"
    return view


async def set_up(house: House, by: str = ADMIN, *, which: str = "0", **values: object) -> str:
    """Fill in the modal and send it; returns what is whispered."""
    await modal(house, by, which)
    seen = len(house.slack.ephemerals_for(by))
    ack = await house.slack.submit(by, {"channel": GENERAL, **values} if which == "0" else values)
    assert ack.ok, ack
    await house.settle()
    return "\n".join(each.shown for each in house.slack.ephemerals_for(by)[seen:])


async def until(house: House, when: datetime) -> None:
    """Let time pass in steps, as it does."""
    while house.now < when:
        house.slack.clock.now += min(timedelta(hours=6), when - house.now).total_seconds()
        await house.settle()
    await house.later(minutes=2)


def told(house: House, channel: str = GENERAL) -> list[Message]:
    return [each for each in house.cards(channel) if "Customers" in each.shown or "accounts of" in each.shown]


def notices(house: House, person: str) -> list[str]:
    return [each.shown for each in house.cards(house.slack.dm_of(person)) if "weekly digest waits" in each.shown]


async def unhappy(house: House, person: str = ANA, score: int = 2, comment: str = COMMENT) -> None:
    await house.click_score(person, await house.ask(person), score)
    await house.comment(person, comment)


async def count(house: House, table: type) -> int:
    async with house.database.reading() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar_one()


# once a week


async def test_on_monday_at_nine_the_channel_hears_of_the_week_and_of_no_week_in_which_nothing_happened(house: House):
    await house.choose_channel()
    assert f"The digest goes to <#{GENERAL}>" in await set_up(house)
    await unhappy(house)
    await house.later(minutes=10)
    await house.press(BO, house.alerts()[-1], "claim")
    await pick(house, BO, house.alerts()[-1], wire.CONTACTED)
    await send(house, BO, how="call")
    await until(house, MONDAY - timedelta(minutes=5))
    assert told(house) == []
    await until(house, MONDAY)
    [digest] = told(house)
    assert "*Customers, 17–23 November*" in digest.shown
    assert "1 new answer: 0 promoters, 0 passives, 1 detractor" in digest.shown
    assert f"Waiting: Ana Ruiz, since Tuesday, <@{BO}> has it" in digest.shown
    assert f"“{COMMENT}” (Ana Ruiz, 2)" in digest.shown
    assert "first reply: half within 10 working minutes, 1 of 1 the same working day" in digest.shown
    await house.press(BO, house.card(house.alerts()[-1]), "resolve")
    await house.slack.submit(BO, {"outcome": "fixed", "root_cause": "product", "note": "Called her."})
    await house.settle()
    await until(house, MONDAY + timedelta(days=7))
    assert told(house) == [house.card(digest)]


@on_sqlite
async def test_day_and_hour_are_by_the_clock_of_whoever_set_it_up(house: House):
    house.slack.user(BO).tz = "America/New_York"
    await house.nps(ADMIN, "managers")
    await house.slack.submit(ADMIN, {"managers": [BO]})
    await house.choose_channel()
    await set_up(house, BO, weekday="2", hour="16")
    await unhappy(house)
    await until(house, datetime(2025, 11, 19, 20, 55, tzinfo=UTC))
    assert told(house) == []
    await until(house, datetime(2025, 11, 19, 21, 0, tzinfo=UTC))
    assert "*Customers, 12–18 November*" in told(house)[-1].shown


@on_sqlite
async def test_after_weeks_of_sleep_only_the_latest_week_is_told(house: House):
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    house.slack.clock.now += timedelta(days=37).total_seconds()
    await house.later(minutes=2)
    [digest] = told(house)
    assert "*Customers, 15–21 December*" in digest.shown
    assert "since 18 November" in digest.shown


async def test_replicas_at_the_same_moment_tell_it_once(house: House):
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    house.slack.clock.now = MONDAY.timestamp() + 1
    errand = house.bot.runner._errands["publish_due"]
    await asyncio.gather(*(errand.run(house.now) for _ in range(4)))
    await house.later(minutes=2)
    assert len(told(house)) == 1
    assert await count(house, Edition) == 1


@on_sqlite
async def test_what_could_not_leave_for_weeks_is_overtaken_by_the_newest(house: House):
    await house.choose_channel()
    await set_up(house, channel=OTHER)  # where the bot is not
    await unhappy(house)
    await until(house, MONDAY + timedelta(days=14))
    assert len(notices(house, ADMIN)) == 3  # once for each week
    assert f"I cannot write in <#{OTHER}>" in notices(house, ADMIN)[0]
    house.slack.join(OTHER, house.slack.bot_user_id)
    await house.later(hours=2)
    [digest] = told(house, OTHER)
    assert "*Customers, 1–7 December*" in digest.shown


# acting on it


@pytest.fixture
async def digest(house: House) -> Message:
    """In the channel: Ana waits, and Kim is happy."""
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    await unhappy(house, KIM, 10, PRAISE)
    await until(house, MONDAY)
    return told(house)[-1]


async def test_one_click_takes_somebody_on_and_the_second_hears_who_was_faster(house: House, digest: Message):
    assert "since Tuesday, *nobody yet*" in digest.shown
    await asyncio.gather(*(house.slack.click(who, digest, "take_on") for who in (BO, CY)))
    await house.later(seconds=5)
    heard = {who: house.slack.ephemerals_for(who)[-1].shown for who in (BO, CY)}
    [winner] = [who for who, words in heard.items() if "You take care of Ana Ruiz." in words]
    [slower] = {BO, CY} - {winner}
    assert f"<@{winner}> was faster" in heard[slower]
    assert f"<@{winner}> has it" in house.card(digest).shown
    assert f"<@{winner}> takes care of it" in house.alerts()[-1].shown


@on_sqlite
async def test_whoever_clicks_a_digest_that_is_out_of_date_sees_it_drawn_anew(house: House, digest: Message):
    await house.press(BO, house.alerts()[-1], "claim")
    assert "nobody yet" in house.card(digest).shown
    await house.slack.click(CY, digest, "take_on")
    await house.later(seconds=5)
    assert "nobody yet" not in house.card(digest).shown


@on_sqlite
async def test_guests_can_take_nobody_on(house: House, digest: Message):
    house.slack.user(CY).is_restricted = True
    await house.later(minutes=11)
    await house.slack.click(CY, digest, "take_on")
    await house.settle()
    assert "Guests" in house.slack.ephemerals_for(CY)[-1].shown
    assert "nobody yet" in house.card(digest).shown


@on_sqlite
async def test_who_is_asked_next_week_is_what_the_preview_shows(house: House):
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    await house.nps(ADMIN, "schedule relationship")
    await house.slack.click(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "schedule", "1")
    await house.settle()
    await house.slack.submit(ADMIN, {"channels": [SHARED]})
    await house.settle()
    async with house.database.transaction() as tx:
        await tx.execute(update(Contact).values(first_seen_at=house.now - timedelta(days=400)))
        await tx.execute(update(Schedule).values(started_at=house.now - timedelta(days=40)))
    house.slack.clock.now = MONDAY.timestamp() + 1
    await house.later(minutes=2)
    digest = told(house)[-1]
    assert "Next week 2 people will be asked." in digest.shown
    await house.press(BO, digest, "see_who")
    assert "the next two weeks" in house.slack.ephemerals_for(BO)[-1].shown
    assert "The audience has 2 people" in house.slack.ephemerals_for(BO)[-1].shown


# whom it is about


@on_sqlite
async def test_a_digest_may_be_about_the_accounts_of_one_colleague_or_some_surveys_only(house: House):
    await house.choose_channel()
    await set_up(house, owner=BO)
    await set_up(house, channel=ALERTS, surveys=["1"])
    await unhappy(house)
    await unhappy(house, KIM, 3, "Of another account.")
    async with house.database.transaction() as tx:
        ids = dict((await tx.execute(select(Contact.user_id, Contact.id))).all())
        await make_account(tx, "Beta GmbH", [ids[ANA]], now=house.now, owner_id=BO)
        await tx.execute(update(FollowUp).where(FollowUp.response_id == 2).values(survey_id=2))
    await until(house, MONDAY)
    [of_bo] = [each for each in house.cards(GENERAL) if "accounts of" in each.shown]
    assert f"*Customers, accounts of <@{BO}>, 17–23 November*" in of_bo.shown
    assert "Waiting: Ana Ruiz, Beta GmbH, since Tuesday" in of_bo.shown
    assert "Of another account." not in of_bo.shown
    [of_survey] = [each for each in house.cards(ALERTS) if "new answers" in each.shown]
    assert "*relationship, 17–23 November*" in of_survey.shown
    assert "2 new answers: 0 promoters, 0 passives, 2 detractors" in of_survey.shown


@on_sqlite
async def test_now_shows_the_last_days_to_whoever_asks_alone(house: House):
    assert "No new answers, and nobody is waiting." in await house.nps(BO, "digest")
    await house.choose_channel()
    await unhappy(house)
    seen = len(house.cards(GENERAL))
    shown = await house.nps(BO, "digest")
    assert "*Customers, 12–18 November*" in shown
    assert COMMENT in shown
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "take_on")
    assert "You take care of Ana Ruiz." in house.slack.ephemerals_for(BO)[-1].shown
    assert len(house.cards(GENERAL)) == seen
    assert "Guests" in await house.nps(ANA, "digest")


# set up


@on_sqlite
async def test_members_may_look_and_managers_set_up(house: House):
    assert "You may not set up surveys" in await house.nps(CY, "digest setup")
    await set_up(house, surveys=["1", "2"], weekday="4", hour="7")
    shown = await house.nps(ADMIN, "digest setup")
    assert f"<#{GENERAL}> · Fridays at 07:00 (Europe/London) · relationship, support" in shown


@on_sqlite
async def test_a_digest_can_be_paused_moved_and_removed(house: House):
    await house.choose_channel()
    await set_up(house)
    assert "It is paused" in await set_up(house, which="1", paused=["yes"])
    await unhappy(house)
    await until(house, MONDAY)
    assert told(house) == []
    await set_up(house, which="1", paused=[], channel=ALERTS)
    await until(house, MONDAY + timedelta(days=7))
    assert len(told(house, ALERTS)) == 1
    assert "No more digests" in await set_up(house, which="1", remove=["yes"])
    await until(house, MONDAY + timedelta(days=14))
    assert len(told(house, ALERTS)) == 1
    assert "Change" not in (await house.nps(ADMIN, "digest setup"))


@on_sqlite
async def test_a_channel_where_outsiders_read_is_refused(house: House):
    await set_up(house)
    house.slack.channel(GENERAL).is_ext_shared = True
    await modal(house, which="1")
    ack = await house.slack.submit(ADMIN, {"hour": "10"})
    assert "A digest shows what customers say" in str(ack.body)
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Digest.hour))).all() == [9]


async def test_a_channel_that_becomes_shared_loses_its_digests_and_whoever_set_them_up_is_told(
    house: House, digest: Message
):
    await house.slack.share(GENERAL)
    await house.later(seconds=10)
    assert told(house) == []
    assert len(notices(house, ADMIN)) == 1
    assert "the digest has stopped" in notices(house, ADMIN)[0]
    await until(house, MONDAY + timedelta(days=7))
    assert told(house) == []
    assert "stopped: the channel is shared" in await house.nps(ADMIN, "digest setup", channel=ALERTS)
    house.slack.channel(GENERAL).is_ext_shared = False
    await house.slack.event({"type": "channel_unshared", "channel": GENERAL, "is_ext_shared": False})
    await house.later(minutes=2)
    assert len(told(house)) == 1


@on_sqlite
async def test_even_without_the_event_no_digest_goes_where_outsiders_read(house: House):
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    house.slack.share(GENERAL)  # nobody tells us
    house.slack.join(GENERAL, EVE)
    await until(house, MONDAY)
    assert told(house) == []
    assert len(notices(house, ADMIN)) == 1


@on_sqlite
async def test_in_another_channel_this_weeks_leaves_at_once(house: House):
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    await house.slack.share(GENERAL)
    await until(house, MONDAY + timedelta(days=2))
    assert told(house, ALERTS) == []
    await set_up(house, which="1", channel=ALERTS)
    await house.later(minutes=2)
    assert "*Customers, 17–23 November*" in told(house, ALERTS)[-1].shown


# forgotten


@pytest.mark.parametrize("person", [ANA, KIM])
async def test_whoever_is_forgotten_leaves_the_digests_too(house: House, digest: Message, person: str):
    (name, gone), (other, left) = (("Ana", COMMENT), ("Kim", PRAISE))[:: 1 if person == ANA else -1]
    assert name in digest.shown
    assert gone in digest.shown
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, person, now=house.now)
    await house.later(minutes=2)
    await house.later(minutes=2)  # one change a second, and their alert and its thread go first
    assert name not in house.card(digest).shown
    assert gone not in house.card(digest).shown
    assert f"“{left}” ({other}" in house.card(digest).shown


@on_sqlite
async def test_somebody_forgotten_while_the_digest_is_on_its_way_is_not_left_in_it(house: House):
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == GENERAL)
    house.slack.clock.now = MONDAY.timestamp() + 1
    leaving = asyncio.create_task(house.later(minutes=2))
    await gate.reached.wait()
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, ANA, now=house.now)
    gate.set()
    await leaving
    await house.later(minutes=2)
    [digest] = house.cards(GENERAL)[-1:]
    assert "Ana" not in digest.shown


@on_sqlite
async def test_a_colleague_who_is_forgotten_leaves_the_digests_too(house: House, digest: Message):
    await set_up(house, owner=BO)
    await house.press(BO, digest, "take_on")
    await house.later(seconds=5)
    assert BO in house.card(digest).shown
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, BO, now=house.now)
        await privacy.erase(tx, house.slack.team_id, ADMIN, now=house.now)
    await house.later(minutes=2)
    assert BO not in house.card(digest).shown
    async with house.database.reading() as tx:
        rows = (await tx.execute(select(Digest.set_up_by, Digest.owner_id, Digest.removed_at.is_(None)))).all()
    assert [tuple(row) for row in rows] == [(None, None, True), (None, None, False)]


# falls


async def test_a_fall_is_told_once_with_both_scores(house: House):
    await set_up(house)
    await set_up(house, channel=ALERTS, weekday="1")
    await answers(house, {10: 40, 8: 10, 3: 10}, days_ago=30)
    await answers(house, {10: 12, 8: 10, 3: 30}, days_ago=1)
    await until(house, MONDAY + timedelta(days=1))
    for channel in (GENERAL, ALERTS):
        [fall] = [each for each in house.cards(channel) if "has fallen" in each.shown]
        assert "*The score of relationship has fallen.*" in fall.shown
        assert "The last four weeks: *NPS −35* (likely −55 to −11), 52 answers" in fall.shown
        assert "The four weeks before: *NPS +50* (likely +29 to +67), 60 answers" in fall.shown
        assert "lower by 85" in fall.shown
    await until(house, MONDAY + timedelta(days=15))
    assert len([each for each in house.cards(GENERAL) if "has fallen" in each.shown]) == 1
    assert await count(house, Fall) == 1


@on_sqlite
async def test_a_fall_that_was_told_leaves_a_channel_that_becomes_shared(house: House):
    await set_up(house)
    await answers(house, {10: 60}, days_ago=30)
    await answers(house, {0: 60}, days_ago=1)
    await until(house, MONDAY)
    assert any("has fallen" in each.shown for each in house.cards(GENERAL))
    await house.slack.share(GENERAL)
    await house.later(minutes=1)
    assert not any("has fallen" in each.shown for each in house.cards(GENERAL))


@on_sqlite
async def test_a_digest_killed_while_it_left_arrives(house: House):
    await house.choose_channel()
    await set_up(house)
    await unhappy(house)
    house.slack.clock.now = MONDAY.timestamp() + 1
    async with house.database.transaction() as tx:
        [due] = await digests.due(tx, now=house.now)
        assert await editions.publish(tx, due, will_ask=0, now=house.now)
        mine = Delivery.kind == "digest"
        lost = {"attempts": 1, "due_at": house.now + timedelta(seconds=60), "posting_since": house.now}
        await tx.execute(update(Delivery).where(mine).values(**lost))  # a worker took it, and was never seen again
    await house.later(minutes=2)
    assert len(told(house)) == 1
