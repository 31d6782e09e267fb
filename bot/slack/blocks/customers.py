"""
Customers as colleagues see them: by name, or, where they answered in confidence, as nobody in particular.

What colleagues read gets no contact of a confidential answer: None stands for it, and these are the words for None.
"""

from bot.rules.privacy import Privacy
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, day, isolated, moment
from storage.models import Contact, Response

say = speaker("en")


def customer(contact: Contact | None) -> str:
    """Inside a sentence about one whom the reader knows of."""
    return isolated(contact.name) if contact else say("the customer")


def customer_first(contact: Contact | None) -> str:
    """The same at its beginning."""
    return isolated(contact.name) if contact else say("The customer")


def one_customer(contact: Contact | None) -> str:
    """Among several, inside a sentence."""
    return isolated(contact.name) if contact else say("a customer")


def one_customer_first(contact: Contact | None) -> str:
    """At the head of an answer of theirs."""
    return isolated(contact.name) if contact else say("A customer")


def answered_at(response: Response) -> Mrkdwn:
    """When they answered; of a confidential answer only the day, since others may have seen them at that minute."""
    if response.privacy == Privacy.CONFIDENTIAL:
        return day(response.answered_at.replace(hour=12, minute=0, second=0, microsecond=0))
    return moment(response.answered_at)
