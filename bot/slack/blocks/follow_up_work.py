"""The modals behind an alert: the whole comment, and what is asked of who hands over, puts off or resolves."""

from datetime import date

from bot.rules.closing import ContactKind
from bot.slack import contexts, wire
from bot.slack.blocks.follow_ups import LONGEST_NOTE, OUTCOMES, ROOT_CAUSES, AlertFacts, headline, who
from bot.slack.blocks.kit import (
    Block,
    View,
    choices,
    day_menu,
    field,
    menu,
    modal,
    person_menu,
    quote,
    section,
    typed,
)
from bot.texts import speaker

say = speaker("en")
KINDS = {
    ContactKind.MESSAGE: "Message",
    ContactKind.EMAIL: "E-mail",
    ContactKind.CALL: "Call",
    ContactKind.MEETING: "Meeting",
}


def hand_over_modal(facts: AlertFacts, *, response_url: str | None) -> View:
    to = field("to", say("To whom?"), person_menu(wire.VALUE), hint=say("They get a message from me."))
    note = _note(say("What should they know?"))
    return _modal(facts, say("Hand over"), [to, note], wire.HAND_OVER_MODAL, response_url)


def contacted_modal(facts: AlertFacts, *, response_url: str | None) -> View:
    kinds = [(kind.value, say(label)) for kind, label in KINDS.items()]
    how = field("how", say("How did you reach them?"), choices(wire.VALUE, kinds))
    note = _note(say("What was said?"))
    return _modal(facts, say("Log a contact"), [how, note], wire.CONTACTED_MODAL, response_url)


def snooze_modal(facts: AlertFacts, *, until: date, response_url: str | None) -> View:
    """`until`: the day it starts with."""
    hint = say("That morning I remind whoever has it.")
    until_field = field("until", say("Until"), day_menu(wire.VALUE, chosen=until), hint=hint)
    return _modal(facts, say("Put off"), [until_field], wire.SNOOZE_MODAL, response_url)


def full_comment(facts: AlertFacts) -> View:
    """A long comment, every word of it."""
    comment = facts.response.comment
    words = quote(comment) if comment else section(say.mrkdwn("The comment was removed."))
    return modal(say("What they wrote"), [section(who(facts)), words], close=say("Close"))


def resolve_modal(facts: AlertFacts, *, response_url: str | None) -> View:
    outcomes = [(outcome.value, label) for outcome, label in OUTCOMES.items()]
    causes = [(cause.value, label) for cause, label in ROOT_CAUSES.items()]
    note = typed(wire.VALUE, longest=LONGEST_NOTE, lines=True, hint=say("What was done, in a sentence or two"))
    return modal(
        say("Resolve"),
        [
            section(headline(facts)),
            field("outcome", say("How did it end?"), choices(wire.VALUE, outcomes)),
            field("root_cause", say("What was behind it?"), menu(wire.VALUE, causes, hint=say("Choose one"))),
            field("note", say("Note for your colleagues"), note),
        ],
        callback_id=wire.RESOLVE_MODAL,
        submit=say("Resolve"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.FollowUpContext(facts.follow_up.id, response_url)),
    )


def _note(label: str) -> Block:
    return field("note", label, typed(wire.VALUE, longest=LONGEST_NOTE, lines=True), optional=True)


def _modal(facts: AlertFacts, title: str, fields: list[Block], callback_id: str, response_url: str | None) -> View:
    opened = contexts.FollowUpContext(facts.follow_up.id, response_url, facts.follow_up.claimed_by)
    return modal(
        title,
        [section(headline(facts)), *fields],
        callback_id=callback_id,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(opened),
    )
