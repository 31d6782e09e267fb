"""From a body to an event; whatever is wrong with it is one sentence that names the field and what is allowed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from bot.hooks.answers import TurnedAway
from bot.services.told import EventType, Named, NamedAccount, NamedCase, Told
from bot.slack.hearing import link_of

CLOCKS_DIFFER = timedelta(minutes=5)
FIELDS: Mapping[str, Sequence[str]] = {
    "": tuple(Told.model_fields),
    "person": tuple(Named.model_fields),
    "account": tuple(NamedAccount.model_fields),
    "case": tuple(NamedCase.model_fields),
}
SHAPES = {
    "type": f"one of {', '.join(EventType)}",
    "happened_at": "a time like 2026-11-25T10:00:00Z, with its zone",
    "known_on": "a day like 2026-11-25",
    "person": "an object with slack_id, email, permalink, or channel and thread",
    "person.slack_id": "a Slack id like U0123ABCD",
    "person.channel": "the Slack id of a channel, like C0123ABCD",
    "person.thread": "the ts of a thread, like 1763719200.000100",
    "recorded_by": "a Slack id like U0123ABCD",
    "delay_hours": "a whole number from 0 to 72",
    "delay_days": "a whole number from 0 to 90",
    "score": "a whole number from 0 to 10",
    "id": "a text of 1 to 200 characters",
    "case.id": "a text of 1 to 200 characters",
    "occasion": "a text of 1 to 80 characters",
    "comment": "a text of 1 to 3000 characters",
}
OTHERWISE = "a text of 1 to 200 characters"


def event(body: bytes, *, now: datetime) -> Told:
    """Raises TurnedAway."""
    try:
        told = Told.model_validate_json(body)
    except ValidationError as wrong:
        raise _turned_away(wrong) from None
    return check(told, now=now)


def check(told: Told, *, now: datetime) -> Told:
    """What the shape cannot say. Raises TurnedAway."""
    if told.happened_at is not None and told.happened_at > now + CLOCKS_DIFFER:
        raise field_refused("happened_at", "must not lie in the future")
    if told.person is not None and told.person.permalink and not _leads_to_thread(told.person):
        raise field_refused("person.permalink", "must be the link of a message in a channel, as Slack copies it")
    return told


def field_refused(name: str, what: str) -> TurnedAway:
    return TurnedAway(422, "bad_field", f"{name} {what}.")


def _leads_to_thread(named: Named) -> bool:
    link = link_of(named)
    return link is not None and link.channel_id.startswith(("C", "G"))


def _turned_away(wrong: ValidationError) -> TurnedAway:
    """The first thing that is wrong. What was sent is not quoted: it may be somebody's words."""
    first = wrong.errors(include_input=False, include_url=False)[0]
    if first["type"] == "json_invalid":
        return TurnedAway(400, "bad_json", "The body must be JSON in UTF-8.")
    name = ".".join(str(part) for part in first["loc"])
    if not name and first["type"] == "model_type":
        return TurnedAway(400, "bad_json", "The body must be a JSON object.")
    return field_refused(name or "The event", _what(name, first["type"], first.get("ctx", {})))


def _what(name: str, kind: str, more: Mapping[str, Any]) -> str:
    if kind == "missing":
        return f"is missing; it must be {SHAPES.get(name, OTHERWISE)}"
    if kind == "extra_forbidden":
        known = FIELDS.get(name.rpartition(".")[0], ())
        return f"is not a field; there are {', '.join(known)}"
    if kind == "value_error":
        return str(more["error"])
    return f"must be {SHAPES.get(name, OTHERWISE)}"
