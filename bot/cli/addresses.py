"""E-mail addresses that Slack knows a person for: looked up one by one, as slowly as Slack wants it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import ImportSettings, SettingsRefused
from bot.slack.api_errors import error_code
from bot.slack.people import EMAIL_SCOPE

MOST_WAITS = 10


class Addresses:
    """Asks Slack who has an address."""

    def __init__(self, slack: AsyncWebClient) -> None:
        self._slack = slack

    async def owner(self, email: str) -> tuple[str, str] | None:
        """Slack id and name; None when nobody has it. Raises SettingsRefused when Slack does not tell."""
        try:
            answer = await self._slack.users_lookupByEmail(email=email)
        except SlackApiError as error:
            if error_code(error) == "users_not_found":
                return None
            raise _refusal(error_code(error)) from None
        except (ClientError, OSError, TimeoutError):
            raise SettingsRefused(
                "Slack does not answer. What was kept is kept: run the same again to go on."
            ) from None
        user: dict[str, Any] = answer["user"]
        return user["id"], (user.get("profile") or {}).get("real_name") or user.get("name") or user["id"]


@asynccontextmanager
async def addresses(settings: ImportSettings) -> AsyncIterator[Addresses | None]:
    """None without a token."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        yield None
        return
    waits: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=MOST_WAITS)]
    async with ClientSession(timeout=ClientTimeout(total=15)) as http:
        yield Addresses(
            AsyncWebClient(token=token, base_url=settings.slack_api_url, session=http, retry_handlers=waits)
        )


def _refusal(code: str | None) -> SettingsRefused:
    needed = f"It needs the scope {EMAIL_SCOPE}. " if code == "missing_scope" else ""
    return SettingsRefused(f"Slack does not look addresses up ({code}). {needed}A user_id in each row does without.")
