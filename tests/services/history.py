"""Answers given long ago, as rows: who said what, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from storage.database import Transaction
from storage.models import Contact, Invitation, Response
from storage.responses import supersede
from tests.factories import NORTHWIND

SURVEYS = {"relational": 1, "transactional": 2}


@dataclass(frozen=True)
class Given:
    """One answer; `person` is a number of the test's own."""

    person: int
    score: int
    at: datetime


async def give(
    tx: Transaction,
    answers: Sequence[Given],
    *,
    kind: str = "relational",
    workspace_id: str = NORTHWIND,
    **columns: object,
) -> None:
    """Whoever answers is met, asked, and has answered. `columns` are set on every answer."""
    await _meet(tx, {each.person for each in answers}, answers[0].at, workspace_id)
    first = (await tx.scalar(select(func.max(Invitation.id))) or 0) + 1
    common = {"workspace_id": workspace_id, "survey_id": SURVEYS[kind], "kind": kind}
    asked = {**common, "subject": "N", "language": "en", "state": "answered", "is_rehearsal": False,
             "was_overruled": False, "snoozes": 0}  # fmt: skip
    usual = {"wants_reply": False, "is_late": False, "is_repeat": False, "is_rehearsal": False, "mode": "self"}
    numbered = list(enumerate(answers, first))
    await tx.execute(insert(Invitation), [
        {**asked, "id": id_, "contact_id": each.person, "occasion": f"x{id_}", "created_at": each.at,
         "send_at": each.at, "sent_at": each.at} for id_, each in numbered
    ])  # fmt: skip
    await tx.execute(insert(Response), [
        {**common, **usual, "id": id_, "contact_id": each.person, "invitation_id": id_, "score": each.score,
         "scored_at": each.at, "answered_at": each.at, **columns} for id_, each in numbered
    ])  # fmt: skip
    people = sorted({each.person for each in answers})
    for at in range(0, len(people), 1000):
        await supersede(tx, people[at : at + 1000])


async def _meet(tx: Transaction, people: Iterable[int], at: datetime, workspace_id: str) -> None:
    known = set((await tx.scalars(select(Contact.id))).all())
    met = {"workspace_id": workspace_id, "first_seen_at": at}
    if new := sorted(set(people) - known):
        await tx.execute(insert(Contact), [{**met, "id": n, "user_id": f"U{n}", "name": f"P {n}"} for n in new])
