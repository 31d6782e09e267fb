"""
Recoveries: some weeks after somebody looked after an answer, its person is asked once how they feel now.

It is outside the score and outside every throttle: the question rests after no other and no other rests after it.
It is still a question: it leaves in working hours, a day apart from others, not during an incident or a blackout, and
never to who does not want to be asked. Once for each round of a follow-up; needless when its person answered anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.recontact import DECLINED_PERIOD
from bot.rules.recovery import AFTER_DAYS, WAITED_FOR, Moves, moves
from bot.rules.triggers import TriggerKind
from bot.services import asks, contacts, deliveries, invitations, workspaces
from bot.services.asks import Ask, Place
from bot.services.contacts import Facts
from bot.services.surveys import SurveyKind
from storage import recoveries as queries
from storage.database import Transaction
from storage.models import Contact, FollowUp, Invitation, Recovery, Response, Survey
from storage.recoveries import Looked

WINDOW = timedelta(days=365)
FELT_NOW = "felt_now"  # the topic of the notice to whoever resolved it
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Due:
    """An answer that was looked after long enough ago, and who gave it."""

    survey: Survey
    follow_up: FollowUp
    response: Response
    contact: Contact

    @property
    def resolved_at(self) -> datetime:
        return self.follow_up.resolved_at or self.follow_up.opened_at


@dataclass(frozen=True)
class RecoveryReport:
    """From which category to which people moved. `asked`: how many were, whether they answered or not."""

    days: int
    moved: Moves
    asked: int


async def due(tx: Transaction, *, now: datetime) -> Sequence[Due]:
    """Whose time has come, in every workspace where the question is not paused."""
    found = [(survey, await _looked_after(tx, survey, now=now)) for survey in await queries.surveys(tx)]
    return [Due(survey, *looked) for survey, all_of_it in found for looked in all_of_it]


async def decide(tx: Transaction, it: Due, *, now: datetime) -> bool:
    """
    Ask, or write down that it is needless. False: something stands in the way, and it is looked at again.

    Raises Withheld and Halted, which are no more than that.
    """
    await workspaces.held(tx, it.survey.workspace_id)
    try:
        contact = await contacts.held(tx, it.contact)
    except LookupError:  # erased meanwhile
        return False
    found = await queries.standing(tx, contact.id, since=it.resolved_at, declined_since=now - DECLINED_PERIOD)
    if found.is_looked_after or found.has_declined:
        return False
    is_needless = found.has_answered or found.was_asked
    invitation = None if is_needless else await asks.invite(tx, await _ask(tx, it, now=now), now=now)
    return await queries.add(tx, _row(it, invitation, now=now))


async def report(tx: Transaction, workspace_id: str, *, now: datetime) -> RecoveryReport:
    asked = await queries.count_asked(tx, workspace_id, since=now - WINDOW, before=now)
    return RecoveryReport(WINDOW.days, await moved(tx, workspace_id, now=now), asked)


async def moved(tx: Transaction, workspace_id: str, *, now: datetime) -> Moves:
    """From which category to which, of everybody who was asked how they feel and answered."""
    return moves(await queries.scores(tx, workspace_id, since=now - WINDOW, before=now))


def days_after(survey: Survey) -> int:
    return survey.after_days or AFTER_DAYS


async def alerting_survey(tx: Transaction, response: Response) -> int:
    """Where an alert about this answer belongs: with the answer that was looked after before."""
    before = await queries.of_invitation(tx, response.invitation_id) if is_recovery(response) else None
    return before.survey_id if before else response.survey_id


async def tell_caretaker(
    tx: Transaction, follow_up: FollowUp, response: Response, *, due_at: datetime, now: datetime
) -> None:
    """Whoever resolved it hears that the person is not well; the alert is for everybody."""
    before = await queries.of_invitation(tx, response.invitation_id) if is_recovery(response) else None
    if before is None or before.resolved_by is None:
        return
    await deliveries.tell(
        tx,
        follow_up.workspace_id,
        before.resolved_by,
        FELT_NOW,
        mark=f"{FELT_NOW}:{follow_up.id}",
        now=now,
        follow_up_id=follow_up.id,
        due_at=due_at,
    )


def is_recovery(about: Response | Invitation) -> bool:
    return about.kind == SurveyKind.RECOVERY


async def _looked_after(tx: Transaction, survey: Survey, *, now: datetime) -> Sequence[Looked]:
    """Nothing from before there was this question: nobody hears of something long forgotten."""
    until = now - timedelta(days=days_after(survey))
    since = max(survey.created_at, until - WAITED_FOR)
    return await queries.undecided(tx, survey.workspace_id, since=since, until=until, limit=MOST_AT_ONCE)


async def _ask(tx: Transaction, it: Due, *, now: datetime) -> Ask:
    """By direct message: what it is about is nobody else's business."""
    first, contact = await invitations.get(tx, it.response.invitation_id), it.contact
    return Ask(
        survey=it.survey,
        person=Facts(contact.user_id, contact.name, contact.handle, contact.language, contact.home_team_id),
        place=Place(),
        asked_by=None,
        occasion=f"recovery:{it.follow_up.id}:{it.follow_up.round}",
        occasion_label=first.occasion_label if first else None,
        send_at=now,
        trigger=TriggerKind.RECOVERY,
        privacy=it.response.privacy,
    )


def _row(it: Due, invitation: Invitation | None, *, now: datetime) -> Recovery:
    return Recovery(
        workspace_id=it.survey.workspace_id,
        follow_up_id=it.follow_up.id,
        round=it.follow_up.round,
        contact_id=it.contact.id,
        score=it.response.score,
        decided_at=now,
        invitation_id=invitation.id if invitation else None,
    )
