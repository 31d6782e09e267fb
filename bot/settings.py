"""The environment, read once into frozen values; a missing or wrong one is one sentence that says what to do."""

import os
import re
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.logs import LogFormat

LONGEST_COMPANY_NAME = 80
WHERE = {
    "SLACK_BOT_TOKEN": "in Slack under api.slack.com/apps, your app, OAuth & Permissions, Bot User OAuth Token (xoxb-)",
    "SLACK_APP_TOKEN": "in Slack under api.slack.com/apps, your app, Basic Information, App-Level Tokens (xapp-…), "
    "with the scope connections:write",
    "SLACK_SIGNING_SECRET": "in Slack under api.slack.com/apps, your app, Basic Information, App Credentials",
    "SLACK_API_URL": "https://slack.com/api/ for everybody but GovSlack",
    "COMPANY_NAME": "the name customers know you by, up to 80 characters",
    "FIRST_ADMIN": "a Slack id (U… or W…) or the e-mail address of somebody in your workspace",
    "DATABASE_URL": "sqlite+aiosqlite:///nps.db or postgresql+asyncpg://user:password@host/name",
    "HOST": "127.0.0.1, or 0.0.0.0 behind a proxy or in a container",
    "PORT": "a number from 0 to 65535",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "LOG_FORMAT": "console or json",
    "WEBHOOKS_ALLOW_PRIVATE": "true, for webhooks into an inner network and over plain http, or false",
}


class SettingsRefused(Exception):  # noqa: N818 - a sentence for the operator, not a bug
    """One sentence naming the setting that is missing or wrong, and where to find it."""


def _prefixed(prefix: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return value

    return AfterValidator(check)


def _person(value: str) -> str:
    if value and "@" not in value and not re.fullmatch(r"[UW][A-Z0-9]+", value):
        raise ValueError("must be a Slack id or an e-mail address")
    return value


def _api_url(value: str) -> str:
    if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc:
        raise ValueError("must be a web address")
    return value.rstrip("/") + "/"


def with_driver(value: str) -> str:
    """Name the driver: postgres://… becomes postgresql+asyncpg://…, sqlite:///… becomes sqlite+aiosqlite:///…."""
    scheme, found, rest = value.partition("://")
    driver = {
        "postgres": "postgresql+asyncpg",
        "postgresql": "postgresql+asyncpg",
        "postgresql+asyncpg": "postgresql+asyncpg",
        "sqlite": "sqlite+aiosqlite",
        "sqlite+aiosqlite": "sqlite+aiosqlite",
    }.get(scheme)
    if not found or driver is None:
        raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
    return f"{driver}://{rest}"


class StorageSettings(BaseSettings):
    """What `migrate`, `erase` and `export` need: a database and a way to talk about it."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: Annotated[str, AfterValidator(with_driver)] = "sqlite+aiosqlite:///nps.db"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: LogFormat = "console"
    webhooks_allow_private: bool = False


class SetupSettings(StorageSettings):
    """What `setup` needs before there is a token."""

    slack_api_url: Annotated[str, AfterValidator(_api_url)] = "https://slack.com/api/"


class ImportSettings(SetupSettings):
    """What `import` needs: with a token it looks e-mail addresses up."""

    slack_bot_token: Annotated[SecretStr, _prefixed("xoxb-")] = SecretStr("")


class Settings(SetupSettings):
    """Everything `serve` and `doctor` need. Socket Mode when `slack_app_token` is set, signed HTTP otherwise."""

    slack_bot_token: Annotated[SecretStr, _prefixed("xoxb-")]
    slack_app_token: Annotated[SecretStr, _prefixed("xapp-")] = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    company_name: str = Field(default="", max_length=LONGEST_COMPANY_NAME)
    first_admin: Annotated[str, AfterValidator(_person)] = ""
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)

    @property
    def uses_socket_mode(self) -> bool:
        return bool(self.slack_app_token.get_secret_value())


def environment_for_others() -> dict[str, str]:
    """What this program was started with, for programs it starts itself; our settings, which hold tokens, left out."""
    return {name: value for name, value in os.environ.items() if name not in WHERE}


S = TypeVar("S", bound=StorageSettings)


def read_storage() -> StorageSettings:
    """Read the settings of the database commands. Raises SettingsRefused."""
    return _explained(StorageSettings)


def read_setup() -> SetupSettings:
    """Read what `setup` starts from. Raises SettingsRefused."""
    return _explained(SetupSettings)


def read_import() -> ImportSettings:
    """Read what `import` needs. Raises SettingsRefused."""
    return _explained(ImportSettings)


def read(**known: str) -> Settings:
    """Read all settings; `known` ones win over the environment. Raises SettingsRefused when one is missing or wrong."""
    settings = _explained(Settings, **known)
    if not settings.slack_bot_token.get_secret_value():
        raise SettingsRefused(_missing("SLACK_BOT_TOKEN"))
    if not settings.uses_socket_mode and not settings.slack_signing_secret.get_secret_value():
        raise SettingsRefused(
            f"Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set. For Socket Mode set SLACK_APP_TOKEN: "
            f"you find it {WHERE['SLACK_APP_TOKEN']}. For HTTP set SLACK_SIGNING_SECRET: "
            f"you find it {WHERE['SLACK_SIGNING_SECRET']}."
        )
    return settings


def _explained(kind: type[S], **known: Any) -> S:
    try:
        return kind(**known)
    except UnicodeDecodeError:
        raise SettingsRefused(".env is not text in UTF-8. Save it as UTF-8, or let `nps-bot setup` write it.") from None
    except ValidationError as refused:
        # The error holds the value, which may be a token: it must not be chained into a traceback.
        raise SettingsRefused(_sentence(refused)) from None


def _sentence(refused: ValidationError) -> str:
    first = refused.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]).upper()
    if first["type"] == "missing":
        return _missing(name)
    reason = first["msg"].removeprefix("Value error, ")
    wrong = f"it {reason}" if reason.startswith("must") else reason.lower()
    return f"{name} is not right: {wrong}. It should be {_belongs(name)}."


def _belongs(name: str) -> str:
    return f"what you find {WHERE[name]}" if WHERE[name].startswith("in Slack") else WHERE[name]


def _missing(name: str) -> str:
    return f"{name} is not set. You find it {WHERE[name]}; put it into the environment or into .env."
