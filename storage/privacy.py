"""Queries that forget a person: every row that is theirs, in the order foreign keys allow."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from storage.database import Transaction
from storage.models import (
    Account,
    AudienceMember,
    Contact,
    Delivery,
    Event,
    ExitReason,
    Favour,
    FavourOffer,
    FollowUp,
    FollowUpMessage,
    FollowUpStep,
    Invitation,
    Lane,
    ListedStaff,
    Recovery,
    Response,
    ResponseRevision,
    RoleGrant,
    Route,
    Schedule,
    Survey,
    TimelineNote,
    WebhookEndpoint,
    WebhookMessage,
    Withholding,
    Workspace,
)

# Where a colleague's id stands beside somebody else's answer or account: those stay, the id goes.
SIGNATURES: tuple[InstrumentedAttribute[str | None], ...] = (
    Invitation.asked_by,
    Response.recorded_by,
    FollowUp.claimed_by,
    FollowUp.resolved_by,
    Withholding.asked_by,
    Account.owner_id,
    WebhookEndpoint.created_by,
    Favour.colleague_id,
    TimelineNote.written_by,
)
NAMED_ON_ALERTS = (FollowUp.claimed_by, FollowUp.resolved_by, Invitation.asked_by, Response.recorded_by)
FAVOURS = ("favour", "favour_card")  # kinds of deliveries whose topic is a favour's id
ERASED = "erased"  # whoever appointed somebody that stays appointed, or looked after accounts that have a route


@dataclass(frozen=True)
class Message:
    """A message of ours in Slack."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class Traces:
    """How many rows of each kind were removed."""

    invitations: int
    responses: int
    revisions: int
    follow_ups: int
    deliveries: int


async def hold(tx: Transaction, contact_id: int) -> None:
    """Whatever arrives about them this moment is waited for, and locks what it is about before its delivery, too."""
    theirs = select(Response.id).where(Response.contact_id == contact_id)
    held = select(FollowUp.id).where(FollowUp.response_id.in_(theirs)).order_by(FollowUp.id)
    await tx.execute(held.with_for_update(key_share=True))
    done = select(Favour.id).where(Favour.contact_id == contact_id).order_by(Favour.id)
    await tx.execute(done.with_for_update(key_share=True))


async def messages_about(tx: Transaction, contact_id: int) -> Sequence[Message]:
    """Where the person's cards, the alerts and the notices about them stand in Slack."""
    cards = select(Invitation.card_channel_id, Invitation.card_ts).where(Invitation.contact_id == contact_id)
    alerts = (
        select(FollowUp.card_channel_id, FollowUp.card_ts)
        .join(Response, Response.id == FollowUp.response_id)
        .where(Response.contact_id == contact_id)
    )
    beside = (
        select(FollowUpMessage.channel_id, FollowUpMessage.ts)
        .join(FollowUp, FollowUp.id == FollowUpMessage.follow_up_id)
        .join(Response, Response.id == FollowUp.response_id)
        .where(Response.contact_id == contact_id)
    )
    notices = select(Delivery.recipient_id, Delivery.message_ts).where(
        Delivery.kind == "notice", _owed_about(contact_id), Delivery.message_ts.is_not(None)
    )
    favours = select(Favour.card_channel_id, Favour.card_ts).where(Favour.contact_id == contact_id)
    rows = (await tx.execute(cards.union(alerts, beside, notices, favours))).all()
    return [Message(channel, ts) for channel, ts in rows if channel and ts]


async def remove(tx: Transaction, contact: Contact) -> Traces:
    """Delete everything that is known of a contact, and the contact."""
    responses = select(Response.id).where(Response.contact_id == contact.id)
    follow_ups = select(FollowUp.id).where(FollowUp.response_id.in_(responses))
    done = (await tx.scalars(select(Favour.id).where(Favour.contact_id == contact.id))).all()
    for table in (ExitReason, Recovery, Favour, FavourOffer):
        await _delete(tx, table, table.contact_id == contact.id)
    await _delete(tx, Delivery, Delivery.kind.in_(FAVOURS), Delivery.topic.in_(map(str, done)))
    deliveries = await _delete(tx, Delivery, Delivery.workspace_id == contact.workspace_id, _owed_about(contact.id))
    await _delete(tx, FollowUpMessage, FollowUpMessage.follow_up_id.in_(follow_ups))
    await _delete(tx, WebhookMessage, _told_to_programs(contact.id))
    await _delete(tx, FollowUpStep, FollowUpStep.follow_up_id.in_(follow_ups))
    await _delete(tx, Event, Event.workspace_id == contact.workspace_id, _told_of(contact))
    asked = Event.invitation_id.in_(_questions_to(contact.id))
    await tx.execute(update(Event).where(asked).values(invitation_id=None))  # what somebody else's event called off
    gone = Traces(
        deliveries=deliveries,
        follow_ups=await _delete(tx, FollowUp, FollowUp.response_id.in_(responses)),
        revisions=await _delete(tx, ResponseRevision, ResponseRevision.response_id.in_(responses)),
        responses=await _delete(tx, Response, Response.contact_id == contact.id),
        invitations=await _delete(tx, Invitation, Invitation.contact_id == contact.id),
    )
    replies = Delivery.key.startswith(f"notice:typed:{contact.user_id}:", autoescape=True)
    await _delete(tx, Delivery, Delivery.workspace_id == contact.workspace_id, replies)
    await _delete(tx, Withholding, Withholding.contact_id == contact.id)
    await _delete(tx, AudienceMember, AudienceMember.contact_id == contact.id)
    await _delete(tx, Contact, Contact.id == contact.id)
    return gone


def _questions_to(contact_id: int) -> Select[int]:
    return select(Invitation.id).where(Invitation.contact_id == contact_id)


def _owed_about(contact_id: int) -> ColumnElement[bool]:
    invitations = _questions_to(contact_id)
    responses = select(Response.id).where(Response.contact_id == contact_id)
    follow_ups = select(FollowUp.id).where(FollowUp.response_id.in_(responses))
    return or_(Delivery.invitation_id.in_(invitations), Delivery.follow_up_id.in_(follow_ups))


def _told_to_programs(contact_id: int) -> ColumnElement[bool]:
    responses = select(Response.id).where(Response.contact_id == contact_id)
    return or_(WebhookMessage.contact_id == contact_id, WebhookMessage.response_id.in_(responses))


def _told_of(contact: Contact) -> ColumnElement[bool]:
    """Events about them, and those that wait for somebody to say whom they name."""
    names = [contact.user_id, *([contact.email] if contact.email else [])]
    of_nobody = and_(Event.contact_id.is_(None), Event.invitation_id.in_(_questions_to(contact.id)))
    return or_(
        Event.contact_id == contact.id,
        of_nobody,
        *(Event.body.contains(f'"{name}"', autoescape=True) for name in names),
    )


async def _unsign(tx: Transaction, column: InstrumentedAttribute[str | None], workspace_id: str, user_id: str) -> None:
    mine = (column.class_.workspace_id == workspace_id) & (column == user_id)
    await tx.execute(update(column.class_).where(mine).values({column: None}))


async def unsign_schedules(tx: Transaction, workspace_id: str, user_id: str) -> None:
    """Before any person is held: a schedule that plans holds itself first, and its people after."""
    await _unsign(tx, Schedule.started_by, workspace_id, user_id)


async def leave_workspace(tx: Transaction, workspace_id: str, user_id: str) -> None:
    """Before any person is held, as everybody locks: the workspace, then its routes."""
    mine = (Workspace.id == workspace_id) & (Workspace.halted_by == user_id)
    await tx.execute(update(Workspace).where(mine).values(halted_by=None))
    routes = select(Route.id).where(Route.workspace_id == workspace_id).order_by(Route.id)
    await tx.execute(routes.with_for_update(key_share=True))


async def remove_signatures(tx: Transaction, workspace_id: str, user_id: str) -> None:
    """Take a colleague's id off everything they asked, claimed or set up. What they had claimed is open again."""
    await _leave_routes(tx, workspace_id, user_id)
    await _unsign(tx, Survey.created_by, workspace_id, user_id)  # before follow-ups, as an arriving alert does
    claimed = (FollowUp.workspace_id == workspace_id) & (FollowUp.claimed_by == user_id) & (FollowUp.state == "claimed")
    await tx.execute(update(FollowUp).where(claimed).values(state="open", claimed_at=None))
    for column in SIGNATURES:
        await _unsign(tx, column, workspace_id, user_id)
    appointed = (RoleGrant.workspace_id == workspace_id) & (RoleGrant.granted_by == user_id)
    await tx.execute(update(RoleGrant).where(appointed).values(granted_by=ERASED))
    theirs = FollowUpStep.follow_up_id.in_(select(FollowUp.id).where(FollowUp.workspace_id == workspace_id))
    await tx.execute(update(FollowUpStep).where(theirs, FollowUpStep.by == user_id).values(signature=None))
    for column in (FollowUpStep.by, FollowUpStep.to):
        await tx.execute(update(FollowUpStep).where(theirs, column == user_id).values({column: None}))
    await _delete(tx, RoleGrant, RoleGrant.workspace_id == workspace_id, RoleGrant.user_id == user_id)
    await _delete(tx, ListedStaff, ListedStaff.workspace_id == workspace_id, ListedStaff.user_id == user_id)
    await _delete(tx, Event, Event.workspace_id == workspace_id, Event.body.contains(f'"{user_id}"', autoescape=True))
    named = Delivery.topic.contains(user_id, autoescape=True), Delivery.key.contains(f":{user_id}", autoescape=True)
    await _delete(tx, Delivery, Delivery.workspace_id == workspace_id, or_(Delivery.recipient_id == user_id, *named))
    lane = f":{workspace_id}:{user_id}"  # of what they were told of customers only the place stays known
    await tx.execute(update(Delivery).where(Delivery.lane.endswith(lane, autoescape=True)).values(lane=ERASED))
    await _delete(tx, Lane, Lane.name.endswith(lane, autoescape=True))


async def _leave_routes(tx: Transaction, workspace_id: str, user_id: str) -> None:
    """A route for their accounts is for none from now on: without that condition it would be for everybody's."""
    ours = update(Route).where(Route.workspace_id == workspace_id)
    await tx.execute(ours.where(Route.owner_id == user_id).values(owner_id=ERASED))
    await _unsign(tx, Route.mentioned_id, workspace_id, user_id)


async def messages_naming(tx: Transaction, workspace_id: str, user_id: str) -> Sequence[Message]:
    """Where we tell what a colleague did or was handed, what customers said of them, and what they tried out."""
    lines = (
        select(FollowUpMessage.channel_id, FollowUpMessage.ts)
        .join(FollowUp, FollowUp.id == FollowUpMessage.follow_up_id)
        .join(FollowUpStep, FollowUpStep.id == FollowUpMessage.step_id)
        .where(FollowUp.workspace_id == workspace_id)
        .where(or_(FollowUpStep.by == user_id, FollowUpStep.to == user_id))
    )
    praise = select(Favour.card_channel_id, Favour.card_ts)
    praise = praise.where(Favour.workspace_id == workspace_id, Favour.colleague_id == user_id)
    tests = select(Delivery.recipient_id, Delivery.message_ts).where(Delivery.workspace_id == workspace_id)
    tests = tests.where(Delivery.kind == "route_test", Delivery.topic.endswith(f":{user_id}", autoescape=True))
    rows = (await tx.execute(lines.union(praise, tests))).all()
    return [Message(channel, ts) for channel, ts in rows if channel and ts]


async def signed_follow_ups(tx: Transaction, workspace_id: str, user_id: str) -> Sequence[FollowUp]:
    """Follow-ups whose alert in Slack, or on its way there, names a colleague."""
    query = (
        select(FollowUp)
        .join(Response, Response.id == FollowUp.response_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(FollowUp.workspace_id == workspace_id)
        .where(or_(_mentions(workspace_id, user_id), *(column == user_id for column in NAMED_ON_ALERTS)))
    )
    return (await tx.scalars(query)).all()


def _mentions(workspace_id: str, user_id: str) -> ColumnElement[bool]:
    """Alerts that mention them, or may by a route; one that somebody has taken mentions nobody."""
    theirs = select(Contact.id).join(Account, Account.id == Contact.account_id).where(Account.owner_id == user_id)
    by_route = exists().where(Route.workspace_id == workspace_id, Route.mentioned_id == user_id)
    return and_(FollowUp.state == "open", or_(Response.contact_id.in_(theirs), by_route))


async def _delete(tx: Transaction, table: type, *where: object) -> int:
    result = await tx.execute(delete(table).where(*where))  # type: ignore[arg-type] # columns
    return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
