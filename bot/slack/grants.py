"""What a token was granted, as Slack tells; and Bolt's leave to act with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.workspaces import Identity
from bot.settings import SettingsRefused
from bot.slack.api_errors import error_code


@dataclass(frozen=True)
class Grant:
    """What auth.test told about the bot token."""

    identity: Identity
    bot_id: str
    scopes: tuple[str, ...]
    enterprise_id: str | None = None


async def identify(slack: AsyncWebClient) -> Grant:
    """Ask Slack whose token this is. Raises SettingsRefused when it does not take it, or does not answer."""
    try:
        answer = await slack.auth_test()
    except SlackApiError as error:
        raise SettingsRefused(
            f"Slack does not take SLACK_BOT_TOKEN ({error_code(error)}). Copy it anew from OAuth & Permissions."
        ) from None
    except (OSError, TimeoutError):
        raise SettingsRefused(f"Slack does not answer at SLACK_API_URL {slack.base_url}.") from None
    identity = Identity(answer["team_id"], answer["team"], answer["url"], answer["user_id"])
    scopes = answer.headers.get("x-oauth-scopes", "")
    return Grant(
        identity,
        bot_id=answer.get("bot_id") or "",
        scopes=tuple(filter(None, scopes.replace(" ", "").split(","))),
        enterprise_id=answer.get("enterprise_id") or None,
    )


def authorize_as(grant: Grant, token: str) -> Callable[..., Any]:
    """Bolt's authorize, without asking Slack or the database on the way of a click."""
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=grant.identity.workspace_id,
        bot_id=grant.bot_id,
        bot_user_id=grant.identity.bot_user_id,
        bot_token=token,
    )

    async def authorize(team_id: str | None, context: AsyncBoltContext) -> AuthorizeResult | None:
        # A workflow of another workspace of the organisation is let in to hear that it cannot ask here.
        is_workflow = context.function_execution_id is not None and context.user_id is None
        return result if is_workflow or team_id == grant.identity.workspace_id else None

    return authorize
