"""Contacts: the people who are asked, and whether they want to be."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services import workspaces
from storage import contacts as queries
from storage.database import Transaction
from storage.models import Contact, Suppression, Workspace


@dataclass(frozen=True)
class Facts:
    """What Slack tells about a person; `language` None for external people, since Slack keeps it to itself."""

    user_id: str
    name: str
    handle: str | None = None
    language: str | None = None
    home_team_id: str | None = None


async def get(tx: Transaction, contact_id: int) -> Contact:
    contact = await queries.get(tx, contact_id)
    if contact is None:
        raise LookupError(f"contact {contact_id} is not known")
    return contact


async def by_user(tx: Transaction, workspace_id: str, user_id: str) -> Contact | None:
    return await queries.by_user(tx, workspace_id, user_id)


async def called(tx: Transaction, name: str) -> Sequence[Contact]:
    """Everybody with that Slack id, or that name however it is written; "@" and "<@…>" around it do not matter."""
    bare = name.strip().removeprefix("<").removesuffix(">").partition("|")[0].removeprefix("@")
    return await queries.by_id_or_name(tx, bare)


async def meet(tx: Transaction, workspace_id: str, facts: Facts, *, now: datetime) -> Contact:
    """Know this person, with today's facts. One who opted out and was erased comes back opted out."""
    known = await queries.by_user(tx, workspace_id, facts.user_id)
    if known is not None:
        await queries.set_facts(
            tx,
            known.id,
            name=facts.name,
            handle=facts.handle,
            language=facts.language,
            home_team_id=facts.home_team_id,
        )
        again = await queries.get(tx, known.id)
        if again is not None:  # not erased this moment
            return again
    workspace = await workspaces.get(tx, workspace_id)
    suppressed = await queries.suppression(tx, workspace_id, fingerprint(workspace, facts.user_id))
    contact = Contact(
        workspace_id=workspace_id,
        user_id=facts.user_id,
        name=facts.name,
        handle=facts.handle,
        language=facts.language,
        home_team_id=facts.home_team_id,
        first_seen_at=now,
        opted_out_at=suppressed.opted_out_at if suppressed else None,
    )
    await queries.add(tx, contact)
    return await meet(tx, workspace_id, facts, now=now)  # or whoever was faster: by now it is known


async def hold(tx: Transaction, contact: Contact) -> None:
    """Make whoever else holds this person wait for this transaction."""
    await queries.hold(tx, contact.id)


async def held(tx: Transaction, contact: Contact) -> Contact:
    """
    The same, for this person and every question they were asked; raises LookupError when they were erased meanwhile.

    Read anew: on Postgres a row that was read before a wait, or beside one that was waited for, is as it was then.
    """
    await queries.hold_questions(tx, contact.id)
    await hold(tx, contact)
    return await get(tx, contact.id)


async def opt_out(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    """Never ask this person again, until they say otherwise."""
    if contact.opted_out_at is None:
        await queries.set_opted_out(tx, contact.id, now)


async def opt_in(tx: Transaction, contact: Contact) -> None:
    await queries.set_opted_out(tx, contact.id, None)


async def suppress(tx: Transaction, contact: Contact) -> bool:
    """Remember that a person about to be erased does not want to be asked; False when they never said so."""
    if contact.opted_out_at is None:
        return False
    workspace = await workspaces.get(tx, contact.workspace_id)
    mark = Suppression(
        workspace_id=workspace.id,
        fingerprint=fingerprint(workspace, contact.user_id),
        opted_out_at=contact.opted_out_at,
    )
    await queries.add_suppression(tx, mark)
    return True


def fingerprint(workspace: Workspace, user_id: str) -> str:
    """Recognises a person without naming them; keyed, so that ids cannot be tried out without the database."""
    return hmac.new(workspace.salt.encode(), user_id.encode(), hashlib.sha256).hexdigest()
