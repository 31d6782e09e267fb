"""Accounts: the companies whose people are contacts, and which one somebody belongs to."""

from collections.abc import Sequence

from bot.rules.accounts import Directory, directory, mail_domains, whose
from storage import accounts as queries
from storage.database import Transaction
from storage.models import Account, Contact


async def get(tx: Transaction, account_id: int) -> Account | None:
    return await queries.get(tx, account_id)


async def with_sign(
    tx: Transaction,
    workspace_id: str,
    *,
    name: str | None = None,
    crm_id: str | None = None,
    team_id: str | None = None,
    domain: str | None = None,
) -> Account | None:
    """The account that has one of these; None when none has."""
    return await queries.by_sign(tx, workspace_id, name=name, crm_id=crm_id, team_id=team_id, domain=domain)


async def all_of(tx: Transaction, workspace_id: str) -> Sequence[Account]:
    """Every account of a workspace, by name."""
    return await queries.of_workspace(tx, workspace_id)


async def named(tx: Transaction, workspace_id: str, name: str) -> Account | None:
    """However it is written."""
    wanted = name.casefold()
    return next((each for each in await all_of(tx, workspace_id) if each.name.casefold() == wanted), None)


async def of_contact(tx: Transaction, contact: Contact) -> Account | None:
    return None if contact.account_id is None else await queries.get(tx, contact.account_id)


async def recognised(tx: Transaction, workspace_id: str) -> Directory:
    """By what the people of every account are recognised; to be read once for many people."""
    return directory(await queries.signs(tx, workspace_id))


async def matching(tx: Transaction, workspace_id: str, *, team_id: str | None, email: str | None) -> int | None:
    """The account of somebody from this Slack workspace with this address; None when no account has either."""
    domains = mail_domains(email)
    if team_id is None and not domains:
        return None
    found = await queries.signs_like(tx, workspace_id, team_id=team_id, domains=domains)
    return whose(team_id, email, directory(found))


async def hold(tx: Transaction, account_id: int) -> None:
    """Let nobody else count who of this account was asked before this transaction ends."""
    await queries.hold(tx, account_id)
