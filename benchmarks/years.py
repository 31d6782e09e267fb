"""Years of answers, as a database holds them: put straight into its tables, always the same for the same size."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any, TypeAlias

import asyncpg
from sqlalchemy import make_url

from bot.services import surveys
from storage.database import Database
from storage.models import (
    Account,
    Base,
    Contact,
    ExitReason,
    Favour,
    FollowUp,
    FollowUpStep,
    Invitation,
    Recovery,
    Response,
    Withholding,
)
from tests.factories import make_workspace

NOW = datetime(2025, 11, 18, 10, tzinfo=UTC)
YEAR, YEARS, WORKSPACES = timedelta(days=365), 5, 200
START = NOW - YEARS * YEAR
LIKE_REAL_ONES = (764, 72, 86, 71, 52, 140, 86, 137, 255, 162, 528)  # how often each score was given, 0…10
ANSWERED, DECLINED = 0.4, 0.48  # of the questions, and up to there
ANSWERS_A_PERSON, PEOPLE_AN_ACCOUNT = 25, 20
KINDS = ("relational",) * 49 + ("transactional",) * 50 + ("exit",)
SEGMENTS, OWNERS, CHANNELS = ("enterprise", "mid", "small"), 20, 30
TRIGGERS = ("schedule", "colleague", "event", "reaction")
REASONS = ("price", "missing", "support", "other")
COLUMNS: dict[type[Base], str] = {
    Account: "id workspace_id name segment owner_id arr domains created_at",
    Contact: "id workspace_id user_id name first_seen_at account_id role properties",
    Invitation: "id workspace_id survey_id contact_id occasion trigger channel_id kind subject language is_rehearsal "
    "was_overruled state created_at send_at sent_at expires_at closed_at snoozes privacy",
    Response: "id workspace_id survey_id contact_id invitation_id kind score scored_at comment wants_reply answered_at "
    "is_late is_repeat is_rehearsal mode privacy",
    ExitReason: "id workspace_id survey_id contact_id invitation_id reason chosen_at comment answered_at",
    FollowUp: "id workspace_id survey_id response_id is_rehearsal first_score causes state opened_at reply_due_at "
    "contacted_at claimed_by claimed_at resolved_by resolved_at outcome root_cause",
    FollowUpStep: "id follow_up_id what at by",
    Recovery: "id workspace_id follow_up_id round contact_id score decided_at invitation_id",
    Withholding: "id workspace_id survey_id contact_id withheld_at because",
    Favour: "id workspace_id contact_id response_id survey_id kind given_at words consent named_as",
}
FLUSHED = 50_000
WORDS = ("It does what we need.", "Support took three days.", "The export is slow, and we use it daily.", "Love it!")
Rows: TypeAlias = dict[type[Base], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Tenant:
    """A workspace of the crowd, and whose ids are its people's and its accounts'."""

    id: str
    surveys: dict[str, int]
    people: range
    accounts: range


Crowd: TypeAlias = list[Tenant]


async def settle(database: Database, answers: int) -> Crowd:
    """Workspaces, with the people who will give so many answers; half of them are the first one's."""
    people, accounts, rows = count(1), count(1), defaultdict(list)
    crowd = []
    for number in range(WORKSPACES):
        share = answers / 2 / (1 if number == 0 else WORKSPACES - 1)
        size = max(round(share / ANSWERS_A_PERSON), 5)
        crowd.append(await _tenant(database, f"T{number:04}", size, people, accounts))
    for tenant in crowd:
        rows[Account] += [_account(tenant.id, each) for each in tenant.accounts]
        rows[Contact] += [_contact(tenant, each) for each in tenant.people]
    await put(database, rows)
    return crowd


async def tell(database: Database, crowd: Crowd, since: datetime, until: datetime, answers: int) -> None:
    """What happened in that time, in its order; `answers`: those of all five years."""
    a_year = answers / ANSWERED / YEARS
    first_id = 1 + 4 * round(a_year * ((since - START) / YEAR))
    asks = round(a_year * ((until - since) / YEAR))
    chance, ids, rows = Random(first_id), count(first_id), defaultdict(list)
    for number in range(asks):
        tenant = crowd[0] if chance.random() < 1 / 2 else chance.choice(crowd[1:])
        _asked(rows, ids, chance, tenant, since + (until - since) * (number / asks))
        if number % FLUSHED == 0:
            await put(database, rows)
    await put(database, rows)


async def _tenant(database: Database, name: str, size: int, people: Iterator[int], accounts: Iterator[int]) -> Tenant:
    async with database.transaction() as tx:
        await make_workspace(tx, now=START, id=name)
        known = {each.kind: each.id for each in await surveys.all_of(tx, name)}
        for survey_id in known.values():
            await surveys.set_alert_channel(tx, survey_id, "C0ALERTS")
    companies = range(max(size // PEOPLE_AN_ACCOUNT, 1))
    return Tenant(name, known, _span([next(people) for _ in range(size)]), _span([next(accounts) for _ in companies]))


async def put(database: Database, rows: Rows) -> None:
    """Into the tables, as fast as the database takes them; none are left in hand."""
    url = database.engine.url
    if database.is_sqlite:
        _put_in_sqlite(url.database or "", rows)
    else:
        await _put_in_postgres(plain(url.render_as_string(hide_password=False)), rows)
    rows.clear()


def _put_in_sqlite(path: str, rows: Rows) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for pragma in ("synchronous=OFF", "cache_size=-1000000"):
            connection.execute(f"PRAGMA {pragma}")
        for table, columns in COLUMNS.items():
            marks = ", ".join("?" * len(columns.split()))
            into = f"INSERT INTO {table.__tablename__} ({', '.join(columns.split())}) VALUES ({marks})"  # noqa: S608
            connection.executemany(into, (tuple(map(_as_kept, row)) for row in rows.get(table, ())))
        connection.commit()


async def _put_in_postgres(url: str, rows: Rows) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("SET session_replication_role = replica")  # every key is right
    for table, columns in COLUMNS.items():
        if rows.get(table):
            await connection.copy_records_to_table(
                table.__tablename__, records=rows[table], columns=columns.split(), timeout=600
            )
    await connection.close()


def plain(url: str) -> str:
    """The address as Postgres's own tools read it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _as_kept(value: Any) -> Any:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _asked(rows: Rows, ids: Iterator[int], chance: Random, tenant: Tenant, at: datetime) -> None:
    kind, person, number = chance.choice(KINDS), chance.choice(tenant.people), next(ids)
    state, later = _fate(chance), at + timedelta(hours=72 * chance.random() ** 3)
    if later > NOW:
        state, later = "waiting", None
    rows[Invitation].append(_invitation(number, tenant, kind, person, at, state, later, chance))
    if chance.random() < 1 / 10:
        rows[Withholding].append((next(ids), tenant.id, tenant.surveys[kind], person, at, "recontact"))
    if state == "answered" and kind == "exit":
        comment = chance.choice(WORDS) if number % 2 else None
        survey_id = tenant.surveys[kind]
        rows[ExitReason].append(
            (number, tenant.id, survey_id, person, number, chance.choice(REASONS), later, comment, later)
        )
    elif state == "answered":
        _answered(rows, ids, chance, tenant, kind, person, number, later)


def _answered(
    rows: Rows, ids: Iterator[int], chance: Random, tenant: Tenant, kind: str, person: int, number: int, at: datetime
) -> None:
    score = chance.choices(range(11), LIKE_REAL_ONES)[0]
    rows[Response].append(_response(number, tenant, kind, person, score, at, chance))
    if score >= 9 and chance.random() < 1 / 100:
        words = (chance.choice(WORDS), "Yes, quote me.", "name")
        rows[Favour].append((number, tenant.id, person, number, tenant.surveys[kind], "quote", at, *words))
    if score > 6:
        return
    follow_up, steps = _looked_after(number, tenant, kind, score, at, chance, ids)
    rows[FollowUp].append(follow_up)
    rows[FollowUpStep] += steps
    if steps and chance.random() < 3 / 100:
        _felt_later(rows, ids, chance, tenant, person, number, score, at + timedelta(days=25))


def _felt_later(
    rows: Rows, ids: Iterator[int], chance: Random, tenant: Tenant, person: int, number: int, score: int, at: datetime
) -> None:
    """The question some weeks after somebody looked after them."""
    if at > NOW - timedelta(days=4):
        return
    asked, state, later = next(ids), _fate(chance), at + timedelta(hours=20)
    rows[Invitation].append(_invitation(asked, tenant, "recovery", person, at, state, later, chance))
    rows[Recovery].append((asked, tenant.id, number, 1, person, score, at, asked))
    if state == "answered":
        now = chance.choices(range(11), LIKE_REAL_ONES)[0]
        rows[Response].append(_response(asked, tenant, "recovery", person, now, later, chance))


def _fate(chance: Random) -> str:
    drawn = chance.random()
    return "answered" if drawn < ANSWERED else "declined" if drawn < DECLINED else "expired"


def _invitation(
    number: int, tenant: Tenant, kind: str, person: int, at: datetime, state: str, closed: Any, chance: Random
) -> tuple[Any, ...]:
    trigger = "recovery" if kind == "recovery" else chance.choice(TRIGGERS)
    channel = f"C{chance.randrange(CHANNELS):04}" if kind == "transactional" else None
    about = (f"it:{number}", trigger, channel, kind, "Northwind", "en", False, False)
    times = (at, at, at, at + timedelta(days=14), closed)
    return (number, tenant.id, tenant.surveys[kind], person, *about, state, *times, 0, "named")


def _response(
    number: int, tenant: Tenant, kind: str, person: int, score: int, at: datetime, chance: Random
) -> tuple[Any, ...]:
    comment = chance.choice(WORDS) if chance.random() < 1 / 2 else None
    drawn = chance.random()
    is_repeat = kind == "transactional" and drawn < 1 / 20
    mode = "interviewer" if kind == "relational" and drawn < 1 / 100 else "self"
    privacy = "confidential" if drawn > 24 / 25 else "named"
    said = (score, at, comment, drawn < 1 / 8, at)
    return (
        *(number, tenant.id, tenant.surveys[kind], person, number, kind, *said),
        *(False, is_repeat, False, mode, privacy),
    )


def _looked_after(
    number: int, tenant: Tenant, kind: str, score: int, at: datetime, chance: Random, ids: Iterator[int]
) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    """Nearly all is over; of the last two months one in five is open, one in ten in somebody's hands."""
    is_lately, drawn = at > NOW - timedelta(days=60), chance.random()
    by, due = f"U9{number % OWNERS:04}", at + timedelta(hours=8)
    begun = (number, tenant.id, tenant.surveys[kind], number, False, score, "low_score")
    if is_lately and drawn < 1 / 5:
        return (*begun, "open", at, due, *[None] * 7), []
    first, over = at + timedelta(hours=5 * drawn), at + timedelta(days=3 * drawn)
    claimed = (next(ids), number, "claimed", first, by)
    if is_lately and drawn < 3 / 10:
        return (*begun, "claimed", at, due, None, by, first, *[None] * 4), [claimed]
    taken = (next(ids), number, "resolved", over, by)
    return (*begun, "resolved", at, due, first, by, first, by, over, "fixed", "product"), [claimed, taken]


def _account(tenant: str, number: int) -> tuple[Any, ...]:
    owner, segment = f"U9{number % OWNERS:04}", SEGMENTS[number % len(SEGMENTS)]
    return (number, tenant, f"Company {number}", segment, owner, 1000 * (number % 97), "", START)


def _contact(tenant: Tenant, number: int) -> tuple[Any, ...]:
    role, plan = ("CTO", "CEO", "user")[number % 3], ("free", "pro")[number % 2]
    kept = (START, tenant.accounts[number % len(tenant.accounts)], role, f'{{"plan": "{plan}"}}')
    return (number, tenant.id, f"U{number:08}", f"Person {number}", *kept)


def _span(ids: Sequence[int]) -> range:
    return range(ids[0], ids[-1] + 1)
