"""A workspace's calendar: holidays of the person's country, whatever Slack calls their zone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.errors import InputRefused
from bot.rules.calendar import Blackout, Window
from bot.services import calendars
from bot.services.calendars import ALWAYS, country_of, is_holiday, read_blackouts, zone_of
from storage.database import Database
from tests.factories import NORTHWIND, make_workspace

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Kolkata", "IN"),
        ("US/Pacific", "US"),
        ("America/Indiana/Indianapolis", "US"),
        ("UTC", None),
        ("Etc/GMT+5", None),
        ("Mars/Olympus", None),
        ("", None),
        (None, None),
    ],
)
def test_the_country_of_a_zone(zone, country):
    assert country_of(zone) == country
    assert zone_of(zone).utcoffset(NOW) is not None


@pytest.mark.parametrize(
    ("country", "day", "is_one"),
    [
        ("GB", date(2026, 12, 25), True),
        ("US", date(2026, 11, 26), True),  # Thanksgiving
        ("JP", date(2026, 11, 23), True),  # labour
        ("DE", date(2026, 11, 26), False),
        (None, date(2026, 12, 25), False),
    ],
)
def test_public_holidays_are_those_of_the_country(country, day, is_one):
    assert is_holiday(country, day) == is_one


@pytest.mark.parametrize(
    ("text", "blackouts"),
    [
        ("", []),
        ("2026-12-24", [Blackout(date(2026, 12, 24), date(2026, 12, 24))]),
        ("2026-12-24 - 2026-12-26, Closed", [Blackout(date(2026, 12, 24), date(2026, 12, 26), "Closed")]),
        ("2026-12-24 to 2026-12-26", [Blackout(date(2026, 12, 24), date(2026, 12, 26))]),
        ("2026-12-24–2026-12-26\n2026-01-01 New Year\n2026-01-01 New Year", None),
    ],
)
def test_dates_as_people_type_them(text, blackouts):
    found = read_blackouts(text)
    assert len(found) == 2 if blackouts is None else found == blackouts


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        (replace(ALWAYS, window=Window(17, 9)), "window_empty"),
        (replace(ALWAYS, window=Window(0, 25)), "window_empty"),
        (replace(ALWAYS, window=Window(weekdays=frozenset())), "no_weekday"),
    ],
)
async def test_hours_in_which_nobody_could_ever_be_asked_are_refused(database: Database, changed, because):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        with pytest.raises(InputRefused) as refused:
            await calendars.change(tx, NORTHWIND, changed)
    assert refused.value.because == because


async def test_what_was_set_is_read_again(database: Database):
    wanted = replace(ALWAYS, blackouts=[Blackout(date(2026, 12, 24), date(2026, 12, 26), "Closed")])
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        for each in (ALWAYS, wanted, wanted):
            await calendars.change(tx, NORTHWIND, each)
    async with database.reading() as tx:
        assert (await calendars.overview(tx, NORTHWIND)).calendars == wanted
