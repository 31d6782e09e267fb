"""A file of answers, written a page at a time to a file that is open: for Slack, and for the command line."""

import asyncio
from typing import Protocol

from bot.rules.answer_files import Format, heading, lines
from bot.services import answer_files
from bot.services.answer_files import AnswerFile, Page, Place
from storage.database import Database


class Paper(Protocol):
    """A file that takes bytes."""

    def write(self, text: bytes, /) -> object: ...


async def write(database: Database, wanted: AnswerFile, format: Format, to: Paper) -> int:  # noqa: A002
    """Returns how many answers. Each page is its own look at the database, and is written beside other work."""
    count = 0
    place: Place | None = answer_files.FIRST
    await asyncio.to_thread(to.write, heading(format).encode())
    while place is not None:
        async with database.reading() as tx:
            page = await answer_files.page(tx, wanted, place)
        await asyncio.to_thread(_put, to, page, format)
        count, place = count + len(page.lines), page.next
    return count


def _put(to: Paper, page: Page, format: Format) -> None:  # noqa: A002
    to.write(lines(page.lines, format).encode())
