"""Answers that were not given to the bot: the rows that stand for one, as if it had asked at that very moment."""

from datetime import datetime
from typing import Any

from bot.rules.answering import InvitationState
from bot.rules.privacy import Privacy
from bot.services import workspaces
from bot.services.surveys import EXPIRY, SurveyKind
from storage.models import Contact, Invitation, Response, ResponseRevision, Survey, Workspace


def question(
    workspace: Workspace, survey: Survey, contact: Contact, occasion: str, *, at: datetime, now: datetime, **more: Any
) -> Invitation:
    """Asked and answered `at`; `more`: what started it."""
    return Invitation(
        workspace_id=workspace.id,
        survey_id=survey.id,
        contact_id=contact.id,
        occasion=occasion,
        kind=survey.kind,
        subject=workspaces.subject_of(workspace, survey),
        question=survey.question,
        language=contact.language or survey.language,
        state=InvitationState.ANSWERED,
        created_at=now,
        send_at=at,
        sent_at=at,
        expires_at=at + EXPIRY[SurveyKind(survey.kind)],
        closed_at=at,
        privacy=Privacy.NAMED,
        **more,
    )


def answer(invitation: Invitation, score: int, comment: str | None, *, mode: str, recorded_by: str | None) -> Response:
    """To a question that has its row."""
    return Response(
        workspace_id=invitation.workspace_id,
        survey_id=invitation.survey_id,
        contact_id=invitation.contact_id,
        invitation_id=invitation.id,
        kind=invitation.kind,
        score=score,
        scored_at=invitation.send_at,
        comment=comment,
        answered_at=invitation.send_at,
        mode=mode,
        recorded_by=recorded_by,
        privacy=invitation.privacy,
    )


def revision(response: Response, occasion: str, *, now: datetime) -> ResponseRevision:
    """All that is known of how it came about."""
    return ResponseRevision(
        response_id=response.id,
        source=occasion,
        acted_at=response.answered_at,
        recorded_at=now,
        score=response.score,
        comment=response.comment,
    )
