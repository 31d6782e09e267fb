"""Digests whose hour has come: how many will be asked is looked up first, holding nobody, and then each is promised."""

from datetime import datetime

import structlog

from bot.services import digests, editions, summaries
from storage.database import Database
from storage.models import Digest

log = structlog.get_logger()


async def publish_due(database: Database, now: datetime) -> int:
    """Promise each that is due; what goes wrong with one keeps no other from leaving."""
    async with database.reading() as tx:
        due = await digests.due(tx, now=now)
    return sum([await _publish(database, each, now) for each in due])


async def _publish(database: Database, digest: Digest, now: datetime) -> bool:
    try:
        async with database.reading() as tx:
            will_ask = await summaries.ahead(tx, digest.workspace_id, digests.within(digest), now=now)
        async with database.transaction() as tx:
            return await editions.publish(tx, digest, will_ask=will_ask, now=now)
    except Exception:
        log.exception("digest_failed", digest_id=digest.id)
        return False
