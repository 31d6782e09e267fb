"""Migrations bring any database to exactly what the models say, however often and from however many places."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from storage.database import Database
from storage.models import AccountRevenue, Base, Contact, Invitation, Response
from storage.schema import config, is_current, migrate
from tests import databases

AT_ONCE = 5
WORKSPACE_BEFORE = """
    INSERT INTO workspaces (id, name, url, bot_user_id, created_at, salt)
    VALUES ('T0', 'Northwind', 'https://northwind.slack.com/', 'U0BOT', '2026-01-05 09:00:00+00:00', '')
"""
SURVEYS_BEFORE = """
    INSERT INTO surveys (workspace_id, name, kind, created_at, language)
    SELECT 'T0', 'support', 'transactional', created_at, 'en' FROM workspaces
    UNION SELECT 'T0', 'relationship', 'relational', created_at, 'en' FROM workspaces
"""
ACCOUNTS_BEFORE = """
    INSERT INTO accounts (workspace_id, name, arr, domains, created_at)
    SELECT 'T0', 'Beta', 500, '', created_at FROM workspaces
    UNION SELECT 'T0', 'Gamma', NULL, '', created_at FROM workspaces
"""
OLD_WORKSPACE = "INSERT INTO workspaces VALUES ('T0', 'Northwind', '', 'U0BOT', '2026-01-01 00:00:00', '', NULL, NULL)"
OLD_CONTACT = (
    "INSERT INTO contacts (workspace_id, user_id, name, first_seen_at) "
    "VALUES ('T0', 'U0ANA', 'Ana', '2026-01-01 00:00:00')"
)
NEVER_REUSED = sorted(table.name for table in Base.metadata.tables.values() if table.kwargs.get("sqlite_autoincrement"))


PEOPLE_BEFORE = """
    INSERT INTO contacts (workspace_id, user_id, name, first_seen_at)
    SELECT 'T0', user_id, 'Somebody', '2026-01-05 09:00:00+00:00'
    FROM (SELECT 'U1' AS user_id UNION SELECT 'U2' UNION SELECT 'U3') AS people
"""
QUESTION_BEFORE = """
    INSERT INTO invitations (workspace_id, survey_id, contact_id, occasion, kind, subject, language, is_rehearsal,
        was_overruled, state, created_at, send_at, snoozes, trigger)
    SELECT 'T0', surveys.id, contacts.id, '{number}', kind, 'Northwind', 'en', false, false, 'answered',
        surveys.created_at, surveys.created_at, 0, '{trigger}'
    FROM surveys, contacts WHERE kind = '{kind}' AND user_id = '{person}'
"""
ANSWER_BEFORE = """
    INSERT INTO responses (workspace_id, survey_id, contact_id, invitation_id, kind, score, scored_at, wants_reply,
        answered_at, is_late, is_repeat, is_rehearsal, mode)
    SELECT 'T0', survey_id, contact_id, id, kind, {number}, created_at, false, '2026-02-{day:02} 09:00:00.000000',
        false, false, {is_rehearsal}, '{mode}'
    FROM invitations WHERE occasion = '{number}'
"""
USUAL = {"person": "U1", "kind": "relational", "trigger": "schedule", "mode": "self", "is_rehearsal": "false"}
GIVEN_BEFORE = [  # the score says which; the day when the next one was given; how it counts now
    ({"day": 1}, 3, "self"),
    ({"day": 2, "mode": "interviewer"}, None, "interviewer"),
    ({"day": 3}, 3, "self"),
    ({"day": 3}, None, "self"),
    ({"day": 4, "is_rehearsal": "true"}, None, "self"),
    ({"day": 5, "kind": "transactional"}, None, "self"),
    ({"day": 6, "kind": "transactional", "trigger": "open_card"}, None, "volunteered"),
    ({"day": 7, "person": "U2"}, None, "self"),
]


@pytest.fixture
async def empty_url(server_url: str | None, tmp_path: Path) -> AsyncIterator[str]:
    """A database in which nothing has ever been done."""
    if server_url is None:
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    url = await databases.copy_template(server_url, "template1")
    yield url
    await databases.drop(url)


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    database = Database(empty_url)
    yield database
    await database.close()


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def migrate_alone(url: str) -> None:
    """As one of several processes does."""
    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


async def test_migrations_end_exactly_where_the_models_are(database: Database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrations_make_every_table_and_no_other(database: Database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(tables) == {*Base.metadata.tables, "alembic_version"}


async def test_an_empty_database_is_not_current_until_it_is_migrated(empty: Database):
    assert not await is_current(empty)
    await migrate(empty)
    assert await is_current(empty)


async def test_migrating_twice_is_harmless(database: Database):
    await migrate(database)
    assert await is_current(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_many_replicas_may_migrate_an_empty_database_at_once(empty_url: str, empty: Database):
    await asyncio.gather(*(migrate_alone(empty_url) for _ in range(AT_ONCE)))
    assert await is_current(empty)


async def test_people_who_were_known_before_accounts_are_known_after(empty: Database):
    def only_the_first(connection: Connection) -> None:
        command.upgrade(config(connection), "0001")

    async with empty.engine.begin() as connection:
        await connection.run_sync(only_the_first)
        await connection.execute(text(OLD_WORKSPACE))
        await connection.execute(text(OLD_CONTACT))
    await migrate(empty)
    async with empty.reading() as tx:
        [ana] = await tx.scalars(select(Contact))
    assert (ana.name, ana.account_id, ana.is_decision_maker, ana.properties) == ("Ana", None, False, {})


async def test_a_database_of_a_newer_version_is_not_current(database: Database):
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    assert not await is_current(database)


@pytest.mark.parametrize("server_url", [None], ids=["sqlite"], indirect=False)
async def test_sqlite_never_gives_an_erased_rows_id_out_again(database: Database):
    async with database.engine.connect() as connection:
        made = await connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        assert sorted(name for name, sql in made if "AUTOINCREMENT" in sql) == NEVER_REUSED


def test_there_is_one_newest_migration():
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


async def test_a_survey_after_support_that_was_there_before_gets_the_emoji(empty: Database):
    async with empty.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "0001"))
        await connection.execute(text(WORKSPACE_BEFORE))
        await connection.execute(text(SURVEYS_BEFORE))
    await migrate(empty)
    async with empty.engine.connect() as connection:
        found = await connection.execute(text("SELECT name, reaction, delay_minutes FROM surveys ORDER BY name"))
        assert found.all() == [("relationship", None, 180), ("support", "ballot_box_with_ballot", 180)]


async def test_what_accounts_pay_is_known_from_the_update_on_and_not_from_before(empty: Database):
    async with empty.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "0022"))
        await connection.execute(text(WORKSPACE_BEFORE))
        await connection.execute(text(ACCOUNTS_BEFORE))
    began = datetime.now(UTC) - timedelta(seconds=2)
    await migrate(empty)
    async with empty.reading() as tx:
        [known] = await tx.scalars(select(AccountRevenue))
    assert known.arr == 500
    assert began <= known.since <= datetime.now(UTC)


async def test_answers_from_before_are_counted_as_those_given_since(empty: Database):
    async with empty.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "0019"))
        for statement in (WORKSPACE_BEFORE, SURVEYS_BEFORE, PEOPLE_BEFORE):
            await connection.execute(text(statement))
        for number, (given, _, _) in enumerate(GIVEN_BEFORE):
            words = {**USUAL, **given, "number": number}
            await connection.execute(text(QUESTION_BEFORE.format(**words)))
            await connection.execute(text(ANSWER_BEFORE.format(**words)))
    await migrate(empty)
    async with empty.reading() as tx:
        found = (await tx.execute(select(Response, Invitation.mode).join(Invitation).order_by(Response.score))).all()
    told = [(each.superseded_at.day if each.superseded_at else None, each.mode, asked) for each, asked in found]
    assert told == [(day, mode, mode) for _, day, mode in GIVEN_BEFORE]
