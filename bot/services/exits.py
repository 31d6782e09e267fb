"""
Exits: why somebody's company did not renew; one question without a score.

The question is asked, put off, declined and taken back as any other; only the answer is another. Nothing of it is ever
part of a score, a trend or a response rate, and it never alerts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import QuestionGone
from bot.rules.answering import CHANGE_PERIOD, TYPING_GRACE, InvitationState
from bot.rules.exits import Reason
from bot.rules.recontact import Candidate
from bot.rules.triggers import TriggerKind
from bot.services import contacts, invitations, surveys, verdicts
from bot.services.asks import Ask, Place
from bot.services.cards import CardFacts
from bot.services.deliveries import Drawing
from bot.services.invitations import Card, Open
from bot.services.surveys import SurveyKind
from storage import exits as queries
from storage.database import Transaction
from storage.models import Contact, ExitReason

WINDOW = timedelta(days=365)  # contracts end once a year
SHOWN_COMMENTS = 5
FINISHED = (InvitationState.ANSWERED, InvitationState.DECLINED, InvitationState.EXPIRED)


@dataclass(frozen=True)
class Choice:
    """A reason somebody clicked; `card` is where it stood."""

    invitation_id: int
    user_id: str
    reason: Reason
    acted_at: datetime
    card: Card | None = None


@dataclass(frozen=True)
class Words:
    """
    What somebody sent from the modal. `reason` is set only when it was changed there.

    `replaces_comment`: the modal showed words when it opened, so an empty field means to take them back.
    """

    invitation_id: int
    user_id: str
    reason: Reason | None = None
    comment: str | None = None
    replaces_comment: bool = False


@dataclass(frozen=True)
class Recorded:
    """The answer as it stands, and the card owed for it when it was touched."""

    mine: Open
    answer: ExitReason
    drawing: Drawing | None = None

    @property
    def facts(self) -> CardFacts:
        return CardFacts(self.mine.invitation, self.mine.contact, self.mine.company, exit_reason=self.answer)


@dataclass(frozen=True)
class ExitReport:
    """Why customers did not renew. `answered` of `finished` questions that are over; the rest said nothing."""

    days: int
    counts: Mapping[Reason, int]
    answered: int
    finished: int
    newest: Sequence[tuple[ExitReason, Contact]]


async def to_ask(
    tx: Transaction,
    workspace_id: str,
    *,
    person: contacts.Facts,
    candidate: Candidate,
    occasion: str,
    occasion_label: str | None = None,
    place: Place | None = None,
    asked_by: str | None = None,
    trigger: TriggerKind = TriggerKind.EVENT,
    now: datetime,
) -> Ask:
    """The ask as `asks.invite` takes it; `occasion_label` is what the card says the question is about."""
    return Ask(
        survey=await surveys.usual(tx, workspace_id, SurveyKind.EXIT),
        person=person,
        place=place or Place(),
        asked_by=asked_by,
        occasion=occasion,
        occasion_label=occasion_label,
        send_at=now,
        candidate=candidate,
        trigger=trigger,
    )


async def record_reason(tx: Transaction, workspace_id: str, choice: Choice, *, now: datetime) -> Recorded:
    """Keep a reason. Raises NotInvited, QuestionGone, QuestionWithdrawn, QuestionClosed, AnswerSettled."""
    mine = await _opened(tx, workspace_id, choice.invitation_id, choice.user_id)
    mine = await invitations.proven(tx, mine, card=choice.card, now=now)
    known = await queries.of_invitation(tx, mine.invitation.id)
    verdicts.permitted(mine.invitation, known.answered_at if known else None, now=now)
    if known is None:
        await queries.add(tx, _first(mine, choice, now=now))
        await invitations.answered(tx, mine.invitation, card=choice.card, now=now)
    elif choice.acted_at > known.chosen_at:
        await _choose(tx, known, choice.reason, at=choice.acted_at, now=now)
    return await _recorded(tx, mine, now=now)


async def record_words(tx: Transaction, workspace_id: str, words: Words, *, now: datetime) -> Recorded:
    """Keep what was sent from the modal. Raises as record_reason; an hour of grace for words already typed."""
    mine = await _opened(tx, workspace_id, words.invitation_id, words.user_id)
    known = await _known(tx, mine)
    verdicts.permitted(mine.invitation, known.answered_at, grace=TYPING_GRACE, now=now)
    if words.reason is not None:
        await _choose(tx, known, words.reason, at=now, now=now)
    comment = words.comment if words.comment or words.replaces_comment else known.comment
    if comment != known.comment:
        await queries.set_comment(tx, known.id, comment or None, changed_at=now)
    return await _recorded(tx, mine, now=now)


async def to_change(tx: Transaction, workspace_id: str, invitation_id: int, *, user_id: str, now: datetime) -> Recorded:
    """The answer somebody wants to change or add to. Raises as record_reason does."""
    mine = await _opened(tx, workspace_id, invitation_id, user_id)
    known = await _known(tx, mine)
    verdicts.permitted(mine.invitation, known.answered_at, now=now)
    return Recorded(mine, known)


async def of_contact(tx: Transaction, contact: Contact, *, limit: int) -> Sequence[ExitReason]:
    """Somebody's own answers, the latest first."""
    return await queries.of_contact(tx, contact.id, limit=limit)


def changeable_until(answer: ExitReason) -> datetime:
    return answer.answered_at + CHANGE_PERIOD


async def report(tx: Transaction, workspace_id: str, *, now: datetime) -> ExitReport:
    since = now - WINDOW
    counts = await queries.counts(tx, workspace_id, since=since, before=now)
    asked = await queries.asked(tx, workspace_id, kind=SurveyKind.EXIT, since=since, before=now)
    newest = await queries.commented(tx, workspace_id, since=since, before=now, limit=SHOWN_COMMENTS)
    return ExitReport(
        days=WINDOW.days,
        counts={Reason(reason): count for reason, count in counts.items()},
        answered=asked.get(InvitationState.ANSWERED, 0),
        finished=sum(asked.get(state, 0) for state in FINISHED),
        newest=[(answer, contact) for answer, contact in newest],
    )


async def _opened(tx: Transaction, workspace_id: str, invitation_id: int, user_id: str) -> Open:
    mine = await invitations.opened_by(tx, workspace_id, invitation_id, user_id=user_id)
    if mine.invitation.kind != SurveyKind.EXIT:
        raise QuestionGone
    return mine


async def _known(tx: Transaction, mine: Open) -> ExitReason:
    known = await queries.of_invitation(tx, mine.invitation.id)
    if known is None:
        raise QuestionGone
    return known


async def _choose(tx: Transaction, known: ExitReason, reason: Reason, *, at: datetime, now: datetime) -> None:
    if reason == known.reason:
        await queries.set_chosen_at(tx, known.id, at)
    else:
        await queries.set_reason(tx, known.id, reason=reason, chosen_at=at, changed_at=now)


async def _recorded(tx: Transaction, mine: Open, *, now: datetime) -> Recorded:
    return Recorded(mine, await _known(tx, mine), await invitations.draw(tx, mine.invitation, now=now))


def _first(mine: Open, choice: Choice, *, now: datetime) -> ExitReason:
    return ExitReason(
        workspace_id=mine.invitation.workspace_id,
        survey_id=mine.invitation.survey_id,
        contact_id=mine.invitation.contact_id,
        invitation_id=mine.invitation.id,
        reason=choice.reason,
        chosen_at=choice.acted_at,
        answered_at=now,
    )
