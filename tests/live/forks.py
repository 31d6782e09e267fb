"""Processes of the bot that begin where its imports ended: a process in which they are done is forked for each.

What a whole start takes, imports and all, `tests/cli/test_settings.py` sees.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

SERVE = ("serve",)
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["bot.__main__", "bot.app", __name__])


def launch(
    folder: Path, environment: Mapping[str, str], log: Path, words: tuple[str, ...] = SERVE
) -> ForkServerProcess:
    """`nps-bot` with these words, in this folder, this environment and nothing else; it writes to the end of `log`."""
    return _started(_into_log, folder, dict(environment), words, log)


def launch_at(terminal: str, folder: Path, environment: Mapping[str, str], words: tuple[str, ...]) -> ForkServerProcess:
    """The same at a terminal, which becomes its own as a shell would have it: Ctrl-C reaches it."""
    return _started(_at_terminal, folder, dict(environment), words, terminal)


def _started(*work: object) -> ForkServerProcess:
    run, *facts = work
    process = _forks.Process(target=run, args=tuple(facts), daemon=True)  # type: ignore[arg-type]
    process.start()
    return process


def _into_log(folder: Path, environment: dict[str, str], words: tuple[str, ...], log: Path) -> None:
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(written, stream)
    _run(folder, environment, words)


def _at_terminal(folder: Path, environment: dict[str, str], words: tuple[str, ...], terminal: str) -> None:
    os.setsid()
    opened = os.open(terminal, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(opened, stream)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the process's own, until it ends
    _run(folder, environment, words)


def _run(folder: Path, environment: dict[str, str], words: tuple[str, ...]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["nps-bot", *words]

    from bot.__main__ import main

    main()
