"""`nps-bot` at a real terminal: a pseudo-terminal of its own, and somebody who reads before they type."""

import asyncio
import fcntl
import os
import re
import struct
import termios
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.live import forks
from tests.live.bot_process import environment
from tests.waiting import until

ROWS, COLUMNS = 40, 100
LONGEST_READ = 65_536
CTRL_C = "\x03"
SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Typist:
    """Types one command, answers what it asks, and remembers every character that came on the screen."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *words: str) -> None:
        self._folder, self._words = folder, words
        self._environment = environment({"TERM": "xterm-256color", "BROWSER": "false", **settings})
        self._raw, self._read_to = b"", 0
        self._main, self._side = os.openpty()

    @property
    def screen(self) -> str:
        """Everything that was shown, colours left out."""
        return SEQUENCE.sub("", self._raw.decode(errors="replace"))

    @property
    def said(self) -> str:
        """The same without the line breaks of a narrow terminal."""
        return " ".join(self.screen.split())

    async def reads(self, words: str) -> None:
        """Wait until these words are shown, after those that were read before."""
        found = await until(lambda: self.said.find(words, self._read_to) + 1, f"{words!r} in:\n{self.screen}")
        self._read_to = found - 1 + len(words)

    async def types(self, line: str) -> None:
        os.write(self._main, f"{line}\n".encode())

    async def answers(self, question: str, line: str) -> None:
        await self.reads(question)
        await self.types(line)

    async def presses_ctrl_c(self) -> None:
        os.write(self._main, CTRL_C.encode())

    async def ended(self) -> int:
        await until(lambda: not self._process.is_alive(), "the command to end", within=30)
        self._look()
        return self._process.exitcode or 0

    async def __aenter__(self) -> Self:
        fcntl.ioctl(self._side, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.set_blocking(self._main, False)
        self._process = forks.launch_at(os.ttyname(self._side), self._folder, self._environment, self._words)
        asyncio.get_running_loop().add_reader(self._main, self._look)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
        asyncio.get_running_loop().remove_reader(self._main)
        os.close(self._main)
        os.close(self._side)

    def _look(self) -> None:
        with suppress(BlockingIOError, OSError):
            self._raw += os.read(self._main, LONGEST_READ)
