"""What is asked for when a colleague hands a follow-up over, writes down a contact, or puts it off."""

from datetime import date

from bot.rules.closing import ContactKind
from bot.slack import wire
from bot.slack.blocks.follow_ups import LONGEST_NOTE, AlertFacts, headline
from bot.slack.blocks.kit import Block, View, choices, day_menu, field, modal, person_menu, section, typed
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


def _note(label: str) -> Block:
    return field("note", label, typed(wire.VALUE, longest=LONGEST_NOTE, lines=True), optional=True)


def _modal(facts: AlertFacts, title: str, fields: list[Block], callback_id: str, response_url: str | None) -> View:
    opened = wire.FollowUpContext(facts.follow_up.id, response_url, facts.follow_up.claimed_by)
    return modal(
        title,
        [section(headline(facts)), *fields],
        callback_id=callback_id,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=wire.pack(opened),
    )
