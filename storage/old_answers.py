"""Queries about answers given elsewhere: which are known, added with their questions, and which of them count."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, select, update

from storage.database import Transaction
from storage.models import Invitation, Response, ResponseRevision
from storage.responses import NAMED, supersede

__all__ = ["add_all", "known", "set_repeats", "supersede", "times"]


async def known(tx: Transaction, contact_ids: Collection[int], occasions: Collection[str]) -> set[tuple[int, int, str]]:
    """Those of these people's questions that are known: survey, contact and occasion."""
    query = select(Invitation.survey_id, Invitation.contact_id, Invitation.occasion)
    mine = (Invitation.contact_id.in_(contact_ids), Invitation.occasion.in_(occasions))
    return set((await tx.execute(query.where(*mine))).all())


async def add_all(
    tx: Transaction, rows: Sequence[Invitation] | Sequence[Response] | Sequence[ResponseRevision]
) -> None:
    """Add rows, which learn their ids."""
    tx.add_all(rows)
    await tx.flush()


async def times(tx: Transaction, contact_ids: Collection[int], kind: str) -> Sequence[Row[int, int, datetime, bool]]:
    """What they answered themselves, by name, to one kind of survey, the first first: contact, id, when, is_repeat."""
    query = select(Response.contact_id, Response.id, Response.answered_at, Response.is_repeat)
    counted = (Response.kind == kind, Response.is_rehearsal.is_(False), Response.mode == "self")
    mine = (Response.contact_id.in_(contact_ids), Response.privacy == NAMED, *counted)  # none is taken over without
    order = (Response.contact_id, Response.answered_at, Response.id)
    return (await tx.execute(query.where(*mine).order_by(*order))).all()


async def set_repeats(tx: Transaction, response_ids: Collection[int], *, are_repeats: bool) -> None:
    await tx.execute(update(Response).where(Response.id.in_(response_ids)).values(is_repeat=are_repeats))
