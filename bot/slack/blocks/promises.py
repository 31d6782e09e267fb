"""Promises: who sees an answer, and whether with the name, as the person reads it before and after answering."""

from collections.abc import Sequence

from bot.rules.privacy import Privacy
from bot.services.cards import CardFacts
from bot.services.disclosures import is_confidential
from bot.texts import Speaker
from bot.texts.markup import Mrkdwn
from storage.models import Response


def privacy_line(say: Speaker, facts: CardFacts) -> Mrkdwn:
    if is_confidential(facts.invitation):
        return say.mrkdwn(
            "{company}'s team sees your answer without your name. "
            "Somebody who replies to you does not learn it either.",
            company=facts.company,
        )
    if facts.invitation.channel_id is not None:
        return say.mrkdwn(
            "{company}'s team sees your answer with your name. Your answer is never shown in this channel.",
            company=facts.company,
        )
    return say.mrkdwn("{company}'s team sees your answer with your name.", company=facts.company)


def still_promised(say: Speaker, facts: CardFacts) -> list[Mrkdwn]:
    """Beside the thanks: once more what somebody answered on the strength of."""
    return [privacy_line(say, facts)] if is_confidential(facts.invitation) else []


def reply_promise(say: Speaker, facts: CardFacts) -> list[Mrkdwn]:
    """Under a colleague's message."""
    if not is_confidential(facts.invitation):
        return []
    return [say.mrkdwn("Whoever wrote this does not learn your name.")]


def write_back_line(say: Speaker, facts: CardFacts) -> Mrkdwn:
    if is_confidential(facts.invitation):
        return say.mrkdwn("{company}'s team reads this, without your name. Nobody else does.", company=facts.company)
    return say.mrkdwn("{company}'s team reads this, with your name. Nobody else does.", company=facts.company)


def seen_by(say: Speaker, company: str, *, privacy: str) -> Mrkdwn:
    """In the page "What we keep", of one answer."""
    if privacy == Privacy.CONFIDENTIAL:
        return say.mrkdwn(
            "Only {company}'s team sees your answer, without your name: your words as you write them, and the day. It "
            "sees them from the next working day on. Somebody who replies to you does not learn who you are either.",
            company=company,
        )
    return say.mrkdwn("Only {company}'s team sees your answer, together with your name.", company=company)


def all_seen_by(say: Speaker, company: str, answers: Sequence[Response]) -> list[Mrkdwn]:
    """In the page about oneself, of every answer."""
    confidential = [each for each in answers if is_confidential(each)]
    told = []
    if not confidential or len(confidential) < len(answers):
        told.append(seen_by(say, company, privacy=Privacy.NAMED))
    if confidential:
        told.append(
            say.mrkdwn(
                "{company}'s team sees answers marked as confidential without your name. "
                "Somebody who replies to you does not learn it either.",
                company=company,
            )
        )
    return told
