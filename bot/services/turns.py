"""
Turns: those whose day it is are asked, and why others are not is kept.

This holds the schedule and counts again what it has asked, so several replicas together ask no more than one would.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import structlog

from bot.errors import Halted, Withheld
from bot.rules.cadence import Cadence, Rhythm
from bot.rules.rounds import Asked, Day, Held, Turn, room_on
from bot.rules.triggers import TriggerKind
from bot.services import accounts, asks, rounds, schedules, surveys
from bot.services.asks import Ask, Place
from bot.services.contacts import Facts
from storage import turns as queries
from storage.database import Transaction
from storage.models import Contact, Survey, Withholding

log = structlog.get_logger()


async def take(tx: Transaction, survey_id: int, day: Day, *, now: datetime) -> int:
    """Ask those whose turn it is, as far as there is still room; returns how many were asked. Raises Halted."""
    schedule = await schedules.held(tx, survey_id)
    if schedule is None:
        return 0
    survey, rhythm = await surveys.get(tx, survey_id), schedules.rhythm_of(schedule)
    turns = await _with_room(tx, survey, rhythm, day.turns, now=now)
    people = await _hold(tx, turns)
    asked, held = 0, list(day.held)
    for turn in turns:
        outcome = await _ask(tx, survey, rhythm, people.get(turn.key), turn, now=now)
        if isinstance(outcome, Withheld):
            held.append(Held(turn.key, outcome.because, outcome.until, outcome.days_ago))
        asked += outcome is True
    await _keep(tx, survey, rhythm, held, now=now)
    return asked


async def _with_room(
    tx: Transaction, survey: Survey, rhythm: Rhythm, turns: Sequence[Turn], *, now: datetime
) -> list[Turn]:
    """Without those another replica has asked meanwhile, and no more than a date has room for."""
    done = await rounds.so_far(tx, survey.id, now=now)
    asked, taken = list(done.asked), []
    gone = {each.key for each in asked}
    for turn in turns:
        if turn.key not in gone and room_on(rhythm, turn.on, asked, has_begun=done.has_begun):
            taken.append(turn)
            asked.append(Asked(turn.key, None, turn.on, is_by_schedule=True))
    return taken


async def _hold(tx: Transaction, turns: Sequence[Turn]) -> Mapping[int, Contact]:
    """People first, then their accounts, as an ask by hand does: nobody waits for us in a circle."""
    people = await queries.hold_contacts(tx, [turn.key for turn in turns])
    for account_id in sorted({each.account_id for each in people if each.account_id is not None}):
        await accounts.hold(tx, account_id)
    return {each.id: each for each in people}


async def _ask(
    tx: Transaction, survey: Survey, rhythm: Rhythm, contact: Contact | None, turn: Turn, *, now: datetime
) -> Withheld | bool:
    """True: asked. What goes wrong with one person keeps nobody else from being asked."""
    if contact is None:  # erased meanwhile
        return False
    try:
        async with tx.begin_nested():
            await asks.invite(tx, _as_ask(survey, rhythm, contact, turn), now=now)
    except Withheld as no:
        return no
    except Halted:
        raise
    except Exception:
        log.exception("scheduled_ask_failed", survey_id=survey.id, contact_id=turn.key)
        return False
    return True


async def _keep(tx: Transaction, survey: Survey, rhythm: Rhythm, held: Sequence[Held], *, now: datetime) -> None:
    """Each no once, however many days it holds."""
    known = {(row.contact_id, row.because, row.until) for row in await queries.withheld(tx, survey.id, now=now)}
    new = [each for each in held if (each.key, each.because, each.until) not in known]
    await queries.add_withholdings(tx, [_withholding(survey, rhythm, each, now=now) for each in new])


def _as_ask(survey: Survey, rhythm: Rhythm, contact: Contact, turn: Turn) -> Ask:
    return Ask(
        survey=survey,
        person=Facts(contact.user_id, contact.name, contact.handle, contact.language, contact.home_team_id),
        place=Place(),
        asked_by=None,
        occasion=f"wave:{turn.due_on}" if isinstance(rhythm, Cadence) else f"lifecycle:day-{rhythm.day}",
        send_at=turn.at.astimezone(UTC),
        trigger=_trigger(rhythm),
    )


def _withholding(survey: Survey, rhythm: Rhythm, held: Held, *, now: datetime) -> Withholding:
    return Withholding(
        workspace_id=survey.workspace_id,
        survey_id=survey.id,
        contact_id=held.key,
        withheld_at=now,
        because=held.because,
        until=held.until,
        days_ago=held.days_ago,
        trigger=_trigger(rhythm),
    )


def _trigger(rhythm: Rhythm) -> TriggerKind:
    return TriggerKind.SCHEDULE if isinstance(rhythm, Cadence) else TriggerKind.LIFECYCLE
