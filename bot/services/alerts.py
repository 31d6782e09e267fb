"""Alerts: where they go, what keeps them back, and who is told how to mend it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.errors import ChannelChosen
from bot.rules.messages import DeliveryKind
from bot.rules.permissions import Permission, Role, may
from bot.rules.retry import Obstacle
from bot.services import (
    clocks,
    deliveries,
    disclosures,
    favour_cards,
    follow_up_log,
    follow_ups,
    invitations,
    responses,
    roles,
    routes,
    routing,
    surveys,
)
from bot.services.invitations import Card
from bot.services.roles import Caller
from storage.database import Transaction
from storage.models import Delivery, FollowUp, FollowUpStep, Survey

# What a colleague mends in Slack by letting the bot into a channel, or by bringing the channel back.
IN_CHANNEL = (Obstacle.NOT_IN_CHANNEL, Obstacle.ARCHIVED, Obstacle.RESTRICTED)
# What a new installation mends.
INSTALLED = (Obstacle.SCOPE_MISSING, Obstacle.TOKEN, Obstacle.MESSAGES_TAB)
# What choosing another channel mends.
ANYWHERE = (*IN_CHANNEL, Obstacle.NO_CHANNEL, Obstacle.SHARED, Obstacle.REFUSED, *INSTALLED)

NEVER_LOST = frozenset({DeliveryKind.ALERT, DeliveryKind.ESCALATION})  # what keeps one of these back is told


async def offers_choice(tx: Transaction, caller: Caller) -> bool:
    """Whether a survey has no channel yet, and this person may choose one."""
    return bool(await _homeless(tx, caller.workspace_id)) and may(
        await roles.role_of(tx, caller), await _needed_to_choose(tx, caller.workspace_id)
    )


async def choose_first_channel(tx: Transaction, caller: Caller, channel_id: str, *, now: datetime) -> int:
    """
    For all surveys without a channel; returns how many messages now leave. Raises NotAllowed, ChannelChosen.

    Where nothing is set up yet the choice is open to every member: whoever chooses becomes a manager, and known admins
    are told.
    """
    homeless = await _homeless(tx, caller.workspace_id)
    if not homeless:
        raise ChannelChosen
    needed = await _needed_to_choose(tx, caller.workspace_id)
    role = await roles.require(tx, caller, needed)
    released = 0
    for survey in homeless:
        released += await set_channel(tx, survey, channel_id, now=now)
    if needed is Permission.CHOOSE_FIRST_CHANNEL and role is Role.MEMBER:
        await roles.appoint(tx, caller.workspace_id, caller.user_id, by=caller.user_id, now=now)
        await _tell_admins_of_manager(tx, caller, channel_id, now=now)
    return released


async def move(tx: Transaction, caller: Caller, *, old: str, new: str, now: datetime) -> int:
    """Send to `new` what went to `old`; returns how many messages now leave. Raises NotAllowed, ChannelChosen."""
    await roles.require(tx, caller, Permission.CONFIGURE)
    is_redirected = await routes.redirect(tx, caller.workspace_id, old=old, new=new)
    affected = await surveys.alerting_to(tx, caller.workspace_id, old)
    if not affected and not is_redirected:
        raise ChannelChosen
    released = await deliveries.release(tx, caller.workspace_id, obstacles=ANYWHERE, channel_id=old, now=now)
    return released + sum([await set_channel(tx, survey, new, now=now) for survey in affected])


async def rerouted(tx: Transaction, workspace_id: str, *, now: datetime) -> int:
    """Routes have changed: what was kept back may have somewhere to go now; returns how many are tried again."""
    return await deliveries.release(tx, workspace_id, obstacles=ANYWHERE, now=now)


async def set_channel(tx: Transaction, survey: Survey, channel_id: str | None, *, now: datetime) -> int:
    """Send this survey's alerts there, what was kept back first; returns how many those are."""
    await surveys.set_alert_channel(tx, survey.id, channel_id)
    if channel_id is None:
        return 0
    return await deliveries.release(tx, survey.workspace_id, obstacles=ANYWHERE, survey_id=survey.id, now=now)


async def channel_mended(tx: Transaction, workspace_id: str, channel_id: str, *, now: datetime) -> int:
    """The bot was let in, or the channel came back: what waited for that leaves."""
    return await deliveries.release(tx, workspace_id, obstacles=IN_CHANNEL, channel_id=channel_id, now=now)


async def channel_shared(tx: Transaction, workspace_id: str, channel_id: str, *, now: datetime) -> bool:
    """A channel outsiders can read takes no more alerts, and those in it leave; False when none went there before."""
    is_routes = await routes.stop(tx, workspace_id, channel_id, because=Obstacle.SHARED)
    is_news = await surveys.stop_alerts(tx, workspace_id, channel_id, because=Obstacle.SHARED) or is_routes
    await follow_ups.leave_channel(tx, workspace_id, channel_id, now=now)  # after it: what arrives now leaves by itself
    await favour_cards.leave_channel(tx, workspace_id, channel_id, now=now)
    await deliveries.leave_channel(tx, workspace_id, channel_id, kind=DeliveryKind.ROUTE_TEST, now=now)
    if not is_news:
        return False
    people, mark = await roles.known(tx, workspace_id), f"{now:%Y%m%d%H%M%S}"
    await tell(tx, workspace_id, people, obstacle=Obstacle.SHARED, channel_id=channel_id, mark=mark, now=now)
    return True


async def arrived(tx: Transaction, delivery: Delivery, *, card: Card, worded_at: datetime, now: datetime) -> bool:
    """It stands there, and leaves again if the channel became shared while it was on its way. False: erased since."""
    is_shared = await routing.outsiders_read(tx, delivery.workspace_id, card.channel_id)
    known = await follow_ups.told(tx, delivery.follow_up_id or 0, card=card, worded_at=worded_at, now=now)
    if known and is_shared:
        await follow_ups.leave_channel(tx, delivery.workspace_id, card.channel_id, now=now)
    return known


async def arrived_beside(tx: Transaction, delivery: Delivery, *, card: Card, now: datetime) -> bool:
    """The same for a line, a nudge or an escalation."""
    is_shared = await routing.outsiders_read(tx, delivery.workspace_id, card.channel_id)
    follow_up = await follow_ups.held(tx, delivery.follow_up_id or 0)
    if follow_up is None:
        return False
    await follow_up_log.stands(tx, follow_up, card, step=await _told_beside(tx, follow_up, delivery, now=now))
    if is_shared:
        await follow_up_log.leave_channel(tx, delivery.workspace_id, card.channel_id, now=now)
    return True


async def channel_unshared(tx: Transaction, workspace_id: str, channel_id: str, *, now: datetime) -> int:
    """Ours alone again: its alerts go on."""
    await routes.let_go(tx, workspace_id, channel_id)
    await surveys.let_alerts_go(tx, workspace_id, channel_id)
    return await deliveries.release(tx, workspace_id, obstacles=[Obstacle.SHARED], channel_id=channel_id, now=now)


async def installed_anew(tx: Transaction, workspace_id: str, *, now: datetime) -> int:
    """A start may bring a new token or new scopes: try again what lacked them."""
    return await deliveries.release(tx, workspace_id, obstacles=INSTALLED, now=now)


async def parked(
    tx: Transaction, delivery: Delivery, obstacle: Obstacle, channel_id: str | None, *, now: datetime
) -> None:
    """Tell once, in one stretch of trouble, whoever can mend it: the asker of a question, the admins for an alert."""
    if obstacle in (Obstacle.TOKEN, Obstacle.SHARED):  # of the second they hear as the channel is left
        return
    if delivery.kind == DeliveryKind.ASK:
        await _tell_asker(tx, delivery, obstacle, channel_id, now=now)
    if delivery.kind in NEVER_LOST or (delivery.kind == DeliveryKind.ASK and obstacle in INSTALLED):
        people, workspace_id = await _whom_to_tell(tx, delivery), delivery.workspace_id
        oldest = await deliveries.oldest_parked(tx, workspace_id, obstacle=obstacle, channel_id=channel_id)
        await tell(tx, workspace_id, people, obstacle=obstacle, channel_id=channel_id, mark=str(oldest), now=now)


async def tell(
    tx: Transaction,
    workspace_id: str,
    people: Iterable[str],
    *,
    obstacle: Obstacle,
    channel_id: str | None,
    mark: str,
    now: datetime,
) -> None:
    """Owe these people a few words on how to mend it; `mark` names this stretch of trouble."""
    for user_id in people:
        await deliveries.tell(
            tx,
            workspace_id,
            user_id,
            f"{obstacle}:{channel_id or ''}",
            mark=f"{obstacle}:{channel_id}:{mark}:{user_id}",
            now=now,
        )


async def _told_beside(
    tx: Transaction, follow_up: FollowUp, delivery: Delivery, *, now: datetime
) -> FollowUpStep | None:
    match delivery.kind:
        case DeliveryKind.NUDGE:
            return await clocks.nudged(tx, follow_up, to=await routing.addressee(tx, follow_up), now=now)
        case DeliveryKind.ESCALATION:
            step = await clocks.escalated(tx, follow_up, to=await routing.addressee(tx, follow_up), now=now)
            await follow_ups.draw(tx, follow_up, now=now, due_at=now)
            return step
    return await follow_up_log.step(tx, delivery.topic)


async def _homeless(tx: Transaction, workspace_id: str) -> Sequence[Survey]:
    alerting = filter(surveys.gives_scores, await surveys.all_of(tx, workspace_id))
    return [survey for survey in alerting if survey.alert_channel_id is None]


async def _needed_to_choose(tx: Transaction, workspace_id: str) -> Permission:
    """Nobody has to be asked where nothing is set up yet."""
    is_set_up = await surveys.usual_alert_channel(tx, workspace_id) or await roles.managers(tx, workspace_id)
    return Permission.CONFIGURE if is_set_up else Permission.CHOOSE_FIRST_CHANNEL


async def _tell_asker(
    tx: Transaction, delivery: Delivery, obstacle: Obstacle, channel_id: str | None, *, now: datetime
) -> None:
    invitation = await invitations.get(tx, delivery.invitation_id or 0)
    if invitation is not None:
        await invitations.tell_asker(tx, invitation, topic=f"ask_waits:{obstacle}:{channel_id or ''}", now=now)


async def _whom_to_tell(tx: Transaction, delivery: Delivery) -> list[str]:
    """Known admins and managers, and while there are none whoever asked; of a question of theirs they hear anyway."""
    known, asker = await roles.known(tx, delivery.workspace_id), await _asker(tx, delivery)
    if delivery.kind == DeliveryKind.ASK:
        return [user_id for user_id in known if user_id != asker]
    return list(known) or ([asker] if asker else [])


async def _asker(tx: Transaction, delivery: Delivery) -> str | None:
    """Who set this in motion: the one to tell while no admin is known; nobody of a confidential answer."""
    invitation_id = delivery.invitation_id
    if delivery.follow_up_id is not None:
        follow_up = await follow_ups.get(tx, delivery.follow_up_id)
        response = await responses.get(tx, follow_up.response_id) if follow_up else None
        invitation_id = response.invitation_id if response and not disclosures.is_confidential(response) else None
    invitation = await invitations.get(tx, invitation_id) if invitation_id else None
    return invitation.asked_by if invitation else None


async def _tell_admins_of_manager(tx: Transaction, caller: Caller, channel_id: str, *, now: datetime) -> None:
    others: Sequence[str] = [user for user in await roles.known(tx, caller.workspace_id) if user != caller.user_id]
    for user_id in others:
        await deliveries.tell(
            tx,
            caller.workspace_id,
            user_id,
            f"manager:{caller.user_id}:{channel_id}",
            mark=f"manager:{caller.user_id}:{user_id}",
            now=now,
        )
