"""Responses: what people answer. The later action wins, nothing they told us is thrown away, 24 hours to change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import QuestionGone
from bot.rules.answering import CHANGE_PERIOD, TYPING_GRACE, Verdict
from bot.rules.scoring import valid_score
from bot.rules.urgency import Solved
from bot.rules.webhooks import WebhookEvent
from bot.services import contacts, disclosures, invitations, reviews, themes, verdicts, webhooks, workflow_steps
from bot.services.cards import CardFacts
from bot.services.deliveries import Drawing
from bot.services.invitations import Card, Open
from bot.services.reviews import Said
from bot.services.surveys import SurveyKind
from storage import responses as queries
from storage.database import Transaction
from storage.models import Contact, Response, ResponseRevision

SHOWN_COLLEAGUES = 5
REPEAT_PERIOD = timedelta(days=30)  # after an interaction, one answer per person in 30 days counts in the score


@dataclass(frozen=True)
class Choice:
    """A score somebody clicked. `source` names this very click; `card` is where it stood."""

    invitation_id: int
    user_id: str
    score: int
    acted_at: datetime
    source: str
    card: Card | None = None


@dataclass(frozen=True)
class Words:
    """
    What somebody sent from the modal; None (and False) where they said nothing.

    `score` is set only when it was changed in the modal. `replaces_*`: what the modal showed when it opened, so that
    a field left empty in an old modal does not wipe out what was written in a newer one.
    """

    invitation_id: int
    user_id: str
    source: str
    score: int | None = None
    comment: str | None = None
    solved: Solved | None = None
    wants_reply: bool = False
    replaces_comment: bool = False
    replaces_solved: bool = False
    replaces_reply: bool = False


@dataclass(frozen=True)
class Recorded:
    """The answer as it stands, and the card owed for it when it was touched."""

    mine: Open
    response: Response
    drawing: Drawing | None = None

    @property
    def facts(self) -> CardFacts:
        return CardFacts(self.mine.invitation, self.mine.contact, self.mine.company, self.response)


async def record_score(tx: Transaction, workspace_id: str, choice: Choice, *, now: datetime) -> Recorded:
    """
    Keep a respondent's score, 0…10.

    Raises NotInvited for anybody else's click, QuestionGone, QuestionWithdrawn, QuestionClosed, AnswerSettled.
    """
    score = valid_score(choice.score)
    mine = await invitations.opened_by(tx, workspace_id, choice.invitation_id, user_id=choice.user_id)
    if mine.invitation.kind == SurveyKind.EXIT:  # asks for a reason
        raise QuestionGone
    mine = await invitations.proven(tx, mine, card=choice.card, now=now)
    known = await queries.of_invitation(tx, mine.invitation.id)
    verdict, before = _judge(mine, known, now=now), reviews.said(known) if known else None
    if known is None:
        response = await _first(tx, mine, choice, is_late=verdict is Verdict.TAKE_LATE, now=now)
    else:
        response = await _rescore(tx, known, score, acted_at=choice.acted_at, source=choice.source, now=now)
    return await _recorded(tx, mine, response, before=before, now=now)


async def record_words(tx: Transaction, workspace_id: str, words: Words, *, now: datetime) -> Recorded:
    """Keep what was sent from the modal. Raises as record_score; an hour of grace for words already typed."""
    mine = await invitations.opened_by(tx, workspace_id, words.invitation_id, user_id=words.user_id)
    response = await queries.of_invitation(tx, mine.invitation.id)
    if response is None:
        raise QuestionGone
    _judge(mine, response, now=now, grace=TYPING_GRACE)
    before = reviews.said(response)
    if await queries.add_revision(tx, _revision(response, words, now=now)):
        response = await _reword(tx, response, words, now=now)
    if response.comment != before.comment:
        await themes.told(tx, response, language=mine.invitation.language)
    return await _recorded(tx, mine, response, before=before, now=now)


async def of_invitation(tx: Transaction, invitation_id: int) -> Response | None:
    return await queries.of_invitation(tx, invitation_id)


async def of_contact(tx: Transaction, contact: Contact, *, limit: int) -> Sequence[Response]:
    """Somebody's own answers, the latest first."""
    return await queries.of_contact(tx, contact.id, limit=limit)


async def get(tx: Transaction, response_id: int) -> Response | None:
    return await queries.get(tx, response_id)


async def to_change(tx: Transaction, workspace_id: str, invitation_id: int, *, user_id: str, now: datetime) -> Recorded:
    """The answer somebody wants to change or add to. Raises as record_score does."""
    mine = await invitations.opened_by(tx, workspace_id, invitation_id, user_id=user_id)
    response = await queries.of_invitation(tx, mine.invitation.id)
    if response is None:
        raise QuestionGone
    _judge(mine, response, now=now)
    return Recorded(mine, response)


async def of_their_colleagues(tx: Transaction, response: Response, account_id: int) -> Sequence[int]:
    """The latest scores of others of the same account before this answer, one a person, the newest first."""
    return await queries.of_account(
        tx, account_id, but=response.contact_id, before=response.answered_at, limit=SHOWN_COLLEAGUES
    )


async def previous(tx: Transaction, response: Response) -> Response | None:
    return await queries.previous(tx, response)


def changeable_until(response: Response) -> datetime:
    return response.answered_at + CHANGE_PERIOD


def _judge(mine: Open, response: Response | None, *, now: datetime, grace: timedelta = timedelta(0)) -> Verdict:
    return verdicts.permitted(mine.invitation, response.answered_at if response else None, grace=grace, now=now)


async def _first(tx: Transaction, mine: Open, choice: Choice, *, is_late: bool, now: datetime) -> Response:
    invitation = mine.invitation
    if not invitation.is_rehearsal:
        # Two answers of one person at once come one after the other. Before the first row: it holds the person, too.
        await contacts.hold(tx, mine.contact)
    is_repeat = await _is_repeat(tx, mine, now=now)
    response = Response(
        workspace_id=invitation.workspace_id,
        survey_id=invitation.survey_id,
        contact_id=invitation.contact_id,
        invitation_id=invitation.id,
        kind=invitation.kind,
        score=choice.score,
        scored_at=choice.acted_at,
        answered_at=now,
        is_late=is_late,
        is_repeat=is_repeat,
        is_rehearsal=invitation.is_rehearsal,
        privacy=invitation.privacy,
        mode=invitation.mode,
    )
    await queries.add(tx, response)
    await queries.add_revision(tx, _score_revision(response, choice.score, choice.acted_at, choice.source, now=now))
    await invitations.answered(tx, invitation, card=choice.card, now=now)
    if response.kind == SurveyKind.RELATIONAL and not response.is_rehearsal:
        await queries.supersede(tx, [response.contact_id])
    return response


async def _is_repeat(tx: Transaction, mine: Open, *, now: datetime) -> bool:
    """The person is held."""
    if mine.invitation.kind != SurveyKind.TRANSACTIONAL or mine.invitation.is_rehearsal:
        return False
    since = now - REPEAT_PERIOD
    of = {"kind": mine.invitation.kind, "privacy": mine.invitation.privacy}
    return await queries.counted_since(tx, contact_id=mine.contact.id, **of, since=since)


async def _rescore(
    tx: Transaction, response: Response, score: int, *, acted_at: datetime, source: str, now: datetime
) -> Response:
    is_new = await queries.add_revision(tx, _score_revision(response, score, acted_at, source, now=now))
    if is_new and acted_at > response.scored_at and score != response.score:
        await queries.set_score(tx, response.id, score=score, scored_at=acted_at, changed_at=now)
    elif is_new and acted_at > response.scored_at:
        await queries.set_scored_at(tx, response.id, acted_at)
    return await _fresh(tx, response.id)


async def _reword(tx: Transaction, response: Response, words: Words, *, now: datetime) -> Response:
    if words.score is not None and words.score != response.score:
        await queries.set_score(tx, response.id, score=valid_score(words.score), scored_at=now, changed_at=now)
    comment = words.comment if words.comment or words.replaces_comment else response.comment
    solved = words.solved if words.solved or words.replaces_solved else response.solved
    wants_reply = words.wants_reply if words.wants_reply or words.replaces_reply else response.wants_reply
    if (comment, solved, wants_reply) != (response.comment, response.solved, response.wants_reply):
        await queries.set_words(
            tx, response.id, comment=comment or None, solved=solved, wants_reply=wants_reply, changed_at=now
        )
    return await _fresh(tx, response.id)


async def _recorded(tx: Transaction, mine: Open, response: Response, *, before: Said | None, now: datetime) -> Recorded:
    if before != reviews.said(response):
        what = WebhookEvent.RESPONSE_CHANGED if before else WebhookEvent.RESPONSE_RECORDED
        await webhooks.answered(tx, what, response, now=await disclosures.heard_at(tx, response, now=now))
    await reviews.review(tx, response, before=before, now=now)
    await workflow_steps.answered(tx, mine.invitation, response, now=now)
    return Recorded(mine, response, await invitations.draw(tx, mine.invitation, now=now))


async def _fresh(tx: Transaction, response_id: int) -> Response:
    response = await queries.get(tx, response_id)
    if response is None:
        raise LookupError(f"response {response_id} is not known")
    return response


def _score_revision(
    response: Response, score: int, acted_at: datetime, source: str, *, now: datetime
) -> ResponseRevision:
    return ResponseRevision(response_id=response.id, source=source, acted_at=acted_at, recorded_at=now, score=score)


def _revision(response: Response, words: Words, *, now: datetime) -> ResponseRevision:
    return ResponseRevision(
        response_id=response.id,
        source=words.source,
        acted_at=now,
        recorded_at=now,
        score=words.score,
        comment=words.comment,
        solved=words.solved,
        wants_reply=words.wants_reply,
    )
