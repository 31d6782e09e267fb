"""When questions leave: working hours, days off, and what is broken just now."""

from collections.abc import Mapping

from babel.dates import format_date, get_day_names

from bot.rules.calendar import Blackout
from bot.services.calendars import Calendars, Overview
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    Block,
    Message,
    View,
    actions,
    boxes,
    button,
    context,
    field,
    menu,
    modal,
    section,
    tick,
    typed,
)
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, isolated, moment
from storage.models import Incident

LONGEST_DATES, LONGEST_ACCOUNT, LONGEST_ZONE = 3000, 150, 60
say = speaker("en")
DAYS = [(str(number), name) for number, name in sorted(get_day_names("wide", locale="en").items())]


def calendar_page(overview: Overview) -> Message:
    """What holds now, and how to change it."""
    text = say.mrkdwn("{hours}\n{holidays}\n{blackouts}\n{team}", **_told(overview.calendars), team=_team(overview))
    note = say.mrkdwn(
        "By the clock where the person is. A question that would leave at another time waits for the next morning; "
        "whoever asked may send it at once."
    )
    change = button(say("Change"), wire.EDIT_CALENDAR, "calendar")
    declare = button(say("Something is broken"), wire.DECLARE_INCIDENT, "incident")
    broken = [_broken(each, overview.names) for each in overview.incidents]
    blocks = [section(text), context(note), *broken, actions(change, declare)]
    return Message(text, blocks)


def calendar_modal(known: Overview, context: contexts.CalendarContext) -> View:
    calendars, window = known.calendars, known.calendars.window
    dates = "\n".join(map(_line, calendars.blackouts))
    return modal(
        say("When questions leave"),
        [
            field("opens", say("From"), menu(wire.VALUE, _hours(range(24)), chosen=str(window.opens))),
            field("closes", say("To"), menu(wire.VALUE, _hours(range(1, 25)), chosen=str(window.closes))),
            field("weekdays", say("On"), boxes(wire.VALUE, DAYS, chosen=[str(day) for day in window.weekdays])),
            _holidays(calendars),
            field(
                "blackouts",
                say("Days on which nobody is asked"),
                typed(wire.VALUE, longest=LONGEST_DATES, text=dates, lines=True),
                optional=True,
                hint=say("One a line: 2026-12-20 to 2027-01-03 Christmas"),
            ),
            field(
                "team_zone",
                say("Where your team works"),
                typed(wire.VALUE, longest=LONGEST_ZONE, text=known.team_zone),
                optional=True,
                hint=say("A time zone such as Europe/Berlin. First replies are due by its clock."),
            ),
        ],
        callback_id=wire.CALENDAR_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(context),
    )


def incident_modal(context: contexts.CalendarContext) -> View:
    hint = say("Its name as you imported it. Left empty: nobody at all is asked.")
    return modal(
        say("Something is broken"),
        [
            section(say.mrkdwn("Until you say that it is over, nobody whom it concerns is asked.")),
            field("account", say("For whom"), typed(wire.VALUE, longest=LONGEST_ACCOUNT), optional=True, hint=hint),
        ],
        callback_id=wire.INCIDENT_MODAL,
        submit=say("Ask nobody there"),
        close=say("Cancel"),
        metadata=contexts.pack(context),
    )


def _told(calendars: Calendars) -> dict[str, Mrkdwn]:
    window = calendars.window
    days = [name for number, name in DAYS if int(number) in window.weekdays]
    hours = say.mrkdwn(
        "Questions leave {days}, {opens} to {closes}.",
        days=say("every day") if len(days) == len(DAYS) else ", ".join(days),
        opens=_hour(window.opens),
        closes=_hour(window.closes),
    )
    kept = "Not on public holidays of the person's country." if calendars.keeps_holidays else "On public holidays too."
    listed = "; ".join(map(_spoken, calendars.blackouts)) or say("none")
    return {
        "hours": hours,
        "holidays": say.mrkdwn(kept),
        "blackouts": say.mrkdwn("Days on which nobody is asked: {listed}.", listed=listed),
    }


def _team(overview: Overview) -> Mrkdwn:
    zone = bold(overview.team_zone or "UTC")
    return say.mrkdwn("First replies are due in the same hours by the clock of your team: {zone}.", zone=zone)


def _broken(incident: Incident, names: Mapping[int, str]) -> Block:
    whom = isolated(names.get(incident.account_id, "?")) if incident.account_id else say("everybody")
    text = say.mrkdwn(
        "Something is broken for {whom} since {when}: nobody there is asked.",
        whom=bold(whom),
        when=moment(incident.started_at),
    )
    return section(text, button(say("It is over"), wire.END_INCIDENT, incident.key))


def _holidays(calendars: Calendars) -> Block:
    box = tick(wire.VALUE, say("Not on public holidays where the person is"), ticked=calendars.keeps_holidays)
    return field("holidays", say("Holidays"), box, optional=True)


def _hours(hours: range) -> list[tuple[str, str]]:
    return [(str(hour), _hour(hour)) for hour in hours]


def _hour(hour: int) -> str:
    return f"{hour:02}:00"


def _line(blackout: Blackout) -> str:
    """As it is typed."""
    last = f" to {blackout.last_on}" if blackout.last_on != blackout.first_on else ""
    return f"{blackout.first_on}{last} {blackout.name or ''}".strip()


def _spoken(blackout: Blackout) -> str:
    first, last = (format_date(each, "d MMM y", locale="en") for each in (blackout.first_on, blackout.last_on))
    days = first if first == last else f"{first} – {last}"
    return f"{days} ({blackout.name})" if blackout.name else days
