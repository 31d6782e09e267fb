"""Surveys that ask by themselves: the list, the modal with its preview, and what is told."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

from bot.cli.sample_facts import CHANNEL, WORKSPACE
from bot.rules.audience import Audience, kept
from bot.rules.cadence import Cadence, CheckIn
from bot.rules.recontact import Because
from bot.rules.rounds import PASSED_OVER, Day, Held, Turn
from bot.services.audiences import Offer
from bot.services.rounds import Outlook
from bot.services.schedules import Proposal
from bot.services.surveys import SurveyKind
from bot.slack.blocks.outlooks import preview_message
from bot.slack.blocks.schedule_modal import Draft, schedule_modal
from bot.slack.blocks.schedules import Line, Named, schedule_list, started
from bot.texts.markup import Mrkdwn
from storage.models import Schedule, Survey
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import NAMES
from tests.gallery.states.surveys import a_survey

NARROW = Audience(
    channels=(CHANNEL, "C0SHARED"),
    groups=("S0VIP",),
    accounts=(1, 2),
    segments=("enterprise",),
    roles=("head of sales",),
    is_decision_makers_only=True,
    properties={"plan": "gold <!channel>"},
)
NAMED = Named({1: "Beta GmbH", 2: "Gamma & Söhne <x>"}, {"S0VIP": "vips"})
OFFER = Offer([(1, "Beta GmbH"), (2, "Gamma & Söhne <x>")], ["enterprise", "smb"], ["head of sales"])
MANY = Offer([(n, f"Account {n}") for n in range(150)], [f"segment {n}" for n in range(120)])
GROUPS = [("S0VIP", "@vips"), ("S0ALL", "@all")]
NOES = [*Because, PASSED_OVER, "of tomorrow"]


def states() -> States:
    yield "schedules-none", Whisper(schedule_list([Line(_survey(), None)], named=NAMED, has_check_ins=False))
    lines = [
        Line(_survey(), a_schedule(), an_outlook()),
        Line(_survey("day-14"), a_schedule(every_days=None, check_in_day=14)),
        Line(_survey("partners"), a_schedule(paused_at=NOW, audience=kept(NARROW)), an_outlook(0)),
        Line(_survey("plain"), a_schedule(audience=kept(Audience(accounts=(7,)))), an_outlook(1)),
    ]
    yield "schedules-some", Whisper(schedule_list(lines, named=NAMED, has_check_ins=True))
    yield "schedule-started", Whisper(started(_survey(), a_schedule(), an_outlook()))
    yield "schedule-saved-paused", Whisper(started(_survey(), a_schedule(paused_at=NOW), an_outlook(0)))
    yield "preview", Whisper(preview_message(_survey(), a_schedule(), an_outlook()))
    yield "preview-not-started", Whisper(preview_message(_survey(), None, an_outlook(1)))
    yield "preview-paused", Whisper(preview_message(_survey(), a_schedule(paused_at=NOW), an_outlook(0)))
    yield from _modals()


def _modals() -> States:
    fresh = Draft(_survey(), Proposal())
    narrow = Draft(_survey(), Proposal(Cadence(120), NARROW), OFFER, GROUPS, is_started=True)
    once = Draft(_survey("day-14"), Proposal(CheckIn(14), NARROW), MANY, unknown=3)
    yield "schedule-modal-fresh", schedule_modal(fresh, response_url=None)
    yield "schedule-modal-narrow", schedule_modal(replace(narrow, outlook=an_outlook()), response_url=None)
    yield "schedule-modal-many", schedule_modal(replace(once, outlook=an_outlook(0)), response_url=None)
    yield "schedule-modal-refused", schedule_modal(replace(fresh, no=Mrkdwn("From 1 to 200.")), response_url=None)


def a_schedule(**columns: Any) -> Schedule:
    usual = {"every_days": 90, "most_a_day": 20, "audience": {}, "started_at": NOW, "gathered_at": NOW}
    return Schedule(survey_id=1, workspace_id=WORKSPACE, **(usual | columns))


def an_outlook(count: int = 60) -> Outlook:
    """So many are asked, five a day; beside them one person for every reason not to."""
    names = [*NAMES.values(), *(f"Person {n}" for n in range(count))][:count]
    days = [_day(n, count) for n in range(14)]
    held = tuple(Held(1000 + n, because) for n, because in enumerate(NOES)) if count else ()
    days[0] = replace(days[0], held=held)
    return Outlook(days, count * 2, dict(enumerate(names)), {})


def _day(number: int, count: int) -> Day:
    on = (NOW + timedelta(days=number)).date()
    turns = [Turn(key, on, NOW.astimezone(UTC), on) for key in range(5 * number, min(5 * number + 5, count))]
    return Day(on, tuple(turns), left=12 if count > 1 else 0)


def _survey(name: str = "relationship") -> Survey:
    return a_survey(name, kind=SurveyKind.RELATIONAL)
