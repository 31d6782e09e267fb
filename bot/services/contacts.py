"""Contacts: the people who are asked, and whether they want to be."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.accounts import Directory, whose
from bot.services import accounts, workspaces
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
    time_zone: str | None = None


async def get(tx: Transaction, contact_id: int) -> Contact:
    contact = await queries.get(tx, contact_id)
    if contact is None:
        raise LookupError(f"contact {contact_id} is not known")
    return contact


async def by_user(tx: Transaction, workspace_id: str, user_id: str) -> Contact | None:
    return await queries.by_user(tx, workspace_id, user_id)


async def by_email(tx: Transaction, workspace_id: str, email: str) -> Contact | None:
    """The one person whose imported address it is; None when there is none, or more than one."""
    found = await queries.by_email(tx, workspace_id, email.lower(), limit=2)
    return found[0] if len(found) == 1 else None


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
            time_zone=facts.time_zone,
        )
        await _recognise(tx, known, team_id=facts.home_team_id or known.home_team_id)
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
        time_zone=facts.time_zone,
        first_seen_at=now,
        opted_out_at=suppressed.opted_out_at if suppressed else None,
    )
    await queries.add(tx, contact)
    return await meet(tx, workspace_id, facts, now=now)  # or whoever was faster: by now it is known


async def unmatched(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[Contact]:
    """People who belong to no account that we know of."""
    return await queries.without_account(tx, workspace_id, limit=limit)


async def recognise_anew(tx: Transaction, workspace_id: str, known: Directory, *, after: int, limit: int) -> int | None:
    """Match so many people with accounts again, from that id on; returns the last id, None when nobody is left."""
    people = await queries.to_recognise(tx, workspace_id, after=after, limit=limit)
    for person in people:
        account_id = whose(person.home_team_id, person.email, known)
        if account_id != person.account_id:
            await queries.set_account(tx, person.id, account_id)
    return people[-1].id if people else None


async def _recognise(tx: Transaction, contact: Contact, *, team_id: str | None) -> None:
    """Whose they are, unless a colleague said it."""
    if contact.is_account_by_hand:
        return
    account_id = await accounts.matching(tx, contact.workspace_id, team_id=team_id, email=contact.email)
    if account_id != contact.account_id:
        await queries.set_account(tx, contact.id, account_id)


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


async def suppressed(tx: Transaction, workspace_id: str, user_ids: Iterable[str]) -> Mapping[str, datetime]:
    """Those of these people who were erased after they had opted out, and when they did."""
    workspace = await workspaces.get(tx, workspace_id)
    marks = {fingerprint(workspace, user_id): user_id for user_id in user_ids}
    return {marks[each.fingerprint]: each.opted_out_at for each in await queries.suppressions(tx, workspace_id, marks)}


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
