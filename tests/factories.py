"""Rows for tests, saying only what matters to each."""

from datetime import datetime, timedelta

from bot.services import asks, contacts, invitations, surveys, workspaces
from bot.services.asks import Ask, Place
from bot.services.contacts import Facts
from bot.services.responses import Choice, Words
from bot.services.workspaces import Identity
from storage.database import Transaction
from storage.models import Invitation, Workspace

NORTHWIND, ANA, BO = "T0NORTH", "U0ANA", "U0BO"


async def make_workspace(tx: Transaction, *, now: datetime, id: str = NORTHWIND) -> Workspace:  # noqa: A002
    identity = Identity(id, "Northwind", "https://northwind.slack.com/", "U0BOT")
    workspace = await workspaces.install(tx, identity, now=now)
    await surveys.ensure_defaults(tx, id, now=now)
    return workspace


async def make_invitation(
    tx: Transaction,
    *,
    now: datetime,
    person: str = ANA,
    survey: str = "support",
    occasion: str = "ask:1",
    place: Place | None = None,
    is_sent: bool = True,
) -> Invitation:
    """Somebody was asked; the card stands there unless said otherwise."""
    workspace_id = NORTHWIND
    await make_workspace(tx, now=now)
    ask = Ask(
        survey=await surveys.named(tx, workspace_id, survey),
        person=Facts(person, "Ana Ruiz", "ana", "en", workspace_id),
        place=place or Place(),
        asked_by=BO,
        occasion=occasion,
        send_at=now,
    )
    invitation = await asks.invite(tx, ask, now=now)
    if is_sent:
        card = invitations.Card("D0ANA", f"{now.timestamp():.6f}")
        await invitations.arrived(tx, invitation.id, card=card, now=now)
    contact = await contacts.get(tx, invitation.contact_id)
    assert contact.user_id == person
    return invitation


def a_choice(invitation: Invitation, score: int, at: datetime, *, by: str = ANA, source: str | None = None) -> Choice:
    return Choice(invitation.id, by, score, at, source or f"click:{at.timestamp()}:{score}")


def some_words(invitation: Invitation, source: str = "view:1", **said: object) -> Words:
    return Words(invitation_id=invitation.id, user_id=ANA, source=source, **said)


def soon(now: datetime, **period: float) -> datetime:
    return now + timedelta(**period)
