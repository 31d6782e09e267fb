"""What comes of an event, by its type: one table, and a function for each kind of consequence."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TypeAlias

from bot.errors import Halted, Withheld
from bot.rules.triggers import TriggerKind
from bot.services import asks, cases, contacts, exits, incidents, interviews, surveys, withholdings
from bot.services.asks import Ask
from bot.services.cases import Case
from bot.services.happenings import AccountUnknown, Came, Found, Happening, Nobody, Outcome, Why
from bot.services.surveys import SurveyKind
from bot.services.told import EventType
from storage.database import Transaction
from storage.models import Event, Survey

STALE = timedelta(days=14)  # what is longer ago is not asked about
MORNING = time(9, tzinfo=UTC)


Consequence: TypeAlias = Callable[[Transaction, Happening], Awaitable[Came]]


async def of(tx: Transaction, happening: Happening) -> Came:
    """Raises SurveyUnknown, AccountUnknown, InputRefused."""
    return await CONSEQUENCES[happening.told.type](tx, happening)


async def _closed(tx: Transaction, it: Happening) -> Came:
    """Ask whose case it was, unless we know already that it was opened again."""
    if await cases.is_still_open(tx, _case(it.event)):
        return Came(Outcome.NOTED, Why.OPEN_AGAIN, contact_id=await _met(tx, it))
    occasion = await cases.occasion(tx, it.event)
    survey = await _survey(tx, it, SurveyKind.TRANSACTIONAL)
    hours = it.told.delay_hours
    delay = timedelta(minutes=survey.delay_minutes) if hours is None else timedelta(hours=hours)
    it = replace(it, found=await _gated(tx, it))
    return await _ask(tx, it, survey, occasion=occasion, send_at=max(it.now, it.event.happened_at + delay))


async def _gated(tx: Transaction, it: Happening) -> Found | Nobody:
    """What speaks against asking about a case beside the rules for every question."""
    if isinstance(it.found, Nobody):
        return it.found
    contact = await contacts.by_user(tx, it.source.workspace_id, it.found.person.user_id)
    has_other = contact is not None and await cases.open_of(tx, contact.id, other_than=_case(it.event))
    return replace(it.found, candidate=replace(it.found.candidate, has_other_case=has_other))


async def _opened(tx: Transaction, it: Happening) -> Came:
    """Call off the question that waits; told late, of a case that was closed again since, change nothing."""
    case, off = _case(it.event), None
    if await cases.is_still_open(tx, case):
        off = await cases.call_off(tx, case, workspace_id=it.source.workspace_id, now=it.now)
    contact_id = await _met(tx, it)
    if off is None:
        return Came(Outcome.NOTED, contact_id=contact_id)
    return Came(Outcome.CALLED_OFF, contact_id=contact_id, invitation_id=off.id)


async def _plan_changed(tx: Transaction, it: Happening) -> Came:
    it = _ungated(it)
    survey = await _survey(tx, it, SurveyKind.RELATIONAL)
    delay = timedelta(hours=it.told.delay_hours or 0)
    return await _ask(tx, it, survey, occasion=_occasion(it), send_at=max(it.now, it.event.happened_at + delay))


async def _outcome_known(tx: Transaction, it: Happening) -> Came:
    """Ask once the outcome can be judged: so many days after it was known, in the morning."""
    it, survey = _ungated(it), await _survey(tx, it, SurveyKind.TRANSACTIONAL)
    known_on = it.told.known_on or it.event.happened_at.date()
    due_at = datetime.combine(known_on + timedelta(days=it.told.delay_days), MORNING)
    return await _ask(tx, it, survey, occasion=_occasion(it), send_at=max(it.now, due_at))


async def _not_renewed(tx: Transaction, it: Happening) -> Came:
    """Ask why, with the survey that asks for a reason."""
    found = await _to_ask(tx, _ungated(it))
    if isinstance(found, Came):
        return found
    ask = await exits.to_ask(
        tx,
        it.source.workspace_id,
        person=found.person,
        candidate=found.candidate,
        occasion=_occasion(it),
        occasion_label=it.event.occasion_label,
        place=found.place,
        now=it.now,
    )
    return await _asked(tx, ask, now=it.now)


async def _review_meeting(tx: Transaction, it: Happening) -> Came:
    """Keep the score somebody wrote down; nothing is sent to whom it is about. Raises InputRefused."""
    if isinstance(it.found, Nobody):
        return Came(Outcome.TO_REPAIR, it.found.because)
    if not it.found.is_customer:
        return Came(Outcome.WITHHELD, Why.COLLEAGUE)
    response = await interviews.record(
        tx,
        it.source.workspace_id,
        person=it.found.person,
        survey=await _survey(tx, it, SurveyKind.RELATIONAL),
        score=it.told.score or 0,
        comment=it.told.comment,
        recorded_by=it.told.recorded_by,
        held_at=it.event.happened_at,
        key=f"event:{it.source.id}:{it.told.id}",
        now=it.now,
    )
    return Came(Outcome.NOTED, contact_id=response.contact_id, invitation_id=response.invitation_id)


async def _incident_started(tx: Transaction, it: Happening) -> Came:
    """Nobody of that account is asked, or nobody at all; told after its end, it changes nothing."""
    if not await incidents.has_ended(tx, it.event):
        await incidents.started(
            tx, it.source.workspace_id, _account(it), key=incidents.key_of(it.event), now=it.event.happened_at
        )
    return Came(Outcome.NOTED)


async def _incident_ended(tx: Transaction, it: Happening) -> Came:
    _account(it)
    await incidents.ended_by(tx, it.event)
    return Came(Outcome.NOTED)


def _account(it: Happening) -> int | None:
    """None: everybody. Raises AccountUnknown, so that a name nobody knows does not mean everybody."""
    if it.told.account is not None and it.event.account_id is None:
        raise AccountUnknown
    return it.event.account_id


def _ungated(it: Happening) -> Happening:
    """What a thread says matters when its case is closed; a changed plan is not about a thread."""
    if isinstance(it.found, Nobody):
        return it
    return replace(it, found=replace(it.found, candidate=replace(it.found.candidate, closed_gate=None)))


async def _ask(tx: Transaction, it: Happening, survey: Survey, *, occasion: str, send_at: datetime) -> Came:
    found = await _to_ask(tx, it)
    if isinstance(found, Came):
        return found
    ask = Ask(
        survey=survey,
        person=found.person,
        place=found.place,
        asked_by=None,
        occasion=occasion,
        occasion_label=it.event.occasion_label,
        send_at=send_at,
        candidate=found.candidate,
        trigger=TriggerKind.EVENT,
    )
    return await _asked(tx, ask, now=it.now)


async def _to_ask(tx: Transaction, it: Happening) -> Found | Came:
    """Whom to ask, or what comes of an event about nobody we may ask."""
    if isinstance(it.found, Nobody):
        return Came(Outcome.TO_REPAIR, it.found.because)
    if not it.found.is_customer:
        return Came(Outcome.WITHHELD, Why.COLLEAGUE)
    if it.event.happened_at < it.now - STALE:
        return Came(Outcome.NOTED, Why.STALE, contact_id=await _met(tx, it))
    return it.found


async def _asked(tx: Transaction, ask: Ask, *, now: datetime) -> Came:
    try:
        invitation = await asks.invite(tx, ask, now=now)
    except (Withheld, Halted) as no:  # it has changed nothing but the facts about the person
        await withholdings.record(tx, ask, no, now=now)
        told = no if isinstance(no, Withheld) else Withheld(withholdings.HALTED)
        contact = await contacts.by_user(tx, ask.survey.workspace_id, ask.person.user_id)
        return Came(Outcome.WITHHELD, told.because, told.until, contact_id=contact.id if contact else None)
    return Came(Outcome.ASKED, contact_id=invitation.contact_id, invitation_id=invitation.id)


async def _met(tx: Transaction, it: Happening) -> int | None:
    """The customer a case is about, known from now on: while it is open they are asked nothing about another."""
    if isinstance(it.found, Nobody) or not it.found.is_customer:
        return None
    return (await contacts.meet(tx, it.source.workspace_id, it.found.person, now=it.now)).id


async def _survey(tx: Transaction, it: Happening, kind: SurveyKind) -> Survey:
    if it.told.survey:
        return await surveys.named(tx, it.source.workspace_id, it.told.survey)
    return await surveys.usual(tx, it.source.workspace_id, kind)


def _case(event: Event) -> Case:
    return Case(event.source_id, event.case_id or "")


def _occasion(it: Happening) -> str:
    return f"{it.told.type}:{it.source.id}:{it.told.id}"


CONSEQUENCES: Mapping[EventType, Consequence] = {
    EventType.CASE_CLOSED: _closed,
    EventType.CASE_OPENED: _opened,
    EventType.CASE_REOPENED: _opened,
    EventType.PLAN_UPGRADED: _plan_changed,
    EventType.PLAN_DOWNGRADED: _plan_changed,
    EventType.OUTCOME_KNOWN: _outcome_known,
    EventType.REVIEW_MEETING: _review_meeting,
    EventType.NOT_RENEWED: _not_renewed,
    EventType.INCIDENT_STARTED: _incident_started,
    EventType.INCIDENT_ENDED: _incident_ended,
}
