"""Cases: what other programs tell of each, whether it is open, and the question its end leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.rules.answering import InvitationState as State
from bot.rules.cases import Step, closings, is_open
from bot.services import contacts, deliveries, invitations
from storage import cases as queries
from storage.database import Transaction
from storage.models import Contact, Event, Invitation


@dataclass(frozen=True)
class Case:
    """One case of one source; another source may have one with the same id."""

    source_id: int
    case_id: str


async def open_of(tx: Transaction, contact_id: int, *, other_than: Case | None = None) -> bool:
    """Whether this person has a case that is open, leaving one out."""
    told = groupby(await queries.histories_of(tx, contact_id), lambda each: Case(each.source_id, each.case_id or ""))
    return any(is_open(_steps(list(events))) for case, events in told if case != other_than)


async def is_still_open(tx: Transaction, case: Case) -> bool:
    return is_open(_steps(await queries.history(tx, case.source_id, case.case_id)))


async def occasion(tx: Transaction, event: Event) -> str:
    """The same for whatever tells of one closing, so that the case asks once for each."""
    history = await queries.history(tx, event.source_id, event.case_id or "")
    until = [each for each in history if (each.happened_at, each.id) <= (event.happened_at, event.id)]
    return f"case:{event.source_id}:{event.case_id}:{closings(_steps(until))}"


async def person_of(tx: Transaction, case: Case) -> Contact | None:
    """Whom the case was about when somebody was last found in it."""
    history = await queries.history(tx, case.source_id, case.case_id)
    found = [each.contact_id for each in history if each.contact_id is not None]
    return await contacts.get(tx, found[-1]) if found else None


async def call_off(tx: Transaction, case: Case, *, workspace_id: str, now: datetime) -> Invitation | None:
    """Take back the question that waits for this case to stay closed; None when there is none, or it has left."""
    off = None
    for asked in await queries.lock_asked_about(tx, case.source_id, case.case_id):
        if _may_be_waiting(asked) and not await deliveries.has_left(tx, invitations.ask_key(asked)):
            taken = await invitations.take_back(tx, workspace_id, asked.id, now=now)
            off = asked if taken.state is State.WITHDRAWN else off
    return off


def _may_be_waiting(asked: Invitation) -> bool:
    """A halt may have taken it, and would put it back."""
    return asked.state == State.WAITING or asked.withdrawn_by_halt_at is not None


def _steps(history: Sequence[Event]) -> list[Step]:
    return [Step(each.type) for each in history]
