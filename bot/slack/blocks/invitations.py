"""
The card: the question, and what becomes of it once it is answered or closed.

In a shared place every score looks the same: nothing on a card in a thread may depend on the answer.
"""

from bot.rules.answering import InvitationState
from bot.rules.scoring import HIGHEST, LOWEST
from bot.services import responses
from bot.services.cards import CardFacts
from bot.services.recoveries import is_recovery
from bot.slack import wire
from bot.slack.blocks.kit import Block, Element, Message, actions, button, context, section
from bot.slack.blocks.promises import privacy_line, still_promised
from bot.slack.blocks.recoveries import recovery_intro, recovery_question
from bot.slack.blocks.scales import scale, spoken
from bot.texts import Speaker, speaker
from bot.texts.markup import Mrkdwn, bold, day, isolated, mention, moment, shorten
from storage.models import Invitation, Response

FIRST_ROW = range(LOWEST, 6)  # 0–5, then 6–10: two rows read better on a phone
SECOND_ROW = range(6, HIGHEST + 1)
LONGEST_QUOTE = 150


def card(facts: CardFacts) -> Message:
    """The whole card, drawn anew from the rows."""
    say = speaker(facts.invitation.language)
    message = _in_its_state(say, facts)
    return Message(message.text, [*rehearsal(say, facts), *message.blocks])


def own_card(facts: CardFacts) -> Message:
    """What became of one person's question, for a whisper where the card is everybody's."""
    say = speaker(facts.invitation.language)
    return _closed(say, facts) if _has_left_since(facts) else _of_person(say, facts)


def _in_its_state(say: Speaker, facts: CardFacts) -> Message:
    if not facts.invitation.is_open or facts.invitation.state in (InvitationState.WITHDRAWN, InvitationState.FAILED):
        return _of_person(say, facts)
    if facts.invitation.shut_at is not None:
        return _plain(say.mrkdwn("This question is closed. Thank you."))
    return _question(say, facts, is_reminder=_was_reminded(facts.invitation))


def _has_left_since(facts: CardFacts) -> bool:
    """Answered first, and then asked to be left alone."""
    left, response = facts.contact.opted_out_at, facts.response
    return left is not None and response is not None and left > response.scored_at


def _of_person(say: Speaker, facts: CardFacts) -> Message:
    match InvitationState(facts.invitation.state):
        case InvitationState.ANSWERED:
            return _thanks(say, facts)
        case InvitationState.WITHDRAWN if facts.contact.opted_out_at is None:
            return _plain(say.mrkdwn("This question was taken back. There is nothing left to do."))
        case InvitationState.DECLINED | InvitationState.FAILED | InvitationState.WITHDRAWN:
            return _closed(say, facts)
        case InvitationState.WAITING:
            return _snoozed(say, facts)
    return _question(say, facts, is_reminder=_was_reminded(facts.invitation))


def question_card(facts: CardFacts) -> Message:
    """The card as it leaves, whatever became of an earlier one."""
    say = speaker(facts.invitation.language)
    message = _question(say, facts)
    return Message(message.text, [*rehearsal(say, facts), *message.blocks])


def reminder_card(facts: CardFacts) -> Message:
    """The same card once more, saying so."""
    return _question(speaker(facts.invitation.language), facts, is_reminder=True)


def question_text(invitation: Invitation) -> str:
    """The question itself: the survey's own words, or the standard ones in the person's language."""
    say = speaker(invitation.language)
    if invitation.question:
        return invitation.question.replace("{subject}", invitation.subject)
    if is_recovery(invitation):
        return recovery_question(say)
    return say("How likely are you to recommend {subject} to a friend or colleague?", subject=invitation.subject)


def is_shared(invitation: Invitation) -> bool:
    """Whether others read the place the card stands in."""
    return invitation.channel_id is not None


def _question(say: Speaker, facts: CardFacts, *, is_reminder: bool = False) -> Message:
    question, lead = question_text(facts.invitation), intro(say, facts)
    if is_reminder:
        lead = Mrkdwn(f"{_reminder(say, facts.invitation)}\n{lead}")
    small = [scale(say, facts.invitation), *_by_buttons(say, facts), *_to_all(say, facts), privacy_line(say, facts)]
    blocks = [
        section(Mrkdwn(f"{lead}\n{bold(question)}")),
        actions(*_scores(say, facts.invitation, FIRST_ROW), block_id="scores_low"),
        actions(*_scores(say, facts.invitation, SECOND_ROW), block_id="scores_high"),
        context(Mrkdwn("\n".join(small))),
        actions(*ways_out(say, facts.invitation), block_id="ways_out"),
    ]
    aloud = spoken(say, facts.invitation, intro=lead, question=question)
    return Message(Mrkdwn(" ".join([aloud, *_to_all(say, facts)])), blocks)


def intro(say: Speaker, facts: CardFacts) -> Mrkdwn:
    if is_recovery(facts.invitation):
        return recovery_intro(say, facts)
    company, occasion = facts.company, isolated(facts.invitation.occasion_label or "")
    person = mention(facts.contact.user_id)
    if is_shared(facts.invitation):
        if occasion:
            return say.mrkdwn(
                "{person}, a question from {company} about {occasion}:",
                person=person,
                company=company,
                occasion=occasion,
            )
        return say.mrkdwn("{person}, a question from {company}:", person=person, company=company)
    if occasion:
        return say.mrkdwn("A question from {company} about {occasion}:", company=company, occasion=occasion)
    return say.mrkdwn("A question from {company}:", company=company)


def _reminder(say: Speaker, invitation: Invitation) -> Mrkdwn:
    until = day(invitation.expires_at or invitation.send_at, language=say.language)
    return say.mrkdwn("A reminder, the only one: this question is open until {day}.", day=until)


def _by_buttons(say: Speaker, facts: CardFacts) -> list[Mrkdwn]:
    """In a direct message people type; where we may not read that, they had better know."""
    if facts.takes_typed or is_shared(facts.invitation):
        return []
    return [say.mrkdwn("Please use the buttons: I cannot read what is written here.")]


def _to_all(say: Speaker, facts: CardFacts) -> list[Mrkdwn]:
    if not facts.invitation.is_open:
        return []
    return [say.mrkdwn("Anybody of your company may answer. Each answer stays private.")]


def _was_reminded(invitation: Invitation) -> bool:
    """Of the card that stands; put off and asked again later it is no reminder."""
    reminded, sent = invitation.reminded_at, invitation.sent_at
    return reminded is not None and sent is not None and reminded > sent


def _scores(say: Speaker, invitation: Invitation, row: range) -> list[Element]:
    return [
        button(
            str(score),
            f"{wire.SCORE}{score}",
            wire.score_value(invitation.id, score),
            aloud=say("{score} out of 10", score=score),
        )
        for score in row
    ]


def ways_out(say: Speaker, invitation: Invitation) -> list[Element]:
    about = str(invitation.id)
    return [
        button(say("Not now"), wire.NOT_NOW, about),
        button(say("Not the right person"), wire.WRONG_PERSON, about),
        button(say("Don't ask again"), wire.STOP_ASKING, about),
        button(say("What we keep"), wire.WHAT_WE_KEEP, about),
    ]


def _thanks(say: Speaker, facts: CardFacts) -> Message:
    about, response = str(facts.invitation.id), facts.response
    change = button(say("Add or change"), wire.CHANGE_ANSWER, about)
    keep = button(say("What we keep"), wire.WHAT_WE_KEEP, about)
    if is_shared(facts.invitation) or response is None:
        text = say.mrkdwn(
            "Thank you, {name}. Your answer went privately to {company}.",
            name=isolated(facts.contact.name),
            company=facts.company,
        )
        return Message(text, [section(text), actions(change, keep)])
    text = _private_thanks(say, facts, response)
    until = say.mrkdwn(
        "You can change your answer until {time}.",
        time=moment(responses.changeable_until(response), language=say.language),
    )
    small = Mrkdwn("\n".join([until, *still_promised(say, facts)]))
    return Message(text, [section(text), context(small), actions(change, keep)])


def _private_thanks(say: Speaker, facts: CardFacts, response: Response) -> Mrkdwn:
    name, score = isolated(facts.contact.name), response.score
    if response.comment:
        comment = shorten(" ".join(response.comment.split()), LONGEST_QUOTE)
        thanks = say.mrkdwn(
            'Thank you, {name}. Your score is {score}: "{comment}"', name=name, score=score, comment=isolated(comment)
        )
    else:
        thanks = say.mrkdwn("Thank you, {name}. Your score is {score}.", name=name, score=score)
    promise = _promise(say, facts, response)
    return Mrkdwn(f"{thanks}\n{promise}") if promise else thanks


def _promise(say: Speaker, facts: CardFacts, response: Response) -> Mrkdwn | None:
    """A reply is promised only when one was asked for; a person is named only when there is one."""
    if not response.wants_reply:
        return None
    owner = facts.follow_up.claimed_by if facts.follow_up else None
    if owner:
        return say.mrkdwn("{person} will read your answer and reply to you.", person=mention(owner))
    return say.mrkdwn("Somebody at {company} will read your answer and reply to you.", company=facts.company)


def _snoozed(say: Speaker, facts: CardFacts) -> Message:
    name, when = isolated(facts.contact.name), day(facts.invitation.send_at, language=say.language)
    return _plain(say.mrkdwn("All right, {name}. We will ask again later ({day}).", name=name, day=when))


def _closed(say: Speaker, facts: CardFacts) -> Message:
    name = isolated(facts.contact.name)
    if facts.contact.opted_out_at is None:
        return _plain(say.mrkdwn("Thank you, {name}. This question is closed.", name=name))
    text = say.mrkdwn("All right, {name}. We will not ask you again.", name=name)
    undo = button(say("Undo"), wire.ALLOW_ASKING, str(facts.invitation.id))
    return Message(text, [section(text), actions(undo)])


def rehearsal(say: Speaker, facts: CardFacts) -> list[Block]:
    """The label of what is never counted."""
    if not facts.invitation.is_rehearsal:
        return []
    return [context(bold(say("Rehearsal: this is what a customer sees. Nothing here is counted.")))]


def _plain(text: Mrkdwn) -> Message:
    return Message(text, [section(text)])
