"""Queries about imports: many rows looked up, added and changed at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, exists, insert, literal, select, update

from storage import database
from storage.database import Transaction
from storage.models import Account, AccountRevenue, Contact, Workspace


async def accounts_named(tx: Transaction, workspace_id: str, names: Iterable[str]) -> Sequence[Account]:
    return (
        await tx.scalars(select(Account).where(Account.workspace_id == workspace_id, Account.name.in_(names)))
    ).all()


async def people(tx: Transaction, workspace_id: str, user_ids: Collection[str]) -> Sequence[Contact]:
    """These contacts; nobody changes or erases them before this transaction ends."""
    query = select(Contact).where(Contact.workspace_id == workspace_id, Contact.user_id.in_(user_ids))
    return (await tx.scalars(query.order_by(Contact.id).with_for_update())).all()


async def newly_opted_out(tx: Transaction, workspace_id: str, user_ids: Collection[str]) -> Sequence[Contact]:
    """Those of these contacts who may be asked as far as we know."""
    mine = (Contact.workspace_id == workspace_id, Contact.user_id.in_(user_ids), Contact.opted_out_at.is_(None))
    return (await tx.scalars(select(Contact).where(*mine).order_by(Contact.id))).all()


async def ids_by_email(tx: Transaction, workspace_id: str, emails: Iterable[str]) -> Sequence[Row[str | None, str]]:
    """Each of these addresses with a Slack id, more than once where several people share it."""
    query = select(Contact.email, Contact.user_id).where(
        Contact.workspace_id == workspace_id, Contact.email.in_(emails)
    )
    return (await tx.execute(query.order_by(Contact.user_id))).all()


async def add_accounts(tx: Transaction, rows: Sequence[Mapping[str, object]]) -> None:
    await _add(tx, Account, rows)


async def add_people(tx: Transaction, rows: Sequence[Mapping[str, object]]) -> None:
    await _add(tx, Contact, rows)


async def change_account(tx: Transaction, account_id: int, values: Mapping[str, object]) -> None:
    await tx.execute(update(Account).where(Account.id == account_id).values(**values))


async def note_first_revenues(tx: Transaction, workspace_id: str, names: Iterable[str], *, now: datetime) -> None:
    """Of those of these accounts that pay something and of which nothing was noted yet."""
    unknown = ~exists().where(AccountRevenue.account_id == Account.id)
    mine = Account.workspace_id == workspace_id, Account.name.in_(names), Account.arr.is_not(None), unknown
    told = select(Account.id, literal(now, AccountRevenue.since.type), Account.arr).where(*mine)
    await tx.execute(insert(AccountRevenue).from_select(["account_id", "since", "arr"], told))


async def note_revenue(tx: Transaction, account_id: int, arr: int | None, *, now: datetime) -> None:
    await database.add(tx, AccountRevenue(account_id=account_id, since=now, arr=arr))


async def change_person(tx: Transaction, contact_id: int, values: Mapping[str, object]) -> None:
    await tx.execute(update(Contact).where(Contact.id == contact_id).values(**values))


async def agree_on_currency(tx: Transaction, workspace_id: str, currency: str) -> None:
    """The first one wins, whoever was faster."""
    undecided = (Workspace.id == workspace_id) & Workspace.currency.is_(None)
    await tx.execute(update(Workspace).where(undecided).values(currency=currency))


async def _add(tx: Transaction, table: type[Account] | type[Contact], rows: Sequence[Mapping[str, object]]) -> None:
    """Rows with the same columns each; one that somebody else was faster with is left as it is."""
    if rows:
        await tx.execute(database.insert(tx, table).on_conflict_do_nothing(), [dict(row) for row in rows])
