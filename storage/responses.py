"""Queries about responses: what people answered, and everything they told us before."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from storage import database
from storage.database import Transaction, keep
from storage.models import Contact, Response, ResponseRevision

RELATIONAL, RECOVERY, NAMED, SELF = "relational", "recovery", "named", "self"
_OF_INVITATION = select(Response).where(Response.invitation_id == bindparam("invitation"))
_COUNTED_SINCE = select(
    exists().where(
        Response.contact_id == bindparam("contact"),
        Response.kind == bindparam("of_kind"),
        Response.answered_at > bindparam("since"),
        Response.is_repeat.is_(False),
        Response.is_rehearsal.is_(False),
        Response.mode == SELF,
        Response.privacy == bindparam("of_privacy"),
    )
)
_LATER = aliased(Response)
_SUPERSEDED_AT = (
    select(func.min(_LATER.answered_at))
    .where(_LATER.contact_id == Response.contact_id, _LATER.kind == RELATIONAL)
    .where(_LATER.mode == SELF, _LATER.is_rehearsal.is_(False), _LATER.answered_at >= Response.answered_at)
    .where(or_(_LATER.answered_at > Response.answered_at, _LATER.id > Response.id))
    .where(_LATER.privacy == Response.privacy)  # else an answer by name would tell of one in confidence
    .scalar_subquery()
)
_SUPERSEDE = (
    update(Response)
    .where(Response.contact_id.in_(bindparam("contacts", expanding=True)), Response.kind == RELATIONAL)
    .where(Response.mode == SELF, Response.is_rehearsal.is_(False))
    .where(Response.superseded_at.is_distinct_from(_SUPERSEDED_AT))
    .values(superseded_at=_SUPERSEDED_AT)
)


async def get(tx: Transaction, response_id: int) -> Response | None:
    return await tx.get(Response, response_id, populate_existing=True)


async def of_invitation(tx: Transaction, invitation_id: int) -> Response | None:
    return await tx.scalar(_OF_INVITATION, {"invitation": invitation_id})


async def of_contact(tx: Transaction, contact_id: int, *, limit: int) -> Sequence[Response]:
    """What this person answered, the latest first; rehearsals are nobody's answers."""
    query = select(Response).where(Response.contact_id == contact_id, Response.is_rehearsal.is_(False))
    return (await tx.scalars(query.order_by(Response.answered_at.desc()).limit(limit))).all()


async def of_account(tx: Transaction, account_id: int, *, but: int, before: datetime, limit: int) -> Sequence[int]:
    """
    The latest score of each person of an account but one, answered before that moment, the newest first.

    How they felt later on is none, and nothing of what somebody said in confidence counts.
    """
    place = func.row_number().over(
        partition_by=Response.contact_id, order_by=(Response.answered_at.desc(), Response.id.desc())
    )
    answers = select(Response.score, Response.answered_at, Response.id, place.label("place"))
    answers = answers.join(Contact, Contact.id == Response.contact_id)
    theirs = (Contact.account_id == account_id, Contact.id != but, Response.answered_at < before)
    counted = (Response.is_rehearsal.is_(False), Response.kind != RECOVERY, Response.privacy == NAMED)
    latest = answers.where(*theirs, *counted).subquery()
    newest = (latest.c.answered_at.desc(), latest.c.id.desc())
    query = select(latest.c.score).where(latest.c.place == 1).order_by(*newest).limit(limit)
    return (await tx.scalars(query)).all()


async def add(tx: Transaction, response: Response) -> None:
    await database.add(tx, response)


async def add_revision(tx: Transaction, revision: ResponseRevision) -> bool:
    """Keep what was told; False when the very same message was kept before."""
    return await keep(tx, revision)


async def revisions(tx: Transaction, response_id: int) -> Sequence[ResponseRevision]:
    query = select(ResponseRevision).where(ResponseRevision.response_id == response_id).order_by(ResponseRevision.id)
    return (await tx.scalars(query)).all()


async def supersede(tx: Transaction, contact_ids: Collection[int]) -> None:
    """Say of each relational answer of these people when the next one came. They are held."""
    await tx.execute(_SUPERSEDE, {"contacts": list(contact_ids)})


async def set_score(
    tx: Transaction, response_id: int, *, score: int, scored_at: datetime, changed_at: datetime
) -> None:
    await _update(tx, response_id, score=score, scored_at=scored_at, changed_at=changed_at)


async def set_scored_at(tx: Transaction, response_id: int, scored_at: datetime) -> None:
    """The same score, chosen again later."""
    await _update(tx, response_id, scored_at=scored_at)


async def set_words(
    tx: Transaction,
    response_id: int,
    *,
    comment: str | None,
    solved: str | None,
    wants_reply: bool,
    changed_at: datetime,
) -> None:
    await _update(tx, response_id, comment=comment, solved=solved, wants_reply=wants_reply, changed_at=changed_at)


async def counted_since(tx: Transaction, *, contact_id: int, kind: str, privacy: str, since: datetime) -> bool:
    """Whether an answer of this person, of this kind of survey and promised the same, counts since then."""
    of = {"contact": contact_id, "of_kind": kind, "of_privacy": privacy, "since": since}
    return bool(await tx.scalar(_COUNTED_SINCE, of))


async def previous(tx: Transaction, response: Response) -> Response | None:
    """
    The same person's answer before this one, whatever the survey; how they felt later on is none, nor is what they said
    in confidence.
    """
    query = (
        select(Response)
        .where(
            Response.contact_id == response.contact_id,
            Response.id != response.id,
            Response.answered_at < response.answered_at,
            Response.is_rehearsal.is_(False),
            Response.kind != RECOVERY,
            Response.privacy == NAMED,
        )
        .order_by(Response.answered_at.desc())
        .limit(1)
    )
    return await tx.scalar(query)


async def _update(tx: Transaction, response_id: int, **values: object) -> None:
    await tx.execute(update(Response).where(Response.id == response_id).values(**values))
