"""What comes of an event: who is asked, where, when, and what calls it off again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.services import cases, contacts, event_sources, events, privacy
from bot.services.cases import Case
from bot.services.contacts import Facts
from bot.services.event_sources import Vendor
from bot.services.happenings import Found
from bot.services.told import Told
from storage.database import Database
from storage.models import Account, Contact, EventSource, Response
from tests.factories import make_workspace
from tests.hooks.conftest import CASE, Program, a_program, asked, kept
from tests.house import ADMIN, ANA, BO, CY, EVE, HELP, KIM, OTHER, SHARED, open_house, permalink
from tests.services.rivals import second
from tests.small import on_sqlite

ANAS = {"email": "Ana@Beta.example"}
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
FOUND = Found(Facts(ANA, "Ana Ruiz"))
QUESTION = "How likely are you to recommend Northwind"


async def answers(database: Database) -> list[Response]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(Response))).all())


async def a_source(database: Database) -> EventSource:
    address = event_sources.make_address()
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        return await event_sources.add(tx, "T0NORTH", name="a", vendor=Vendor.GENERIC, address=address, now=NOW)


def a_case(type_: str, id_: str) -> Told:
    return Told.model_validate({"id": id_, "type": type_, "case": CASE, "person": ANAS})


def iso(at: datetime) -> str:
    return at.isoformat()


async def states(program: Program) -> list[str]:
    return [each.state for each in await asked(program.house.database)]


# asking


async def test_a_closed_case_asks_its_person_by_direct_message_after_the_surveys_delay(helpdesk: Program):
    house = helpdesk.house
    answer = await helpdesk.tells(person=ANAS)
    assert (answer.status, answer.body) == (
        200,
        {"status": "asked", "because": None, "until": None, "event": "e1"},
    )
    await house.later(hours=2, minutes=50)
    assert house.cards(house.slack.dm_of(ANA)) == []
    await house.later(minutes=11)
    [card] = house.cards(house.slack.dm_of(ANA))
    assert QUESTION in card.shown
    assert "Export stuck" in card.shown
    [ask] = await asked(house.database)
    assert (ask.kind, ask.trigger, ask.asked_by, ask.occasion) == ("transactional", "event", None, "case:1:C-17:1")


@on_sqlite
@pytest.mark.parametrize("by", ["permalink", "channel"])
async def test_who_began_the_thread_is_asked_in_it(helpdesk: Program, by: str):
    house = helpdesk.house
    ts = house.slack.say(ANA, HELP, "My export is stuck")
    reply = house.slack.say(BO, HELP, "Fixed!", thread_ts=ts)
    named = {"permalink": permalink(HELP, reply, ts)} if by == "permalink" else {"channel": HELP, "thread": ts}
    assert (await helpdesk.tells(person=named, delay_hours=0)).body["status"] == "asked"
    await house.later(minutes=1)
    [card] = house.cards(HELP)
    assert (card.thread_ts, f"<@{ANA}>" in card.shown) == (ts, True)


@on_sqlite
async def test_somebody_named_by_id_is_asked_in_the_thread_that_is_given_with_them(helpdesk: Program):
    ts = helpdesk.house.slack.say(BO, HELP, "Kim asks how to export")
    helpdesk.house.slack.say(CY, HELP, "Under File, like this", thread_ts=ts)
    await helpdesk.tells(person={"slack_id": KIM, "channel": HELP, "thread": ts}, delay_hours=0)
    await helpdesk.house.later(minutes=1)
    assert [card.thread_ts for card in helpdesk.house.cards(HELP)] == [ts]


@on_sqlite
async def test_who_does_not_read_the_thread_is_asked_by_direct_message(helpdesk: Program):
    ts = helpdesk.house.slack.say(BO, SHARED, "Kim asks how to export")
    helpdesk.house.slack.say(CY, SHARED, "Under File, like this", thread_ts=ts)
    await helpdesk.tells(person={"slack_id": KIM, "channel": SHARED, "thread": ts}, delay_hours=0)
    await helpdesk.house.later(minutes=1)
    assert len(helpdesk.house.cards(helpdesk.house.slack.dm_of(KIM))) == 1
    assert helpdesk.house.cards(SHARED) == []


async def test_where_we_are_not_in_the_channel_the_question_waits_for_us(small_helpdesk: Program):
    house = small_helpdesk.house
    ts = house.slack.say(BO, OTHER, "Ana asks how to export")
    answer = await small_helpdesk.tells(person={"slack_id": ANA, "channel": OTHER, "thread": ts}, delay_hours=0)
    assert answer.body["status"] == "asked"
    await house.later(minutes=1)
    assert await states(small_helpdesk) == ["waiting"]


async def test_somebody_of_another_company_is_asked(small_helpdesk: Program):
    assert (await small_helpdesk.tells(person={"slack_id": EVE})).body["status"] == "asked"


@on_sqlite
async def test_about_a_thread_in_which_nobody_helped_nobody_is_asked(helpdesk: Program):
    """As with an emoji: the words of one person alone are no support."""
    ts = helpdesk.house.slack.say(ANA, HELP, "My export is stuck")
    answer = await helpdesk.tells(person={"channel": HELP, "thread": ts}, delay_hours=0)
    assert (answer.body["status"], answer.body["because"]) == ("withheld", "too_short")


async def test_while_another_case_is_open_nobody_is_asked_how_this_one_went(helpdesk: Program):
    await helpdesk.tells("case_opened", person={"slack_id": ANA}, case={"id": "1"})
    answer = await helpdesk.tells(id_="e2", person={"slack_id": ANA}, case={"id": "2"})
    assert (answer.body["status"], answer.body["because"]) == ("withheld", "other_case")
    await helpdesk.tells("case_closed", id_="e3", person={"slack_id": ANA}, case={"id": "1"})
    assert [ask.occasion for ask in await asked(helpdesk.house.database)] == ["case:1:1:1"]


async def test_while_something_is_broken_for_an_account_nobody_of_it_is_asked(helpdesk: Program):
    house = helpdesk.house
    async with house.database.transaction() as tx:
        tx.add(Account(workspace_id=house.slack.team_id, name="Beta", created_at=house.now, team_id="T0OTHER"))
    beta = {"account": {"name": "Beta"}, "person": None, "case": None}
    assert (await helpdesk.tells("incident_started", id_="i1", **beta)).body["status"] == "noted"
    assert (await helpdesk.tells(id_="e1", person={"slack_id": EVE})).body["because"] == "incident"
    assert (await helpdesk.tells(id_="e2", person={"slack_id": KIM}, case={"id": "2"})).body["status"] == "asked"
    assert (await helpdesk.tells("incident_ended", id_="i2", **beta)).body["status"] == "noted"
    assert (await helpdesk.tells(id_="e3", person={"slack_id": EVE}, case={"id": "3"})).body["status"] == "asked"


@on_sqlite
async def test_an_incident_of_an_account_nobody_knows_is_refused_and_concerns_nobody(helpdesk: Program):
    answer = await helpdesk.tells("incident_started", id_="i1", account={"name": "Nobody"}, person=None, case=None)
    assert answer.status == 422
    assert "must name an account that was imported" in answer.body["detail"]
    assert (await helpdesk.tells(id_="e1", person={"slack_id": EVE})).body["status"] == "asked"


async def test_an_incident_told_after_its_end_stays_ended(helpdesk: Program):
    began = (helpdesk.house.now - timedelta(hours=3)).isoformat()
    ended = (helpdesk.house.now - timedelta(hours=1)).isoformat()
    nobody = {"person": None, "case": None}
    await helpdesk.tells("incident_ended", id_="i2", happened_at=ended, **nobody)
    await helpdesk.tells("incident_started", id_="i1", happened_at=began, **nobody)
    assert (await helpdesk.tells(id_="e1", person={"slack_id": EVE})).body["status"] == "asked"


async def test_a_score_from_a_review_meeting_is_kept_once_and_nobody_is_asked(helpdesk: Program):
    told = {"person": {"slack_id": ANA}, "score": 3, "comment": "Slow", "recorded_by": BO}
    for _ in range(2):
        answer = await helpdesk.tells("review_meeting", **told)
        assert answer.status == 200
    house = helpdesk.house
    [response] = await answers(house.database)
    assert (response.score, response.mode, response.recorded_by) == (3, "interviewer", BO)
    await house.later(minutes=1)
    assert house.cards(house.slack.dm_of(ANA)) == []
    assert "In review meetings" in await house.nps(BO)


async def test_a_review_meeting_about_support_is_refused(small_helpdesk: Program):
    told = {"person": {"slack_id": ANA}, "score": 3, "recorded_by": BO, "survey": "support"}
    answer = await small_helpdesk.tells("review_meeting", **told)
    assert (answer.status, answer.body["error"]) == (422, "bad_field")
    assert await answers(small_helpdesk.house.database) == []


@on_sqlite
async def test_who_did_not_renew_is_asked_why_and_not_how_likely(helpdesk: Program):
    house = helpdesk.house
    assert (await helpdesk.tells("not_renewed", person={"slack_id": ANA})).body["status"] == "asked"
    await house.later(minutes=1)
    [card] = house.cards(house.slack.dm_of(ANA))
    assert "main reason" in card.shown
    assert "How likely" not in card.shown


@pytest.mark.parametrize("type_", ["review_meeting", "not_renewed"])
async def test_about_somebody_unknown_a_colleague_is_asked_who_it_was(small_helpdesk: Program, type_: str):
    more = {"score": 9, "recorded_by": BO} if type_ == "review_meeting" else {}
    answer = await small_helpdesk.tells(type_, person={"email": "who@beta.example"}, **more)
    assert answer.body["status"] == "to_repair"


async def test_an_imported_address_finds_whom_slack_does_not(small_helpdesk: Program):
    await small_helpdesk.tells("case_opened", person={"slack_id": EVE})
    async with small_helpdesk.house.database.transaction() as tx:
        await tx.execute(update(Contact).values(email="eve@other.example"))
    answer = await small_helpdesk.tells(id_="e2", person={"email": "EVE@other.example"})
    assert answer.body["status"] == "asked"


@pytest.mark.parametrize(("type_", "kind"), [("plan_upgraded", "relational"), ("plan_downgraded", "relational")])
async def test_a_changed_plan_asks_about_everything(small_helpdesk: Program, type_: str, kind: str):
    await small_helpdesk.tells(type_, person=ANAS)
    [ask] = await asked(small_helpdesk.house.database)
    assert (ask.kind, ask.occasion, ask.send_at) == (kind, f"{type_}:1:e1", small_helpdesk.house.now)


async def test_an_outcome_is_asked_about_in_the_morning_so_many_days_after_it_was_known(small_helpdesk: Program):
    day = small_helpdesk.house.now.date()
    await small_helpdesk.tells("outcome_known", person=ANAS, known_on=str(day), delay_days=20)
    [ask] = await asked(small_helpdesk.house.database)
    assert ask.send_at == datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(days=20)


async def test_a_named_survey_asks_and_an_unknown_one_is_refused_and_nothing_kept(helpdesk: Program):
    answer = await helpdesk.tells(person=ANAS, survey="suport")
    assert (answer.status, answer.body["error"]) == (422, "bad_field")
    assert answer.said == "survey must be one of relationship, support, not-renewed."
    assert await kept(helpdesk.house.database) == []
    await helpdesk.tells(person=ANAS, survey="relationship")
    assert (await asked(helpdesk.house.database))[0].kind == "relational"


# the rules of every ask


async def test_the_rules_hold_for_programs_and_their_no_is_kept(helpdesk: Program):
    await helpdesk.house.ask(ANA, survey="support")
    await helpdesk.house.later(days=12)
    answer = await helpdesk.tells(person=ANAS)
    assert (answer.body["status"], answer.body["because"]) == ("withheld", "recontact")
    assert answer.body["until"] > iso(helpdesk.house.now)
    assert "asked the same 12 days before" in await helpdesk.house.nps(BO, f"why <@{ANA}>")


async def test_while_asking_is_stopped_nobody_is_asked(small_helpdesk: Program):
    await small_helpdesk.house.nps(ADMIN, "stop")
    answer = await small_helpdesk.tells(person=ANAS)
    assert (answer.body["status"], answer.body["because"]) == ("withheld", "halted")


@pytest.mark.parametrize("person", [{"slack_id": BO}, {"email": "bo@northwind.example"}])
async def test_colleagues_are_not_asked_and_not_kept(small_helpdesk: Program, person: dict[str, str]):
    answer = await small_helpdesk.tells(person=person)
    assert (answer.body["status"], answer.body["because"]) == ("withheld", "colleague")
    assert [(each.contact_id, each.body) for each in await kept(small_helpdesk.house.database)] == [(None, None)]


async def test_a_case_closed_long_ago_is_only_noted(small_helpdesk: Program):
    long_ago = iso(small_helpdesk.house.now - timedelta(days=15))
    answer = await small_helpdesk.tells(person=ANAS, happened_at=long_ago)
    assert (answer.body["status"], answer.body["because"]) == ("noted", "stale")


# opened again


@pytest.mark.parametrize("type_", ["case_reopened", "case_opened"])
async def test_a_case_opened_again_calls_off_the_question_that_waits(helpdesk: Program, type_: str):
    await helpdesk.tells(person=ANAS)
    answer = await helpdesk.tells(type_, "e2")
    assert answer.body["status"] == "called_off"
    await helpdesk.house.later(hours=5)
    assert (await states(helpdesk), helpdesk.house.cards(helpdesk.house.slack.dm_of(ANA))) == (["withdrawn"], [])


async def test_a_question_that_has_left_stays(helpdesk: Program):
    await helpdesk.tells(person=ANAS, delay_hours=0)
    await helpdesk.house.later(minutes=1)
    assert (await helpdesk.tells("case_reopened", "e2")).body["status"] == "noted"
    assert await states(helpdesk) == ["sent"]


async def test_a_question_on_its_way_to_slack_this_moment_stays(helpdesk: Program):
    house = helpdesk.house
    await helpdesk.tells(person=ANAS, delay_hours=0)
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ANA)
    posting = asyncio.create_task(house.later(seconds=1))
    await gate.reached.wait()
    assert (await helpdesk.tells("case_reopened", "e2")).body["status"] == "noted"
    gate.set()
    await posting
    assert await states(helpdesk) == ["sent"]


async def test_opened_again_at_the_same_moment_nobody_is_asked(database: Database):
    source = await a_source(database)
    closed, reopened = a_case("case_closed", "e1"), a_case("case_reopened", "e2")
    async with database.transaction() as tx:
        await events.take(tx, source, closed, FOUND, now=NOW)
        reopening = await second(database, lambda tx: events.take(tx, source, reopened, FOUND, now=NOW))
    assert (await reopening).outcome == "called_off"
    assert [each.state for each in await asked(database)] == ["withdrawn"]


async def test_another_case_calls_nothing_off_nor_does_another_program(helpdesk: Program):
    await helpdesk.tells(person=ANAS)
    assert (await helpdesk.tells("case_reopened", "e2", case={"id": "C-18"})).body["status"] == "noted"
    other = await a_program(helpdesk.house, name="other")
    assert (await other.tells("case_reopened", "e2")).body["status"] == "noted"
    assert await states(helpdesk) == ["waiting"]


async def test_closed_told_twice_asks_once_and_closed_again_asks_again(helpdesk: Program):
    await helpdesk.tells(person=ANAS)
    assert (await helpdesk.tells(id_="e2", person=ANAS)).body["status"] == "asked"
    assert len(await asked(helpdesk.house.database)) == 1
    await helpdesk.tells("case_reopened", "e3")
    await helpdesk.tells(id_="e4", person=ANAS)
    found = [(each.occasion, each.state) for each in await asked(helpdesk.house.database)]
    assert found == [("case:1:C-17:1", "withdrawn"), ("case:1:C-17:2", "waiting")]


async def test_a_reopening_that_overtook_its_closing_keeps_it_from_asking(helpdesk: Program):
    now = helpdesk.house.now
    await helpdesk.tells("case_reopened", "e2", happened_at=iso(now))
    answer = await helpdesk.tells(person=ANAS, happened_at=iso(now - timedelta(minutes=1)))
    assert (answer.body["status"], answer.body["because"]) == ("noted", "open_again")
    assert await asked(helpdesk.house.database) == []


async def test_a_reopening_told_late_does_not_call_off_the_closing_after_it(helpdesk: Program):
    now = helpdesk.house.now
    await helpdesk.tells(person=ANAS, happened_at=iso(now))
    answer = await helpdesk.tells("case_reopened", "e2", happened_at=iso(now - timedelta(minutes=1)))
    assert (answer.body["status"], await states(helpdesk)) == ("noted", ["waiting"])


async def test_reopened_while_asking_is_stopped_it_stays_away_when_asking_starts_again(helpdesk: Program):
    await helpdesk.tells(person=ANAS)
    await helpdesk.house.nps(ADMIN, "stop")
    await helpdesk.tells("case_reopened", "e2")
    await helpdesk.house.nps(ADMIN, "start")
    await helpdesk.house.later(hours=5)
    assert helpdesk.house.cards(helpdesk.house.slack.dm_of(ANA)) == []


async def test_who_was_known_when_it_was_opened_is_known_when_it_is_closed(helpdesk: Program):
    await helpdesk.tells("case_opened", "e0", person=ANAS)
    assert (await helpdesk.tells()).body["status"] == "asked"
    assert (await helpdesk.tells(id_="e2", case={"id": "C-18"})).body["status"] == "to_repair"


# open cases


async def test_a_person_has_an_open_case_until_it_is_closed(helpdesk: Program):
    house = helpdesk.house

    async def has_open(**but: Case) -> bool:
        [first, *_] = await kept(house.database)
        async with house.database.reading() as tx:
            return await cases.open_of(tx, first.contact_id, **but)

    await helpdesk.tells("case_opened", "e1", person=ANAS)
    assert await has_open()
    assert not await has_open(other_than=Case(1, CASE["id"]))
    assert await has_open(other_than=Case(2, CASE["id"]))
    await helpdesk.tells("case_closed", "e2")
    assert not await has_open()
    await helpdesk.tells("case_reopened", "e3")
    assert await has_open()


# once


async def test_told_twice_an_event_is_known(helpdesk: Program):
    await helpdesk.tells(person=ANAS)
    answer = await helpdesk.tells(person=ANAS)
    assert (answer.status, answer.body["status"], answer.body["was"]) == (200, "known", "asked")
    assert len(await kept(helpdesk.house.database)) == len(await asked(helpdesk.house.database)) == 1


async def test_told_twice_at_the_same_moment_it_happens_once(helpdesk: Program):
    answers = await asyncio.gather(*(helpdesk.tells(person=ANAS) for _ in range(6)))
    assert sorted(each.body["status"] for each in answers) == ["asked", *["known"] * 5]
    assert {each.status for each in answers} == {200}
    assert len(await kept(helpdesk.house.database)) == len(await asked(helpdesk.house.database)) == 1


async def test_two_replicas_told_the_same_ask_once(slack, database_url: str):
    async with open_house(slack, database_url, "http") as one, open_house(slack, database_url, "http") as two:
        first = await a_program(one)
        second = Program(two, first.vendor, first.token)
        answers = await asyncio.gather(first.tells(person=ANAS), second.tells(person=ANAS))
        assert sorted(each.body["status"] for each in answers) == ["asked", "known"]
        assert len(await asked(one.database)) == 1


async def test_an_event_of_the_same_id_from_another_program_is_another(helpdesk: Program):
    other = await a_program(helpdesk.house, name="other")
    await helpdesk.tells("case_opened")
    assert (await other.tells("case_opened")).body["status"] == "noted"


# failing


@pytest.mark.parametrize("method", ["users.lookupByEmail", "users.info"])
async def test_where_slack_fails_nothing_is_kept_and_told_again_it_asks(helpdesk: Program, method: str):
    helpdesk.house.slack.fail_next(method, status=503)
    answer = await helpdesk.tells(person=ANAS)
    assert (answer.status, answer.body["error"], answer.headers["Retry-After"]) == (503, "try_again", "30")
    assert await kept(helpdesk.house.database) == []
    assert (await helpdesk.tells(person=ANAS)).body["status"] == "asked"


async def test_a_crash_between_keeping_and_asking_leaves_nothing(database: Database):
    """One transaction: what is told again starts over."""
    source, told = await a_source(database), a_case("case_closed", "e1")

    class PowerCutError(Exception):
        pass

    async def cut_short() -> None:
        async with database.transaction() as tx:
            await events.take(tx, source, told, FOUND, now=NOW)
            raise PowerCutError

    with pytest.raises(PowerCutError):
        await cut_short()
    assert (await kept(database), await asked(database)) == ([], [])
    async with database.transaction() as tx:
        event = await events.take(tx, source, told, FOUND, now=NOW)
    assert (event.outcome, len(await asked(database))) == ("asked", 1)


@contextmanager
def away(path: Path) -> Iterator[None]:
    """A folder stands where the file was."""
    moved = path.rename(f"{path}.away")
    path.mkdir()
    yield
    path.rmdir()
    moved.rename(path)


async def test_the_database_being_away_the_sender_is_told_to_come_again(small_helpdesk: Program):
    engine = small_helpdesk.house.database.engine
    await engine.dispose()
    with away(Path(engine.url.database)):
        answer = await small_helpdesk.tells(person=ANAS)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert (await small_helpdesk.tells(person=ANAS)).body["status"] == "asked"


# forgetting


async def test_erasing_a_person_takes_what_events_hold_of_them(helpdesk: Program):
    house = helpdesk.house
    await helpdesk.tells(person=ANAS)
    await helpdesk.tells("case_opened", "e2", case={"id": "C-18"}, person={"slack_id": KIM})
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=house.now)
    assert [each.event_key for each in await kept(house.database)] == ["e2"]


async def test_erasing_somebody_takes_events_that_wait_and_name_them(helpdesk: Program):
    house = helpdesk.house
    await helpdesk.tells(person={"slack_id": "U0NOBODY"})
    assert [each.state for each in await kept(house.database)] == ["to_repair"]
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", "U0NOBODY", now=house.now)
    assert await kept(house.database) == []


async def test_a_person_erased_meanwhile_is_asked_anew_as_somebody_nobody_knew(helpdesk: Program):
    await helpdesk.tells(person=ANAS)

    async def erase() -> None:
        async with helpdesk.house.database.transaction() as tx:
            await privacy.erase(tx, "T0NORTH", ANA, now=helpdesk.house.now)

    answer, _ = await asyncio.gather(helpdesk.tells("case_reopened", "e2", person=ANAS), erase())
    assert answer.status == 200


async def test_what_nobody_repairs_for_a_month_is_dropped_with_whom_it_named(helpdesk: Program):
    await helpdesk.tells(person={"email": "who@beta.example"})
    await helpdesk.house.later(days=29)
    assert [each.state for each in await kept(helpdesk.house.database)] == ["to_repair"]
    await helpdesk.house.later(days=2)
    assert [(each.state, each.body) for each in await kept(helpdesk.house.database)] == [("dropped", None)]


async def test_while_a_question_waits_another_event_asks_nothing(small_helpdesk: Program):
    await small_helpdesk.tells(person=ANAS)
    answer = await small_helpdesk.tells("plan_upgraded", "e2", person=ANAS)
    assert (answer.body["status"], answer.body["because"]) == ("withheld", "waiting")


async def test_a_colleague_who_names_somebody_being_erased_waits_and_finds_nothing(helpdesk: Program):
    """Neither waits for the other in a circle."""
    database, now = helpdesk.house.database, helpdesk.house.now
    await helpdesk.tells("plan_upgraded", person={"email": "who@beta.example"})
    async with database.transaction() as tx:
        ana = await contacts.meet(tx, "T0NORTH", FOUND.person, now=now)
        await tx.execute(update(Contact).values(email="who@beta.example"))
        waits = await events.waiting(tx, "T0NORTH", 1)
    assert waits
    async with database.transaction() as tx:
        await contacts.held(tx, ana)
        repairing = await second(database, lambda tx: events.repair(tx, waits, FOUND, now=now))
        await privacy.erase(tx, "T0NORTH", ANA, now=now)
    assert await repairing is None
    assert await kept(database) == []


async def test_who_was_asked_about_a_case_can_be_erased_though_it_was_opened_again_for_another(database: Database):
    source = await a_source(database)
    bea = Found(Facts("U0BEA", "Bea"))
    async with database.transaction() as tx:
        await events.take(tx, source, a_case("case_closed", "e1"), FOUND, now=NOW)
        event = await events.take(tx, source, a_case("case_reopened", "e2"), bea, now=NOW)
        assert event.outcome == "called_off"
    async with database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=NOW)
    async with database.reading() as tx:
        assert await contacts.by_user(tx, "T0NORTH", ANA) is None
    assert [(each.event_key, each.invitation_id) for each in await kept(database)] == [("e2", None)]
