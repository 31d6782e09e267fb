"""Coverage: of all who could have said something, who was asked, whom it reached, and who answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.rules.answering import InvitationState
from bot.services.scopes import Scope
from storage import coverage as queries
from storage.database import Transaction

FINISHED = (InvitationState.ANSWERED, InvitationState.DECLINED, InvitationState.EXPIRED)


@dataclass(frozen=True)
class Coverage:
    """
    People: `eligible` are known and have not opted out, `asked` got a question. Questions: by state of those sent, and
    how many `failed`. `answers` a score is made of, and how many of them have `comments`.
    """

    eligible: int
    opted_out: int
    asked: int
    questions: Mapping[str, int]
    failed: int
    answers: int
    comments: int
    withheld: Mapping[str, int] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        return sum(self.questions.values())

    @property
    def finished(self) -> int:
        return sum(self.questions.get(state, 0) for state in FINISHED)

    def of(self, state: InvitationState) -> int:
        return self.questions.get(state, 0)


async def coverage(tx: Transaction, workspace_id: str, scope: Scope, *, now: datetime) -> Coverage:
    since, before = scope.window(now=now)
    among: dict[str, Any] = {"kind": scope.kind, "within": scope.within, "since": since, "before": before}
    eligible, opted_out = await queries.people(tx, workspace_id, within=scope.within)
    answers, comments = await queries.commented(tx, workspace_id, **among)
    return Coverage(
        eligible,
        opted_out,
        await queries.people_asked(tx, workspace_id, **among),
        await queries.questions(tx, workspace_id, **among),
        await queries.failed(tx, workspace_id, **among),
        answers,
        comments,
        await queries.withheld(tx, workspace_id, within=scope.within, since=since, until=before),
    )
