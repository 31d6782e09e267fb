"""What `nps-bot setup` asks, in the order in which the answers turn up in Slack."""

import asyncio
import webbrowser
from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.cli import credentials, env_file, setup_checks
from bot.cli.manifest import create_app_link
from bot.cli.terminal import Terminal
from bot.settings import LONGEST_COMPANY_NAME, SettingsRefused
from bot.slack import scopes
from bot.slack.grants import Grant
from bot.slack.people import Person

T = TypeVar("T")


class Interview:
    """`kept`: what .env holds already; Enter keeps it."""

    def __init__(self, terminal: Terminal, api_url: str, kept: Mapping[str, str]) -> None:
        self._terminal, self._api_url, self._kept = terminal, api_url, kept

    def answers(self) -> dict[str, str]:
        """Every setting that has a value now."""
        self._create_app()
        bot_token, grant = self._bot_token()
        given = {
            "SLACK_BOT_TOKEN": bot_token,
            "SLACK_APP_TOKEN": self._app_token(),
            "SLACK_SIGNING_SECRET": self._signing_secret(),
            "COMPANY_NAME": self._company(grant.identity.name),
            "FIRST_ADMIN": self._first_admin(bot_token, grant),
        }
        return {name: value for name, value in given.items() if value}

    def _create_app(self) -> None:
        say = self._terminal.say
        say(
            "This sets up the NPS bot, in about five minutes. Tokens stay hidden while you paste them; they go to "
            "Slack and into the file .env, nowhere else. Nothing is written before the end, and Ctrl-C stops."
        )
        self._terminal.heading("1 of 6: the app in Slack")
        self._tell_scopes()
        say()
        say(
            "This link opens Slack with all of it filled in. Choose your workspace, look it through, create the app. "
            "If there is one already, go on."
        )
        say()
        link = create_app_link(self._api_url)
        self._terminal.say_unbroken(link)
        say()
        if self._terminal.agrees("Open the link in a browser on this machine?") and not webbrowser.open(link):
            say("No browser could be opened here. Copy the link into one.")

    def _tell_scopes(self) -> None:
        say = self._terminal.say
        say("What the app asks for, and why; useful if somebody has to approve it:")
        self._terminal.table(scopes.NEEDED)
        say("Optional; without one, only that is off:")
        self._terminal.table(scopes.OPTIONAL)
        say("On a token of its own (step 3), so that no public address is needed:")
        self._terminal.table({scopes.APP_TOKEN: "opening a connection from this machine to Slack; it reads nothing"})

    def _bot_token(self) -> tuple[str, Grant]:
        self._step(
            "2 of 6: the bot token",
            "In Slack: your app, Install App, install it to your workspace. Then Slack shows the Bot User OAuth Token, "
            "which begins with xoxb-. (Where apps need approval, Slack asks for it there; come back once it is given.)",
        )
        token, grant = self._until_right(
            lambda: self._secret("SLACK_BOT_TOKEN", "Bot token"),
            lambda token: asyncio.run(setup_checks.workspace(self._api_url, token)),
        )
        self._terminal.fine(f"It works, for the workspace {grant.identity.name} ({grant.identity.url}).")
        return token, grant

    def _app_token(self) -> str:
        self._step(
            "3 of 6: the app-level token",
            "In Slack: your app, Basic Information, App-Level Tokens, Generate Token and Scopes. Any name will do; add "
            f"the scope {scopes.APP_TOKEN}. The token begins with xapp-.",
        )
        token, _ = self._until_right(
            lambda: self._secret("SLACK_APP_TOKEN", "App-level token"),
            lambda token: asyncio.run(setup_checks.socket_mode(self._api_url, token)),
        )
        self._terminal.fine("It works, and Socket Mode is on.")
        return token

    def _signing_secret(self) -> str:
        self._step(
            "4 of 6: the signing secret (optional with Socket Mode)",
            "You have Socket Mode now, so press Enter to leave it out. It is for signed HTTP, should you change over. "
            "In Slack: your app, Basic Information, App Credentials, Signing Secret; the Client Secret looks alike.",
        )
        secret, _ = self._until_right(lambda: self._secret("SLACK_SIGNING_SECRET", "Signing secret"), lambda _: None)
        self._terminal.fine(
            "It has the right form. Nobody can check more beforehand: it proves itself when Slack sends over HTTP."
            if secret
            else "Left out."
        )
        return secret

    def _company(self, workspace: str) -> str:
        self._step("5 of 6: your company's name", 'As customers know it: "How likely are you to recommend …?"')
        default = self._kept.get("COMPANY_NAME") or workspace
        name, _ = self._until_right(
            lambda: self._terminal.ask(f"Company name (Enter: {default}):") or default, _check_company
        )
        self._terminal.fine(f"A question from {name}.")
        return name

    def _first_admin(self, bot_token: str, grant: Grant) -> str:
        self._step(
            "6 of 6: the first admin",
            "Who may do everything, gets the bot's first message, and is led through the rest in Slack: you, probably. "
            "Give an e-mail address, an @name, or a Slack id (in Slack: profile, ⋮, Copy member ID).",
        )
        kept = self._kept.get("FIRST_ADMIN", "")
        choice = f"Enter: {kept}" if kept else "Enter: nobody; your workspace admins are admins anyway"
        found = self._until_right(
            lambda: self._terminal.ask(f"First admin ({choice}):") or kept,
            lambda named: self._person(bot_token, grant, named) if named else None,
        )[1]
        if found is None:
            self._terminal.fine("Nobody. Any workspace admin begins by typing /nps in Slack.")
            return ""
        self._terminal.fine(f"{found.name} (@{found.handle}, {found.user_id})")
        return found.user_id

    def _person(self, bot_token: str, grant: Grant, named: str) -> Person:
        return asyncio.run(setup_checks.admin(self._api_url, bot_token, grant, named))

    def _step(self, title: str, explanation: str) -> None:
        self._terminal.heading(title)
        self._terminal.say(explanation)

    def _secret(self, name: str, question: str) -> str:
        """Raises SettingsRefused for what cannot be right, whatever Slack would say."""
        kept = self._kept.get(name, "")
        hint = f" (Enter keeps {credentials.masked(kept)})" if kept else ""
        value = credentials.tidy(self._terminal.ask_secret(f"{question}{hint}:")) or kept
        if not value and name == "SLACK_SIGNING_SECRET":
            return value
        trouble = credentials.misplaced(name, value)
        if trouble is not None:
            raise SettingsRefused(trouble)
        return value

    def _until_right(self, ask: Callable[[], str], check: Callable[[str], T]) -> tuple[str, T]:
        """Ask again until the answer is taken; returns it with what the check found."""
        while True:
            try:
                answer = ask()
                return answer, check(answer)
            except SettingsRefused as refused:
                self._terminal.trouble(str(refused))


def _check_company(name: str) -> None:
    if len(name) > LONGEST_COMPANY_NAME:
        raise SettingsRefused(f"That is {len(name)} characters long; {LONGEST_COMPANY_NAME} is the most.")
    if not env_file.can_be_written(name):
        raise SettingsRefused(
            "A name with a backslash, ${ or control characters is not read alike everywhere. Leave it out."
        )
