"""
Northwind's accounts and their people, taken over as `nps-bot import` would: who pays what, who looks after whom.

First as it was a year ago, then as it is, so that what they pay can be set beside what they paid.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.demo import company
from bot.demo.company import ADA, BO, CY, MAE, Somebody
from bot.services import accounts, contacts, imports, timeline_notes
from bot.services.rows import Row
from storage.database import Transaction

CURRENCY, EVERYBODY = "EUR", 1000
YEAR = timedelta(days=365)
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
    "Alder Books": ("small", 5_400, ADA, 77),
    "Bergfeld Optik": ("mid-market", 22_800, BO, 12),
    "Brightwater Labs": ("mid-market", 0, CY, 340),
    "Cobalt Insurance": ("enterprise", 96_000, CY, 48),
    "Delta Shipping": ("enterprise", 150_000, MAE, 182),
    "Estúdio Lua": ("small", 4_800, BO, 120),
    "Fjord Energy": ("enterprise", 110_000, BO, 230),
    "Granite Legal": ("mid-market", 36_000, ADA, 85),
    "Hotel Miramar": ("small", 6_600, ADA, 199),
    "Ironbridge Steel": ("enterprise", 72_000, CY, 26),
    "Jade Logistics": ("enterprise", 88_000, MAE, 141),
    "Kiosk Nord": ("small", 3_600, BO, 58),
    "Linden School": ("small", 4_200, ADA, 260),
    "Maison Perrin": ("mid-market", 28_000, BO, 115),
    "Norte Seguros": ("enterprise", 132_000, CY, 320),
    "Orchard Dental": ("small", 8_400, MAE, 174),
    "Pacific Tools": ("mid-market", 45_000, MAE, 66),
    "Quarry Games": ("mid-market", 26_400, BO, 245),
    "Ravel Musique": ("small", 5_000, ADA, 40),
    "Solaris Parks": ("enterprise", 64_000, BO, 290),
    "Tanaka Motors": ("enterprise", 140_000, MAE, 71),
    "Umbra Films": ("mid-market", 30_000, CY, 157),
}
# What those paid a year ago that pay more or less now.
BEFORE: Mapping[str, int] = {
    "Beta GmbH": 72_000,
    "Harbour Rail": 150_000,
    "Noor Clinics": 48_000,
    "Brightwater Labs": 18_000,
    "Delta Shipping": 120_000,
    "Ironbridge Steel": 90_000,
    "Pacific Tools": 36_000,
    "Tanaka Motors": 125_000,
}


async def take_over(tx: Transaction, *, now: datetime) -> None:
    claimed = await imports.claims(tx, company.TEAM, ())
    for at, paid in ((now - YEAR, BEFORE), (now, {})):
        rows = [Row(number, _account(number, name, paid, now)) for number, name in enumerate(company.DOMAINS)]
        await imports.take_accounts(tx, company.TEAM, rows, claimed=claimed, now=at)


async def take_over_person(tx: Transaction, who: Somebody, *, now: datetime) -> None:
    """By their address it is known whose they are."""
    known_by = await accounts.recognised(tx, company.TEAM)
    row = Row(1, {"user_id": who.user_id, "name": who.name, "email": who.email})
    await imports.take_contacts(tx, company.TEAM, [row], known_by=known_by, now=now)


async def recognise_everybody(tx: Transaction) -> None:
    known_by = await accounts.recognised(tx, company.TEAM)
    await contacts.recognise_anew(tx, company.TEAM, known_by, after=0, limit=EVERYBODY)


async def note_exports(tx: Transaction, *, now: datetime) -> None:
    """What happened half-way through the year, on the time line."""
    day = (now - YEAR / 2).date()
    await timeline_notes.write(tx, company.TEAM, noted_on=day, words="exports run at night", by=ADA.user_id, now=now)


def _account(number: int, name: str, paid: Mapping[str, int], now: datetime) -> Mapping[str, object]:
    """`paid`: what some of them paid instead of what they pay."""
    segment, arr, owner, days = TERMS[name]
    return {
        "name": name,
        "segment": segment,
        "arr": paid.get(name, arr),
        "currency": CURRENCY,
        "owner_id": owner.user_id,
        "renews_on": now.date() + timedelta(days=days),
        "domains": (company.DOMAINS[name],),
        "team_id": company.home_of(number),
    }
