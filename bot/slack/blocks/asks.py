"""What the colleague who asks sees: a small modal, and whispers that say what will happen and how to stop it."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.answering import InvitationState
from bot.rules.privacy import Privacy
from bot.services.invitations import TakenBack
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    Message,
    View,
    actions,
    button,
    choices,
    field,
    menu,
    modal,
    person_menu,
    section,
    typed,
)
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, link, mention, moment
from storage.models import Contact, Invitation, Survey

LONGEST_OCCASION = 80
NOW, LATER = "now", "later"
say = speaker("en")


def ask_modal(context: contexts.AskContext, surveys: Sequence[Survey], *, usual: Survey) -> View:
    """Whom, which survey, when; whom is already filled in when the message tells who wrote it."""
    options = [(str(survey.id), survey.name) for survey in surveys]
    times = [(NOW, say("Now")), (LATER, say("In 3 hours"))]
    hint = say('Shown to the person: "a question from us about …"')
    return modal(
        say("Ask for NPS"),
        [
            field("person", say("Whom"), person_menu(wire.VALUE, chosen=context.author_id)),
            field("survey", say("Survey"), menu(wire.VALUE, options, chosen=str(usual.id))),
            field("time", say("When"), choices(wire.VALUE, times, chosen=NOW)),
            field("occasion", say("About what"), typed(wire.VALUE, longest=LONGEST_OCCASION), optional=True, hint=hint),
        ],
        callback_id=wire.ASK_MODAL,
        submit=say("Ask"),
        close=say("Cancel"),
        metadata=contexts.pack(context),
    )


def will_ask(invitation: Invitation, contact: Contact, *, now: datetime, is_put_off: bool = False) -> Message:
    """A whisper to the asker, with a way back while there is one. `is_put_off`: to working hours, which need not be."""
    if invitation.is_rehearsal:
        return _plain(say.mrkdwn("The card is on its way to your messages with me. Answer it as a customer would."))
    person = mention(contact.user_id)
    if invitation.state == InvitationState.WITHDRAWN:
        return _plain(say.mrkdwn("That question to {person} was taken back. Ask anew to ask them.", person=person))
    about = str(invitation.id)
    if invitation.send_at <= now:
        text = say.mrkdwn("I am asking {person} {place} now.", person=person, place=_place(invitation))
        return Message(text, [section(text), actions(button(say("Take it back"), wire.DONT_ASK, about))])
    text = say.mrkdwn(
        "I will ask {person} {place}: {when}.", person=person, place=_place(invitation), when=moment(invitation.send_at)
    )
    ways = [button(say("Don't"), wire.DONT_ASK, about)]
    if is_put_off:
        text = say.mrkdwn("{text} Until then it is not working hours for them.", text=text)
        ways.append(button(say("Ask now"), wire.ASK_NOW, about))
    return Message(text, [section(text), actions(*ways)])


def unchecked(message: Message) -> Message:
    """The same, where nobody could look whether there has been a conversation."""
    note = say.mrkdwn("I may not read that thread, so I could not check whether one of you has helped there.")
    return Message(Mrkdwn(f"{message.text} {note}"), [*message.blocks, section(note)])


def asked_lately(sentence: Mrkdwn, value: str) -> Message:
    """The rules say no, a colleague may say yes."""
    anyway = button(say("Ask anyway"), wire.ASK_ANYWAY, value)
    text = say.mrkdwn("{because} Ask anyway?", because=sentence)
    return Message(text, [section(text), actions(anyway)])


def has_left(invitation: Invitation, contact: Contact) -> Message:
    """The emoji was taken away too late to call the question off; a click still takes it back."""
    text = say.mrkdwn("The question to {person} had left already, so it stays.", person=mention(contact.user_id))
    back = button(say("Take it back"), wire.DONT_ASK, str(invitation.id))
    return Message(text, [section(text), actions(back)])


def taken_back(contact: Contact, taken: TakenBack) -> Message:
    """What became of a question somebody wanted to take back."""
    person = mention(contact.user_id)
    match taken.state:
        case InvitationState.WITHDRAWN if taken.had_left:
            return _plain(say.mrkdwn("The question to {person} had left already. I have taken it back.", person=person))
        case InvitationState.WITHDRAWN:
            return _plain(say.mrkdwn("All right, {person} will not be asked.", person=person))
        case _ if taken.privacy == Privacy.CONFIDENTIAL:
            return _plain(say.mrkdwn("The question to {person} is closed.", person=person))
        case InvitationState.EXPIRED:
            return _plain(say.mrkdwn("{person} did not answer in time; the question has expired.", person=person))
        case InvitationState.FAILED:
            return _plain(say.mrkdwn("The question never reached {person}.", person=person))
    return _plain(say.mrkdwn("{person} has answered or closed the question already.", person=person))


def _place(invitation: Invitation) -> Mrkdwn:
    if invitation.permalink is None:
        return say.mrkdwn("by direct message")
    return say.mrkdwn("in {thread}", thread=link(invitation.permalink, say("the thread")))


def _plain(text: Mrkdwn) -> Message:
    return Message(text, [section(text)])
