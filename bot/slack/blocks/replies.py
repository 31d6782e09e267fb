"""What a customer reads of a colleague's reply, and the window in which they write back."""

import re
from dataclasses import dataclass

from bot.services.cards import CardFacts
from bot.services.disclosures import is_confidential
from bot.slack import contexts, wire
from bot.slack.blocks.invitations import rehearsal
from bot.slack.blocks.kit import Block, Element, Message, View, actions, button, context, field, modal, section, typed
from bot.slack.blocks.promises import reply_promise, write_back_line
from bot.texts import Speaker, speaker
from bot.texts.markup import Mrkdwn, bold, escape, isolated, mention, shorten

LONGEST_REPLY, LONGEST_QUOTE, SPOKEN = 2000, 150, 3000
URL = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)])")


@dataclass(frozen=True)
class Reply:
    """A colleague's words to a customer. `signature`: the name they go out under."""

    facts: CardFacts
    follow_up_id: int
    words: str
    signature: str
    is_preview: bool = False  # for the colleague: the button does nothing

    @property
    def language(self) -> str:
        """Theirs; a colleague who may not know who they are sees it in English."""
        is_hidden = self.is_preview and is_confidential(self.facts.invitation)
        return "en" if is_hidden else self.facts.invitation.language


def direct_reply(reply: Reply) -> Message:
    """By direct message, where nobody else reads."""
    say = speaker(reply.language)
    lead = say.mrkdwn("A message from {name}, {company}:", **_sender(reply))
    return _message(say, reply, lead, [*_about(say, reply.facts), *_how(say, reply.facts)])


def reply_in_thread(reply: Reply) -> Message:
    """Where others read along: it tells nothing of what was answered."""
    say = speaker(reply.facts.invitation.language)
    person = mention(reply.facts.contact.user_id)
    lead = say.mrkdwn("{person}, a message from {name}, {company}:", person=person, **_sender(reply))
    private = say.mrkdwn(
        "What {person} answers with the button goes privately to {company}.",
        person=isolated(reply.facts.contact.name),
        company=reply.facts.company,
    )
    return _message(say, reply, lead, [private])


def write_back_modal(facts: CardFacts, follow_up_id: int) -> View:
    say = speaker(facts.invitation.language)
    return modal(
        say("Your reply"),
        [
            *rehearsal(say, facts),
            field("words", say("What would you like to say?"), typed(wire.VALUE, longest=LONGEST_REPLY, lines=True)),
            context(write_back_line(say, facts)),
        ],
        callback_id=wire.WRITE_BACK_MODAL,
        submit=say("Send"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.FollowUpContext(follow_up_id)),
    )


def written_back(facts: CardFacts) -> View:
    """A short thanks, in the window they wrote in: nobody else sees it."""
    say = speaker(facts.invitation.language)
    return modal(say("Thank you"), [section(went_to_team(say, facts))], close=say("Close"))


def went_to_team(say: Speaker, facts: CardFacts) -> Mrkdwn:
    return say.mrkdwn("Thank you. Your words went privately to {company}.", company=facts.company)


def literally(words: str) -> Block:
    """A colleague's words as they wrote them: links can be followed, nothing is formatted, nobody is mentioned."""
    pieces = [_piece(each) for each in URL.split(words) if each]
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces}]}


def _message(say: Speaker, reply: Reply, lead: Mrkdwn, small_print: list[Mrkdwn]) -> Message:
    blocks = [
        *rehearsal(say, reply.facts),
        section(lead),
        literally(reply.words),
        *(context(line) for line in small_print),
        actions(_answer(say, reply)),
    ]
    spoken = escape(isolated(shorten(reply.words, SPOKEN)))
    return Message(Mrkdwn(f"{lead} {spoken}"), blocks)


def _answer(say: Speaker, reply: Reply) -> Element:
    action_id = wire.REPLY_SHOWN if reply.is_preview else wire.WRITE_BACK
    return button(say("Reply"), action_id, str(reply.follow_up_id))


def _sender(reply: Reply) -> dict[str, Mrkdwn]:
    return {"name": bold(isolated(reply.signature)), "company": bold(isolated(reply.facts.company))}


def _about(say: Speaker, facts: CardFacts) -> list[Mrkdwn]:
    comment = facts.response.comment if facts.response else None
    if not comment:
        return []
    quoted = isolated(shorten(" ".join(comment.split()), LONGEST_QUOTE))
    return [say.mrkdwn('You had written: "{comment}"', comment=quoted)]


def _how(say: Speaker, facts: CardFacts) -> list[Mrkdwn]:
    return [_how_to_answer(say, facts), *reply_promise(say, facts)]


def _how_to_answer(say: Speaker, facts: CardFacts) -> Mrkdwn:
    if facts.takes_typed:
        return say.mrkdwn(
            "Answer with the button, or just write here. It goes privately to {company}.", company=facts.company
        )
    return say.mrkdwn("Please answer with the button: I cannot read what is written here.")


def _piece(words: str) -> Element:
    return {"type": "link", "url": words} if URL.fullmatch(words) else {"type": "text", "text": words}
