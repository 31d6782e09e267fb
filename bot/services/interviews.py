"""
Interviews: a score somebody told a colleague in a review meeting, written down by that colleague.

It counts as having been asked, and an unhappy one is looked after as any other. It is never pooled with what people
answer themselves: who says it to somebody's face says something else.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import InputRefused
from bot.rules.answering import Mode
from bot.rules.privacy import Privacy
from bot.rules.scoring import valid_score
from bot.rules.triggers import TriggerKind
from bot.rules.webhooks import WebhookEvent
from bot.services import contacts, given_elsewhere, reviews, themes, webhooks, workspaces
from bot.services.surveys import SurveyKind
from storage import interviews as queries
from storage.database import Transaction
from storage.models import Response, Survey

INTERVIEW = "interview:"  # begins the occasion


@dataclass(frozen=True)
class Told:
    """What was said in the meeting. `recorded_by` None: another program wrote it down."""

    score: int
    comment: str | None
    recorded_by: str | None
    held_at: datetime


async def record(
    tx: Transaction,
    workspace_id: str,
    *,
    person: contacts.Facts,
    survey: Survey,
    score: int,
    comment: str | None,
    recorded_by: str | None,
    held_at: datetime,
    key: str,
    now: datetime,
) -> Response:
    """
    Keep it, once however often the same `key` is told. Nothing is sent to the person.

    Raises InputRefused for a survey that is not relational or is confidential, and for a meeting that is still to come.
    """
    _check(survey, held_at, now=now)
    told = Told(valid_score(score), comment or None, recorded_by, held_at)
    workspace = await workspaces.held(tx, workspace_id)
    contact = await contacts.meet(tx, workspace_id, person, now=now)
    occasion = INTERVIEW + key
    known = await queries.recorded(tx, survey_id=survey.id, contact_id=contact.id, occasion=occasion)
    if known is not None:
        return known
    trigger = TriggerKind.COLLEAGUE if told.recorded_by else TriggerKind.EVENT
    started = {"trigger": trigger, "asked_by": told.recorded_by, "mode": Mode.INTERVIEWER}
    invitation = given_elsewhere.question(workspace, survey, contact, occasion, at=told.held_at, now=now, **started)
    await queries.add(tx, invitation)
    response = given_elsewhere.answer(
        invitation, told.score, told.comment, mode=Mode.INTERVIEWER, recorded_by=told.recorded_by
    )
    await queries.add(tx, response)
    await queries.add(tx, given_elsewhere.revision(response, occasion, now=now))
    await themes.told(tx, response, language=invitation.language)
    await webhooks.answered(tx, WebhookEvent.RESPONSE_RECORDED, response, now=now)
    await reviews.review(tx, response, now=now)
    return response


def is_interview(response: Response) -> bool:
    return response.mode == Mode.INTERVIEWER


def _check(survey: Survey, held_at: datetime, *, now: datetime) -> None:
    if survey.kind != SurveyKind.RELATIONAL:
        raise InputRefused(field="survey", because="survey_not_relational")
    if survey.privacy == Privacy.CONFIDENTIAL:
        raise InputRefused(field="survey", because="survey_confidential")
    if held_at > now:
        raise InputRefused(field="held_on", because="held_in_future")
