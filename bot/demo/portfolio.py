"""Northwind's accounts and their people, taken over as `nps-bot import` would: who pays what, who looks after whom."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.demo import company
from bot.demo.company import ADA, BO, CY, MAE, Somebody
from bot.services import accounts, contacts, imports
from bot.services.rows import Row
from storage.database import Transaction

CURRENCY, EVERYBODY = "EUR", 1000
# Account: its segment, what it pays a year, who looks after it, and in how many days it renews.
TERMS: Mapping[str, tuple[str, int, Somebody, int]] = {
    "Beta GmbH": ("enterprise", 84_000, CY, 64),
    "Lumen Foods": ("mid-market", 31_000, BO, 210),
    "Harbour Rail": ("enterprise", 120_000, MAE, 95),
    "Kestrel Health": ("mid-market", 42_000, CY, 301),
    "Tallow & Sons": ("small", 9_600, BO, 33),
    "Sakura Print": ("small", 7_200, MAE, 150),
    "Oficina Verde": ("small", 6_000, ADA, 270),
    "Noor Clinics": ("mid-market", 38_400, MAE, 18),
}


async def take_over(tx: Transaction, *, now: datetime) -> None:
    rows = [Row(number, _account(number, name, now)) for number, name in enumerate(company.DOMAINS)]
    await imports.take_accounts(tx, company.TEAM, rows, claimed=await imports.claims(tx, company.TEAM, ()), now=now)


async def take_over_person(tx: Transaction, who: Somebody, *, now: datetime) -> None:
    """By their address it is known whose they are."""
    known_by = await accounts.recognised(tx, company.TEAM)
    row = Row(1, {"user_id": who.user_id, "name": who.name, "email": who.email})
    await imports.take_contacts(tx, company.TEAM, [row], known_by=known_by, now=now)


async def recognise_everybody(tx: Transaction) -> None:
    known_by = await accounts.recognised(tx, company.TEAM)
    await contacts.recognise_anew(tx, company.TEAM, known_by, after=0, limit=EVERYBODY)


def _account(number: int, name: str, now: datetime) -> Mapping[str, object]:
    segment, arr, owner, days = TERMS[name]
    return {
        "name": name,
        "segment": segment,
        "arr": arr,
        "currency": CURRENCY,
        "owner_id": owner.user_id,
        "renews_on": now.date() + timedelta(days=days),
        "domains": (company.DOMAINS[name],),
        "team_id": company.home_of(number),
    }
