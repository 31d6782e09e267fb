"""Every state of everything the bot shows, by name. A new room of `bot/slack/blocks` gets a module here, and a line."""

from typing import Any

from tests.gallery.documents import document
from tests.gallery.states import (
    alerts,
    asks,
    cards,
    exits,
    home,
    interviews,
    modals,
    notices,
    refusals,
    reports,
    surveys,
    withholdings,
)

ROOMS = (cards, modals, alerts, reports, asks, surveys, home, notices, refusals, withholdings, interviews, exits)


def every_document() -> list[dict[str, Any]]:
    return [document(name, shown) for room in ROOMS for name, shown in room.states()]
