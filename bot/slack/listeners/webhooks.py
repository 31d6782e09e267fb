"""Colleagues say which programs hear what happened, try them out, and mend what did not arrive."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.permissions import Permission
from bot.rules.webhooks import WebhookEvent
from bot.services import webhook_endpoints, webhooks
from bot.services.webhook_endpoints import Wanted
from bot.slack import payloads, submissions, webhook_pages
from bot.slack.blocks.webhooks import say, webhook_modal, webhook_secret
from bot.slack.contexts import WebhookContext, unpack
from bot.slack.middleware import Desk
from bot.texts.markup import Mrkdwn, bold
from storage.database import Transaction
from storage.models import WebhookEndpoint


async def show_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_redraw(desk))


async def add_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk))


async def webhook_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    events = tuple(each for each in WebhookEvent if each in sent.chosen("events"))
    wanted = Wanted(sent.text("name") or "", sent.text("url") or "", events)
    allows = desk.office.allows_private_webhooks
    async with desk.transaction() as tx:
        await webhook_endpoints.add(tx, desk.workspace_id, wanted, by=desk.user_id, allows_private=allows, now=desk.now)
    await ack()
    added = say.mrkdwn("{name} hears from now on. *Secret* is what it verifies with.", name=bold(wanted.name))
    desk.attend(_redraw(desk.at(unpack(WebhookContext, sent.metadata).response_url), lead=added))


async def secret_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    endpoint_id = payloads.click_about(body).id
    await ack()
    desk.attend(_open_secret(desk, endpoint_id))


async def new_secret_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    opened = unpack(WebhookContext, submissions.submission(body).metadata)
    await _change(desk, opened.endpoint_id or 0, _rotate)
    await ack()
    made = say.mrkdwn("There is a new secret, behind *Secret*. The one before signs too for 24 hours.")
    desk.attend(_redraw(desk.at(opened.response_url), lead=made))


async def pause_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _change(desk, payloads.click_about(body).id, _pause)
    await ack()
    desk.attend(_redraw(desk))


async def resume_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _change(desk, payloads.click_about(body).id, _resume)
    await ack()
    desk.attend(_redraw(desk))


async def remove_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _change(desk, payloads.click_about(body).id, _remove)
    await ack()
    desk.attend(_redraw(desk))


async def test_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _change(desk, payloads.click_about(body).id, _test)
    await ack()
    desk.attend(_redraw(desk, lead=say.mrkdwn("A test is on its way. *Log* shows what came of it.")))


async def log_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    endpoint_id = payloads.click_about(body).id
    await ack()
    desk.attend(_show_log(desk, endpoint_id))


async def send_again_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    message_id = payloads.click_about(body).id
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        endpoint_id = await webhooks.send_again(tx, desk.workspace_id, message_id, now=desk.now)
    await ack()
    desk.attend(_show_log(desk, endpoint_id or 0))


async def _change(
    desk: Desk, endpoint_id: int, change: Callable[[Transaction, Desk, WebhookEndpoint], Awaitable[None]]
) -> None:
    """Nothing for one that a colleague has removed meanwhile."""
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        endpoint = await webhook_endpoints.get(tx, endpoint_id, workspace_id=desk.workspace_id)
        if endpoint is not None:
            await change(tx, desk, endpoint)


async def _rotate(tx: Transaction, desk: Desk, endpoint: WebhookEndpoint) -> None:
    await webhook_endpoints.rotate(tx, endpoint, now=desk.now)


async def _pause(tx: Transaction, desk: Desk, endpoint: WebhookEndpoint) -> None:
    await webhook_endpoints.pause(tx, endpoint, now=desk.now)


async def _resume(tx: Transaction, _: Desk, endpoint: WebhookEndpoint) -> None:
    await webhook_endpoints.resume(tx, endpoint)


async def _remove(tx: Transaction, desk: Desk, endpoint: WebhookEndpoint) -> None:
    await webhook_endpoints.remove(tx, endpoint, now=desk.now)


async def _test(tx: Transaction, desk: Desk, endpoint: WebhookEndpoint) -> None:
    await webhooks.test(tx, endpoint, now=desk.now)


async def _open(desk: Desk) -> None:
    await desk.require(Permission.CONFIGURE)
    await desk.open(webhook_modal(WebhookContext(response_url=desk.origin.response_url)))


async def _open_secret(desk: Desk, endpoint_id: int) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        endpoint = await webhook_endpoints.get(tx, endpoint_id, workspace_id=desk.workspace_id)
    if endpoint is None:
        await _redraw(desk)
        return
    signs = len(webhook_endpoints.secrets_of(endpoint, now=desk.now))
    await desk.open(webhook_secret(endpoint, WebhookContext(endpoint.id, desk.origin.response_url), signs=signs))


async def _redraw(desk: Desk, *, lead: Mrkdwn | None = None) -> None:
    await desk.replace_or_whisper(await webhook_pages.listed(desk, lead=lead))


async def _show_log(desk: Desk, endpoint_id: int) -> None:
    await desk.replace_or_whisper(await webhook_pages.log(desk, endpoint_id))
