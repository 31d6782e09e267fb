"""Queries about answers by what their people or their questions have in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, cast, func, select
from sqlalchemy.types import Text

from storage.database import Transaction
from storage.models import Account, Contact, Invitation, Response
from storage.reports import asked, counted
from storage.slices import NAMED, Slice, property_of

OF_ACCOUNTS = {"segment": Account.segment, "owner": Account.owner_id, "account": Account.name}
OF_ASKS = {"channel": Invitation.channel_id, "occasion": Invitation.trigger, "agent": Invitation.asked_by}
TELLS_NOBODY = ("survey", "occasion")  # by these nobody learns who is in a group

Histogram = Mapping[int, int]
Some = TypeVar("Some", bound=Select[*tuple[Any, ...]])


async def answers(
    tx: Transaction, workspace_id: str, dimension: str, *, kind: str, within: Slice, since: datetime, before: datetime
) -> Mapping[str | None, Histogram]:
    """How often each score was given, for each value: {"enterprise": {10: 31}}."""
    given = counted(workspace_id, kind=kind, since=since, before=before, within=within, also=_named(dimension))
    value = _value(dimension)
    query = select(value, given.c.score, func.count()).select_from(given)
    if dimension == "survey":
        query = query.join(Response, Response.id == given.c.id)
    elif dimension in OF_ASKS:
        query = query.join(Invitation, Invitation.id == given.c.invitation_id)
    else:
        query = _with_people(query, given.c.contact_id, dimension)
    found: dict[str | None, dict[int, int]] = {}
    for name, score, count in await tx.execute(query.group_by(value, given.c.score)):
        found.setdefault(name, {})[score] = count
    return found


async def people_asked(
    tx: Transaction, workspace_id: str, dimension: str, *, kind: str, within: Slice, since: datetime, before: datetime
) -> Mapping[str | None, int]:
    """How many people were asked at least once, for each value."""
    value = Invitation.survey_id if dimension == "survey" else _value(dimension)
    query = select(cast(value, Text) if dimension == "survey" else value, func.count(Invitation.contact_id.distinct()))
    query = query.select_from(Invitation).where(*asked(workspace_id, kind, since, before), *within.of(Invitation))
    if dimension not in OF_ASKS and dimension != "survey":
        query = _with_people(query, Invitation.contact_id, dimension)
    return dict((await tx.execute(query.group_by(value))).all())


async def people_eligible(
    tx: Transaction, workspace_id: str, dimension: str, *, within: Slice
) -> Mapping[str | None, int]:
    """How many people are known who did not opt out, for each value that people have."""
    value = _value(dimension)
    query = select(value, func.count()).select_from(Contact)
    if dimension in OF_ACCOUNTS:
        query = query.outerjoin(Account, Account.id == Contact.account_id)
    where = (Contact.workspace_id == workspace_id, Contact.opted_out_at.is_(None), *within.people())
    return dict((await tx.execute(query.where(*where).group_by(value))).all())


def _value(dimension: str) -> SQLColumnExpression[Any]:
    columns: dict[str, SQLColumnExpression[Any]] = {**OF_ACCOUNTS, **OF_ASKS}
    columns |= {"role": Contact.role, "survey": cast(Response.survey_id, Text)}
    return columns[dimension] if dimension in columns else property_of(dimension)


def _named(dimension: str) -> list[ColumnElement[bool]]:
    return [] if dimension in TELLS_NOBODY else [Response.privacy == NAMED]


def _with_people(query: Some, contact_id: SQLColumnExpression[int], dimension: str) -> Some:
    query = query.join(Contact, Contact.id == contact_id)
    return query.outerjoin(Account, Account.id == Contact.account_id) if dimension in OF_ACCOUNTS else query
