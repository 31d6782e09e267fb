"""Calendars: when a workspace lets questions leave, and what is a day off where a person is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from functools import cache, partial
from zoneinfo import ZoneInfo, available_timezones

import holidays
from babel.core import get_global

from bot.errors import InputRefused
from bot.rules.calendar import ROUND_THE_CLOCK, Blackout, Calendar, Window
from bot.services import accounts, incidents, workspaces
from storage import calendars as queries
from storage.database import Transaction
from storage.models import Contact, Incident, Workspace

MOST_BLACKOUTS, LONGEST_BLACKOUT, LONGEST_NAME = 30, 366, 40  # what one message and one field in Slack hold
BLACKOUT = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|[-–—])\s*(\d{4}-\d\d-\d\d))?(?:[\s,:]+(.*))?")


@dataclass(frozen=True)
class Calendars:
    """A workspace's, to be read once for many people."""

    window: Window
    keeps_holidays: bool
    blackouts: Sequence[Blackout]

    def of(self, time_zone: str | None) -> Calendar:
        """Of the people in that zone; those whose zone nobody knows live by UTC, and have no holidays."""
        country = country_of(time_zone) if self.keeps_holidays else None
        return Calendar(zone_of(time_zone), self.window, partial(is_holiday, country), self.blackouts)


ALWAYS = Calendars(ROUND_THE_CLOCK, keeps_holidays=False, blackouts=())


@dataclass(frozen=True)
class Overview:
    """When questions leave, and what is broken just now; `names` of accounts, by id."""

    calendars: Calendars
    incidents: Sequence[Incident]
    names: Mapping[int, str]
    team_zone: str | None = None


async def overview(tx: Transaction, workspace_id: str) -> Overview:
    workspace = await workspaces.get(tx, workspace_id)
    names = {account.id: account.name for account in await accounts.all_of(tx, workspace_id)}
    known = await of_workspace(tx, workspace)
    return Overview(known, await incidents.all_open(tx, workspace_id), names, workspace.time_zone)


async def of_workspace(tx: Transaction, workspace: Workspace) -> Calendars:
    rows = await queries.blackouts(tx, workspace.id)
    blackouts = [Blackout(row.first_on, row.last_on, row.name) for row in rows]
    return Calendars(window_of(workspace), workspace.keeps_holidays, blackouts)


def window_of(workspace: Workspace) -> Window:
    return _window(workspace.opens, workspace.closes, workspace.weekdays)


@cache
def _window(opens: int, closes: int, weekdays: tuple[str, ...]) -> Window:
    return Window(opens, closes, frozenset(map(int, weekdays)))


async def of_team(tx: Transaction, workspace_id: str) -> Calendar:
    """The hours in which colleagues work, by which a first reply is due."""
    workspace = await workspaces.get(tx, workspace_id)
    return (await of_workspace(tx, workspace)).of(workspace.time_zone)


async def zone_of_team(tx: Transaction, workspace_id: str) -> tzinfo:
    """By whose clock a day begins in what the team is told."""
    return zone_of((await workspaces.get(tx, workspace_id)).time_zone)


async def settle_team(tx: Transaction, workspace_id: str, time_zone: str | None) -> None:
    """Until somebody says where the team works, it is where this colleague is."""
    if time_zone and (await workspaces.get(tx, workspace_id)).time_zone is None:
        await workspaces.set_time_zone(tx, workspace_id, time_zone)


async def move_team(tx: Transaction, workspace_id: str, name: str | None) -> None:
    """By the name of a zone, however it is written; None: by UTC. Raises InputRefused."""
    zone = _zones().get((name or "").casefold())
    if name and zone is None:
        raise InputRefused(field="team_zone", because="zone_unknown")
    await workspaces.set_time_zone(tx, workspace_id, zone)


async def of_contact(tx: Transaction, workspace: Workspace, contact: Contact) -> Calendar:
    return (await of_workspace(tx, workspace)).of(contact.time_zone)


async def change(tx: Transaction, workspace_id: str, changed: Calendars) -> None:
    """Questions that wait already leave by it too. Raises InputRefused."""
    if not 0 <= changed.window.opens < changed.window.closes <= 24:  # noqa: PLR2004 - hours of a day
        raise InputRefused(field="closes", because="window_empty")
    if not changed.window.weekdays:
        raise InputRefused(field="weekdays", because="no_weekday")
    await queries.set_window(
        tx,
        workspace_id,
        opens=changed.window.opens,
        closes=changed.window.closes,
        weekdays=tuple(map(str, sorted(changed.window.weekdays))),
        keeps_holidays=changed.keeps_holidays,
    )
    await queries.set_blackouts(
        tx, workspace_id, [(each.first_on, each.last_on, each.name) for each in changed.blackouts]
    )


def read_blackouts(text: str) -> list[Blackout]:
    """One a line: "2026-12-20 to 2027-01-03 Christmas". Raises InputRefused."""
    found = dict.fromkeys(map(_read_blackout, filter(None, map(str.strip, text.splitlines()))))
    if len(found) > MOST_BLACKOUTS:
        raise InputRefused(field="blackouts", because="blackouts_many")
    return sorted(found, key=lambda each: (each.first_on, each.last_on))


def _read_blackout(line: str) -> Blackout:
    shape = BLACKOUT.fullmatch(line)
    try:
        first = date.fromisoformat(shape.group(1) if shape else "")
        last = date.fromisoformat(shape.group(2)) if shape and shape.group(2) else first
    except ValueError:
        raise InputRefused(field="blackouts", because="blackout_shape") from None
    if not 0 <= (last - first).days <= LONGEST_BLACKOUT:
        raise InputRefused(field="blackouts", because="blackout_length")
    name = ((shape.group(3) if shape else None) or "").strip()[:LONGEST_NAME]
    return Blackout(first, last, name or None)


@cache
def zone_of(time_zone: str | None) -> tzinfo:
    """By its name; UTC for one that nobody knows."""
    try:
        return ZoneInfo(time_zone or "UTC")
    except (KeyError, ValueError, OSError):  # not found, or not like a name at all
        return UTC


def country_of(time_zone: str | None) -> str | None:
    """The country of a zone, as Unicode's tables have it; None where there is none, as for UTC."""
    name = get_global("zone_aliases").get(time_zone or "", time_zone or "")
    found = get_global("zone_territories").get(name)
    return found if found in _supported() else None


def is_holiday(country: str | None, day: date) -> bool:
    """Whether that day is a public holiday in the whole country."""
    return country is not None and day in _public_holidays(country, day.year)


@cache
def _zones() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@cache
def _public_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


@cache
def _supported() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries())
