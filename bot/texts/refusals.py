"""The sentence of every refusal. Those a respondent may read are here, in every language."""

from collections.abc import Callable
from typing import Any

from bot import errors
from bot.texts.markup import Mrkdwn, day, moment
from bot.texts.refusals_to_colleagues import TO_COLLEAGUES
from bot.texts.speakers import Speaker


def sentence(refusal: errors.Refusal, say: Speaker) -> Mrkdwn:
    """Words for the person who is refused, in their language."""
    return SENTENCES[type(refusal)](refusal, say)


def _not_invited(_: errors.NotInvited, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("This question is for somebody else. Thank you all the same.")


def _not_addressed(_: errors.NotAddressed, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("This message is for somebody else, so only they can answer it.")


def _question_gone(_: errors.QuestionGone, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("This question is no longer there, so nothing was saved.")


def _question_withdrawn(_: errors.QuestionWithdrawn, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("This question was taken back, so nothing was saved.")


def _question_closed(refusal: errors.QuestionClosed, say: Speaker) -> Mrkdwn:
    when = day(refusal.closed_at, language=say.language)
    return say.mrkdwn("This question is closed (since {day}). Thank you for wanting to answer.", day=when)


def _answer_settled(refusal: errors.AnswerSettled, say: Speaker) -> Mrkdwn:
    until = moment(refusal.until, language=say.language)
    return say.mrkdwn("Your answer could be changed until {time}. It stays as it is.", time=until)


def _outsiders_cannot(_: errors.OutsidersCannot, say: Speaker) -> Mrkdwn:
    return say.mrkdwn(
        "Guests, customers and people from other companies can answer, but not use this. A member of the team can."
    )


SENTENCES: dict[type[errors.Refusal], Callable[[Any, Speaker], Mrkdwn]] = TO_COLLEAGUES | {
    errors.NotInvited: _not_invited,
    errors.NotAddressed: _not_addressed,
    errors.QuestionGone: _question_gone,
    errors.QuestionWithdrawn: _question_withdrawn,
    errors.QuestionClosed: _question_closed,
    errors.AnswerSettled: _answer_settled,
    errors.OutsidersCannot: _outsiders_cannot,
}
