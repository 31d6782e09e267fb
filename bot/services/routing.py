"""Routing: whom an alert mentions, and where it goes when nobody replies."""

from bot.services import accounts, contacts, invitations, responses, workspaces
from storage.database import Transaction
from storage.models import FollowUp, Survey


async def addressee(tx: Transaction, follow_up: FollowUp) -> str | None:
    """Whom to mention: whoever has it, else the account's owner, else who asked."""
    if follow_up.claimed_by is not None:
        return follow_up.claimed_by
    response = await responses.get(tx, follow_up.response_id)
    if response is None:
        return None
    account = await accounts.of_contact(tx, await contacts.get(tx, response.contact_id))
    invitation = await invitations.get(tx, response.invitation_id)
    return (account.owner_id if account else None) or (invitation.asked_by if invitation else None)


async def escalation_channel(tx: Transaction, survey: Survey) -> str | None:
    """Where it is told that nobody replied: the channel chosen for it, else that of the alerts."""
    workspace = await workspaces.get(tx, survey.workspace_id)
    return workspace.escalation_channel_id or survey.alert_channel_id
