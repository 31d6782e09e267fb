"""What `nps-bot setup` asks Slack about an answer; a no is SettingsRefused, with a sentence for whoever typed it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PersonUnknown
from bot.settings import WHERE, SettingsRefused
from bot.slack import scopes
from bot.slack.api_errors import error_code
from bot.slack.grants import Grant, identify
from bot.slack.people import People, Person

LONGEST_WAIT = ClientTimeout(total=15)
SLACK_ID = re.compile(r"(?:<@|https?://\S+/team/)?([UW][A-Z0-9]{2,})(?:\|[^>]*)?>?")
UNKNOWN_PERSON = {
    "unknown": "Slack does not know {name}.",
    "email": "Nobody in this workspace has the address {name}.",
    "email_scope": "The scope users:read.email is not granted, so nobody is found by e-mail.",
    "handle": "I find nobody called {name}.",
    "several": "More than one person is called {name}.",
}
APP_TOKEN_REFUSED = {
    "missing_scope": f"This token lacks the scope {scopes.APP_TOKEN}. Generate another one with it.",
    "invalid_auth": f"Slack does not take this token. Copy it anew: it stands {WHERE['SLACK_APP_TOKEN']}.",
    "token_revoked": "This token was revoked. Generate another one.",
    "account_inactive": "The app of this token is no longer installed. Install it again, then paste the token again.",
    "ratelimited": "Slack wants a minute of rest. Paste the token again then.",
    "no_answer": "Slack gives no proper answer just now. Paste the token again in a moment.",
}


async def workspace(api_url: str, bot_token: str) -> Grant:
    """Whose token it is, with everything granted that the bot cannot do without."""
    async with _slack(api_url, bot_token) as slack:
        grant = await identify(slack)
    lacking = scopes.missing(grant.scopes) if grant.scopes else {}
    if lacking:
        raise SettingsRefused(
            f"This token works, for {grant.identity.name}, but the app was not granted {', '.join(lacking)}. Add it "
            f"under OAuth & Permissions, Bot Token Scopes, choose Reinstall, then paste the token again."
        )
    return grant


async def socket_mode(api_url: str, app_token: str) -> None:
    """Whether the bot will be let in."""
    async with _slack(api_url, None) as slack:
        try:
            await slack.apps_connections_open(app_token=app_token)
        except SlackApiError as error:
            raise SettingsRefused(_app_token_refused(error_code(error))) from None


async def admin(api_url: str, bot_token: str, grant: Grant, named: str) -> Person:
    """The colleague meant by an id, an e-mail address or a name."""
    async with _slack(api_url, bot_token) as slack:
        identity = grant.identity
        people = People(slack, identity.workspace_id, enterprise_id=grant.enterprise_id, scopes=grant.scopes)
        try:
            person = await _find(people, named)
        except PersonUnknown as unknown:
            raise SettingsRefused(UNKNOWN_PERSON[unknown.because].format(name=unknown.name)) from None
        except SlackApiError as error:
            raise SettingsRefused(f"Slack could not look for {named} ({error_code(error)}).") from None
    return _fit_to_be_admin(person)


@asynccontextmanager
async def _slack(api_url: str, token: str | None) -> AsyncIterator[AsyncWebClient]:
    try:
        async with ClientSession(timeout=LONGEST_WAIT) as session:
            yield AsyncWebClient(token=token, base_url=api_url, session=session)
    except (ClientError, OSError, TimeoutError):
        raise SettingsRefused(f"Slack does not answer at {api_url}. Try again.") from None


def _app_token_refused(code: str) -> str:
    return APP_TOKEN_REFUSED.get(
        code,
        f"Slack does not open a connection ({code}). Switch Socket Mode on: your app, Socket Mode, Enable Socket Mode; "
        f"then paste the token again.",
    )


async def _find(people: People, named: str) -> Person:
    slack_id = SLACK_ID.fullmatch(named)
    if slack_id:
        return await people.person(slack_id[1])
    if "@" in named.lstrip("@"):
        return await people.by_email(named.removeprefix("mailto:"))
    return await people.by_handle(named.lstrip("@"))


def _fit_to_be_admin(person: Person) -> Person:
    reasons = {
        "is deactivated in Slack": person.is_deactivated,
        "is a bot": person.is_bot,
        "belongs to another company": person.is_external,
        "is a guest here; guests answer, they do not set things up": person.is_guest,
    }
    for reason, holds in reasons.items():
        if holds:
            raise SettingsRefused(f"{person.name} {reason}. Name a colleague of your own workspace.")
    return person
