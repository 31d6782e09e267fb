"""Queries about suggestions: the newest comments, for words they could teach a list."""

from collections.abc import Sequence

from sqlalchemy import Row, select

from storage.database import Transaction
from storage.models import Invitation, Response
from storage.reasons import Asked, commented

__all__ = ["Asked", "words"]


async def words(
    tx: Transaction, asked: Asked, scores: tuple[int, int], *, limit: int
) -> Sequence[Row[str, str | None]]:
    """The newest comments with such scores: in which language, and what they say."""
    query = (
        select(Invitation.language, Response.comment)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(*commented(asked), Response.score.between(*scores))
        .order_by(Response.answered_at.desc(), Response.id.desc())
        .limit(limit)
    )
    return (await tx.execute(query)).all()
