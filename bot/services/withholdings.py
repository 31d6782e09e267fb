"""Withholdings: every no of the rules is kept, so that "why was Ana not asked?" has an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Halted, Withheld
from bot.rules.recontact import Candidate
from bot.services import asks, contacts, surveys
from bot.services.asks import Ask
from bot.services.contacts import Facts
from storage import withholdings as queries
from storage.database import Transaction
from storage.models import Contact, Invitation, Survey, Withholding

HALTED = "halted"
SHOWN = 10


@dataclass(frozen=True)
class Now:
    """What the rules would say of one survey this moment; None: the person could be asked."""

    survey: Survey
    against: Withheld | None


@dataclass(frozen=True)
class Why:
    """Everything about asking one person: what holds now, and what was decided before, the latest first."""

    person: Facts
    now: Sequence[Now]
    past: Sequence[Invitation | Withholding]
    survey_names: Mapping[int, str]


async def record(tx: Transaction, ask: Ask, refusal: Withheld | Halted, *, now: datetime) -> None:
    """In a transaction of its own: the one in which the rules said no has been rolled back."""
    contact = await contacts.meet(tx, ask.survey.workspace_id, ask.person, now=now)
    told = refusal if isinstance(refusal, Withheld) else Withheld(HALTED)
    withholding = Withholding(
        workspace_id=contact.workspace_id,
        survey_id=ask.survey.id,
        contact_id=contact.id,
        withheld_at=now,
        because=told.because,
        until=told.until,
        days_ago=told.days_ago,
        asked_by=ask.asked_by,
        trigger=ask.trigger,
    )
    await queries.add(tx, withholding)


async def why(tx: Transaction, workspace_id: str, person: Facts, candidate: Candidate, *, now: datetime) -> Why:
    """What would be decided now for each survey, and what was decided lately."""
    contact, known = await contacts.by_user(tx, workspace_id, person.user_id), await surveys.all_of(tx, workspace_id)
    asked = filter(surveys.is_asked_by_hand, known)
    verdicts = [Now(each, await asks.reason_against(tx, each, contact, candidate, now=now)) for each in asked]
    past = await _past(tx, contact) if contact else []
    return Why(person, verdicts, past, {survey.id: survey.name for survey in known})


def decided_at(decision: Invitation | Withholding) -> datetime:
    return decision.withheld_at if isinstance(decision, Withholding) else decision.created_at


async def _past(tx: Transaction, contact: Contact) -> list[Invitation | Withholding]:
    asked = await asks.latest(tx, contact, limit=SHOWN)
    withheld = await queries.latest(tx, contact.id, limit=SHOWN)
    decisions: list[Invitation | Withholding] = [*asked, *withheld]
    return sorted(decisions, key=decided_at, reverse=True)[:SHOWN]
