"""Years of answers, as a database holds them: put straight into its tables, always the same for the same size."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any, TypeAlias

import asyncpg
from sqlalchemy import make_url, select

from bot.rules.stems import folded
from bot.rules.themes import DEFAULTS, reader
from bot.services import surveys, themes
from storage import themes as queries
from storage.database import Database
from storage.models import (
    Account,
    AccountRevenue,
    Base,
    Contact,
    ExitReason,
    Favour,
    FavourOffer,
    FollowUp,
    FollowUpStep,
    Invitation,
    Reading,
    Recovery,
    Response,
    Withholding,
)
from storage.responses import supersede
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
    Account: "id workspace_id name segment owner_id arr domains created_at started_on renews_on",
    AccountRevenue: "account_id since arr",
    Contact: "id workspace_id user_id name first_seen_at account_id role properties is_decision_maker",
    Invitation: "id workspace_id survey_id contact_id occasion trigger channel_id kind subject language is_rehearsal "
    "was_overruled state created_at send_at sent_at expires_at closed_at snoozes privacy mode",
    Response: "id workspace_id survey_id contact_id invitation_id kind score scored_at comment wants_reply answered_at "
    "is_late is_repeat is_rehearsal mode privacy",
    Reading: "response_id themes folded",
    ExitReason: "id workspace_id survey_id contact_id invitation_id reason chosen_at comment answered_at",
    FollowUp: "id workspace_id survey_id response_id is_rehearsal first_score causes state opened_at reply_due_at "
    "contacted_at claimed_by claimed_at resolved_by resolved_at outcome root_cause",
    FollowUpStep: "id follow_up_id what at by",
    Recovery: "id workspace_id follow_up_id round contact_id score decided_at invitation_id",
    Withholding: "id workspace_id survey_id contact_id withheld_at because",
    FavourOffer: "id workspace_id contact_id response_id offered_at taken_at",
    Favour: "id workspace_id contact_id response_id survey_id kind given_at words consent named_as",
}
FLUSHED = 50_000
WORDS = (
    *("It does what we need.", "Support took three days.", "The export is slow, and we use it daily.", "Love it!"),
    *("Too expensive for us.", "The invoice was wrong again.", "Easy to use from the first day.", "It crashed twice."),
    *("Nobody told us about the change.", "We miss a way to share reports.", "Setting it up took a week.", "Fine."),
)
Rows: TypeAlias = dict[type[Base], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Tenant:
    """A workspace of the crowd, and whose ids are its people's and its accounts'."""

    id: str
    surveys: dict[str, int]
    people: range
    accounts: range


@dataclass(frozen=True)
class Question:
    """One ask to one person; `closed_at` None: they may still answer."""

    id: int
    tenant: Tenant
    kind: str
    person: int
    at: datetime
    state: str
    closed_at: datetime | None

    @property
    def survey_id(self) -> int:
        return self.tenant.surveys[self.kind]

    @property
    def of(self) -> tuple[Any, ...]:
        return (self.id, self.tenant.id, self.survey_id, self.person)


@dataclass
class Story:
    """What happens, as rows in hand; ids go up, and chance is the same each time."""

    first_id: int
    rows: Rows = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.ids, self.chance = count(self.first_id), Random(self.first_id)

    def ask(self, tenant: Tenant, at: datetime) -> None:
        chance = self.chance
        answers_at = at + timedelta(hours=72 * chance.random() ** 3)
        state, closed_at = (self._fate(), answers_at) if answers_at <= NOW else ("sent", None)
        drawn = (chance.choice(KINDS), chance.choice(tenant.people))
        asked = Question(next(self.ids), tenant, *drawn, at, state, closed_at)
        is_told = asked.kind == "relational" and state == "answered" and chance.random() < 1 / 100
        self._asked(asked, "interviewer" if is_told else "self")
        if chance.random() < 1 / 10:
            self.rows[Withholding].append((next(self.ids), *asked.of[1:], at, "recontact"))
        if state == "answered":
            (self._left if asked.kind == "exit" else self._answered)(asked, "interviewer" if is_told else "self")

    def _fate(self) -> str:
        drawn = self.chance.random()
        return "answered" if drawn < ANSWERED else "declined" if drawn < DECLINED else "expired"

    def _score(self) -> int:
        return self.chance.choices(range(11), LIKE_REAL_ONES)[0]

    def _asked(self, it: Question, mode: str) -> None:
        trigger = "recovery" if it.kind == "recovery" else self.chance.choice(TRIGGERS)
        channel = f"C{self.chance.randrange(CHANNELS):04}" if it.kind == "transactional" else None
        about = (f"it:{it.id}", trigger, channel, it.kind, "Northwind", "en", False, False, it.state)
        times = (it.at, it.at, it.at, it.at + timedelta(days=14), it.closed_at)
        self.rows[Invitation].append((*it.of, *about, *times, 0, "named", mode))

    def _left(self, it: Question, _: str) -> None:
        comment = self.chance.choice(WORDS) if it.id % 2 else None
        said = (self.chance.choice(REASONS), it.closed_at, comment, it.closed_at)
        self.rows[ExitReason].append((*it.of, it.id, *said))

    def _answered(self, it: Question, mode: str) -> None:
        score, at = self._said(it, mode), it.closed_at or it.at
        if score <= 6:
            self._looked_after(it, score, at)
        elif score >= 9 and self.chance.random() < 1 / 4:
            self._asked_for_a_favour(it, at)

    def _said(self, it: Question, mode: str) -> int:
        score, drawn, at = self._score(), self.chance.random(), it.closed_at
        comment = " ".join(self.chance.choices(WORDS, k=2)) if self.chance.random() < 1 / 2 else None
        if comment:
            self.rows[Reading].append((it.id, *_read(comment)))
        is_repeat, privacy = (
            it.kind == "transactional" and drawn < 1 / 20,
            "confidential" if drawn > 24 / 25 else "named",
        )
        said = (it.kind, score, at, comment, drawn < 1 / 8, at, False, is_repeat, False, mode, privacy)
        self.rows[Response].append((*it.of, it.id, *said))
        return score

    def _asked_for_a_favour(self, it: Question, at: datetime) -> None:
        is_taken = self.chance.random() < 1 / 10
        offered = (it.id, it.tenant.id, it.person, it.id)
        self.rows[FavourOffer].append((*offered, at, at if is_taken else None))
        if is_taken:
            words = (self.chance.choice(WORDS), "Yes, quote me.", "name")
            self.rows[Favour].append((*offered, it.survey_id, "quote", at, *words))

    def _looked_after(self, it: Question, score: int, at: datetime) -> None:
        """Nearly all is over; of the last two months one in five is open, one in ten in somebody's hands."""
        is_lately, drawn = at > NOW - timedelta(days=60), self.chance.random()
        by, due, first = f"U9{it.id % OWNERS:04}", at + timedelta(hours=8), at + timedelta(hours=5 * drawn)
        begun = (it.id, it.tenant.id, it.survey_id, it.id, False, score, "low_score")
        if is_lately and drawn < 1 / 5:
            self.rows[FollowUp].append((*begun, "open", at, due, *[None] * 7))
            return
        self.rows[FollowUpStep].append((next(self.ids), it.id, "claimed", first, by))
        if is_lately and drawn < 3 / 10:
            self.rows[FollowUp].append((*begun, "claimed", at, due, None, by, first, *[None] * 4))
            return
        over = at + timedelta(days=3 * drawn)
        self.rows[FollowUp].append((*begun, "resolved", at, due, first, by, first, by, over, "fixed", "product"))
        self.rows[FollowUpStep].append((next(self.ids), it.id, "resolved", over, by))
        if over < NOW - timedelta(days=25) and self.chance.random() < 3 / 100:
            self._felt_later(it, score, over + timedelta(days=21))

    def _felt_later(self, it: Question, score: int, at: datetime) -> None:
        """The question some weeks after somebody looked after them."""
        drawn = (self._fate(), at + timedelta(hours=20))
        asked = Question(next(self.ids), it.tenant, "recovery", it.person, at, *drawn)
        self._asked(asked, "self")
        self.rows[Recovery].append((asked.id, it.tenant.id, it.id, 1, it.person, score, at, asked.id))
        if asked.state == "answered":
            self._said(asked, "self")


Crowd: TypeAlias = list[Tenant]


@cache
def _read(comment: str) -> tuple[str, str]:
    found = sorted(reader(DEFAULTS, "en").themes_of(comment))
    return f" {' '.join(found)} " if found else "", folded(comment)


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
        rows[AccountRevenue] += [(each, at, arr) for each in tenant.accounts for at, arr in _paid(each)]
        rows[Contact] += [_contact(tenant, each) for each in tenant.people]
    await put(database, rows)
    return crowd


async def tell(database: Database, crowd: Crowd, since: datetime, until: datetime, answers: int) -> None:
    """What happened in that time, in its order; `answers`: those of all five years."""
    a_year = answers / ANSWERED / YEARS
    first_id = 1 + 4 * round(a_year * ((since - START) / YEAR))
    asks = round(a_year * ((until - since) / YEAR))
    story = Story(first_id)
    for number in range(asks):
        tenant = crowd[0] if story.chance.random() < 1 / 2 else story.chance.choice(crowd[1:])
        story.ask(tenant, since + (until - since) * (number / asks))
        if number % FLUSHED == 0:
            await put(database, story.rows)
    await put(database, story.rows)
    await _supersede(database)


async def _tenant(database: Database, name: str, size: int, people: Iterator[int], accounts: Iterator[int]) -> Tenant:
    async with database.transaction() as tx:
        await make_workspace(tx, now=START, id=name)
        known = {each.kind: each.id for each in await surveys.all_of(tx, name)}
        for survey_id in known.values():
            await surveys.set_alert_channel(tx, survey_id, "C0ALERTS")
        await themes.hold(tx, name)
        await queries.read_until(tx, name, None, made_of=themes.MADE_OF)
    companies = range(max(size // PEOPLE_AN_ACCOUNT, 1))
    return Tenant(name, known, _span([next(people) for _ in range(size)]), _span([next(accounts) for _ in companies]))


async def _supersede(database: Database) -> None:
    """As answering does, of all people at once."""
    async with database.transaction() as tx:
        everybody = list(await tx.scalars(select(Contact.id)))
        for first in range(0, len(everybody), 1000):
            await supersede(tx, everybody[first : first + 1000])


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
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def _account(tenant: str, number: int) -> tuple[Any, ...]:
    owner, segment = f"U9{number % OWNERS:04}", SEGMENTS[number % len(SEGMENTS)]
    renews_on = NOW.date() + timedelta(days=number % 365)
    kept = (segment, owner, _paid(number)[-1][1], "", START, START.date(), renews_on)
    return (number, tenant, f"Company {number}", *kept)


def _paid(account: int) -> list[tuple[datetime, int]]:
    """Since when it pays what; a few pay less than they did."""
    arr = 1000 * (account % 97 + 1)
    return [(START, arr), (NOW - timedelta(days=account % 700), arr * (3 if account % 11 else 1) // 2)]


def _contact(tenant: Tenant, number: int) -> tuple[Any, ...]:
    role, plan = ("CTO", "CEO", "user")[number % 3], ("free", "pro")[number % 2]
    kept = (START, tenant.accounts[number % len(tenant.accounts)], role, f'{{"plan": "{plan}"}}')
    return (number, tenant.id, f"U{number:08}", f"Person {number}", *kept, number % 5 == 0)


def _span(ids: Sequence[int]) -> range:
    return range(ids[0], ids[-1] + 1)
