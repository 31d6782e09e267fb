"""Upkeep: what an admin should look after, as far as the database knows: what waits, and what leads nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.services import deliveries, surveys, webhook_endpoints, workspaces
from storage.database import Transaction

LATE = timedelta(minutes=5)  # messages leave within seconds, unless Slack slows us down
Parked = Mapping[tuple[str, str | None], int]


@dataclass(frozen=True)
class Upkeep:
    """
    `parked`: how many messages wait for somebody, by obstacle and channel. `is_late`: some are due and have not left.
    `homeless`: surveys whose alerts go nowhere. `failing`: addresses of webhooks that nobody answers.
    """

    parked: Parked = field(default_factory=dict)
    is_late: bool = False
    homeless: Sequence[str] = ()
    failing: Sequence[str] = ()
    is_halted: bool = False

    @property
    def is_well(self) -> bool:
        return not (self.parked or self.is_late or self.homeless or self.failing or self.is_halted)


async def upkeep(tx: Transaction, workspace_id: str, *, now: datetime) -> Upkeep:
    known = [each for each in await surveys.all_of(tx, workspace_id) if surveys.gives_scores(each)]
    endpoints = await webhook_endpoints.all_of(tx, workspace_id)
    return Upkeep(
        parked=await deliveries.parked(tx, workspace_id),
        is_late=await deliveries.is_any_due(tx, workspace_id, now=now - LATE),
        homeless=[each.name for each in known if each.alert_channel_id is None],
        failing=[each.url for each in endpoints if each.failing_since is not None],
        is_halted=(await workspaces.get(tx, workspace_id)).halted_at is not None,
    )
