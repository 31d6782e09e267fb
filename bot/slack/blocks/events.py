"""`/nps events`: what other programs told us, what came of each, and who has to be found."""

from collections.abc import Sequence

from bot.rules.recontact import Because
from bot.services.events import EventState, Listed
from bot.services.happenings import Outcome, Why
from bot.services.told import EventType, Named, Told
from bot.slack import contexts, wire
from bot.slack.blocks.kit import Block, Message, View, actions, button, field, modal, person_menu, section
from bot.slack.blocks.withholdings import BECAUSE
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, escape, isolated, mention, moment
from storage.models import Event

say = speaker("en")
WHAT = {
    EventType.CASE_OPENED: "a case was opened",
    EventType.CASE_CLOSED: "a case was closed",
    EventType.CASE_REOPENED: "a case was opened again",
    EventType.PLAN_UPGRADED: "a larger plan was taken",
    EventType.PLAN_DOWNGRADED: "a smaller plan was taken",
    EventType.OUTCOME_KNOWN: "an outcome is known",
    EventType.INCIDENT_STARTED: "an incident began",
    EventType.INCIDENT_ENDED: "an incident ended",
    EventType.REVIEW_MEETING: "a review was held",
    EventType.NOT_RENEWED: "a contract was not renewed",
}
CAME = {
    Outcome.ASKED: "a question was promised to {who}",
    Outcome.CALLED_OFF: "the question to {who} was called off",
    Outcome.NOTED: "noted",
    Outcome.TO_REPAIR: "nobody asked yet: {because}",
    Outcome.WITHHELD: "not asked: {because}",
}
REASONS: dict[str, str] = {
    **BECAUSE,
    Because.RECONTACT: "asked the same lately",
    Because.REST: "asked something else lately",
    Why.UNNAMED: "it does not say who it is about",
    Why.UNKNOWN: "Slack does not know that id",
    Why.EMAIL: "nobody here has that address",
    Why.EMAIL_SCOPE: "I may not look people up by e-mail (scope users:read.email)",
    Why.NO_CUSTOMER: "no customer began that thread",
    Why.NO_HISTORY: "I may not look who began that thread (scopes channels:history, groups:history)",
    Why.COLLEAGUE: "they are one of us, or a bot",
    Why.OPEN_AGAIN: "the case had been opened again",
    Why.STALE: "it was too long ago",
}


def event_list(listed: Sequence[Listed], *, may_repair: bool) -> Message:
    title = say.mrkdwn("*Events*") if listed else say.mrkdwn("No other program has told me anything yet.")
    lines = [_line(each) for each in listed]
    blocks = [section(title)]
    for each, line in zip(listed, lines, strict=True):
        blocks += [section(line), *(_buttons(each) if may_repair else [])]
    return Message(Mrkdwn("\n".join([title, *lines])), blocks)


def say_who_modal(event: Event, told: Told, *, response_url: str | None) -> View:
    """Slack shows guests and, where they share a channel, people of other companies."""
    context = contexts.EventContext(event.id, response_url)
    return modal(
        say("Say who it is"),
        [section(_about(event, told)), field("person", say("Who"), person_menu(wire.VALUE))],
        callback_id=wire.SAY_WHO_MODAL,
        submit=say("Go on"),
        close=say("Cancel"),
        metadata=contexts.pack(context),
    )


def _line(each: Listed) -> Mrkdwn:
    return say.mrkdwn(
        "{day} · {source}: {about}\n{came}",
        day=moment(each.event.happened_at),
        source=bold(each.source_name),
        about=_about(each.event, each.told),
        came=_came(each),
    )


def _about(event: Event, told: Told | None) -> Mrkdwn:
    about = say.mrkdwn(WHAT[EventType(event.type)])
    if event.occasion_label:
        about = say.mrkdwn("{what}, “{label}”", what=about, label=isolated(event.occasion_label))
    named = _named(told.person) if told and told.person else None
    return say.mrkdwn("{about} ({named})", about=about, named=named) if named else about


def _named(person: Named) -> Mrkdwn:
    if person.slack_id:
        return mention(person.slack_id)
    return escape(person.email or person.permalink or f"{person.channel} {person.thread}")


def _came(each: Listed) -> Mrkdwn:
    if each.event.state == EventState.DROPPED:
        return say.mrkdwn("let be: nobody said who it is about")
    who = mention(each.user_id) if each.user_id else say.mrkdwn("somebody")
    reason = each.event.because
    because = say.mrkdwn(REASONS.get(reason, "{reason}"), reason=reason) if reason else Mrkdwn("")
    came = say.mrkdwn(CAME[Outcome(each.event.outcome)], who=who, because=because)
    if each.event.outcome == Outcome.NOTED and reason:
        came = say.mrkdwn("{came}: {because}", came=came, because=because)
    until = each.event.until
    return say.mrkdwn("{came}; possible from {day}", came=came, day=day(until)) if until else came


def _buttons(each: Listed) -> list[Block]:
    if each.event.state != EventState.TO_REPAIR:
        return []
    event_id = str(each.event.id)
    who = button(say("Say who it is"), wire.SAY_WHO, event_id, primary=True)
    return [actions(who, button(say("Drop"), wire.DROP_EVENT, event_id))]
