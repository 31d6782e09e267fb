"""People who gave a score with some words, for tests of what is made of them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count

from sqlalchemy import select

from bot.services import themes
from storage.database import Database, Transaction
from storage.models import Contact, Invitation, Reading, Response
from storage.responses import supersede
from tests.factories import NORTHWIND

IDS = count(1000)
KINDS = {1: "relational", 2: "transactional"}


async def comment(
    tx: Transaction,
    score: int,
    words: str | None,
    *,
    at: datetime,
    survey: int = 1,
    language: str = "en",
    name: str = "Pat",
    contact_id: int | None = None,
    **columns: object,
) -> Response:
    """Kept, but not read yet."""
    common = {"workspace_id": NORTHWIND, "survey_id": survey, "kind": KINDS[survey]}
    if contact_id is None:
        person = Contact(workspace_id=NORTHWIND, user_id=f"U{next(IDS)}", name=name, first_seen_at=at)
        tx.add(person)
        await tx.flush()
        contact_id = person.id
    asked = Invitation(**common, contact_id=contact_id, occasion=f"x{at}", subject="N", language=language,
                       state="answered", created_at=at, send_at=at, sent_at=at)  # fmt: skip
    tx.add(asked)
    await tx.flush()
    given = Response(**common, contact_id=contact_id, invitation_id=asked.id, score=score, scored_at=at,
                     answered_at=at, comment=words, **columns)  # fmt: skip
    tx.add(given)
    await tx.flush()
    await supersede(tx, [contact_id])
    return given


async def say_all(tx: Transaction, said: Iterable[tuple[int, str]], *, at: datetime, **more: object) -> list[Response]:
    """Each by somebody else."""
    return [await comment(tx, score, words, at=at, name=f"P {n}", **more) for n, (score, words) in enumerate(said)]


async def read_all(database: Database, *, limit: int = 200) -> int:
    """Batch after batch, as the chore does."""
    done = 0
    while True:
        async with database.transaction() as tx:
            batch = await themes.read_again(tx, limit=limit)
        done += batch
        if not batch:
            return done


async def about(database: Database, response_id: int) -> tuple[str, ...] | None:
    """The keys of what a comment was found to be about; None where nothing was read."""
    async with database.reading() as tx:
        return await tx.scalar(select(Reading.themes).where(Reading.response_id == response_id))
