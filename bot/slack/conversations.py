"""A thread, read one page far: who began it, and whether staff has been in it. What people wrote is not kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PersonUnknown
from bot.rules.gates import Conversation, closed_gate
from bot.rules.recontact import Because
from bot.slack.api_errors import error_code
from bot.slack.people import People
from bot.slack.scopes import HISTORY

PAGE = 200
UNREADABLE = frozenset({"missing_scope", "channel_not_found", "not_in_channel", "thread_not_found"})


@dataclass(frozen=True)
class Read:
    """A thread that was read: who wrote each message, the first one first. `is_whole`: there is nothing after it."""

    authors: Sequence[str]
    is_whole: bool = True

    @property
    def began_by(self) -> str | None:
        return self.authors[0] if self.authors else None


@dataclass(frozen=True)
class Gates:
    """What a thread says against asking in it. `is_unread`: we may not look, so nothing does."""

    closed: Because | None = None
    is_unread: bool = False


OPEN = Gates()


async def read(slack: AsyncWebClient, channel_id: str, thread_ts: str, *, scopes: Collection[str]) -> Read | None:
    """None where we may not: no history scope for such channels, or there is no such thread."""
    if scopes and not set(HISTORY) & set(scopes):
        return None
    try:
        page = await slack.conversations_replies(channel=channel_id, ts=thread_ts, limit=PAGE)
    except SlackApiError as error:
        if error_code(error) in UNREADABLE:
            return None
        raise
    authors = [str(message.get("user") or "") for message in page["messages"]]
    return Read(authors, is_whole=not page.get("has_more"))


async def gates(people: People, conversation: Read | None) -> Gates:
    """Whether to ask there without anybody having decided so by hand. Raises as looking people up does."""
    if conversation is None:
        return Gates(is_unread=True)
    return Gates(closed_gate(await _summed_up(people, conversation)))


async def _summed_up(people: People, conversation: Read) -> Conversation:
    """What bots wrote does not count."""
    messages, has_staff = 0, False
    known = {author: await _standing(people, author) for author in dict.fromkeys(conversation.authors)}
    for author in conversation.authors:
        is_bot, is_staff = known[author]
        messages, has_staff = messages + (not is_bot), has_staff or is_staff
    return Conversation(messages, has_staff or (False if conversation.is_whole else None))


async def _standing(people: People, author: str) -> tuple[bool, bool]:
    """Whether they are a bot, and whether they are staff; whoever Slack does not know is neither."""
    try:
        person = await people.person(author)
    except PersonUnknown:
        return not author, False
    return person.is_bot, person.is_staff and not person.is_bot
