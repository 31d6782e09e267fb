"""First steps: how far a workspace is on the way to its first answer, and who is led there."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.permissions import Permission
from bot.services import alerts, deliveries, roles, surveys
from bot.services.roles import Caller
from storage import first_steps as queries
from storage.database import Transaction

WELCOME = "welcome"  # the topic of the first message to the first admin


@dataclass(frozen=True)
class FirstSteps:
    """What is done, for one colleague. `alert_channel_id` None: the first step is still to do."""

    alert_channel_id: str | None
    has_rehearsed: bool
    has_asked: bool
    has_scheduled: bool = False  # optional, and for later

    @property
    def are_done(self) -> bool:
        return self.alert_channel_id is not None and self.has_rehearsed and self.has_asked


async def progress(tx: Transaction, workspace_id: str, user_id: str) -> FirstSteps:
    return FirstSteps(
        alert_channel_id=await surveys.usual_alert_channel(tx, workspace_id),
        has_rehearsed=await queries.has_rehearsed(tx, workspace_id, user_id),
        has_asked=await queries.has_asked(tx, workspace_id),
        has_scheduled=await queries.has_scheduled(tx, workspace_id),
    )


async def ahead_of(tx: Transaction, caller: Caller) -> FirstSteps | None:
    """The steps for whoever may take all of them, until they are done."""
    leads = await roles.allows(tx, caller, Permission.CONFIGURE) or await alerts.offers_choice(tx, caller)
    steps = await progress(tx, caller.workspace_id, caller.user_id) if leads else None
    return None if steps is None or steps.are_done else steps


async def welcome(tx: Transaction, workspace_id: str, user_id: str, *, now: datetime) -> bool:
    """Owe the first admin a first message, once, while nothing is set up; False when there is nothing to owe."""
    if await surveys.usual_alert_channel(tx, workspace_id) is not None:
        return False
    return await deliveries.tell(tx, workspace_id, user_id, WELCOME, mark=f"{WELCOME}:{user_id}", now=now)
