"""Routing: where an alert goes, whom it mentions, and where it goes when nobody replies."""

from dataclasses import dataclass

from bot.rules.retry import Obstacle
from bot.rules.routes import Mention, whom
from bot.rules.urgency import waits_for_somebody
from bot.services import accounts, contacts, disclosures, invitations, responses, routes, surveys, workspaces
from storage.database import Transaction
from storage.models import FollowUp, Response, Route


@dataclass(frozen=True)
class Destination:
    """Where a message for the team goes. `stopped_because` set: nowhere for now."""

    channel_id: str | None
    stopped_because: str | None = None


async def destination(tx: Transaction, follow_up: FollowUp) -> Destination:
    """By the first route that fits, else where the survey's alerts go."""
    response = await responses.get(tx, follow_up.response_id)
    route = await _route(tx, follow_up, response) if response else None
    if route is not None and route.channel_id is not None:
        return Destination(route.channel_id, route.stopped_because)
    return await of_survey(tx, follow_up.survey_id)


async def of_survey(tx: Transaction, survey_id: int) -> Destination:
    """Where its alerts go when no route says otherwise."""
    survey = await surveys.get(tx, survey_id)
    return Destination(survey.alert_channel_id, survey.alerts_stopped_because)


async def mentioned(tx: Transaction, follow_up: FollowUp) -> str | None:
    """
    Whom the alert mentions while nobody has it: a person's or a user group's id; None for nobody.

    As the route says, else the account's owner, else who asked; of a confidential answer whom the route names, since
    the others would tell whose it is. A rehearsal mentions whoever rehearses.
    """
    response = await responses.get(tx, follow_up.response_id)
    invitation = await invitations.get(tx, response.invitation_id) if response else None
    if response is None or invitation is None:
        return None
    if follow_up.is_rehearsal:
        return invitation.asked_by
    route = await _route(tx, follow_up, response)
    mention = routes.plan_of(route).mention if route else Mention()
    if disclosures.is_confidential(response):
        return whom(mention, owner_id=None, asked_by=None)
    account = await accounts.of_contact(tx, await contacts.get(tx, response.contact_id))
    return whom(mention, owner_id=account.owner_id if account else None, asked_by=invitation.asked_by)


async def addressee(tx: Transaction, follow_up: FollowUp) -> str | None:
    """Whom to remind: whoever has it, else whom the alert mentions."""
    return follow_up.claimed_by or await mentioned(tx, follow_up)


async def escalation(tx: Transaction, follow_up: FollowUp, *, but: str | None = None) -> Destination:
    """
    Where it is told that nobody replied: the channel chosen for it, else where the alert is.

    `but`: a channel that took nothing when this was tried; then where an alert like it would go now.
    """
    workspace = await workspaces.get(tx, follow_up.workspace_id)
    if workspace.escalation_channel_id is not None:
        return Destination(workspace.escalation_channel_id, workspace.escalation_stopped_because)
    if follow_up.card_channel_id not in (None, but):
        return Destination(follow_up.card_channel_id)
    return await destination(tx, follow_up)


async def outsiders_read(tx: Transaction, workspace_id: str, channel_id: str) -> bool:
    """Whether a channel was stopped for that; who says so this moment waits until the message that arrived is known."""
    is_route = await routes.is_stopped(tx, workspace_id, channel_id, because=Obstacle.SHARED)
    alerting = await surveys.alerting_to(tx, workspace_id, channel_id)
    return is_route or any(survey.alerts_stopped_because == Obstacle.SHARED for survey in alerting)


async def _route(tx: Transaction, follow_up: FollowUp, response: Response) -> Route | None:
    is_urgent = waits_for_somebody(follow_up.causes.split())
    return await routes.fitting(tx, response, is_urgent=is_urgent, at=follow_up.opened_at)
