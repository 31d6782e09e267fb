"""Charts of Slack's own: offered where they are taken, and left out where Slack has refused one."""

from collections.abc import Awaitable, Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api_errors import error_code
from bot.slack.blocks.kit import Message, without_charts

Offer = Callable[[Message], Awaitable[bool]]


class Charts:
    """What is known of workspaces, while this process lives: not every Slack takes charts."""

    def __init__(self) -> None:
        self._refused: set[str] = set()

    def are_taken(self, workspace_id: str) -> bool:
        """Until the opposite is known."""
        return workspace_id not in self._refused

    async def offer(self, workspace_id: str, offer: Offer, message: Message) -> bool:
        """Whether Slack takes the message, if need be without its chart."""
        if await offer(message):
            return True
        bare = without_charts(message)
        if bare is message or not await offer(bare):
            return False
        self._refused.add(workspace_id)
        return True

    async def post(self, slack: AsyncWebClient, workspace_id: str, channel_id: str, message: Message) -> None:
        """The same by name of the place. Raises SlackApiError."""
        try:
            await slack.chat_postMessage(channel=channel_id, text=message.text, blocks=list(message.blocks))
        except SlackApiError as error:
            bare = without_charts(message)
            if bare is message or error_code(error) != "invalid_blocks":
                raise
            await slack.chat_postMessage(channel=channel_id, text=bare.text, blocks=list(bare.blocks))
            self._refused.add(workspace_id)
