"""
Favours: a happy person is offered, in the private room, to do something for us, and chooses what.

A box to tick stands in the modal after a 9 or 10, with one answer in 180 days, and only for what a manager has set up.
Whoever ticks it sees what they can do: tell us of somebody, write a review, let us quote them, praise somebody. Nothing
of it shows in a shared place, and nobody else is told that there was a box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import InputRefused, QuestionGone
from bot.rules.favours import FavourKind, may_offer
from bot.rules.scoring import Category, category
from bot.services import accounts, contacts, favour_cards, follow_ups, invitations, responses, surveys, workspaces
from bot.services.disclosures import is_confidential
from bot.services.recoveries import is_recovery
from storage import favours as queries
from storage.database import Transaction
from storage.models import Contact, Favour, FavourOffer, Invitation, Response

WINDOW, REVOKED_SHOWN = timedelta(days=365), timedelta(days=90)
SHOWN_QUOTES, SHOWN_OF_ONE = 20, 10
LONGEST_URL = 500


@dataclass(frozen=True)
class Setup:
    """What happy people are asked for in a workspace; a review only where there is an address for it."""

    kinds: frozenset[FavourKind] = frozenset()
    review_url: str | None = None


@dataclass(frozen=True)
class Taken:
    """Somebody ticked the box: what they may do. `helpers`: the colleagues who had to do with their case."""

    invitation: Invitation
    contact: Contact
    response: Response
    setup: Setup
    company: str
    account: str | None
    helpers: Sequence[str] = ()


@dataclass(frozen=True)
class Gift:
    """What somebody sent. `consent`: the words they agreed to; `named_as`: how the quote may be signed."""

    who: str | None = None
    reach: str | None = None
    praise: str | None = None
    colleague_id: str | None = None
    consent: str | None = None
    named_as: str | None = None


@dataclass(frozen=True)
class FavourReport:
    """What came of it: favours by kind, of so many who ticked the box, of so many who saw it."""

    days: int
    setup: Setup
    counts: Mapping[str, int]
    offered: int
    taken: int
    channel_id: str | None  # where the team hears of it, when an account has no owner


@dataclass(frozen=True)
class Quotes:
    """Whom one may quote, and whom no longer."""

    standing: Sequence[tuple[Favour, Contact]]
    revoked: Sequence[tuple[Favour, Contact]]


async def setup_of(tx: Transaction, workspace_id: str) -> Setup:
    workspace = await workspaces.get(tx, workspace_id)
    return Setup(frozenset(map(FavourKind, workspace.favours)), workspace.review_url)


async def set_up(tx: Transaction, workspace_id: str, setup: Setup) -> None:
    """Raises InputRefused for an address that is none, and for a review without one."""
    url = setup.review_url
    if url is not None and (not url.startswith("https://") or len(url) > LONGEST_URL or set(url) & set(' <>|"')):
        raise InputRefused(field="review_url", because="review_url_shape")
    if FavourKind.REVIEW in setup.kinds and url is None:
        raise InputRefused(field="review_url", because="review_url_missing")
    await queries.set_up(tx, workspace_id, kinds=tuple(sorted(setup.kinds)), review_url=url)


async def offer(tx: Transaction, response: Response, *, now: datetime) -> bool:
    """
    Whether the box stands in the modal of this answer; that it did is kept, so that it stands nowhere else for long.

    Not in a rehearsal, nor after somebody who was unhappy has just been looked after; nor with a confidential answer,
    since whoever does us a favour with their name would tell that they gave a 9 or 10.
    """
    is_kept_out = response.is_rehearsal or is_recovery(response) or is_confidential(response)
    if category(response.score) is not Category.PROMOTER or is_kept_out:
        return False
    setup = await setup_of(tx, response.workspace_id)
    if not setup.kinds:
        return False
    await contacts.hold(tx, await contacts.get(tx, response.contact_id))
    known = await queries.offer_of(tx, response.id)
    if known is not None:
        return known.taken_at is None
    last = await queries.last_offered_at(tx, response.contact_id)
    if not may_offer(response.score, kinds=setup.kinds, last_offered_at=last, now=now):
        return False
    return await queries.add_offer(tx, _offer(response, now=now))


async def take(tx: Transaction, response: Response, *, now: datetime) -> Taken | None:
    """They ticked the box; None when it was not theirs to tick, or their score is another now."""
    offered = await queries.offer_of(tx, response.id)
    if offered is None or category(response.score) is not Category.PROMOTER:
        return None
    await queries.set_taken(tx, response.id, at=now)
    return await _taken(tx, response)


async def taken_by(tx: Transaction, workspace_id: str, invitation_id: int, *, user_id: str) -> Taken:
    """What somebody may do who ticked the box before. Raises NotInvited, QuestionGone."""
    mine = await invitations.opened_by(tx, workspace_id, invitation_id, user_id=user_id)
    response = await responses.of_invitation(tx, mine.invitation.id)
    offered = await queries.offer_of(tx, response.id) if response else None
    if response is None or offered is None or offered.taken_at is None:
        raise QuestionGone
    return await _taken(tx, response)


async def give(tx: Transaction, taken: Taken, gift: Gift, *, now: datetime) -> Sequence[Favour]:
    """Keep what they did, each kind once, and owe the team the news."""
    said = _said(gift, taken)
    given = [_row(taken.response, kind, now=now, **columns) for kind, columns in said.items()]
    return [kept for favour in given if (kept := await _keep(tx, taken, favour, now=now))]


async def revoke(tx: Transaction, workspace_id: str, favour_id: int, *, user_id: str, now: datetime) -> None:
    """They may be quoted no longer; safe to repeat. Raises QuestionGone for what is not theirs."""
    found = await queries.with_person(tx, favour_id)
    if found is None or (found[1].workspace_id, found[1].user_id) != (workspace_id, user_id):
        raise QuestionGone
    await contacts.hold(tx, found[1])
    if await queries.revoke(tx, favour_id, contact_id=found[1].id, at=now):
        await favour_cards.draw(tx, found[0], now=now)


async def of_contact(tx: Transaction, contact: Contact) -> Sequence[Favour]:
    """What somebody did for us, the latest first."""
    return await queries.of_contact(tx, contact.id, limit=SHOWN_OF_ONE)


async def quotes(tx: Transaction, workspace_id: str, *, now: datetime) -> Quotes:
    standing = await queries.quotes(tx, workspace_id, limit=SHOWN_QUOTES)
    revoked = await queries.revoked(tx, workspace_id, since=now - REVOKED_SHOWN, limit=SHOWN_QUOTES)
    return Quotes([(each, who) for each, who in standing], [(each, who) for each, who in revoked])


async def report(tx: Transaction, workspace_id: str, *, now: datetime) -> FavourReport:
    since = now - WINDOW
    offered, taken = await queries.offers(tx, workspace_id, since=since, before=now)
    return FavourReport(
        days=WINDOW.days,
        setup=await setup_of(tx, workspace_id),
        counts=await queries.counts(tx, workspace_id, since=since, before=now),
        offered=offered,
        taken=taken,
        channel_id=await surveys.usual_alert_channel(tx, workspace_id),
    )


async def _taken(tx: Transaction, response: Response) -> Taken:
    contact = await contacts.get(tx, response.contact_id)
    account = await accounts.of_contact(tx, contact)
    invitation = await invitations.get(tx, response.invitation_id)
    if invitation is None:
        raise QuestionGone
    return Taken(
        invitation=invitation,
        contact=contact,
        response=response,
        setup=await setup_of(tx, response.workspace_id),
        company=(await workspaces.get(tx, response.workspace_id)).name,
        account=account.name if account else None,
        helpers=await _helpers(tx, invitation, response),
    )


async def _helpers(tx: Transaction, invitation: Invitation, response: Response) -> Sequence[str]:
    """Who looked after the answer, and who asked; each once."""
    cared = await follow_ups.of_response(tx, response.id)
    people = (cared.resolved_by, cared.claimed_by) if cared else ()
    return list(dict.fromkeys(each for each in (*people, invitation.asked_by) if each))


def _said(gift: Gift, taken: Taken) -> Mapping[FavourKind, Mapping[str, str | None]]:
    """What they did, of what is asked for."""
    said: dict[FavourKind, Mapping[str, str | None]] = {}
    if gift.who:
        said[FavourKind.REFERRAL] = {"who": gift.who, "reach": gift.reach}
    if gift.named_as and gift.consent and taken.response.comment:
        quoted = {"words": taken.response.comment, "consent": gift.consent, "named_as": gift.named_as}
        said[FavourKind.QUOTE] = quoted
    if gift.praise:
        colleague = gift.colleague_id if gift.colleague_id in taken.helpers else None
        said[FavourKind.KUDOS] = {"words": gift.praise, "colleague_id": colleague}
    return {kind: columns for kind, columns in said.items() if kind in taken.setup.kinds}


async def _keep(tx: Transaction, taken: Taken, favour: Favour, *, now: datetime) -> Favour | None:
    """None when it was told before."""
    favour_id = await queries.add(tx, favour)
    kept = await queries.get(tx, favour_id) if favour_id else None
    if kept is not None:
        await favour_cards.owe(tx, kept, taken.contact, now=now)
    return kept


def _offer(response: Response, *, now: datetime) -> FavourOffer:
    return FavourOffer(
        workspace_id=response.workspace_id, contact_id=response.contact_id, response_id=response.id, offered_at=now
    )


def _row(response: Response, kind: FavourKind, *, now: datetime, **columns: str | None) -> Favour:
    return Favour(
        workspace_id=response.workspace_id,
        contact_id=response.contact_id,
        response_id=response.id,
        survey_id=response.survey_id,
        kind=kind,
        given_at=now,
        **columns,  # type: ignore[arg-type] # the texts of `_said`
    )
