"""
Reviews: after every answer and every change, decide anew whether somebody should look after it.

An unhappy answer opens a follow-up and owes an alert, as does any other that a route asks for; to that nobody owes a
reply. The alert waits a little for the comment. When the person changes their mind before anybody was told, it ends
there and nothing is sent. Told, it is redrawn; resolved, it is opened again when an unhappy person says more, and
whoever had looked after it hears so.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.closing import FollowUpState, Outcome
from bot.rules.urgency import COMMENT_GRACE, Cause, Solved, causes, waits_for_somebody
from bot.services import clocks, deliveries, disclosures, follow_ups, recoveries, routes
from bot.services.follow_ups import alert_key
from storage.database import Transaction
from storage.models import FollowUp, Response


@dataclass(frozen=True)
class Said:
    """What an answer said at a time, to tell whether it says more now."""

    score: int
    comment: str | None
    solved: str | None = None
    wants_reply: bool = False

    def is_less_than(self, response: Response) -> bool:
        """Whether there is something new to read, or a worse score."""
        return response.score < self.score or bool(response.comment and response.comment != self.comment)


def said(response: Response) -> Said:
    return Said(response.score, response.comment, response.solved, response.wants_reply)


async def review(tx: Transaction, response: Response, *, before: Said | None = None, now: datetime) -> None:
    """`before`: what it said before this change; None for a first answer, which nobody can be looking after yet."""
    known = await follow_ups.of_response(tx, response.id) if before else None
    heard_at = known.opened_at if known else await disclosures.heard_at(tx, response, now=now)
    why = await _causes(tx, response, at=heard_at)
    if known is None:
        if why:
            opened = await follow_ups.begin(tx, response, why=_written(why), heard_at=heard_at, now=now)
            due_at = _due_at(opened, response, now=now)
            await follow_ups.owe_alert(tx, opened, due_at=due_at, now=now)
            await recoveries.tell_caretaker(tx, opened, response, due_at=due_at, now=now)
    elif await follow_ups.is_told(tx, known):
        says_more = before is not None and before.is_less_than(response)
        await _told_before(tx, known, why, says_more=says_more, now=now)
    elif not why:
        await follow_ups.held(tx, known.id)  # before its alert, as everybody locks
        if await deliveries.cancel(tx, alert_key(known.id), because="changed_mind", now=now):
            await follow_ups.end_untold(tx, known, now=now)
    else:
        known = await follow_ups.remember_causes(tx, known, _written(why))
        await _not_told_yet(tx, known, response, now=now)


async def _told_before(
    tx: Transaction, known: FollowUp, why: tuple[Cause, ...], *, says_more: bool, now: datetime
) -> None:
    remembered = set(known.causes.split())
    if why and (says_more or set(why) - remembered - {Cause.ROUTED}):
        known = await follow_ups.remember_causes(tx, known, _written((*remembered, *why)))
        if known.state != FollowUpState.OPEN:
            await _tell_caretaker(tx, known, now=now)
        if known.state != FollowUpState.RESOLVED:
            await clocks.rewind(tx, known, now=now)
        elif waits_for_somebody(why):
            await follow_ups.begin_again(tx, known, now=now)
    await follow_ups.draw(tx, known, now=now, due_at=now)


async def _not_told_yet(tx: Transaction, known: FollowUp, response: Response, *, now: datetime) -> None:
    if known.outcome == Outcome.CHANGED_MIND and await follow_ups.begin_again(tx, known, now=now):
        await deliveries.revive(tx, alert_key(known.id), now=_due_at(known, response, now=now))
        return
    await clocks.rewind(tx, known, now=now)
    if response.comment:
        await deliveries.hasten(tx, alert_key(known.id), now=_due_at(known, response, now=now))


async def _tell_caretaker(tx: Transaction, known: FollowUp, *, now: datetime) -> None:
    """A redrawn card notifies nobody: whoever took or resolved it hears that the person has said more."""
    caretaker = known.resolved_by or known.claimed_by
    if caretaker is None:
        return
    await deliveries.tell(
        tx,
        known.workspace_id,
        caretaker,
        "said_more",
        mark=f"said_more:{known.id}:{now.timestamp()}",
        now=now,
        follow_up_id=known.id,
    )


async def _causes(tx: Transaction, response: Response, *, at: datetime) -> tuple[Cause, ...]:
    """Its own; without any, that a route asks for answers like it. `at`: when colleagues hear of it."""
    solved = Solved(response.solved) if response.solved else None
    own = causes(score=response.score, solved=solved, wants_reply=response.wants_reply)
    is_routed = not own and await routes.fitting(tx, response, is_urgent=False, at=at) is not None
    return (Cause.ROUTED,) if is_routed else own


def _due_at(follow_up: FollowUp, response: Response, *, now: datetime) -> datetime:
    """When the alert leaves: not before colleagues may hear of the answer."""
    return max(now if response.comment else now + COMMENT_GRACE, follow_up.opened_at)


def _written(why: tuple[str, ...]) -> str:
    return " ".join(sorted(set(why)))
