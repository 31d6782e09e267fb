"""
Open cards: a question in a shared thread that anybody of the customer's company may answer.

Whoever else answers gets an invitation of their own in that moment, under an occasion that names the card, so it is one
however often they click. It has no card: the one that stands keeps its buttons and shows nothing of any answer, and
each person is told in private what became of theirs.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotInvited, QuestionClosed, QuestionWithdrawn
from bot.rules.answering import InvitationState as State
from bot.rules.answering import Mode
from bot.rules.open_cards import Side, are_of_one_company
from bot.rules.triggers import TriggerKind
from bot.services import accounts, contacts, invitations, surveys, workspaces
from bot.services.contacts import Facts
from bot.services.invitations import Card, Open
from bot.services.surveys import EXPIRY, SurveyKind
from storage import open_cards as queries
from storage.database import Transaction
from storage.models import Contact, Invitation, Workspace


@dataclass(frozen=True)
class Taker:
    """Somebody who clicked a card that was sent to another; `asked` is what Slack says of that other."""

    facts: Facts
    side: Side
    asked: Side


async def asked_on(tx: Transaction, workspace_id: str, invitation_id: int) -> Contact:
    """Whom an open card was sent to. Raises NotInvited when others may not answer it."""
    contact = await queries.asked(tx, workspace_id, invitation_id)
    if contact is None:
        raise NotInvited
    return contact


async def own(tx: Transaction, workspace_id: str, invitation_id: int, *, user_id: str) -> Invitation | None:
    """What this person made of somebody else's open card, if anything."""
    return await queries.taken_up(tx, workspace_id, user_id, occasion=_occasion(invitation_id))


async def take_up(
    tx: Transaction, asked: Contact, invitation_id: int, taker: Taker, *, card: Card | None, now: datetime
) -> Invitation:
    """
    An invitation of their own, to be answered in this transaction; safe to repeat. No period stands in their way.

    Raises NotInvited for people of other companies; QuestionGone, QuestionWithdrawn, QuestionClosed.
    """
    workspace = await workspaces.held(tx, asked.workspace_id)
    mine = await invitations.opened_by(tx, workspace.id, invitation_id, user_id=asked.user_id)
    known = await own(tx, workspace.id, invitation_id, user_id=taker.facts.user_id)
    if known is not None:
        return known
    if not await _is_of_same_company(tx, mine.contact, taker):
        raise NotInvited
    _check_standing(mine, workspace, now=now)
    contact = await contacts.meet(tx, workspace.id, taker.facts, now=now)
    invitation = await _row(tx, mine.invitation, contact, now=now)
    await queries.add(tx, invitation)
    await invitations.proven(tx, mine, card=card, now=now)
    return invitation


async def shut_due(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Take the buttons off cards whose time is up, whoever answered; returns how many."""
    shut = await queries.shut(tx, now=now, limit=limit)
    for invitation in shut:
        if invitation.card_ts is not None:
            await invitations.draw(tx, invitation, now=now, due_at=now)
    return len(shut)


async def take_down(tx: Transaction, invitation_id: int, *, now: datetime) -> None:
    """A colleague takes the question back that its person has answered already: nobody else may."""
    if await queries.shut_one(tx, invitation_id, now=now):
        invitation = await invitations.get(tx, invitation_id)
        if invitation is not None and invitation.card_ts is not None:
            await invitations.draw(tx, invitation, now=now, due_at=now)


def is_without_card(invitation: Invitation) -> bool:
    """Whether what becomes of it shows on no card: that is everybody's, and says nothing of anybody."""
    return invitation.is_open or invitation.trigger == TriggerKind.OPEN_CARD


async def _is_of_same_company(tx: Transaction, asked: Contact, taker: Taker) -> bool:
    known = await contacts.by_user(tx, asked.workspace_id, taker.facts.user_id)
    account_id = known.account_id if known else await _recognised(tx, asked.workspace_id, taker)
    return are_of_one_company(
        Side(taker.asked.team_id, taker.asked.is_external, taker.asked.is_guest, asked.account_id),
        Side(taker.side.team_id, taker.side.is_external, taker.side.is_guest, account_id),
    )


async def _recognised(tx: Transaction, workspace_id: str, taker: Taker) -> int | None:
    """The account of somebody we have not met: nothing but their Slack workspace tells."""
    return await accounts.matching(tx, workspace_id, team_id=taker.side.team_id, email=None)


def _check_standing(mine: Open, workspace: Workspace, *, now: datetime) -> None:
    invitation = mine.invitation
    if workspace.halted_at is not None or invitation.state in (State.WITHDRAWN, State.FAILED):
        raise QuestionWithdrawn
    if invitation.shut_at is not None or (invitation.expires_at is not None and invitation.expires_at <= now):
        raise QuestionClosed(closed_at=invitation.shut_at or invitation.expires_at or now)


async def _row(tx: Transaction, asked: Invitation, contact: Contact, *, now: datetime) -> Invitation:
    survey = await surveys.get(tx, asked.survey_id)
    return Invitation(
        workspace_id=asked.workspace_id,
        survey_id=asked.survey_id,
        contact_id=contact.id,
        occasion=_occasion(asked.id),
        occasion_label=asked.occasion_label,
        trigger=TriggerKind.OPEN_CARD,
        mode=Mode.VOLUNTEERED,
        channel_id=asked.channel_id,
        thread_ts=asked.thread_ts,
        permalink=asked.permalink,
        kind=asked.kind,
        subject=asked.subject,
        question=asked.question,
        language=contact.language or survey.language,
        state=State.SENT,
        created_at=now,
        send_at=now,
        sent_at=now,
        expires_at=asked.expires_at or now + EXPIRY[SurveyKind(asked.kind)],
        privacy=asked.privacy,
    )


def _occasion(invitation_id: int) -> str:
    return f"open:{invitation_id}"
