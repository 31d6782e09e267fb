"""
SQL compiled once for all the engines of a test run, as in one process that has been up for a while.

SQLAlchemy keeps compiled statements per engine, and nearly every test opens engines of its own. Here two dialects of
one kind are the same, so what was compiled for one may be used by all.
"""

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

COMPILED = LRUCache(2000)


class Shared:
    """What a dialect needs so that its statements are compiled once."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine._compiled_cache = COMPILED


class SharedSqlite(Shared, SQLiteDialect_aiosqlite):
    supports_statement_cache = True


class SharedPostgres(Shared, PGDialect_asyncpg):
    supports_statement_cache = True


def share() -> None:
    """For every engine that is made from now on."""
    registry.register("sqlite.aiosqlite", __name__, "SharedSqlite")
    registry.register("postgresql.asyncpg", __name__, "SharedPostgres")
