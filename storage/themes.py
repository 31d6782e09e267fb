"""Queries about themes: a workspace's word list, and what comments are about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update

from storage import database
from storage.database import Transaction, insert, keep
from storage.models import CommentTheme, Invitation, OwnTheme, Reading, Response, WordList, Workspace


@dataclass(frozen=True)
class Comment:
    """What somebody wrote, and the language they were asked in."""

    response_id: int
    text: str
    language: str


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


async def add(tx: Transaction, theme: OwnTheme) -> None:
    await database.add(tx, theme)


async def change(tx: Transaction, theme_id: int, **values: object) -> None:
    await tx.execute(update(OwnTheme).where(OwnTheme.id == theme_id).values(**values))


async def forget_changes(tx: Transaction, workspace_id: str, keys: Collection[str]) -> None:
    """Of the themes the software brings; those somebody added are changed, so that their keys stay taken."""
    query = delete(OwnTheme).where(OwnTheme.workspace_id == workspace_id, OwnTheme.key.in_(keys))
    await tx.execute(query)


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


async def keep_readings(tx: Transaction, folded: Mapping[int, str]) -> None:
    """By answer, what its comment says without case."""
    if not folded:
        return
    query = insert(tx, Reading)
    query = query.on_conflict_do_update(index_elements=["response_id"], set_={"folded": query.excluded.folded})
    await tx.execute(query, [{"response_id": id_, "folded": text} for id_, text in folded.items()])


async def retag(tx: Transaction, themes: Mapping[int, Collection[str]]) -> None:
    """By answer, what its comment is about by the list; what a colleague said of it stays."""
    by_list = CommentTheme.response_id.in_(themes), CommentTheme.is_by_hand.is_(False)
    await tx.execute(delete(CommentTheme).where(*by_list))
    found = [{"response_id": id_, "theme": key} for id_, keys in themes.items() for key in sorted(keys)]
    if found:
        rows = [{**each, "is_about": True, "is_by_hand": False} for each in found]
        await tx.execute(insert(tx, CommentTheme).on_conflict_do_nothing(), rows)


async def correct(tx: Transaction, response_id: int, theme: str, *, is_about: bool) -> None:
    said = {"is_about": is_about, "is_by_hand": True}
    query = insert(tx, CommentTheme).values(response_id=response_id, theme=theme, **said)
    await tx.execute(query.on_conflict_do_update(index_elements=["response_id", "theme"], set_=said))


async def forget(tx: Transaction, response_id: int) -> None:
    """What was found in words that are no more, whoever found it."""
    for table in (CommentTheme, Reading):
        await tx.execute(delete(table).where(table.response_id == response_id))


async def forget_person(tx: Transaction, contact_id: int) -> None:
    """All that was found in a person's comments. From now on nothing more is found in them."""
    theirs = select(Response.id).where(Response.contact_id == contact_id)
    await tx.execute(theirs.order_by(Response.id).with_for_update())
    for table in (CommentTheme, Reading):
        await tx.execute(delete(table).where(table.response_id.in_(theirs)))


async def of_responses(tx: Transaction, response_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """The keys of what their comments are about; of those about nothing there is no entry."""
    query = select(CommentTheme.response_id, CommentTheme.theme)
    rows = await tx.execute(query.where(CommentTheme.response_id.in_(response_ids), CommentTheme.is_about))
    found: dict[int, set[str]] = {}
    for response_id, theme in rows:
        found.setdefault(response_id, set()).add(theme)
    return {response_id: frozenset(themes) for response_id, themes in found.items()}
