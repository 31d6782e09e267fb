"""Accounts, their people and what those said, as rows, for tests of what is told of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from bot.services import surveys
from bot.services.surveys import SurveyKind
from storage.database import Transaction
from storage.models import Account, Contact, FollowUp, Invitation, Response
from storage.responses import supersede
from tests.factories import NORTHWIND

SURVEYS = {SurveyKind.RELATIONAL: "relationship", SurveyKind.TRANSACTIONAL: "support"}
_numbers = count(1)


async def account(tx: Transaction, name: str, *, now: datetime, **facts: object) -> Account:
    made = Account(**{"workspace_id": NORTHWIND, "name": name, "created_at": now, **facts})
    tx.add(made)
    await tx.flush()
    return made


async def person(tx: Transaction, of: Account | None = None, *, now: datetime, **facts: object) -> Contact:
    made = Contact(
        **{
            "workspace_id": NORTHWIND,
            "user_id": f"U{next(_numbers):05}",
            "name": "Somebody",
            "first_seen_at": now,
            "account_id": of.id if of else None,
            "is_account_by_hand": True,
            **facts,
        }
    )
    tx.add(made)
    await tx.flush()
    return made


async def asked(
    tx: Transaction,
    who: Contact,
    at: datetime,
    *,
    state: str = "expired",
    kind: SurveyKind = SurveyKind.RELATIONAL,
    **more: object,
) -> Invitation:
    survey = await surveys.named(tx, NORTHWIND, SURVEYS[kind])
    made = Invitation(
        **{
            "workspace_id": NORTHWIND,
            "survey_id": survey.id,
            "contact_id": who.id,
            "occasion": f"test:{next(_numbers)}",
            "kind": kind,
            "subject": "Northwind",
            "language": "en",
            "state": state,
            "created_at": at,
            "send_at": at,
            "sent_at": at,
            "closed_at": at,
            **more,
        }
    )
    tx.add(made)
    await tx.flush()
    return made


async def answered(
    tx: Transaction,
    who: Contact,
    score: int,
    at: datetime,
    *,
    kind: SurveyKind = SurveyKind.RELATIONAL,
    trigger: str = "colleague",
    **more: object,
) -> Response:
    more |= {"mode": "volunteered"} if trigger == "open_card" else {}
    same = {"occasion": f"interview:{next(_numbers)}"} if more.get("mode") == "interviewer" else {}
    same |= {name: more[name] for name in ("privacy", "is_rehearsal", "mode") if name in more}
    invitation = await asked(tx, who, at, state="answered", kind=kind, trigger=trigger, **same)
    made = Response(
        **{
            "workspace_id": NORTHWIND,
            "survey_id": invitation.survey_id,
            "contact_id": who.id,
            "invitation_id": invitation.id,
            "kind": kind,
            "score": score,
            "scored_at": at,
            "answered_at": at,
            **more,
        }
    )
    tx.add(made)
    await tx.flush()
    await supersede(tx, [who.id])
    return made


async def account_with(
    tx: Transaction, name: str, scores: Sequence[int], *, now: datetime, days_ago: float = 1, **facts: object
) -> Account:
    """As many people as scores, each of whom gave one."""
    made = await account(tx, name, now=now, **facts)
    for score in scores:
        await answered(tx, await person(tx, made, now=now), score, now - timedelta(days=days_ago))
    return made


async def followed_up(tx: Transaction, response: Response, *, state: str = "open", **more: object) -> FollowUp:
    made = FollowUp(
        **{
            "workspace_id": NORTHWIND,
            "survey_id": response.survey_id,
            "response_id": response.id,
            "first_score": response.score,
            "causes": "low_score",
            "state": state,
            "opened_at": response.answered_at,
            **more,
        }
    )
    tx.add(made)
    await tx.flush()
    return made
