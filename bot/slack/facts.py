"""From an id to facts: read the rows an alert is drawn from."""

from bot.services import contacts, follow_ups, invitations, responses, routing, surveys
from bot.slack.blocks.follow_ups import AlertFacts
from storage.database import Transaction


async def alert_facts(tx: Transaction, follow_up_id: int, *, workspace_id: str | None = None) -> AlertFacts | None:
    """None once the person was erased, or for another workspace's follow-up."""
    follow_up = await follow_ups.get(tx, follow_up_id, workspace_id=workspace_id)
    response = await responses.get(tx, follow_up.response_id) if follow_up else None
    invitation = await invitations.get(tx, response.invitation_id) if response else None
    if follow_up is None or response is None or invitation is None:
        return None
    return AlertFacts(
        follow_up=follow_up,
        response=response,
        invitation=invitation,
        contact=await contacts.get(tx, response.contact_id),
        survey_name=(await surveys.get(tx, response.survey_id)).name,
        previous=await responses.previous(tx, response),
        mentioned=await routing.mentioned(tx, follow_up),
    )
