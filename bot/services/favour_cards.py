"""
The news of a favour: one message to whoever it is for, removed when the person is erased.

Praise goes to the colleague it is for; everything else to the owner of the person's account, or to the alert channel.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.rules.messages import DeliveryKind
from bot.services import accounts, deliveries, routing
from bot.services.deliveries import Promise
from bot.services.invitations import Card
from storage import favour_cards as queries
from storage.database import Transaction
from storage.favour_cards import Given
from storage.models import Contact, Delivery, Favour


async def owe(tx: Transaction, favour: Favour, contact: Contact, *, now: datetime) -> None:
    """`recipient_id` None: the alert channel, as it is when it leaves."""
    account = await accounts.of_contact(tx, contact)
    to = favour.colleague_id or (account.owner_id if account else None)
    await deliveries.promise(tx, _news(favour, to), due_at=now, now=now)


async def draw(tx: Transaction, favour: Favour, *, now: datetime) -> None:
    """Owe it anew, as it is now."""
    owed = _promise(favour, DeliveryKind.FAVOUR_CARD, favour.card_channel_id)
    await deliveries.promise_again(tx, owed, due_at=now, now=now)


async def facts(tx: Transaction, delivery: Delivery) -> Given | None:
    """What it tells of; None once the person was erased."""
    return await queries.given(tx, int(delivery.topic or 0))


async def arrived(tx: Transaction, delivery: Delivery, card: Card, *, now: datetime) -> bool:
    """
    It stands there; what was taken back on the way is drawn over it, and where outsiders read by now it leaves again.

    False: whoever gave it, or was to hear it, was erased since.
    """
    is_shared = await routing.outsiders_read(tx, delivery.workspace_id, card.channel_id)
    await queries.set_card(tx, int(delivery.topic or 0), channel_id=card.channel_id, ts=card.ts)
    given = await facts(tx, delivery)  # read after it: whoever erases them this moment has ended by then
    if given is None or not await deliveries.is_still_known(tx, delivery):
        await queries.set_card(tx, int(delivery.topic or 0), channel_id=None, ts=None)
        return False
    if is_shared:
        await leave_channel(tx, delivery.workspace_id, card.channel_id, now=now)
        await deliveries.promise_again(tx, replace(_news(given[0], None), key=delivery.key), due_at=now, now=now)
    elif given[0].revoked_at is not None:
        await draw(tx, given[0], now=now)
    return True


async def undelivered(tx: Transaction, delivery: Delivery, *, now: datetime) -> None:
    """Whoever it was for is gone: it goes to the alert channel, so that nothing somebody did for us is lost."""
    given = await facts(tx, delivery)
    if given is None or delivery.recipient_id is None:
        return
    owed = replace(_news(given[0], None), key=f"{delivery.key}:team")
    await deliveries.promise(tx, owed, due_at=now, now=now)


async def owed_to(tx: Transaction, workspace_id: str, user_id: str) -> Sequence[Delivery]:
    """What this colleague was still to hear."""
    return await queries.owed_to(tx, workspace_id, user_id)


async def leave_channel(tx: Transaction, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Outsiders read there now."""
    for favour in await queries.standing_in(tx, workspace_id, channel_id):
        await deliveries.promise_removal(tx, workspace_id, channel_id, favour.card_ts or "", now=now)
        await queries.set_card(tx, favour.id, channel_id=None, ts=None)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


def _news(favour: Favour, to: str | None) -> Promise:
    return _promise(favour, DeliveryKind.FAVOUR, to)


def _promise(favour: Favour, kind: DeliveryKind, to: str | None) -> Promise:
    return Promise(
        workspace_id=favour.workspace_id,
        kind=kind,
        key=f"{kind}:{favour.id}",
        recipient_id=to,
        survey_id=favour.survey_id,
        topic=str(favour.id),
    )
