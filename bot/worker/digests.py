"""
Digests whose hour has come: how many will be asked is looked up first, holding nobody, and then each is promised.

Minutes before, the picture beside its numbers is uploaded. Where that fails the digest leaves without one.
"""

from datetime import datetime, timedelta

import structlog

from bot.services import digests, editions, summaries, trends
from bot.services.editions import Facts
from bot.services.surveys import SurveyKind
from bot.slack.blocks.digests import pictured
from bot.slack.picturing import Easel, is_worth_a_picture
from storage.database import Database
from storage.models import Digest

log = structlog.get_logger()
AHEAD = timedelta(minutes=10)  # Slack looks at a new picture for some seconds before it may stand in a message
KINDS = (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL)


async def publish_due(database: Database, easel: Easel, now: datetime) -> int:
    """Promise each that is due; what goes wrong with one keeps no other from leaving."""
    async with database.reading() as tx:
        soon = await digests.due(tx, now=now + AHEAD)
    for each in soon:
        await _picture(easel, each, now)
    return sum([await _publish(database, each, now) for each in soon if each.due_at <= now])


async def _picture(easel: Easel, digest: Digest, now: datetime) -> None:
    """Of the first kind of survey that has scores to draw; none for a week of which nothing is told."""
    if not easel.may_upload:
        return
    try:
        async with easel.database.reading() as tx:
            facts = await editions.coming(tx, digest, now=now)
        if facts.summary.has_news:
            await _keep(easel, facts, now)
    except Exception:
        log.exception("digest_not_pictured", digest_id=digest.id)


async def _keep(easel: Easel, facts: Facts, now: datetime) -> None:
    digest, within = facts.digest, digests.within(facts.digest)
    for kind in KINDS:
        async with easel.database.reading() as tx:
            found = await trends.trend(tx, digest.workspace_id, kind, within=within, until=facts.week.until)
        if is_worth_a_picture(found):
            key = editions.picture_key(digest, facts.week)
            await easel.keep(digest.workspace_id, key, found, pictured(facts, found), now=now)
            return


async def _publish(database: Database, digest: Digest, now: datetime) -> bool:
    try:
        async with database.reading() as tx:
            will_ask = await summaries.ahead(tx, digest.workspace_id, digests.within(digest), now=now)
        async with database.transaction() as tx:
            return await editions.publish(tx, digest, will_ask=will_ask, now=now)
    except Exception:
        log.exception("digest_failed", digest_id=digest.id)
        return False
