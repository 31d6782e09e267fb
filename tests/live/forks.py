"""Processes of the bot that begin where its imports ended: a process in which they are done is forked for each.

What a whole start takes, imports and all, `tests/cli/test_settings.py` sees.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["bot.__main__", "bot.app", __name__])


def launch(folder: Path, environment: Mapping[str, str], log: Path) -> ForkServerProcess:
    """`nps-bot serve` in this folder, with this environment and nothing else; it writes to the end of `log`."""
    process = _forks.Process(target=_serve, args=(folder, dict(environment), log), daemon=True)
    process.start()
    return process


def _serve(folder: Path, environment: dict[str, str], log: Path) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(written, stream.fileno())
    sys.argv = ["nps-bot", "serve"]

    from bot.__main__ import main

    main()
