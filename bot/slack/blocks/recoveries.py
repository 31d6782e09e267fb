"""The question some weeks after somebody looked after an answer: what it says where it differs from the others."""

from bot.services.cards import CardFacts
from bot.texts import Speaker
from bot.texts.markup import Mrkdwn, isolated


def recovery_question(say: Speaker) -> str:
    """The standard words."""
    return say("How do you feel about it now?")


def recovery_intro(say: Speaker, facts: CardFacts) -> Mrkdwn:
    """What it is about, without the answer: that it was looked at, not that all is well."""
    company, occasion = facts.company, isolated(facts.invitation.occasion_label or "")
    if occasion:
        return say.mrkdwn(
            "A while ago you gave {company} an answer about {occasion}, and somebody looked into it.",
            company=company,
            occasion=occasion,
        )
    return say.mrkdwn("A while ago you gave {company} an answer, and somebody looked into it.", company=company)


def recovery_prompt(say: Speaker) -> str:
    """The open question, the same whatever the score."""
    return say("What has changed, and what is still missing?")
