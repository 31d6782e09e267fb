"""`/nps webhooks`: the list and the log of an endpoint, gathered for whoever may set them up."""

from bot.rules.permissions import Permission
from bot.services import webhook_endpoints, webhooks
from bot.slack.blocks.kit import Message
from bot.slack.blocks.webhooks import Listed, webhook_list, webhook_log
from bot.slack.middleware import Desk
from bot.texts.markup import Mrkdwn


async def listed(desk: Desk, *, lead: Mrkdwn | None = None) -> Message:
    """As things are now. Raises OutsidersCannot, NotAllowed."""
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        known = await webhook_endpoints.all_of(tx, desk.workspace_id)
        waiting = await webhooks.count_waiting(tx, desk.workspace_id)
    return webhook_list([Listed(each, waiting.get(each.id, 0)) for each in known], lead=lead)


async def log(desk: Desk, endpoint_id: int) -> Message:
    """The list where the endpoint is no longer there. Raises as `listed` does."""
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        endpoint = await webhook_endpoints.get(tx, endpoint_id, workspace_id=desk.workspace_id)
        tried = await webhooks.log(tx, endpoint) if endpoint else ()
    return webhook_log(endpoint, tried) if endpoint else await listed(desk)
