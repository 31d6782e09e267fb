"""Asking an operator at a terminal. What is pasted comes whole, and secrets are never shown."""

import os
import select
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

FIRST_COLUMN = 18
LONGEST_LINE = 65_536
PASTE_SECONDS = 0.05  # the lines of one paste follow each other faster than anybody types


class Terminal:
    """Questions and answers. Only what is typed to `ask` can be seen."""

    def __init__(self, console: Console) -> None:
        self._console, self._input = console, sys.stdin.fileno()

    def say(self, text: str = "", *, style: str | None = None) -> None:
        self._console.print(text, style=style, markup=False, highlight=False)

    def say_unbroken(self, text: str) -> None:
        """One long line: the terminal shows it on several, but copies it as one."""
        self._console.print(text, soft_wrap=True, markup=False, highlight=False)

    def heading(self, text: str) -> None:
        self.say()
        self.say(text, style="bold")

    def trouble(self, text: str) -> None:
        self.say(text, style="bold red")

    def fine(self, text: str) -> None:
        self._console.print("  ok  ", style="green", end="")
        self.say(text)

    def table(self, rows: Mapping[str, str]) -> None:
        grid = Table.grid(padding=(0, 2))
        for name, meaning in rows.items():
            grid.add_row(f"  {name:<{FIRST_COLUMN}}", Text(meaning))
        self._console.print(grid, highlight=False)

    def ask(self, question: str) -> str:
        """Raises EOFError when there is nobody any more."""
        with self._echo(on=True):
            self._prompt(question)
            return self._pasted()

    def ask_secret(self, question: str) -> str:
        with self._echo(on=False):
            self._prompt(question)
            answer = self._pasted()
            self.say()  # for the Enter that was not shown
            return answer

    def agrees(self, question: str) -> bool:
        return self.ask(f"{question} [y/N]").casefold() in {"y", "yes"}

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Between two questions as well: the end of a slow paste may arrive there."""
        with self._echo(on=False):
            yield

    def _prompt(self, question: str) -> None:
        self._console.print(question, style="bold cyan", end=" ", markup=False, highlight=False)

    def _pasted(self) -> str:
        """Everything of one paste, with single spaces between its lines."""
        lines = [self._line()]
        while select.select([self._input], [], [], PASTE_SECONDS)[0]:
            lines.append(self._line())
        return " ".join(" ".join(lines).split())

    def _line(self) -> str:
        line = os.read(self._input, LONGEST_LINE)
        if not line:
            raise EOFError
        return line.decode(errors="replace")

    @contextmanager
    def _echo(self, *, on: bool) -> Iterator[None]:
        before = termios.tcgetattr(self._input)
        changed = [*before]
        changed[3] = before[3] | termios.ECHO if on else before[3] & ~termios.ECHO
        termios.tcsetattr(self._input, termios.TCSADRAIN, changed)
        try:
            yield
        finally:
            termios.tcsetattr(self._input, termios.TCSADRAIN, before)
