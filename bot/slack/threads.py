"""Who began a thread, where we may look."""

from collections.abc import Collection

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NobodyToAsk
from bot.slack.api_errors import error_code
from bot.slack.grammar import MessageLink
from bot.slack.scopes import HISTORY

GONE = frozenset({"message_not_found", "channel_not_found", "not_in_channel", "thread_not_found"})


async def who_began(slack: AsyncWebClient, link: MessageLink, *, scopes: Collection[str]) -> str | None:
    """Raises NobodyToAsk where we may not read that. `scopes`: what was granted, where Slack tells."""
    if scopes and not set(HISTORY) & set(scopes):
        raise NobodyToAsk("no_history")
    try:
        answer = await slack.conversations_replies(channel=link.channel_id, ts=link.thread_ts, limit=1)
    except SlackApiError as error:
        if error_code(error) == "missing_scope":
            raise NobodyToAsk("no_history") from None
        if error_code(error) in GONE:
            return None
        raise
    return next((message.get("user") for message in answer["messages"]), None)
