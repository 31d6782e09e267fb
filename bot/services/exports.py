"""Exports: accounts, contacts and answers as rows that an import takes back, exits, recoveries; page by page."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from bot.services import workspaces
from bot.services.disclosures import is_confidential, told_of
from storage import exports as queries
from storage.database import Transaction
from storage.models import Account, Contact, Response

PAGE = 500
Given = Mapping[str, Any]  # as in `rows.Row`


async def accounts(tx: Transaction, workspace_id: str) -> AsyncIterator[Given]:
    currency = (await workspaces.get(tx, workspace_id)).currency
    page = await queries.accounts(tx, workspace_id, after="", limit=PAGE)
    while page:
        for account in page:
            yield _account(account, currency)
        page = await queries.accounts(tx, workspace_id, after=page[-1].name, limit=PAGE)


async def contacts(tx: Transaction, workspace_id: str, *, only_unmatched: bool = False) -> AsyncIterator[Given]:
    after = ""
    while page := await queries.contacts(tx, workspace_id, after=after, limit=PAGE, only_unmatched=only_unmatched):
        for contact, account in page:
            yield _contact(contact, account)
        after = page[-1][0].user_id


async def answers(tx: Transaction, workspace_id: str) -> AsyncIterator[Given]:
    page = await queries.answers(tx, workspace_id, after=None, limit=PAGE)
    while page:
        for _, user_id, survey, source_id, name, answer in page:
            told = {column: getattr(answer, column) for column in ("score", "comment", "mode", "recorded_by")}
            yield {"id": source_id, **_person(answer, user_id, name), "survey": survey, **told}
        page = await queries.answers(tx, workspace_id, after=page[-1][:4], limit=PAGE)


async def exits(tx: Transaction, workspace_id: str) -> AsyncIterator[Given]:
    page = await queries.exits(tx, workspace_id, after=None, limit=PAGE)
    while page:
        for answer, user_id, name, survey in page:
            person = {"user_id": user_id, "name": name}
            told = {"reason": answer.reason, "comment": answer.comment}
            yield {"date": answer.answered_at, **person, "survey": survey, **told}
        last = page[-1][0]
        page = await queries.exits(tx, workspace_id, after=(last.answered_at, last.id), limit=PAGE)


async def recoveries(tx: Transaction, workspace_id: str) -> AsyncIterator[Given]:
    """How people felt after somebody had looked after their answer, beside the score they had given before."""
    page = await queries.recoveries(tx, workspace_id, after=None, limit=PAGE)
    while page:
        for answer, before, user_id, name in page:
            told = {"before": before, "now": answer.score, "comment": answer.comment}
            yield {**_person(answer, user_id, name), **told}
        last = page[-1][0]
        page = await queries.recoveries(tx, workspace_id, after=(last.answered_at, last.id), limit=PAGE)


async def property_names(tx: Transaction, workspace_id: str) -> Sequence[str]:
    """Every name something is noted about anybody under."""
    names, after = set[str](), 0
    while page := await queries.properties(tx, workspace_id, after=after, limit=PAGE):
        names.update(name for _, properties in page for name in properties)
        after = page[-1][0]
    return sorted(names)


def _person(answer: Response, user_id: str, name: str) -> Given:
    """Whose it is, and when it was given; of a confidential one the day only, and no id that tells of its thread."""
    if is_confidential(answer):
        return {"id": None, "date": told_of(answer, answer.answered_at), "user_id": None, "name": None}
    return {"date": answer.answered_at, "user_id": user_id, "name": name}


def _account(account: Account, currency: str | None) -> Given:
    columns = ("name", "segment", "owner_id", "arr", "started_on", "renews_on", "crm_id", "domains", "team_id")
    given = {name: getattr(account, name) for name in (*columns, "language")}
    return {**given, "currency": None if account.arr is None else currency}


def _contact(contact: Contact, account: str | None) -> Given:
    columns = ("user_id", "name", "email", "role", "is_decision_maker", "language", "time_zone", "home_team_id")
    given = {name: getattr(contact, name) for name in (*columns, "opted_out_at", "properties")}
    by_hand = {"is_account_by_hand": contact.is_account_by_hand if account else None}
    return {**given, "account": account, **by_hand}
