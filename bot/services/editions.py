"""
Editions: a digest of one week, from its hour to where it stands in Slack.

    its hour has come -> promised, once however many replicas -> worded when it leaves -> redrawn when somebody is taken
    care of, or forgotten -> out of the channel when outsiders read there

A later edition of the same digest overtakes one that could not leave.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.rules.messages import DeliveryKind
from bot.rules.retry import Obstacle
from bot.rules.weekly import Week, week_before, week_until
from bot.services import calendars, deliveries, digests, falls, roles, summaries, surveys
from bot.services.deliveries import Promise
from bot.services.invitations import Card
from bot.services.summaries import Summary
from storage import editions as queries
from storage.database import Transaction
from storage.models import Contact, Delivery, Digest, Edition, Fall

NOTICE = "digest_waits"  # begins the topic of what whoever set it up is told


@dataclass(frozen=True)
class Facts:
    """Everything a digest is drawn from. `names`: of the surveys it is about; none: all."""

    digest: Digest
    week: Week
    zone: tzinfo
    summary: Summary
    names: Sequence[str] = ()
    will_ask: int = 0
    has_schedule: bool = False


@dataclass(frozen=True)
class FallFacts:
    """What a fall is told from, and where."""

    digest: Digest
    fall: Fall
    survey_name: str


async def publish(tx: Transaction, digest: Digest, *, will_ask: int, now: datetime) -> bool:
    """Owe this week's, and what fell; False when somebody else did, or it was changed meanwhile."""
    if not await digests.take_turn(tx, digest, now=now):
        return False
    slot_at = digests.slot_of(digest).last_until(now)
    week = week_before(slot_at, calendars.zone_of(digest.time_zone))
    edition = Edition(
        workspace_id=digest.workspace_id,
        digest_id=digest.id,
        since_at=week.since,
        until_at=week.until,
        slot_at=slot_at,
        will_ask=will_ask,
    )
    last = await queries.latest(tx, digest.id)
    if last is None or last.until_at != week.until:  # else its hour was moved, and these days were told of
        await queries.add(tx, edition)
        await _promise(tx, digest, DeliveryKind.DIGEST, f"digest:{edition.id}", str(edition.id), now=now)
    for fall in await falls.watch(tx, digest.workspace_id, digests.within(digest), now=now):
        key, topic = f"fall:{fall.id}:{digest.id}", f"{fall.id}:{digest.id}"
        await _promise(tx, digest, DeliveryKind.FALL_ALERT, key, topic, now=now)
    return True


async def coming(tx: Transaction, digest: Digest, *, now: datetime) -> Facts:
    """What the edition that is due soon, or just now, will tell as things are."""
    slot_at = digests.slot_of(digest).last_until(max(now, digest.due_at))
    week = week_before(slot_at, calendars.zone_of(digest.time_zone))
    return await _gathered(tx, digest, week, will_ask=0)


def picture_key(digest: Digest, week: Week) -> str:
    """By which the picture beside a week's digest is found."""
    return f"digest:{digest.id}:{week.until.isoformat()}"


async def of_delivery(tx: Transaction, delivery: Delivery) -> Edition | None:
    return await queries.get(tx, int(delivery.topic or 0))


async def is_overtaken(tx: Transaction, edition: Edition) -> bool:
    last = await queries.latest(tx, edition.digest_id)
    return last is not None and last.id != edition.id


async def facts(tx: Transaction, edition: Edition) -> Facts | None:
    """As things are now; None when the digest is no longer there."""
    digest = await digests.even_removed(tx, edition.digest_id)
    if digest is None:
        return None
    week = Week(edition.since_at, edition.until_at, edition.slot_at)
    return await _gathered(tx, digest, week, will_ask=edition.will_ask)


async def facts_now(tx: Transaction, digest: Digest, *, now: datetime) -> Facts:
    """The same for somebody who asks now; the digest need not be set up anywhere."""
    zone, chosen = calendars.zone_of(digest.time_zone), digests.within(digest)
    will_ask = await summaries.ahead(tx, digest.workspace_id, chosen, now=now)
    return await _gathered(tx, digest, week_until(now, zone), will_ask=will_ask)


async def fall_facts(tx: Transaction, delivery: Delivery) -> FallFacts | None:
    fall_id, _, digest_id = (delivery.topic or "").partition(":")
    fall, digest = await falls.get(tx, int(fall_id)), await digests.get(tx, int(digest_id))
    if fall is None or digest is None:
        return None
    return FallFacts(digest, fall, (await surveys.get(tx, fall.survey_id)).name)


async def arrived(tx: Transaction, delivery: Delivery, *, card: Card, now: datetime) -> bool:
    """It stands there. What changed while it was on its way is drawn over it. False: it must not stand there now."""
    digest = await _digest_of(tx, delivery)
    if digest is None or digest.stopped_because is not None:
        return False
    if delivery.kind == DeliveryKind.DIGEST and (edition := await of_delivery(tx, delivery)):
        await _stands(tx, edition, card, now=now)
    return True


async def at(tx: Transaction, workspace_id: str, card: Card) -> Edition | None:
    """The one that stands there."""
    return await queries.at(tx, workspace_id, card.channel_id, card.ts)


async def draw(tx: Transaction, edition: Edition, *, now: datetime) -> None:
    """Owe it anew, as things are now."""
    owed = Promise(
        workspace_id=edition.workspace_id,
        kind=DeliveryKind.DIGEST_CARD,
        key=_card_key(edition.id),
        recipient_id=edition.card_channel_id,
        topic=str(edition.id),
    )
    await deliveries.promise_again(tx, owed, due_at=now, now=now)


async def about_person(tx: Transaction, contact: Contact) -> Sequence[Edition]:
    """Those that may name somebody; to be drawn anew once they are forgotten."""
    return await queries.about_person(tx, contact.workspace_id, contact.id)


async def about_colleague(tx: Transaction, workspace_id: str, user_id: str) -> Sequence[Edition]:
    return await queries.about_colleague(tx, workspace_id, user_id)


async def take_out(tx: Transaction, editions: Iterable[Edition], *, now: datetime) -> None:
    """Remove these from Slack."""
    for edition in editions:
        if edition.card_channel_id and edition.card_ts:
            channel_id, ts = edition.card_channel_id, edition.card_ts
            await deliveries.promise_removal(tx, edition.workspace_id, channel_id, ts, now=now)
        await queries.set_card(tx, edition.id, channel_id=None, ts=None)


async def forget_colleague(tx: Transaction, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """A digest about somebody's accounts names them, so what it said goes too."""
    for digest in await digests.forget_colleague(tx, workspace_id, user_id, now=now):
        await take_out(tx, await queries.of_digest(tx, digest.id), now=now)


async def channel_shared(tx: Transaction, workspace_id: str, channel_id: str, *, now: datetime) -> bool:
    """Outsiders read there now: nothing more goes there, and what stands there leaves. False: that was so before."""
    stopped = await digests.stop(tx, workspace_id, channel_id)
    await take_out(tx, await queries.standing_in(tx, workspace_id, channel_id), now=now)
    await deliveries.leave_channel(tx, workspace_id, channel_id, kind=DeliveryKind.FALL_ALERT, now=now)
    for digest in stopped:
        await _tell(tx, digest, Obstacle.SHARED, mark=f"{digest.id}:{now:%Y%m%d%H%M%S}", now=now)
    return bool(stopped)


async def channel_unshared(tx: Transaction, workspace_id: str, channel_id: str) -> None:
    await digests.let_go(tx, workspace_id, channel_id)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


async def parked(tx: Transaction, delivery: Delivery, obstacle: Obstacle, *, now: datetime) -> None:
    """Tell whoever set it up, once for each week that waits."""
    digest = await _digest_of(tx, delivery)
    if digest is None or obstacle in (Obstacle.TOKEN, Obstacle.SHARED) or delivery.kind == DeliveryKind.DIGEST_CARD:
        return
    await _tell(tx, digest, obstacle, mark=str(delivery.id), now=now)


async def _tell(tx: Transaction, digest: Digest, obstacle: Obstacle, *, mark: str, now: datetime) -> None:
    known = await roles.known(tx, digest.workspace_id)
    for user_id in [digest.set_up_by] if digest.set_up_by else known:
        await deliveries.tell(
            tx,
            digest.workspace_id,
            user_id,
            f"{NOTICE}:{obstacle}:{digest.channel_id}",
            mark=f"{NOTICE}:{obstacle}:{mark}:{user_id}",
            now=now,
        )


async def _stands(tx: Transaction, edition: Edition, card: Card, *, now: datetime) -> None:
    await queries.set_card(tx, edition.id, channel_id=card.channel_id, ts=card.ts)
    if await deliveries.by_key(tx, _card_key(edition.id)) is not None:
        await draw(tx, edition, now=now)


async def _digest_of(tx: Transaction, delivery: Delivery) -> Digest | None:
    if delivery.kind == DeliveryKind.FALL_ALERT:
        told = await fall_facts(tx, delivery)
        return told.digest if told else None
    edition = await of_delivery(tx, delivery)
    return await digests.get(tx, edition.digest_id) if edition else None


async def _gathered(tx: Transaction, digest: Digest, week: Week, *, will_ask: int) -> Facts:
    chosen, calendar = digests.within(digest), await digests.calendar_of(tx, digest.workspace_id, digest.time_zone)
    known = await surveys.all_of(tx, digest.workspace_id)
    return Facts(
        digest,
        week,
        calendar.zone,
        await summaries.gather(tx, digest.workspace_id, chosen, week, calendar),
        names=[each.name for each in known if each.id in chosen.survey_ids],
        will_ask=will_ask,
        has_schedule=bool(await summaries.planned(tx, digest.workspace_id, chosen)),
    )


async def _promise(tx: Transaction, digest: Digest, kind: DeliveryKind, key: str, topic: str, *, now: datetime) -> None:
    owed = Promise(workspace_id=digest.workspace_id, kind=kind, key=key, recipient_id=digest.channel_id, topic=topic)
    await deliveries.promise(tx, owed, due_at=now, now=now)


def _card_key(edition_id: int) -> str:
    return f"digest-card:{edition_id}"
