"""`nps-bot setup`: from nothing to a bot that can be started."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from bot import settings
from bot.cli import doctor, env_file
from bot.cli.interview import Interview
from bot.cli.terminal import Terminal
from bot.settings import Settings, SettingsRefused, SetupSettings

ENV_FILE = Path(".env")


def run(known: SetupSettings, console: Console) -> bool:
    """True when the bot can be started. Raises SettingsRefused where nobody can be asked, or nothing be written."""
    _check_place()
    terminal = Terminal(console)
    with terminal.quiet():
        answers = _asked_and_written(terminal, known)
        return answers is not None and _finished(terminal, console, answers)


def _check_place() -> None:
    if not sys.stdin.isatty():
        raise SettingsRefused(
            "nps-bot setup asks questions, so it needs a terminal. Without one, write .env yourself: "
            "docs/configuration.md lists what belongs there."
        )
    if not env_file.is_writable(ENV_FILE):
        raise SettingsRefused(
            "The file .env cannot be written in this folder. Change to another folder, then try again."
        )


def _asked_and_written(terminal: Terminal, known: SetupSettings) -> Mapping[str, str] | None:
    """None when somebody stopped half-way."""
    try:
        answers = Interview(terminal, known.slack_api_url, env_file.read(ENV_FILE)).answers()
        _write(answers)
    except (KeyboardInterrupt, EOFError):
        terminal.say()
        terminal.trouble("Stopped. Nothing was written.")
        return None
    return answers


def _finished(terminal: Terminal, console: Console, answers: Mapping[str, str]) -> bool:
    try:
        _tell_written(terminal)
        healthy = _examined(terminal, console, answers)
    except KeyboardInterrupt:
        terminal.say()
        terminal.trouble("Stopped. The file .env is written; `nps-bot doctor` makes the checks that are left.")
        return False
    _farewell(terminal, healthy=healthy)
    return healthy


def _write(answers: Mapping[str, str]) -> None:
    try:
        env_file.write(ENV_FILE, answers)
    except OSError as error:
        raise SettingsRefused(f"The file .env could not be written: {error.strerror}. Nothing was changed.") from None


def _tell_written(terminal: Terminal) -> None:
    terminal.say()
    terminal.fine(f"{ENV_FILE.resolve()} is written. Only you can read it.")
    if env_file.would_be_committed(ENV_FILE):
        terminal.trouble(
            "Git does not ignore .env here, so it could be committed, tokens and all. Add .env to .gitignore."
        )


def _examined(terminal: Terminal, console: Console, answers: Mapping[str, str]) -> bool:
    found = settings.read(**{name.lower(): value for name, value in answers.items()})
    _tell_what_wins(terminal, found)
    terminal.heading("A look at everything together, as nps-bot doctor does it")
    return asyncio.run(doctor.run(found, console))


def _tell_what_wins(terminal: Terminal, written: Settings) -> None:
    """The environment wins over the file, whenever the bot is started where it is set."""
    in_force = settings.read()
    names = [name.upper() for name in Settings.model_fields if getattr(in_force, name) != getattr(written, name)]
    if names:
        terminal.trouble(
            f"The environment sets {', '.join(names)} to something else, and wins over .env. Take that out there."
        )


def _farewell(terminal: Terminal, *, healthy: bool) -> None:
    if not healthy:
        terminal.heading("Nearly there")
        terminal.say("The lines marked !! say what is left to do. What you typed is kept in .env.")
        terminal.say("Mend them, then run `nps-bot doctor`. When every line says ok or note, run `nps-bot serve`.")
        return
    terminal.heading("Ready")
    terminal.say("Start the bot with `nps-bot serve`. It runs until you stop it with Ctrl-C.")
    terminal.say("Then, in Slack, type `/nps try`.")
