"""Work on a follow-up between taking and resolving it: hand it over, write down a contact, put it off."""

from datetime import datetime

from bot.rules.closing import ContactKind, Step
from bot.services import clocks, deliveries, follow_up_log, follow_ups
from bot.services.deliveries import Drawing
from bot.services.follow_up_log import Entry
from storage import work as queries
from storage.database import Transaction
from storage.models import FollowUp


async def hand_over(
    tx: Transaction, follow_up: FollowUp, *, from_: str | None, to: str, by: str, note: str | None = None, now: datetime
) -> Drawing:
    """
    It is theirs now. `from_`: whose it was when this was decided, None for nobody's.

    Raises TakenAlready when it changed hands or was resolved since.
    """
    if not await queries.hand_over(tx, follow_up.id, from_=from_, to=to, at=now):
        raise await follow_ups.moved_on(tx, follow_up)
    await follow_up_log.add(tx, follow_up, Entry(Step.HANDED_OVER, by, note=note, to=to), now=now)
    if to != by:
        await _tell_new_owner(tx, follow_up, to, now=now)
    return await _draw(tx, follow_up, now=now)


async def contacted(
    tx: Transaction, follow_up: FollowUp, how: ContactKind, *, note: str | None, by: str, now: datetime
) -> Drawing:
    """Somebody reached the person: the clock stops. Whoever did has it, when nobody had. Raises TakenAlready."""
    await follow_ups.take_if_free(tx, follow_up, by=by, now=now)
    await queries.contacted(tx, follow_up.id, at=now)
    await follow_up_log.add(tx, follow_up, Entry(Step.CONTACTED, by, note=note, how=how), now=now)
    return await _draw(tx, follow_up, now=now)


async def snooze(tx: Transaction, follow_up: FollowUp, until: datetime, *, by: str, now: datetime) -> Drawing:
    """Put it off until then. Whoever does has it, when nobody had. Raises TakenAlready."""
    await follow_ups.take_if_free(tx, follow_up, by=by, now=now)
    await queries.snooze(tx, follow_up.id, until=until)
    await clocks.snoozed(tx, follow_up, until, now=now)
    await follow_up_log.add(tx, follow_up, Entry(Step.SNOOZED, by, until=until), now=now)
    return await _draw(tx, follow_up, now=now)


async def _draw(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> Drawing:
    """The alert first, the person's card second: whoever draws both locks them in this order."""
    drawing = await follow_ups.draw(tx, follow_up, now=now)
    await follow_ups.name_owner(tx, follow_up, now=now)
    return drawing


async def _tell_new_owner(tx: Transaction, follow_up: FollowUp, to: str, *, now: datetime) -> None:
    await deliveries.tell(
        tx,
        follow_up.workspace_id,
        to,
        "handed_over",
        mark=f"handed_over:{follow_up.id}:{now.timestamp()}",
        now=now,
        follow_up_id=follow_up.id,
    )
