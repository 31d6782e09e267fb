"""
Imports: rows of a file become accounts and contacts, some hundred in a transaction.

A row that cannot be taken is refused by its line and the others are kept. The same row again changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.rules.accounts import Directory, whose
from bot.services import contacts, declines, workspaces
from bot.services.claims import Claims
from bot.services.rows import Because, Row, Taken
from storage import imports as queries
from storage.database import Transaction
from storage.models import Account, Contact

OF_ACCOUNTS = (
    *("segment", "owner_id", "arr", "started_on", "renews_on"),
    *("crm_id", "domains", "team_id", "language"),
)
OF_CONTACTS = ("name", "email", "time_zone", "role", "is_decision_maker", "language", "home_team_id")


async def claims(tx: Transaction, workspace_id: str, accounts: Iterable[Account]) -> Claims:
    """What the accounts that are known claim already."""
    found = Claims(currency=(await workspaces.get(tx, workspace_id)).currency)
    for account in accounts:
        found.note(account.name, team_id=account.team_id, domains=account.domains)
    return found


async def take_accounts(
    tx: Transaction, workspace_id: str, rows: Sequence[Row], *, claimed: Claims, now: datetime
) -> Taken:
    """Add or change accounts, by name."""
    taken, fine = Taken(), list[Row]()
    for row in rows:
        objection = claimed.objection(row, workspace_id)
        if objection:
            taken.refuse(row, *objection)
        else:
            fine.append(row)
    known = await _accounts(tx, workspace_id, (row.given["name"] for row in fine))
    new = [_new_account(workspace_id, row, now=now) for row in fine if row.given["name"] not in known]
    await queries.add_accounts(tx, new)
    await queries.note_first_revenues(tx, workspace_id, [row.given["name"] for row in fine], now=now)
    taken.count(added=len(new))
    for row in fine:
        if row.given["name"] in known:
            before = known[row.given["name"]]
            change = _difference(before, {name: row.given[name] for name in OF_ACCOUNTS if name in row.given})
            taken.count_change(is_one=bool(change))
            if change:
                await queries.change_account(tx, before.id, change)
            if "arr" in change:
                await queries.note_revenue(tx, before.id, row.given["arr"], now=now)
    if claimed.currency:
        await queries.agree_on_currency(tx, workspace_id, claimed.currency)
    return taken


async def take_contacts(
    tx: Transaction, workspace_id: str, rows: Sequence[Row], *, known_by: Directory, now: datetime
) -> Taken:
    """Add or change contacts, by Slack id. Nobody is opted in again by a file."""
    await workspaces.held(tx, workspace_id)
    await _stop_asking(tx, workspace_id, rows, now=now)
    taken = Taken()
    named = await _accounts(tx, workspace_id, (row.given["account"] for row in rows if row.given.get("account")))
    fine = [row for row in rows if not _lacks_account(row, named, taken)]
    known = await _people(tx, workspace_id, fine)
    new = [row for row in fine if row.given["user_id"] not in known]
    gone = await contacts.suppressed(tx, workspace_id, (row.given["user_id"] for row in new))
    values = [_new_contact(workspace_id, row, known_by, named, now=now) for row in new]
    await queries.add_people(tx, [{**each, **_opted_out(each, gone)} for each in values])
    taken.count(added=len(new))
    for row in fine:
        before = known.get(row.given["user_id"])
        if before is not None:
            change = _difference(before, _of_contact(before, row, known_by, named))
            taken.count_change(is_one=bool(change))
            if change:
                await queries.change_person(tx, before.id, change)
    return taken


async def meet_all(
    tx: Transaction, workspace_id: str, rows: Sequence[Row], *, known_by: Directory, now: datetime
) -> Mapping[str, Contact]:
    """Know the people of these rows, and change nothing about those who were known; by Slack id, and held."""
    known = await _people(tx, workspace_id, rows)
    new = {row.given["user_id"]: row for row in rows if row.given["user_id"] not in known}
    if new:
        await take_contacts(tx, workspace_id, list(new.values()), known_by=known_by, now=now)
        known |= await _people(tx, workspace_id, list(new.values()))
    return known


async def ids_by_email(tx: Transaction, workspace_id: str, emails: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The Slack ids of everybody who has one of these addresses."""
    found = dict[str, list[str]]()
    for email, user_id in await queries.ids_by_email(tx, workspace_id, emails):
        found.setdefault(email or "", []).append(user_id)
    return found


async def _stop_asking(tx: Transaction, workspace_id: str, rows: Sequence[Row], *, now: datetime) -> None:
    """Whoever said no elsewhere has said no here: what they were asked is closed, before anybody else is held."""
    said_no = [row.given["user_id"] for row in rows if row.given.get("opted_out_at")]
    for contact in await queries.newly_opted_out(tx, workspace_id, said_no) if said_no else ():
        await declines.stop_asking_me(tx, contact, now=now)


async def _accounts(tx: Transaction, workspace_id: str, names: Iterable[str]) -> Mapping[str, Account]:
    return {each.name: each for each in await queries.accounts_named(tx, workspace_id, set(names))}


async def _people(tx: Transaction, workspace_id: str, rows: Sequence[Row]) -> dict[str, Contact]:
    found = await queries.people(tx, workspace_id, {row.given["user_id"] for row in rows})
    return {each.user_id: each for each in found}


def _new_account(workspace_id: str, row: Row, *, now: datetime) -> Mapping[str, object]:
    given = {name: row.given.get(name) for name in OF_ACCOUNTS}
    return {"workspace_id": workspace_id, "name": row.given["name"], "created_at": now, **given}


def _lacks_account(row: Row, named: Mapping[str, Account], taken: Taken) -> bool:
    if not _is_by_hand(row) or row.given["account"] in named:
        return False
    taken.refuse(row, Because.ACCOUNT_UNKNOWN, row.given["account"])
    return True


def _is_by_hand(row: Row) -> bool:
    return bool(row.given.get("account")) and bool(row.given.get("is_account_by_hand", True))


def _new_contact(
    workspace_id: str, row: Row, known_by: Directory, named: Mapping[str, Account], *, now: datetime
) -> dict[str, object]:
    someone = Contact(
        workspace_id=workspace_id, user_id=row.given["user_id"], name=row.given["user_id"], first_seen_at=now
    )
    columns = ("workspace_id", "user_id", "first_seen_at", *OF_CONTACTS)
    empty = {name: getattr(someone, name) for name in columns}
    return empty | _of_contact(someone, row, known_by, named) | {"opted_out_at": row.given.get("opted_out_at")}


def _opted_out(new: Mapping[str, object], gone: Mapping[str, datetime]) -> Mapping[str, object]:
    """Somebody who was erased and had opted out comes back opted out."""
    return {"opted_out_at": gone[str(new["user_id"])]} if new["user_id"] in gone else {}


def _of_contact(before: Contact, row: Row, known_by: Directory, named: Mapping[str, Account]) -> dict[str, object]:
    """What this row says of a person, by column."""
    said = {name: row.given[name] for name in OF_CONTACTS if name in row.given}
    said["name"] = said.get("name") or before.name
    properties = {**before.properties, **row.given.get("properties", {})}
    said["properties"] = {name: value for name, value in properties.items() if value}
    is_by_hand = _is_by_hand(row) if "account" in row.given else before.is_account_by_hand
    said["is_account_by_hand"] = is_by_hand
    if _is_by_hand(row):
        said["account_id"] = named[row.given["account"]].id
    elif is_by_hand:
        said["account_id"] = before.account_id
    else:
        team_id, email = said.get("home_team_id", before.home_team_id), said.get("email", before.email)
        said["account_id"] = whose(team_id, email, known_by)
    return said


def _difference(before: object, after: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in after.items() if getattr(before, name) != value}
