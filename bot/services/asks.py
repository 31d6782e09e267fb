"""Asks: a colleague decides that somebody shall be asked, and the rules say whether they may be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import Halted, Withheld
from bot.rules.answering import InvitationState
from bot.rules.privacy import Privacy
from bot.rules.recontact import ACCOUNT_PERIOD, Because, Candidate, Withhold, account_free_at, decide
from bot.rules.triggers import TriggerKind
from bot.services import accounts, calendars, contacts, departures, incidents, invitations, workspaces
from bot.services.surveys import SurveyKind
from storage import asks as queries
from storage.database import Transaction
from storage.models import Contact, Invitation, Survey, Workspace

BY_ITSELF = "by_itself"  # why nobody asks a recovery question by hand
CONFIDENTIAL = "confidential"  # why no workflow asks: it would be handed the answer, and knows whom it asked


@dataclass(frozen=True)
class Place:
    """Where to ask; no channel means by DM."""

    channel_id: str | None = None
    thread_ts: str | None = None
    permalink: str | None = None


@dataclass(frozen=True)
class Ask:
    """
    Everything a colleague decided about one ask. `occasion` makes asking safe to repeat.

    `privacy` None: as the survey says; a question about an earlier answer promises what that one was promised.
    """

    survey: Survey
    person: contacts.Facts
    place: Place
    asked_by: str | None  # None: nobody in person, but what `trigger` says
    occasion: str
    send_at: datetime
    occasion_label: str | None = None
    candidate: Candidate = field(default_factory=Candidate)  # what Slack knows against asking; the rest is looked up
    is_overruled: bool = False
    is_rehearsal: bool = False
    is_at_any_hour: bool = False  # a colleague does not wait for working hours
    trigger: TriggerKind = TriggerKind.COLLEAGUE
    privacy: str | None = None


async def invite(tx: Transaction, ask: Ask, *, now: datetime) -> Invitation:
    """Decide, keep, promise. Raises Halted, or Withheld with the reason and when it would be possible."""
    _check_hand(ask)
    ask = _promising(ask)
    workspace = await workspaces.held(tx, ask.survey.workspace_id)
    contact = await contacts.meet(tx, workspace.id, ask.person, now=now)
    known = await queries.by_occasion(tx, survey_id=ask.survey.id, contact_id=contact.id, occasion=ask.occasion)
    if known is not None:
        return known
    if not ask.is_rehearsal:
        ask = replace(ask, send_at=await _in_hours(tx, ask, contact, workspace))
        await _permit(tx, ask, contact, workspace, now=now)
    invitation = _row(ask, contact, workspace, now=now)
    await queries.add(tx, invitation)
    await invitations.promise_ask(tx, invitation, contact, now=now)
    return invitation


async def reason_against(
    tx: Transaction,
    survey: Survey,
    contact: Contact | None,
    candidate: Candidate,
    *,
    overruled: bool = False,
    send_at: datetime | None = None,
    now: datetime,
) -> Withheld | None:
    """
    What the rules say of asking this person now; None: nothing does. Without a contact they are new to us.

    `send_at`: when the question would leave, if not now.
    """
    asks = queries.LastAsks()
    if contact is not None and survey.paused_at is None:
        asks = await queries.last_asks(tx, contact_id=contact.id, survey_id=survey.id)
        candidate = await _with_surroundings(tx, candidate, contact, send_at=send_at or now)
    return _reason(survey, _with_history(candidate, contact, asks), asks, overruled=overruled, now=now)


async def next_possible(
    tx: Transaction, contact: Contact, surveys: Sequence[Survey], *, now: datetime
) -> datetime | None:
    """The first moment at which the rules would allow some survey; None: now, or never while things are as they are."""
    around = await _with_surroundings(tx, Candidate(), contact, send_at=now)
    history = await queries.last_asks_of_each(tx, contact_id=contact.id, survey_ids=[each.id for each in surveys])
    against = [
        _reason(each, _with_history(around, contact, history[each.id]), history[each.id], now=now) for each in surveys
    ]
    times = [each.until for each in against if each and each.until]
    return None if None in against or not times else min(times)


async def latest(tx: Transaction, contact: Contact, *, limit: int) -> Sequence[Invitation]:
    return await queries.latest(tx, contact.id, limit=limit)


def _reason(
    survey: Survey, candidate: Candidate, asks: queries.LastAsks, *, overruled: bool = False, now: datetime
) -> Withheld | None:
    if survey.paused_at is not None:
        return Withheld(because="paused")
    decision = decide(candidate, now=now, overruled=overruled)
    if not isinstance(decision, Withhold):
        return None
    last = asks.same_survey_at if decision.because is Because.RECONTACT else asks.any_survey_at
    return Withheld(
        decision.because,
        until=decision.until,
        days_ago=(now - last).days if last else None,
        is_doubled=decision.is_doubled,
        may_be_overruled=decision.may_be_overruled,
    )


async def _permit(tx: Transaction, ask: Ask, contact: Contact, workspace: Workspace, *, now: datetime) -> None:
    if workspace.halted_at is not None:
        raise Halted(since=workspace.halted_at, by=workspace.halted_by)
    if contact.account_id is not None:
        await accounts.hold(tx, contact.account_id)
    overruled = ask.is_overruled or ask.trigger is TriggerKind.RECOVERY
    against = await reason_against(
        tx, ask.survey, contact, ask.candidate, overruled=overruled, send_at=ask.send_at, now=now
    )
    if against is not None:
        raise against


def _check_hand(ask: Ask) -> None:
    """How somebody feels now is asked by itself, after they were looked after. Raises Withheld."""
    is_by_itself = ask.trigger is TriggerKind.RECOVERY or ask.is_rehearsal
    if ask.survey.kind == SurveyKind.RECOVERY and not is_by_itself:
        raise Withheld(because=BY_ITSELF)


def _promising(ask: Ask) -> Ask:
    """With the privacy it keeps. Confidential, it is asked where nobody sees who answers. Raises Withheld."""
    ask = replace(ask, privacy=ask.privacy or ask.survey.privacy)
    if ask.privacy != Privacy.CONFIDENTIAL:
        return ask
    if ask.trigger is TriggerKind.WORKFLOW:
        raise Withheld(because=CONFIDENTIAL)
    return replace(ask, place=Place())


async def _in_hours(tx: Transaction, ask: Ask, contact: Contact, workspace: Workspace) -> datetime:
    """When the question leaves: when it should, or at the next opening. A blackout is not waited for."""
    if ask.is_at_any_hour:
        return ask.send_at
    calendar = await calendars.of_contact(tx, workspace, contact)
    return calendar.next_open(ask.send_at, minute=departures.minute(contact.id, ask.occasion), with_blackouts=False)


async def _with_surroundings(
    tx: Transaction, candidate: Candidate, contact: Contact, *, send_at: datetime
) -> Candidate:
    """What speaks against asking them that is not about themselves."""
    workspace = await workspaces.get(tx, contact.workspace_id)
    calendar = await calendars.of_contact(tx, workspace, contact)
    leaves_at = calendar.next_open(send_at, with_blackouts=False)
    others: Sequence[datetime] = ()
    if contact.account_id is not None:
        others = await queries.others_of_account(tx, contact, since=send_at - ACCOUNT_PERIOD)
    return replace(
        candidate,
        has_incident=await incidents.concerns(tx, workspace.id, contact.account_id),
        blacked_out_until=calendar.next_open(leaves_at) if calendar.is_blacked_out(leaves_at) else None,
        account_free_at=account_free_at(others),
    )


def _with_history(candidate: Candidate, contact: Contact | None, asks: queries.LastAsks) -> Candidate:
    return replace(
        candidate,
        opted_out_at=contact.opted_out_at if contact else None,
        is_waiting=asks.is_waiting,
        last_asked_at=asks.any_survey_at,
        last_asked_same_survey_at=asks.same_survey_at,
        declined_at=asks.declined_at,
        unanswered_in_a_row=asks.unanswered_in_a_row,
    )


def _row(ask: Ask, contact: Contact, workspace: Workspace, *, now: datetime) -> Invitation:
    return Invitation(
        workspace_id=workspace.id,
        survey_id=ask.survey.id,
        contact_id=contact.id,
        occasion=ask.occasion,
        occasion_label=ask.occasion_label,
        trigger=ask.trigger,
        asked_by=ask.asked_by,
        channel_id=ask.place.channel_id,
        thread_ts=ask.place.thread_ts,
        permalink=ask.place.permalink,
        kind=ask.survey.kind,
        subject=workspaces.subject_of(workspace, ask.survey),
        question=ask.survey.question,
        language=contact.language or ask.survey.language,
        is_rehearsal=ask.is_rehearsal,
        was_overruled=ask.is_overruled,
        is_at_any_hour=ask.is_at_any_hour,
        state=InvitationState.WAITING,
        created_at=now,
        send_at=ask.send_at,
        is_open=ask.survey.is_open and ask.place.channel_id is not None,
        privacy=ask.privacy or ask.survey.privacy,
    )
