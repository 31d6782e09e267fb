"""From an id to facts: read the rows an alert is drawn from."""

from bot.services import (
    accounts,
    contacts,
    disclosures,
    follow_ups,
    invitations,
    responses,
    routing,
    surveys,
    workspaces,
)
from bot.slack.blocks.accounts import AccountFacts
from bot.slack.blocks.follow_ups import AlertFacts
from storage.database import Transaction
from storage.models import Contact, Response


async def alert_facts(tx: Transaction, follow_up_id: int, *, workspace_id: str | None = None) -> AlertFacts | None:
    """None once the person was erased, or for another workspace's follow-up."""
    follow_up = await follow_ups.get(tx, follow_up_id, workspace_id=workspace_id)
    response = await responses.get(tx, follow_up.response_id) if follow_up else None
    invitation = await invitations.get(tx, response.invitation_id) if response else None
    if follow_up is None or response is None or invitation is None:
        return None
    is_named = not disclosures.is_confidential(response)
    contact = await contacts.get(tx, response.contact_id) if is_named else None
    return AlertFacts(
        follow_up=follow_up,
        response=response,
        invitation=invitation,
        contact=contact,
        survey_name=(await surveys.get(tx, response.survey_id)).name,
        previous=await responses.previous(tx, response) if is_named else None,
        account=await _account(tx, contact, response) if contact else None,
        mentioned=await routing.mentioned(tx, follow_up),
    )


async def _account(tx: Transaction, contact: Contact, response: Response) -> AccountFacts | None:
    account = await accounts.of_contact(tx, contact)
    if account is None:
        return None
    currency = (await workspaces.get(tx, account.workspace_id)).currency
    return AccountFacts(account, currency, await responses.of_their_colleagues(tx, response, account.id))
