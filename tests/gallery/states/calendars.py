"""When questions leave, and what is broken."""

from datetime import date

from bot.rules.calendar import Blackout, Window
from bot.services.calendars import ALWAYS, Calendars, Overview
from bot.slack.blocks.calendars import calendar_modal, calendar_page, incident_modal
from bot.slack.contexts import CalendarContext
from storage.models import Incident
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import NAMES

CHRISTMAS = Blackout(date(2026, 12, 21), date(2027, 1, 3), "Christmas")
FAIR = Blackout(date(2027, 3, 11), date(2027, 3, 11))
USUAL = Calendars(Window(), keeps_holidays=True, blackouts=())
BUSY = Calendars(Window(8, 18, frozenset({0, 1, 2, 3})), keeps_holidays=True, blackouts=(CHRISTMAS, FAIR))


def states() -> States:
    incidents = [an_incident(None), an_incident(1), an_incident(2)]
    yield "calendar", Whisper(calendar_page(Overview(USUAL, [], {})))
    yield "calendar-always", Whisper(calendar_page(Overview(ALWAYS, [], {})))
    yield "calendar-busy", Whisper(calendar_page(Overview(BUSY, incidents, {1: "Beta Freight", 2: NAMES["long-name"]})))
    many = [Blackout(date(2026, 1, 1), date(2026, 1, 2 + day), "&" * 40) for day in range(30)]
    full = Calendars(Window(), keeps_holidays=True, blackouts=many)
    yield "calendar-full", Whisper(calendar_page(Overview(full, incidents, {})))
    yield "calendar-modal-full", calendar_modal(Overview(full, [], {}, "Europe/Berlin"), CalendarContext())
    yield "calendar-modal", calendar_modal(Overview(USUAL, [], {}), CalendarContext())
    yield "calendar-modal-busy", calendar_modal(Overview(BUSY, [], {}), CalendarContext())
    yield "incident-modal", incident_modal(CalendarContext())


def an_incident(account_id: int | None) -> Incident:
    return Incident(workspace_id="T0", key=f"k{account_id}", account_id=account_id, started_at=NOW)
