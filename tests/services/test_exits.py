"""Why somebody did not renew: a reason and a few words, kept as the person last said, counted in no score."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from bot.errors import AnswerSettled, NotInvited, QuestionClosed, QuestionGone, QuestionWithdrawn, Withheld
from bot.rules.exits import Reason
from bot.rules.recontact import Candidate
from bot.rules.scoring import Category, Tally
from bot.services import answer_lists, asks, contacts, exits, invitations, privacy, reports, responses, surveys
from bot.services.contacts import Facts
from bot.services.exits import Choice, Words
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind, Wording
from storage.database import Database
from storage.models import Base, Delivery, ExitReason, Invitation, Survey
from tests.factories import ANA, NORTHWIND, a_choice, make_invitation, make_workspace
from tests.services.rivals import second

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
ANA_RUIZ = Facts(ANA, "Ana Ruiz", "ana", "de", NORTHWIND)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def asked(database: Database) -> Invitation:
    async with database.transaction() as tx:
        return await make_invitation(tx, now=NOW, survey="not-renewed")


async def choose(
    database: Database, asked: Invitation, reason: Reason, *, at: datetime = NOW, now: datetime | None = None
) -> ExitReason:
    async with database.transaction() as tx:
        choice = Choice(asked.id, ANA, reason, at)
        return (await exits.record_reason(tx, NORTHWIND, choice, now=now or at)).answer


async def write(database: Database, asked: Invitation, *, now: datetime = NOW, **said: object) -> ExitReason:
    async with database.transaction() as tx:
        return (await exits.record_words(tx, NORTHWIND, Words(asked.id, ANA, **said), now=now)).answer


async def kept(database: Database) -> tuple[str, str | None]:
    async with database.reading() as tx:
        answer = (await tx.scalars(select(ExitReason))).one()
    return answer.reason, answer.comment


async def state(database: Database, asked: Invitation) -> str:
    async with database.reading() as tx:
        return (await tx.scalars(select(Invitation.state).where(Invitation.id == asked.id))).one()


async def test_a_reason_alone_is_an_answer(database: Database, asked: Invitation):
    answer = await choose(database, asked, Reason.PRICE)
    assert (answer.reason, answer.comment, answer.answered_at, answer.changed_at) == ("price", None, NOW, None)
    assert await state(database, asked) == "answered"


async def test_the_later_choice_wins_whichever_arrives_first(database: Database, asked: Invitation):
    await choose(database, asked, Reason.PRICE)
    await choose(database, asked, Reason.QUALITY, at=NOW + 3 * MINUTE)
    await choose(database, asked, Reason.SUPPORT, at=NOW + MINUTE, now=NOW + 4 * MINUTE)
    assert await kept(database) == ("quality", None)


async def test_choosing_the_same_again_is_a_choice_and_no_change(database: Database, asked: Invitation):
    await choose(database, asked, Reason.PRICE)
    again = await choose(database, asked, Reason.PRICE, at=NOW + 3 * MINUTE)
    assert again.changed_at is None
    await choose(database, asked, Reason.SUPPORT, at=NOW + MINUTE, now=NOW + 4 * MINUTE)
    assert await kept(database) == ("price", None)


async def test_words_and_another_reason_from_the_modal_are_kept(database: Database, asked: Invitation):
    await choose(database, asked, Reason.PRICE)
    answer = await write(database, asked, now=NOW + MINUTE, reason=Reason.SWITCHED, comment="They had an export.")
    assert (answer.reason, answer.comment, answer.changed_at) == ("switched", "They had an export.", NOW + MINUTE)


async def test_an_old_empty_modal_wipes_out_nothing_and_an_emptied_one_takes_back(
    database: Database, asked: Invitation
):
    await choose(database, asked, Reason.PRICE)
    await write(database, asked, comment="Too dear.")
    await write(database, asked, comment=None)
    assert await kept(database) == ("price", "Too dear.")
    await write(database, asked, comment=None, replaces_comment=True)
    assert await kept(database) == ("price", None)


async def test_an_answer_may_be_changed_for_a_day_and_typed_words_have_an_hour_more(
    database: Database, asked: Invitation
):
    await choose(database, asked, Reason.PRICE)
    late = NOW + timedelta(hours=24, minutes=30)
    with pytest.raises(AnswerSettled):
        await choose(database, asked, Reason.OTHER, at=late)
    await write(database, asked, now=late, comment="Still typing.")
    with pytest.raises(AnswerSettled):
        await write(database, asked, now=late + timedelta(hours=1), comment="No.")
    assert await kept(database) == ("price", "Still typing.")


async def test_it_expires_after_two_weeks_and_is_taken_late_for_thirty_days(database: Database, asked: Invitation):
    after = NOW + timedelta(days=14)
    async with database.transaction() as tx:
        assert await invitations.expire_due(tx, limit=9, now=after - MINUTE) == 0
        assert await invitations.expire_due(tx, limit=9, now=after) == 1
    with pytest.raises(QuestionClosed):
        await choose(database, asked, Reason.PRICE, at=after + timedelta(days=31))
    await choose(database, asked, Reason.PRICE, at=after + timedelta(days=29))
    assert await state(database, asked) == "answered"


async def test_what_was_taken_back_takes_no_reason(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await invitations.take_back(tx, NORTHWIND, asked.id, now=NOW)
    with pytest.raises(QuestionWithdrawn):
        await choose(database, asked, Reason.PRICE)


async def test_somebody_elses_click_and_another_question_are_refused(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        other = await make_invitation(tx, now=NOW + timedelta(days=40), survey="support", occasion="ask:2")
    with pytest.raises(NotInvited):
        async with database.transaction() as tx:
            await exits.record_reason(tx, NORTHWIND, Choice(asked.id, "U0KIM", Reason.PRICE, NOW), now=NOW)
    with pytest.raises(QuestionGone):
        await choose(database, other, Reason.PRICE)
    with pytest.raises(QuestionGone):
        await write(database, asked, comment="Before any reason.")


async def test_two_clicks_at_once_are_one_answer(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await exits.record_reason(tx, NORTHWIND, Choice(asked.id, ANA, Reason.PRICE, NOW), now=NOW)
        choice = Choice(asked.id, ANA, Reason.OTHER, NOW + MINUTE)
        again = await second(database, lambda tx: exits.record_reason(tx, NORTHWIND, choice, now=NOW + MINUTE))
    await again
    assert await kept(database) == ("other", None)


async def test_nothing_of_it_is_in_a_score_or_a_rate_and_nobody_is_alerted(database: Database, asked: Invitation):
    await choose(database, asked, Reason.QUALITY)
    await write(database, asked, comment="It broke every Monday.")
    async with database.reading() as tx:
        report = await reports.overview(tx, NORTHWIND, now=NOW + MINUTE)
        assert (await answer_lists.newest(tx, NORTHWIND, Category.DETRACTOR, Scope(), now=NOW)).answers == []
        kinds = set(await tx.scalars(select(Delivery.kind)))
    assert report.relational.score.answers == report.transactional.answers == report.told.answers == Tally()
    assert (report.relational.score.rate, report.transactional.rate, report.waiting_count) == (None, None, 0)
    assert kinds == {"ask", "card"}


async def test_the_report_counts_reasons_and_shows_the_newest_words(database: Database, asked: Invitation):
    await choose(database, asked, Reason.PRICE)
    await write(database, asked, comment="Too dear.")
    async with database.transaction() as tx:
        await make_invitation(tx, now=NOW, person="U0KIM", survey="not-renewed")
    async with database.reading() as tx:
        report = await exits.report(tx, NORTHWIND, now=NOW + MINUTE)
        later = await exits.report(tx, NORTHWIND, now=NOW + timedelta(days=366))
    assert (report.counts, report.answered, report.finished) == ({Reason.PRICE: 1}, 1, 1)
    assert [(answer.comment, contact.user_id) for answer, contact in report.newest] == [("Too dear.", ANA)]
    assert (later.counts, later.finished, list(later.newest)) == ({}, 0, [])


async def test_an_event_asks_once_under_the_same_rules_as_everybody(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
    wanted = {"person": ANA_RUIZ, "candidate": Candidate(), "occasion_label": "the contract of Beta GmbH"}
    async with database.transaction() as tx:
        first = await asks.invite(
            tx, await exits.to_ask(tx, NORTHWIND, occasion="exit:beta:2026", now=NOW, **wanted), now=NOW
        )
        again = await asks.invite(
            tx, await exits.to_ask(tx, NORTHWIND, occasion="exit:beta:2026", now=NOW, **wanted), now=NOW
        )
    assert (first.id, first.kind, first.trigger, first.asked_by) == (again.id, "exit", "event", None)
    assert (first.occasion_label, first.language) == ("the contract of Beta GmbH", "de")
    with pytest.raises(Withheld) as no:
        async with database.transaction() as tx:
            await asks.invite(
                tx, await exits.to_ask(tx, NORTHWIND, occasion="exit:beta:2027", now=NOW, **wanted), now=NOW
            )
    assert no.value.because == "waiting"


async def test_the_person_sees_what_they_gave_and_erasing_leaves_nothing(database: Database, asked: Invitation):
    await choose(database, asked, Reason.PRICE)
    await write(database, asked, comment="Too dear.")
    async with database.reading() as tx:
        ana = await contacts.get(tx, asked.contact_id)
        assert [each.comment for each in await exits.of_contact(tx, ana, limit=9)] == ["Too dear."]
    async with database.transaction() as tx:
        await privacy.erase_answers(tx, NORTHWIND, ANA, now=NOW)
    async with database.reading() as tx:
        assert await tx.scalar(select(func.count()).select_from(ExitReason)) == 0
        assert await tx.scalar(select(func.count()).select_from(Invitation)) == 0


async def test_a_rehearsal_is_nobodys_reason(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        row = await tx.get(Invitation, asked.id)
        row.is_rehearsal = True
    await choose(database, asked, Reason.PRICE)
    await write(database, asked, comment="Just trying.")
    async with database.reading() as tx:
        report = await exits.report(tx, NORTHWIND, now=NOW + MINUTE)
        ana = await contacts.get(tx, asked.contact_id)
        assert list(await exits.of_contact(tx, ana, limit=9)) == []
    assert (report.counts, report.finished, list(report.newest)) == ({}, 0, [])


# the survey it is asked with


async def names(database: Database, table: type[Base] = Survey) -> list[tuple[str, str, str | None]]:
    async with database.reading() as tx:
        found = (await tx.scalars(select(table).order_by(table.id))).all()
    return [(each.name, each.kind, each.reaction) for each in found]


async def test_an_installation_from_before_gets_the_later_surveys_once(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        await tx.execute(delete(Survey).where(Survey.kind.in_(surveys.ADDED_LATER)))
    for _ in range(2):
        async with database.transaction() as tx:
            await surveys.ensure_defaults(tx, NORTHWIND, now=NOW)
    assert [name for name, _, _ in await names(database)] == ["relationship", "support", "not-renewed", "recovery"]
    assert (await names(database))[2:] == [("not-renewed", "exit", None), ("recovery", "recovery", None)]


async def test_a_name_that_is_taken_is_left_to_whoever_has_it(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        await tx.execute(delete(Survey).where(Survey.kind.in_(surveys.ADDED_LATER)))
        wording = Wording("not-renewed")
        await surveys.create(tx, NORTHWIND, kind=SurveyKind.RELATIONAL, wording=wording, by=ANA, now=NOW)
        await surveys.ensure_defaults(tx, NORTHWIND, now=NOW)
    assert [(name, kind) for name, kind, _ in await names(database)][2:] == [
        ("not-renewed", "relational"),
        ("not-renewed-2", "exit"),
        ("recovery", "recovery"),
    ]


@pytest.mark.parametrize("kind", SurveyKind)
async def test_each_kind_has_its_usual_survey_and_an_exit_survey_stands_in_for_no_other(database: Database, kind):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        assert (await surveys.usual(tx, NORTHWIND, kind)).kind == kind
        for survey in await surveys.all_of(tx, NORTHWIND):
            if survey.kind != SurveyKind.EXIT:
                await surveys.pause(tx, survey, now=NOW)
        assert (await surveys.usual(tx, NORTHWIND, kind)).kind == kind


async def test_a_score_is_no_answer_to_it(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        with pytest.raises(QuestionGone):
            await responses.record_score(tx, NORTHWIND, a_choice(asked, 9, NOW), now=NOW)
    assert await state(database, asked) == "sent"
