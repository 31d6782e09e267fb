"""
What Zendesk sends by itself: a ticket's status has changed.

https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/ - it names the requester by a number of
Zendesk's, so whose ticket it is must be known from an earlier event, or is asked of a colleague. A trigger of one's own
can name them: it sends what every other program sends.
"""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from bot.hooks.answers import TurnedAway
from bot.services.told import LONGEST_NAME, EventType, NamedCase, Told

STATUS_CHANGED = "zen:event-type:ticket.status_changed"
ENDED = frozenset({"SOLVED", "CLOSED"})


class Loose(BaseModel):
    """Zendesk adds fields when it likes."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Detail(Loose):
    id: str
    subject: str | None = None


class Change(Loose):
    current: str
    previous: str


class StatusChanged(Loose):
    id: str
    type: Literal["zen:event-type:ticket.status_changed"]
    time: AwareDatetime
    detail: Detail
    event: Change


def is_native(body: bytes) -> bool:
    """Whether Zendesk worded it, not a trigger of one's own."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and str(found.get("type", "")).startswith("zen:")


def event(body: bytes) -> Told | str:
    """As we would be told it; for a change that neither ends nor reopens a case only its id. Raises TurnedAway."""
    try:
        changed = StatusChanged.model_validate_json(body)
        type_ = _meaning(changed.event)
        return Told(**_fields(changed, type_)) if type_ else changed.id
    except ValidationError:
        detail = f"Of Zendesk's own events only {STATUS_CHANGED} is taken, as Zendesk documents it."
        raise TurnedAway(422, "bad_field", detail) from None


def _meaning(change: Change) -> EventType | None:
    """A solved ticket closes by itself days later, which says nothing new."""
    was_over, is_over = change.previous.upper() in ENDED, change.current.upper() in ENDED
    if was_over == is_over:
        return None
    return EventType.CASE_CLOSED if is_over else EventType.CASE_REOPENED


def _fields(changed: StatusChanged, type_: EventType) -> Mapping[str, Any]:
    title = (changed.detail.subject or "").strip()[:LONGEST_NAME] or None
    case = NamedCase(id=changed.detail.id, title=title)
    return {"id": changed.id, "type": type_, "happened_at": changed.time, "case": case}
