"""Managers say which alerts go where, whom they mention, and where it goes when nobody replies."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import PlaceRefused
from bot.rules.permissions import Permission
from bot.services import alerts, routes
from bot.slack import picks, routing, submissions
from bot.slack.alert_rooms import furnished, look_into, room_for
from bot.slack.blocks import routes as blocks
from bot.slack.blocks.route_modal import route_modal
from bot.slack.blocks.surveys import AlertRoom
from bot.slack.contexts import RouteAct, RouteContext, unpack
from bot.slack.middleware import Desk
from bot.slack.picks import RouteChoice
from bot.slack.submissions import Submission
from storage.database import Transaction
from storage.models import Route

PLACES = {RouteAct.EARLIER: -1, RouteAct.LATER: 1}


async def add_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk, None))


async def menu_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """The three dots beside a route."""
    choice = picks.route_choice(body)
    if choice.act in PLACES:
        await desk.require(Permission.CONFIGURE)
        async with desk.transaction() as tx:
            await routes.move(tx, desk.workspace_id, choice.id, by=PLACES[choice.act])
            await alerts.rerouted(tx, desk.workspace_id, now=desk.now)
    await ack()
    desk.attend(_after(desk, choice))


async def route_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    context, is_removed = unpack(RouteContext, sent.metadata), sent.ticked("remove")
    room = await room_for(desk, None if is_removed else sent.text("channel"), field="channel")
    await routing.check_colleague(desk, sent)
    async with desk.transaction() as tx:
        route = await routes.get(tx, context.route_id, workspace_id=desk.workspace_id) if context.route_id else None
        await (routes.remove(tx, route) if route and is_removed else _save(tx, desk, sent, route))
        await alerts.rerouted(tx, desk.workspace_id, now=desk.now)
    await ack()
    desk.attend(_tell(desk.at(context.response_url), room))


async def escalation_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_escalation(desk))


async def escalation_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    room = await room_for(desk, sent.text("channel"), field="channel")
    async with desk.transaction() as tx:
        overview = await routes.overview(tx, desk.workspace_id)
        if room.channel_id != overview.escalates_to:
            await routes.escalate_to(tx, desk.workspace_id, room.channel_id)
        await alerts.rerouted(tx, desk.workspace_id, now=desk.now)
    await ack()
    desk.attend(_tell(desk.at(unpack(RouteContext, sent.metadata).response_url), room))


async def _after(desk: Desk, choice: RouteChoice) -> None:
    match choice.act:
        case RouteAct.EDIT:
            await _open(desk, choice.id)
        case RouteAct.TEST:
            await _test(desk, choice)
        case _:
            await _tell(desk, AlertRoom(None))


async def _open(desk: Desk, route_id: int | None) -> None:
    await desk.require(Permission.CONFIGURE)
    draft = await routing.drafted(desk, route_id)
    await desk.open(route_modal(draft, response_url=desk.origin.response_url))


async def _open_escalation(desk: Desk) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        overview = await routes.overview(tx, desk.workspace_id)
    await desk.open(blocks.escalation_modal(overview.escalates_to, desk.origin.response_url))


async def _test(desk: Desk, choice: RouteChoice) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        route = await routes.get(tx, choice.id, workspace_id=desk.workspace_id)
        channel_id = await routes.own_channel(tx, route)
    if channel_id is None:
        raise PlaceRefused("no_channel")
    room = await look_into(desk, channel_id)
    async with desk.transaction() as tx:
        await routes.rehearse(tx, route, channel_id, by=desk.user_id, key=choice.source, now=desk.now)
    await desk.whisper(blocks.test_sent(await furnished(desk, room)))


async def _tell(desk: Desk, room: AlertRoom) -> None:
    room = await furnished(desk, room)
    async with desk.reading() as tx:
        overview = await routes.overview(tx, desk.workspace_id)
    await desk.replace_or_whisper(blocks.route_list(overview, room))


async def _save(tx: Transaction, desk: Desk, sent: Submission, route: Route | None) -> None:
    plan, channel_id = await routing.planned(tx, desk, sent, route), sent.text("channel")
    if route is None:
        await routes.add(tx, desk.workspace_id, plan, channel_id=channel_id)
        return
    await routes.change(tx, route, plan)
    if channel_id != routes.sends_to(route):
        await routes.set_channel(tx, route, channel_id)
