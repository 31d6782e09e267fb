"""
The card for who did not renew: one question, reasons to click instead of numbers, and the private room after it.

In a shared place every answer looks the same: nothing there shows which reason was chosen.
"""

from bot.rules.answering import InvitationState
from bot.rules.exits import Reason
from bot.services import exits
from bot.services.cards import CardFacts
from bot.slack import contexts, wire
from bot.slack.blocks.invitations import (
    LONGEST_QUOTE,
    card,
    intro,
    is_shared,
    rehearsal,
    ways_out,
)
from bot.slack.blocks.kit import Element, Message, View, actions, button, context, field, menu, modal, section, typed
from bot.slack.blocks.promises import privacy_line
from bot.slack.blocks.responses import LONGEST_COMMENT
from bot.texts import Speaker, speaker
from bot.texts.markup import Mrkdwn, bold, isolated, moment, shorten
from storage.models import ExitReason, Invitation

FIRST_ROW = 4  # of seven reasons: two rows read better on a phone


def exit_card(facts: CardFacts) -> Message:
    """The whole card, drawn anew; closed it looks as every card does."""
    match InvitationState(facts.invitation.state):
        case InvitationState.ANSWERED:
            say = speaker(facts.invitation.language)
            return _labelled(say, facts, _thanks(say, facts))
        case InvitationState.SENT | InvitationState.EXPIRED:
            return exit_question(facts)
    return card(facts)


def exit_question(facts: CardFacts) -> Message:
    """The card as it leaves."""
    say = speaker(facts.invitation.language)
    question, lead = exit_text(facts.invitation), intro(say, facts)
    buttons = [_reason(say, facts.invitation, reason) for reason in Reason]
    blocks = [
        section(Mrkdwn(f"{lead}\n{bold(question)}")),
        actions(*buttons[:FIRST_ROW], block_id="reasons_first"),
        actions(*buttons[FIRST_ROW:], block_id="reasons_second"),
        context(privacy_line(say, facts)),
        actions(*ways_out(say, facts.invitation), block_id="ways_out"),
    ]
    aloud = say.mrkdwn("{intro} {question} Choose a reason; a few words are welcome.", intro=lead, question=question)
    return _labelled(say, facts, Message(aloud, blocks))


def exit_text(invitation: Invitation) -> str:
    """The question itself: the survey's own words, or the standard ones in the person's language."""
    say = speaker(invitation.language)
    if invitation.question:
        return invitation.question.replace("{subject}", invitation.subject)
    return say("What was the main reason you decided not to renew?")


def reason_modal(facts: CardFacts, answer: ExitReason, *, response_url: str | None) -> View:
    """Titled the same whatever the reason; opened again, it shows what was said before."""
    say = speaker(facts.invitation.language)
    options = [(reason.value, reason_label(say, reason)) for reason in Reason]
    words = typed(wire.VALUE, longest=LONGEST_COMMENT, text=answer.comment, lines=True)
    opened = contexts.ReasonContext(answer.invitation_id, answer.reason, bool(answer.comment), response_url)
    return modal(
        say("Thank you"),
        [
            *rehearsal(say, facts),
            section(say.mrkdwn("Your answer is saved. You can change it here; the rest is optional.")),
            field("reason", say("Main reason"), menu(wire.VALUE, options, chosen=answer.reason)),
            field("comment", say("Would you tell us more?"), words, optional=True),
            context(privacy_line(say, facts)),
        ],
        callback_id=wire.REASON_MODAL,
        submit=say("Send"),
        close=say("Skip"),
        metadata=contexts.pack(opened),
    )


def reason_label(say: Speaker, reason: Reason) -> str:
    labels = {
        Reason.PRICE: say("Price"),
        Reason.MISSING: say("Something was missing"),
        Reason.QUALITY: say("Quality"),
        Reason.SUPPORT: say("Support"),
        Reason.SWITCHED: say("We use another product"),
        Reason.NOT_NEEDED: say("We no longer need it"),
        Reason.OTHER: say("Something else"),
    }
    return labels[reason]


def _labelled(say: Speaker, facts: CardFacts, message: Message) -> Message:
    return Message(message.text, [*rehearsal(say, facts), *message.blocks])


def _reason(say: Speaker, invitation: Invitation, reason: Reason) -> Element:
    return button(reason_label(say, reason), f"{wire.REASON}{reason}", str(invitation.id))


def _thanks(say: Speaker, facts: CardFacts) -> Message:
    about, answer, name = str(facts.invitation.id), facts.exit_reason, isolated(facts.contact.name)
    change = button(say("Add or change"), wire.CHANGE_REASON, about)
    keep = button(say("What we keep"), wire.WHAT_WE_KEEP, about)
    if is_shared(facts.invitation) or answer is None:
        text = say.mrkdwn(
            "Thank you, {name}. Your answer went privately to {company}.", name=name, company=facts.company
        )
        return Message(text, [section(text), actions(change, keep)])
    text = _private_thanks(say, name, answer)
    until = say.mrkdwn(
        "You can change your answer until {time}.",
        time=moment(exits.changeable_until(answer), language=say.language),
    )
    return Message(text, [section(text), context(until), actions(change, keep)])


def _private_thanks(say: Speaker, name: str, answer: ExitReason) -> Mrkdwn:
    reason = reason_label(say, Reason(answer.reason))
    if not answer.comment:
        return say.mrkdwn("Thank you, {name}. Your answer: {reason}.", name=name, reason=reason)
    comment = isolated(shorten(" ".join(answer.comment.split()), LONGEST_QUOTE))
    return say.mrkdwn(
        'Thank you, {name}. Your answer: {reason}, "{comment}"', name=name, reason=reason, comment=comment
    )
