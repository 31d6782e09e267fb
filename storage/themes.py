"""Queries about themes: a workspace's word list, and what comments are about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update

from storage import database
from storage.database import Transaction, insert, keep
from storage.models import Invitation, OwnTheme, Reading, Response, ThemeCorrection, WordList, Workspace


@dataclass(frozen=True)
class Comment:
    """What somebody wrote, and the language they were asked in."""

    response_id: int
    text: str
    language: str


async def get(tx: Transaction, workspace_id: str) -> WordList | None:
    return await tx.get(WordList, workspace_id, populate_existing=True)


async def lean_on(tx: Transaction, workspace_id: str) -> bool:
    """Let nobody change the list before this transaction ends; False when there is none yet."""
    held = select(WordList.workspace_id).where(WordList.workspace_id == workspace_id).with_for_update(read=True)
    return await tx.scalar(held) is not None


async def hold(tx: Transaction, workspace_id: str) -> WordList | None:
    """Change it, or read comments again with it: one at a time, after whoever leans on it."""
    query = select(WordList).where(WordList.workspace_id == workspace_id)
    return await tx.scalar(query.with_for_update(key_share=True))


async def begin(tx: Transaction, workspace_id: str, *, made_of: str) -> None:
    """Have a list; whatever was said until now is still to be read."""
    await keep(tx, WordList(workspace_id=workspace_id, made_of=made_of, read_until=0))


async def read_until(tx: Transaction, workspace_id: str, response_id: int | None, *, made_of: str) -> None:
    query = update(WordList).where(WordList.workspace_id == workspace_id)
    await tx.execute(query.values(read_until=response_id, made_of=made_of))


async def outdated(tx: Transaction, *, made_of: str) -> str | None:
    """A workspace with comments that were not read with its list as it is now."""
    query = select(Workspace.id).outerjoin(WordList, WordList.workspace_id == Workspace.id)
    stale = or_(WordList.workspace_id.is_(None), WordList.read_until.is_not(None), WordList.made_of != made_of)
    return await tx.scalar(query.where(stale).order_by(Workspace.id).limit(1))


async def own(tx: Transaction, workspace_id: str) -> Sequence[OwnTheme]:
    """What a workspace made of its themes, in the order in which it did."""
    query = select(OwnTheme).where(OwnTheme.workspace_id == workspace_id).order_by(OwnTheme.id)
    return (await tx.scalars(query)).all()


async def comments_after(tx: Transaction, workspace_id: str, response_id: int, *, limit: int) -> Sequence[Comment]:
    """The next ones by their ids; none of them is erased before this transaction ends."""
    query = (
        select(Response.id, Response.comment, Invitation.language)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.workspace_id == workspace_id, Response.id > response_id, Response.is_rehearsal.is_(False))
        .where(Response.comment.is_not(None), Response.comment != "")
        .order_by(Response.id)
        .limit(limit)
        .with_for_update(of=Response, read=True, key_share=True)
    )
    return [Comment(id_, text or "", language) for id_, text, language in await tx.execute(query)]


async def keep_readings(tx: Transaction, readings: Sequence[Reading]) -> None:
    """What was read in some comments, instead of what was read in them before."""
    if not readings:
        return
    query = insert(tx, Reading)
    anew = {"themes": query.excluded.themes, "folded": query.excluded.folded}
    query = query.on_conflict_do_update(index_elements=["response_id"], set_=anew)
    await tx.execute(query, [database.values_of(each) for each in readings])


async def reading_held(tx: Transaction, response_id: int) -> Reading | None:
    return await tx.scalar(select(Reading).where(Reading.response_id == response_id).with_for_update())


async def set_themes(tx: Transaction, response_id: int, themes: Collection[str]) -> None:
    found = tuple(sorted(themes))
    await tx.execute(update(Reading).where(Reading.response_id == response_id).values(themes=found))


async def correct(tx: Transaction, response_id: int, theme: str, *, is_about: bool) -> None:
    query = insert(tx, ThemeCorrection).values(response_id=response_id, theme=theme, is_about=is_about)
    anew = {"is_about": query.excluded.is_about}
    await tx.execute(query.on_conflict_do_update(index_elements=["response_id", "theme"], set_=anew))


async def corrections(tx: Transaction, response_ids: Collection[int]) -> Sequence[ThemeCorrection]:
    query = select(ThemeCorrection).where(ThemeCorrection.response_id.in_(response_ids))
    return (await tx.scalars(query)).all()


async def forget(tx: Transaction, response_id: int) -> None:
    """What was found in words that are no more, whoever found it."""
    for table in (ThemeCorrection, Reading):
        await tx.execute(delete(table).where(table.response_id == response_id))


async def forget_person(tx: Transaction, contact_id: int) -> None:
    """All that was found in a person's comments. From now on nothing more is found in them."""
    theirs = select(Response.id).where(Response.contact_id == contact_id)
    await tx.execute(theirs.order_by(Response.id).with_for_update())
    for table in (ThemeCorrection, Reading):
        await tx.execute(delete(table).where(table.response_id.in_(theirs)))
