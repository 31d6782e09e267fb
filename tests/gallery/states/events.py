"""`/nps events`: nothing told yet, everything that may come of an event, and whom nobody could find."""

from datetime import timedelta

from bot.cli.sample_facts import CHANNEL, WORKSPACE
from bot.rules.recontact import Because
from bot.services.events import EventState, Listed
from bot.services.happenings import Outcome, Why
from bot.services.told import EventType, Named, NamedCase, Told
from bot.slack.blocks.events import event_list, say_who_modal
from storage.models import Event
from tests.gallery.documents import NOW, States, Whisper

NAMED = [
    Named(email="ana@beta.example"),
    Named(slack_id="U0ANA"),
    Named(channel=CHANNEL, thread="1763719100.000001"),
    Named(permalink=f"https://northwind.slack.com/archives/{CHANNEL}/p1763719100000001"),
]


def states() -> States:
    yield "events-none", Whisper(event_list([], may_repair=True))
    came = [
        _listed(Outcome.ASKED),
        _listed(Outcome.CALLED_OFF, type_=EventType.CASE_REOPENED),
        _listed(Outcome.NOTED, type_=EventType.CASE_OPENED),
        _listed(Outcome.NOTED, Why.OPEN_AGAIN),
        _listed(Outcome.WITHHELD, Because.RECONTACT),
        _listed(Outcome.WITHHELD, Why.COLLEAGUE),
        _listed(Outcome.ASKED, type_=EventType.PLAN_UPGRADED),
        _listed(Outcome.TO_REPAIR, Why.EMAIL, state=EventState.DROPPED),
    ]
    yield "events-done", Whisper(event_list(came, may_repair=True))
    waiting = [_waiting(person, because) for person, because in zip([*NAMED, None, None], Why, strict=False)]
    yield "events-to-repair", Whisper(event_list([*waiting, *came[:6]], may_repair=True))
    yield "events-for-a-member", Whisper(event_list([*waiting, *came[:6]], may_repair=False))
    for name, label in {"": "Export stuck", "-markup": "<!channel> *bold* & co", "-arabic": "التصدير لا يعمل"}.items():
        shown = _waiting(NAMED[0], Why.EMAIL, label=label)
        assert shown.told
        yield f"say-who{name}", say_who_modal(shown.event, shown.told, response_url=None)


def _waiting(person: Named | None, because: Why, *, label: str = "Export stuck") -> Listed:
    told = Told(id="e1", type=EventType.CASE_CLOSED, person=person, case=NamedCase(id="C-17", title=label))
    listed = _listed(Outcome.TO_REPAIR, because, state=EventState.TO_REPAIR, label=label)
    return Listed(listed.event, "helpdesk", None, told)


def _listed(
    outcome: Outcome,
    because: str | None = None,
    *,
    type_: EventType = EventType.CASE_CLOSED,
    state: EventState = EventState.DONE,
    label: str | None = "Export stuck",
) -> Listed:
    event = Event(
        id=1,
        workspace_id=WORKSPACE,
        source_id=1,
        event_key="e1",
        type=type_,
        happened_at=NOW - timedelta(hours=2),
        received_at=NOW,
        occasion_label=label,
        state=state,
        outcome=outcome,
        because=because,
        until=NOW + timedelta(days=60) if because == Because.RECONTACT else None,
    )
    return Listed(event, "helpdesk", None if because == Why.COLLEAGUE else "U0ANA", None)
