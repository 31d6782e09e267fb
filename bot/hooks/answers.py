"""What a program hears: what came of its event, or why it was turned away and whether to tell it again."""

from dataclasses import dataclass, field

from aiohttp import web

from bot.services.happenings import Outcome
from storage.models import Event

RETRY_SECONDS = 30  # Zendesk repeats only what is to be repeated within a minute
STATUS = {Outcome.TO_REPAIR: 202}  # kept, and done once a colleague has said who it is


@dataclass
class TurnedAway(Exception):  # noqa: N818 - what happens to it, not that it is an error
    """An event that is not taken. `detail`: one sentence for whoever sends it."""

    status: int
    error: str
    detail: str
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        body = {"error": self.error, "detail": self.detail}
        return web.json_response(body, status=self.status, headers=self.headers)


def taken(event: Event) -> web.Response:
    return web.json_response({"status": event.outcome, **_came(event)}, status=STATUS.get(Outcome(event.outcome), 200))


def known(event: Event) -> web.Response:
    """Told before: what came of it then."""
    return web.json_response({"status": "known", "was": event.outcome, **_came(event)})


def nothing_changed(event_key: str) -> web.Response:
    """It is signed and understood, and nothing comes of it."""
    return web.json_response({"status": Outcome.NOTED, "because": "no_change", "until": None, "event": event_key})


def later() -> TurnedAway:
    """Nothing was kept, and it may be told again."""
    detail = "This could not be taken just now. Nothing was kept; send it again."
    return TurnedAway(503, "try_again", detail, {"Retry-After": str(RETRY_SECONDS)})


def too_fast() -> TurnedAway:
    detail = "These are more than ten events a second; send it again in a moment."
    return TurnedAway(429, "too_fast", detail, {"Retry-After": "5"})


def _came(event: Event) -> dict[str, str | None]:
    until = event.until.isoformat() if event.until else None
    return {"because": event.because, "until": until, "event": event.event_key}
