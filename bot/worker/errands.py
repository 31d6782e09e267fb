"""
The table of errands: chores that hold no transaction while they work, since they ask Slack or go person by person.

They run beside the courier, so that no message waits for one.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Halted, Withheld
from bot.services import recoveries, rounds, schedules, turns
from bot.services.recoveries import Due
from bot.slack.gathering import Gathering
from bot.slack.picturing import Easel
from bot.slack.rosters import Rosters
from bot.slack.scribe import Scribe
from bot.slack.staff import PeopleHere
from bot.worker.digests import publish_due
from storage.database import Database
from storage.models import Schedule

log = structlog.get_logger()
Run: TypeAlias = Callable[[datetime], Awaitable[int]]


@dataclass(frozen=True)
class Errand:
    """`run` is told now, and returns how much was done."""

    every: timedelta
    run: Run


def errands(
    database: Database, slack: AsyncWebClient, people: PeopleHere, easel: Easel, scribe: Scribe, *, workspace_id: str
) -> Mapping[str, Errand]:
    gathering = Gathering(database, people, people.roster, Rosters(slack), workspace_id)
    return {
        "gather": Errand(timedelta(minutes=15), gathering.gather_due),
        "publish_due": Errand(timedelta(minutes=1), partial(publish_due, database, easel)),
        "ask_due": Errand(timedelta(minutes=15), partial(ask_due, database)),
        "ask_recovered": Errand(timedelta(minutes=15), partial(ask_recovered, database)),
        "write_files": Errand(timedelta(minutes=1), scribe.write_due),
    }


async def ask_due(database: Database, now: datetime) -> int:
    """Have every running schedule ask those whose turn it is; what goes wrong with one stops no other."""
    async with database.reading() as tx:
        running = await schedules.running(tx)
    return sum([await _ask(database, each, now) for each in running])


async def _ask(database: Database, schedule: Schedule, now: datetime) -> int:
    try:
        async with database.reading() as tx:
            day = await rounds.plan_today(tx, schedule, now=now)
        if day is None or not (day.turns or day.held):
            return 0
        async with database.transaction() as tx:
            return await turns.take(tx, schedule.survey_id, day, now=now)
    except Halted:  # between the plan and the questions
        return 0
    except Exception:
        log.exception("round_failed", survey_id=schedule.survey_id)
        return 0


async def ask_recovered(database: Database, now: datetime) -> int:
    """Ask those whose answer somebody looked after some weeks ago; each alone, so that nobody keeps another back."""
    async with database.reading() as tx:
        found = await recoveries.due(tx, now=now)
    return sum([await _ask_recovered(database, each, now) for each in found])


async def _ask_recovered(database: Database, due: Due, now: datetime) -> bool:
    try:
        async with database.transaction() as tx:
            return await recoveries.decide(tx, due, now=now)
    except (Halted, Withheld):  # something stands in the way for now
        return False
    except Exception:
        log.exception("recovery_failed", follow_up_id=due.follow_up.id)
        return False
