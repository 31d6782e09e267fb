"""What the bot replies to what somebody typed, in a direct message that nobody else reads."""

from bot.services import responses
from bot.services.cards import CardFacts
from bot.services.surveys import SurveyKind
from bot.services.typed import Reply
from bot.slack.blocks.invitations import rehearsal
from bot.slack.blocks.kit import Message, section
from bot.slack.blocks.replies import went_to_team
from bot.texts import Speaker, speaker
from bot.texts.markup import Mrkdwn, bold, moment


def reply(facts: CardFacts, what: Reply) -> Message:
    """Worded by the answer as it stands now."""
    say = speaker(facts.invitation.language)
    if what is Reply.HEARD:
        text = went_to_team(say, facts)
    else:
        text = _buttons(say, facts) if what is Reply.BUTTONS else _about_answer(say, facts, what)
    return Message(text, [*rehearsal(say, facts), section(text)])


def nothing_open(language: str, *, has_commands: bool) -> Message:
    """Nobody asked them anything just now."""
    say = speaker(language)
    text = say.mrkdwn("No question is open for you just now, so there is nothing for me to note.")
    if has_commands:
        own = say.mrkdwn("{command} shows what is kept about you.", command=Mrkdwn("`/nps me`"))
        text = Mrkdwn(f"{text} {own}")
    return Message(text, [section(text)])


def _buttons(say: Speaker, facts: CardFacts) -> Mrkdwn:
    if facts.invitation.kind == SurveyKind.EXIT:
        return say.mrkdwn("Please choose a reason with the buttons above.")
    return say.mrkdwn(
        "I did not take that for a score. Please use the buttons above, or write a number from 0 to 10 alone."
    )


def _about_answer(say: Speaker, facts: CardFacts, what: Reply) -> Mrkdwn:
    noted = say.mrkdwn("Noted, thank you.")
    if facts.response is None:
        return noted
    if what is Reply.SCORE:
        return _scored(say, facts.response.score, _change(say, facts), has_words=bool(facts.response.comment))
    if what is Reply.WORDS:
        return Mrkdwn(f"{noted} {_change(say, facts)}")
    return _change(say, facts)


def _scored(say: Speaker, score: int, change: Mrkdwn, *, has_words: bool) -> Mrkdwn:
    noted = say.mrkdwn("Noted: your score is {score}. Thank you.", score=bold(score))
    more = say.mrkdwn("If you write a few words now, they become your comment.")
    return Mrkdwn(f"{noted} {change}" if has_words else f"{noted} {more} {change}")


def _change(say: Speaker, facts: CardFacts) -> Mrkdwn:
    until = responses.changeable_until(facts.response) if facts.response else facts.invitation.created_at
    return say.mrkdwn(
        "Where the question was, {button} lets you change or complete your answer until {time}.",
        button=bold(say("Add or change")),
        time=moment(until, language=say.language),
    )
