"""Slices: whose answers a report is about, as conditions. Nothing is joined, so no answer is counted twice."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import JSON, ColumnElement, Text, exists, false, literal, select, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.models import Account, Contact, Invitation, Response, Withholding

NAMED = "named"  # what colleagues may know the giver of
Table: TypeAlias = type[Response | Invitation | Withholding]


@dataclass(frozen=True)
class Slice:
    """
    Some surveys, the people of some accounts, what was asked in some places. What is empty leaves everything in; of
    several values one must fit, of several filters all. `properties`: some values by name.
    """

    survey_ids: tuple[int, ...] = ()
    owner_ids: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    account_ids: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    channel_ids: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    agent_ids: tuple[str, ...] = ()

    def of(self, table: Table) -> list[ColumnElement[bool]]:
        """Where it is about some people, nothing confidential: that would tell whose people said it."""
        where: list[ColumnElement[bool]] = [table.survey_id.in_(self.survey_ids)] if self.survey_ids else []
        if people := self.people():
            where.append(table.contact_id.in_(select(Contact.id).where(*people)))
        where += self._asked(table)
        return [*where, *_named(table)] if self.tells_who else where

    @property
    def tells_who(self) -> bool:
        """Whether it is narrowed so that a colleague could guess who is in it."""
        return bool(self.people() or self.agent_ids or self.channel_ids)

    def people(self) -> list[ColumnElement[bool]]:
        """What a contact must be like."""
        where: list[ColumnElement[bool]] = [Contact.account_id.in_(self.account_ids)] if self.account_ids else []
        where += [Contact.role.in_(self.roles)] if self.roles else []
        where += [property_of(name).in_(values) for name, values in self.properties]
        accounts = self._looked_after()
        return [*where, *([Contact.account_id.in_(select(Account.id).where(*accounts))] if accounts else [])]

    def companies(self) -> list[ColumnElement[bool]]:
        """What an account must be like."""
        return [*([Account.id.in_(self.account_ids)] if self.account_ids else []), *self._looked_after()]

    def _looked_after(self) -> list[ColumnElement[bool]]:
        accounts: list[ColumnElement[bool]] = [Account.owner_id.in_(self.owner_ids)] if self.owner_ids else []
        return [*accounts, *([Account.segment.in_(self.segments)] if self.segments else [])]

    def _asked(self, table: Table) -> list[ColumnElement[bool]]:
        """How it was asked stands on the invitation; whoever was not asked, was not asked anywhere."""
        if table is Response:
            asked = self._asked(Invitation)
            return [exists().where(Invitation.id == Response.invitation_id, *asked)] if asked else []
        source = Withholding if table is Withholding else Invitation
        where: list[ColumnElement[bool]] = [source.trigger.in_(self.triggers)] if self.triggers else []
        where += [source.asked_by.in_(self.agent_ids)] if self.agent_ids else []
        if not self.channel_ids:
            return where
        return [*where, false() if table is Withholding else Invitation.channel_id.in_(self.channel_ids)]


ALL = Slice()


class _Noted(FunctionElement[str]):
    """SQLite's JSON paths know neither quotes nor letters beyond ASCII in a name; to go through all names does."""

    type = Text()
    inherit_cache = True


@compiles(_Noted)
def _noted(element: _Noted, compiler: SQLCompiler, **how: Any) -> str:
    properties, name = element.clauses
    return f"({compiler.process(properties, **how)} ->> {compiler.process(name, **how)})"


@compiles(_Noted, "sqlite")
def _noted_in_sqlite(element: _Noted, compiler: SQLCompiler, **how: Any) -> str:
    properties, name = (compiler.process(each, **how) for each in element.clauses)
    return f"(SELECT noted.value FROM json_each({properties}) AS noted WHERE noted.key = {name})"  # noqa: S608 - both are placeholders


def property_of(name: str) -> ColumnElement[str]:
    """What is noted about a contact under that name, whatever it is called; NULL where nothing is."""
    return _Noted(type_coerce(Contact.properties, JSON), literal(name, Text))


def _named(table: Table) -> list[ColumnElement[bool]]:
    return [] if table is Withholding else [(Response if table is Response else Invitation).privacy == NAMED]
