"""A survey that asks by itself: whom, how many a day, and why not the others."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import InputRefused, SurveyUnknown
from bot.rules.audience import Audience
from bot.rules.cadence import Cadence, CheckIn
from bot.rules.recontact import Because
from bot.rules.rounds import PASSED_OVER
from bot.services import (
    accounts,
    asks,
    audiences,
    contacts,
    halts,
    incidents,
    invitations,
    rounds,
    schedules,
    surveys,
    turns,
)
from bot.services.schedules import Proposal
from storage.database import Database, Transaction
from storage.models import Contact, Schedule
from tests.factories import BO, NORTHWIND, make_invitation, make_workspace
from tests.services.crowd import asked, do_today, make_account, make_crowd, make_schedule, withheld
from tests.services.rivals import second

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # a Wednesday
BEGUN = NOW - timedelta(days=60)
SMALL = Proposal(Cadence(most_a_day=3))
A_FEW_DAYS = range(4)


async def made(
    database: Database, count: int, proposal: Proposal = SMALL, *, started_at: datetime = BEGUN
) -> list[int]:
    async with database.transaction() as tx:
        people = await make_crowd(tx, count, now=NOW)
        await make_schedule(tx, people, now=started_at, proposal=proposal)
        return people


async def survey_id(tx: Transaction, name: str = "relationship") -> int:
    return (await surveys.named(tx, NORTHWIND, name)).id


async def test_a_day_asks_as_many_as_it_may_once(database: Database):
    await made(database, 9)
    assert [await do_today(database, now=NOW + timedelta(minutes=n)) for n in (0, 15, 30)] == [3, 0, 0]
    assert {each.trigger for each in await asked(database)} == {"schedule"}
    assert {each.occasion[:5] for each in await asked(database)} == {"wave:"}
    assert {each.asked_by for each in await asked(database)} == {None}
    assert all(9 <= each.send_at.hour < 17 and each.send_at.date() == NOW.date() for each in await asked(database))
    assert await do_today(database, now=NOW + timedelta(days=1)) == 3


async def test_the_first_day_asks_five(database: Database):
    await made(database, 40, Proposal(Cadence()))
    assert [await do_today(database, now=NOW + timedelta(days=n)) for n in (0, 1)] == [5, 20]


async def test_replicas_that_plan_the_same_moment_ask_no_more_than_one_would(database: Database):
    await made(database, 12)
    done = await asyncio.gather(*(do_today(database, now=NOW) for _ in range(4)))
    assert sum(done) == 3
    assert len(await asked(database)) == 3


async def test_a_replica_that_comes_second_counts_what_the_first_has_asked(database: Database):
    await made(database, 12)
    async with database.reading() as tx:
        [schedule] = await schedules.running(tx)
        plan = await rounds.plan_today(tx, schedule, now=NOW)
    everybody = [replace(plan.turns[0], key=key) for key in range(1, 13)]
    async with database.transaction() as tx:
        assert await turns.take(tx, schedule.survey_id, plan, now=NOW) == 3
        more = replace(plan, turns=tuple(everybody))
        taking = await second(database, lambda tx: turns.take(tx, schedule.survey_id, more, now=NOW))
    assert await taking == 0


async def test_what_the_outlook_shows_is_what_happens_day_by_day(database: Database):
    people = await made(database, 30, Proposal(Cadence(most_a_day=4)))
    async with database.transaction() as tx:
        await make_account(tx, "Beta", people[:8], now=NOW)
        await tx.execute(update(Contact).where(Contact.id.in_(people[::3])).values(time_zone="America/New_York"))
    async with database.reading() as tx:
        survey = await surveys.named(tx, NORTHWIND, "relationship")
        shown = await rounds.outlook(tx, survey, Proposal(Cadence(most_a_day=4)), now=NOW - timedelta(hours=8))
    for hour in range(0, 13 * 24, 4):  # the first of the days shown is over where this begins, and goes on elsewhere
        now = NOW - timedelta(hours=8) + timedelta(hours=hour)
        await do_today(database, now=now)
        await deliver(database, now)
    happened = {each.contact_id: each.send_at for each in await asked(database)}
    assert happened == {turn.key: turn.at for turn in shown.turns}
    assert shown.size == 30
    assert len(shown.turns) > 20


async def deliver(database: Database, now: datetime) -> None:
    for invitation in await asked(database):
        if invitation.sent_at is None and invitation.send_at <= now:
            async with database.transaction() as tx:
                await invitations.arrived(tx, invitation.id, card=None, now=invitation.send_at)


async def test_who_is_withheld_takes_no_place_and_is_kept_once(database: Database):
    [ana, *_] = await made(database, 2, Proposal(Cadence(most_a_day=2)))
    async with database.transaction() as tx:
        await make_invitation(tx, now=NOW - timedelta(days=10), person="U0000", survey="support")
    for n in range(4):
        await do_today(database, now=NOW + timedelta(minutes=15 * n))
        await do_today(database, now=NOW + timedelta(days=1, minutes=15 * n))
    [no] = await withheld(database)
    assert (no.contact_id, no.because, no.trigger, no.asked_by) == (ana, Because.REST, "schedule", None)
    assert (no.until, no.days_ago) == (NOW + timedelta(days=18), 9)
    assert [each.contact_id for each in await asked(database)][1:] != [ana]


async def test_a_no_of_the_rules_between_plan_and_question_is_kept_and_asks_nobody(database: Database):
    [ana, bea] = await made(database, 2)
    async with database.reading() as tx:
        [schedule] = await schedules.running(tx)
        plan = await rounds.plan_today(tx, schedule, now=NOW)
    async with database.transaction() as tx:
        await contacts.opt_out(tx, await contacts.get(tx, ana), now=NOW)
        assert await turns.take(tx, schedule.survey_id, plan, now=NOW) == 1
    assert [each.contact_id for each in await asked(database)] == [bea]
    assert [(each.contact_id, each.because) for each in await withheld(database)] == [(ana, Because.OPTED_OUT)]


async def test_what_goes_wrong_with_one_person_keeps_nobody_else_from_being_asked(database: Database):
    people = await made(database, 3)
    async with database.reading() as tx:
        [schedule] = await schedules.running(tx)
        plan = await rounds.plan_today(tx, schedule, now=NOW)
    odd = [replace(turn, due_on="\0" if turn.key == people[1] else turn.due_on) for turn in plan.turns]
    far = [replace(turn, at=None) if turn.key == people[0] else turn for turn in odd]
    async with database.transaction() as tx:
        done = await turns.take(tx, schedule.survey_id, replace(plan, turns=tuple(far[1:] + far[:1])), now=NOW)
    assert done == len(await asked(database)) == (2 if database.is_sqlite else 1)


async def test_nobody_is_asked_while_the_schedule_or_its_survey_is_paused(database: Database):
    await made(database, 2)
    async with database.transaction() as tx:
        survey = await surveys.named(tx, NORTHWIND, "relationship")
        await schedules.pause(tx, NORTHWIND, survey.id, now=NOW)
    assert await do_today(database, now=NOW) == 0
    async with database.transaction() as tx:
        await schedules.resume(tx, NORTHWIND, survey.id)
        await surveys.pause(tx, survey, now=NOW)
    assert await do_today(database, now=NOW) == 0
    async with database.transaction() as tx:
        await surveys.resume(tx, survey)
    assert await do_today(database, now=NOW) == 2


async def test_a_pause_between_plan_and_questions_asks_nobody(database: Database):
    await made(database, 2)
    async with database.reading() as tx:
        [schedule] = await schedules.running(tx)
        plan = await rounds.plan_today(tx, schedule, now=NOW)
    async with database.transaction() as tx:
        await schedules.pause(tx, NORTHWIND, schedule.survey_id, now=NOW)
        assert await turns.take(tx, schedule.survey_id, plan, now=NOW) == 0


async def test_a_halt_stops_it_without_a_word_about_anybody(database: Database):
    await made(database, 2)
    async with database.transaction() as tx:
        await halts.halt(tx, NORTHWIND, by=BO, now=NOW)
    assert await do_today(database, now=NOW) == 0
    assert await withheld(database) == []
    async with database.transaction() as tx:
        await halts.lift(tx, NORTHWIND, now=NOW)
    assert await do_today(database, now=NOW) == 2


async def test_only_those_who_belong_to_it_and_pass_its_filters_are_asked(database: Database):
    async with database.transaction() as tx:
        people = await make_crowd(tx, 6, now=NOW)
        beta = await make_account(tx, "Beta", people[:3], now=NOW, segment="enterprise")
        await tx.execute(update(Contact).where(Contact.id == people[1]).values(properties={"plan": "gold"}))
        audience = Audience(accounts=(beta,), segments=("enterprise",), properties={"plan": "gold"})
        await make_schedule(tx, people[1:], now=BEGUN, proposal=Proposal(Cadence(), audience))
    assert await do_today(database, now=NOW) == 1
    assert [each.contact_id for each in await asked(database)] == [people[1]]


async def test_people_are_asked_at_their_own_minute_where_they_live(database: Database):
    [ana] = await made(database, 1)
    async with database.transaction() as tx:
        await tx.execute(update(Contact).values(time_zone="Asia/Tokyo"))
    midnight = datetime(2026, 11, 25, 15, 30, tzinfo=UTC)  # half past midnight on Thursday, in Tokyo
    assert await do_today(database, now=midnight) == 1
    [question] = await asked(database)
    assert question.contact_id == ana
    assert timedelta(hours=8) <= question.send_at - midnight < timedelta(hours=17)


async def test_a_zone_nobody_knows_is_utc(database: Database):
    await made(database, 1)
    async with database.transaction() as tx:
        await tx.execute(update(Contact).values(time_zone="Middle/Earth"))
    assert await do_today(database, now=NOW) == 1


async def test_a_question_that_never_left_is_tried_again_four_weeks_later(database: Database):
    await made(database, 1)
    assert await do_today(database, now=NOW) == 1
    [question] = await asked(database)
    async with database.transaction() as tx:
        await invitations.failed(tx, question.id, now=NOW)
    assert await do_today(database, now=NOW + timedelta(days=27)) == 0
    assert await do_today(database, now=NOW + timedelta(days=28)) == 1


async def test_a_quarter_after_the_last_question_comes_the_next(database: Database):
    await made(database, 1)
    days = 0
    for n in (*A_FEW_DAYS, *range(7, 91, 7), *range(91, 98), *range(98, 200, 7)):  # who is due one day stays due
        now = NOW + timedelta(days=n)
        days += await do_today(database, now=now)
        await deliver(database, now + timedelta(hours=12))
        async with database.transaction() as tx:
            await invitations.expire_due(tx, limit=9, now=now)
    first, *more = await asked(database)
    assert (more[0].send_at.date() - first.send_at.date()).days in range(90, 95)
    assert days == 2  # the third waits twice as long: two stayed without a word


async def test_two_people_of_an_account_a_week(database: Database):
    async with database.transaction() as tx:
        people = await make_crowd(tx, 4, now=NOW)
        await make_account(tx, "Beta", people, now=NOW)
        await make_schedule(tx, people, now=BEGUN)
    assert [await do_today(database, now=NOW + timedelta(days=n)) for n in (0, 1, 5, 7, 8)] == [2, 0, 0, 0, 2]


async def test_an_opt_out_is_not_part_of_it(database: Database):
    [ana, *_] = await made(database, 2)
    async with database.transaction() as tx:
        await contacts.opt_out(tx, await contacts.get(tx, ana), now=NOW)
    assert await do_today(database, now=NOW) == 1
    assert await withheld(database) == []


async def test_check_ins_are_two_surveys_of_their_own_made_once(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        first = await schedules.add_check_ins(tx, NORTHWIND, by=BO, now=NOW)
        assert await schedules.add_check_ins(tx, NORTHWIND, by=BO, now=NOW) == []
        assert [each.name for each in first] == ["day-14", "day-45"]
        assert {each.check_in_day for each in await schedules.of_workspace(tx, NORTHWIND)} == {14, 45}
        assert await schedules.has_check_ins(tx, NORTHWIND)


async def test_a_check_in_comes_once_after_the_account_began_and_the_quarter_counts_from_it(database: Database):
    async with database.transaction() as tx:
        people = await make_crowd(tx, 1, now=NOW)
        await make_account(tx, "Beta", people, now=NOW, started_on=date(2026, 11, 11))
        await make_schedule(tx, people, now=BEGUN)
        for survey in await schedules.add_check_ins(tx, NORTHWIND, by=BO, now=NOW):
            await audiences.admit(tx, survey.id, people, now=NOW)
    for n in (*A_FEW_DAYS, *range(7, 28, 7), *range(30, 36), *range(42, 122, 7), *range(122, 130), *range(133, 170, 7)):
        await do_today(database, now=NOW + timedelta(days=n))
        await deliver(database, NOW + timedelta(days=n, hours=12))
    came = [
        (each.occasion.partition(":2")[0], (each.send_at.date() - NOW.date()).days) for each in await asked(database)
    ]
    assert [each[0] for each in came] == ["lifecycle:day-14", "lifecycle:day-45", "wave"]
    assert [each[1] for each in came[:2]] == [0, 33]  # day 45 is a Saturday
    assert came[2][1] - came[1][1] in range(90, 95)
    assert [each.trigger for each in await asked(database)] == ["lifecycle", "lifecycle", "schedule"]


async def test_a_check_in_that_came_too_late_is_passed_over_with_a_reason(database: Database):
    async with database.transaction() as tx:
        people = await make_crowd(tx, 1, now=NOW, seen=timedelta(days=29))
        await make_schedule(tx, people, now=BEGUN, proposal=Proposal(CheckIn(14)))
    for n in range(3):
        assert await do_today(database, now=NOW + timedelta(days=n)) == 0
    assert [(each.because, each.trigger, each.until) for each in await withheld(database)] == [
        (PASSED_OVER, "lifecycle", None)
    ]


@pytest.mark.parametrize(
    ("rhythm", "field"),
    [
        (Cadence(every_days=89), "every_days"),
        (Cadence(every_days=731), "every_days"),
        (CheckIn(0), "check_in_day"),
        (CheckIn(366), "check_in_day"),
        (Cadence(most_a_day=0), "most_a_day"),
        (CheckIn(14, most_a_day=201), "most_a_day"),
    ],
)
async def test_a_rhythm_has_its_bounds(database: Database, rhythm: Cadence | CheckIn, field: str):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        survey = await surveys.named(tx, NORTHWIND, "relationship")
        with pytest.raises(InputRefused) as refused:
            await schedules.start(tx, survey, Proposal(rhythm), by=BO, now=NOW)
        assert refused.value.field == field


async def test_a_survey_after_an_interaction_does_not_ask_by_itself(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        support = await surveys.named(tx, NORTHWIND, "support")
        with pytest.raises(InputRefused):
            await schedules.start(tx, support, Proposal(), by=BO, now=NOW)


async def test_a_change_keeps_when_it_began_and_whether_it_is_paused(database: Database):
    await made(database, 1)
    async with database.transaction() as tx:
        survey = await surveys.named(tx, NORTHWIND, "relationship")
        await schedules.pause(tx, NORTHWIND, survey.id, now=NOW)
        changed = Proposal(Cadence(120), Audience(channels=("C1",)))
        await schedules.start(tx, survey, changed, by="U0CY", now=NOW)
        [schedule] = await schedules.of_workspace(tx, NORTHWIND)
    assert (schedule.started_at, schedule.paused_at, schedule.started_by) == (BEGUN, NOW, BO)
    assert schedules.proposal_of(schedule) == changed


async def test_another_workspaces_schedule_is_not_there(database: Database):
    await made(database, 1)
    async with database.transaction() as tx:
        with pytest.raises(SurveyUnknown):
            await schedules.pause(tx, "T0OTHER", await survey_id(tx), now=NOW)


async def test_a_channel_with_a_new_id_stays_in_the_audience(database: Database):
    await made(database, 1, Proposal(Cadence(), Audience(channels=("C1", "C2"), roles=("boss",))))
    async with database.transaction() as tx:
        await schedules.channel_renamed(tx, NORTHWIND, old="C1", new="C9")
        [schedule] = (await tx.scalars(select(Schedule))).all()
    assert schedules.proposal_of(schedule).audience == Audience(channels=("C9", "C2"), roles=("boss",))


async def test_who_has_left_is_no_longer_asked(database: Database):
    [ana, bea] = await made(database, 2)
    async with database.transaction() as tx:
        survey = await survey_id(tx)
        await audiences.admit(tx, survey, [ana], now=NOW)
        await audiences.let_go(tx, survey, since=NOW)
        assert await audiences.size(tx, survey) == 1
    await do_today(database, now=NOW)
    assert [each.contact_id for each in await asked(database)] == [ana]
    assert bea not in {each.contact_id for each in await asked(database)}


async def test_who_was_erased_meanwhile_is_neither_admitted_nor_missed(database: Database):
    await made(database, 1)
    async with database.transaction() as tx:
        await audiences.admit(tx, await survey_id(tx), [4711], now=NOW)
        assert await audiences.size(tx, await survey_id(tx)) == 1


async def test_who_is_asked_by_hand_in_between_is_left_alone_for_a_quarter(database: Database):
    [ana] = await made(database, 1)
    async with database.transaction() as tx:
        await make_invitation(tx, now=NOW - timedelta(days=2), person="U0000", survey="relationship")
    assert await do_today(database, now=NOW) == 0
    assert await withheld(database) == []
    async with database.reading() as tx:
        contact = await contacts.get(tx, ana)
        assert len(await asks.latest(tx, contact, limit=9)) == 1


async def test_a_turn_and_an_ask_by_hand_for_one_account_do_not_block_each_other(database: Database):
    """People come before their accounts, for all of a turn: in any other order Postgres would find a deadlock."""
    [ana, bea] = await made(database, 2)
    async with database.transaction() as tx:
        account = await make_account(tx, "Beta", [ana, bea], now=NOW)
    async with database.reading() as tx:
        [schedule] = await schedules.running(tx)
        plan = await rounds.plan_today(tx, schedule, now=NOW)
    assert {turn.key for turn in plan.turns} == {ana, bea}
    async with database.transaction() as tx:
        await contacts.hold(tx, await contacts.get(tx, bea))  # as an ask does, before it counts its account
        taking = await second(database, lambda tx: turns.take(tx, schedule.survey_id, plan, now=NOW))
        await accounts.hold(tx, account)
    assert await taking == 2


async def test_people_for_whom_something_is_broken_take_nobodys_place(database: Database):
    people = await made(database, 9)
    async with database.reading() as tx:
        [schedule] = await schedules.running(tx)
        first = (await rounds.plan_today(tx, schedule, now=NOW)).turns[0].key
    async with database.transaction() as tx:
        account = await make_account(tx, "Beta", [first], now=NOW)
        await incidents.started(tx, NORTHWIND, account, key="event:1:1", now=NOW)
    assert await do_today(database, now=NOW) == 3
    assert first not in {each.contact_id for each in await asked(database)}
    assert [(no.contact_id, no.because) for no in await withheld(database)] == [(first, Because.INCIDENT)]
    assert len(people) == 9
