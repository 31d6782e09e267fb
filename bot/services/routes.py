"""Routes: a workspace's few, in their order; the first that fits an answer says where its alert goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import InputRefused, RouteGone
from bot.rules.messages import DeliveryKind
from bot.rules.routes import MOST_ROUTES, Answer, Conditions, Hours, Mention, Mentions, fits, moved
from bot.rules.scoring import HIGHEST, Category
from bot.services import accounts, calendars, contacts, deliveries, disclosures, recoveries, surveys, workspaces
from bot.services.deliveries import Promise
from storage import routes as queries
from storage.database import Transaction
from storage.models import Response, Route


@dataclass(frozen=True)
class Plan:
    """What a manager decides about a route, but for its channel."""

    conditions: Conditions = field(default_factory=Conditions)
    mention: Mention = field(default_factory=Mention)


@dataclass(frozen=True)
class Overview:
    """Every route, and where it goes higher; `survey_names` by id."""

    routes: Sequence[Route]
    survey_names: dict[int, str]
    escalation_channel_id: str | None = None
    escalation_stopped_because: str | None = None
    currency: str | None = None

    @property
    def escalates_to(self) -> str | None:
        """Unless that takes nothing now: saving must not fail for what nobody touched."""
        return None if self.escalation_stopped_because else self.escalation_channel_id


async def overview(tx: Transaction, workspace_id: str) -> Overview:
    workspace = await workspaces.get(tx, workspace_id)
    return Overview(
        await queries.of_workspace(tx, workspace_id),
        {survey.id: survey.name for survey in await surveys.all_of(tx, workspace_id)},
        workspace.escalation_channel_id,
        workspace.escalation_stopped_because,
        workspace.currency,
    )


async def get(tx: Transaction, route_id: int, *, workspace_id: str) -> Route:
    """Raises RouteGone; also for a route of another workspace."""
    route = await queries.get(tx, route_id)
    if route is None or route.workspace_id != workspace_id:
        raise RouteGone
    return route


async def add(tx: Transaction, workspace_id: str, plan: Plan, *, channel_id: str | None) -> Route:
    """The last in order. Raises InputRefused."""
    _check(plan)
    await queries.hold(tx, workspace_id)
    known = await queries.of_workspace(tx, workspace_id)
    if len(known) >= MOST_ROUTES:
        raise InputRefused(field="channel", because="routes_many")
    values = _columns(plan)
    route = Route(workspace_id=workspace_id, place=len(known) + 1, channel_id=channel_id, **values)  # type: ignore[arg-type] # the columns below
    await queries.add(tx, route)
    return route


async def change(tx: Transaction, route: Route, plan: Plan) -> None:
    """Raises InputRefused. What waits already goes by it too."""
    _check(plan)
    await queries.change(tx, route.id, _columns(plan))


async def set_channel(tx: Transaction, route: Route, channel_id: str | None) -> None:
    """None: to the channel of each answer's own survey."""
    await queries.set_channel(tx, route.id, channel_id)


async def remove(tx: Transaction, route: Route) -> None:
    await queries.hold(tx, route.workspace_id)
    await queries.remove(tx, route.id)
    await queries.set_order(tx, [each.id for each in await queries.of_workspace(tx, route.workspace_id)])


async def move(tx: Transaction, workspace_id: str, route_id: int, *, by: int) -> None:
    """So many places later in order, or earlier. Raises RouteGone."""
    await queries.hold(tx, workspace_id)
    await get(tx, route_id, workspace_id=workspace_id)
    ids = [each.id for each in await queries.of_workspace(tx, workspace_id)]
    await queries.set_order(tx, moved(ids, route_id, by))


async def escalate_to(tx: Transaction, workspace_id: str, channel_id: str | None) -> None:
    """Where it is told that nobody replied; None: where the alert is."""
    await queries.set_escalation_channel(tx, workspace_id, channel_id)


async def fitting(tx: Transaction, response: Response, *, is_urgent: bool, at: datetime) -> Route | None:
    """The one that decides; None: none does. `at`: when the answer came."""
    known = await queries.of_workspace(tx, response.workspace_id)
    if not known:
        return None
    answer = await _answer(tx, response, is_urgent=is_urgent, at=at)
    return next((route for route in known if fits(plan_of(route).conditions, answer)), None)


def sends_to(route: Route) -> str | None:
    """Its channel, unless that takes nothing now: saving must not fail for what nobody touched."""
    return None if route.stopped_because else route.channel_id


async def own_channel(tx: Transaction, route: Route) -> str | None:
    """Where it sends; without a channel of its own, to its survey's, or to the usual one."""
    if route.channel_id or route.survey_id is None:
        return route.channel_id or await surveys.usual_alert_channel(tx, route.workspace_id)
    return (await surveys.get(tx, route.survey_id)).alert_channel_id


async def rehearse(tx: Transaction, route: Route, channel_id: str, *, by: str, key: str, now: datetime) -> None:
    """Owe a message, marked as a test, where this route sends; `key` names the wish."""
    owed = Promise(
        workspace_id=route.workspace_id,
        kind=DeliveryKind.ROUTE_TEST,
        key=f"route-test:{route.id}:{key}",
        recipient_id=channel_id,
        topic=f"{route.id}:{by}",
    )
    await deliveries.promise(tx, owed, due_at=now, now=now)


async def rehearsed(tx: Transaction, topic: str | None, *, workspace_id: str) -> Route | None:
    """The route a test was owed for; None when it was removed since."""
    route = await queries.get(tx, int((topic or "0").partition(":")[0]))
    return route if route and route.workspace_id == workspace_id else None


def plan_of(route: Route) -> Plan:
    conditions = Conditions(
        survey_id=route.survey_id,
        segment=route.segment,
        owner_id=route.owner_id,
        arr_from=route.arr_from,
        categories=frozenset(map(Category, route.categories)),
        highest_score=route.highest_score,
        hours=Hours(route.hours) if route.hours else None,
    )
    return Plan(conditions, Mention(Mentions(route.mention), route.mentioned_id))


async def stop(tx: Transaction, workspace_id: str, channel_id: str, *, because: str) -> bool:
    """Keep back what goes to a channel; False when nothing went there any more."""
    return await queries.stop(tx, workspace_id, channel_id, because)


async def let_go(tx: Transaction, workspace_id: str, channel_id: str) -> None:
    await queries.let_go(tx, workspace_id, channel_id)


async def redirect(tx: Transaction, workspace_id: str, *, old: str, new: str) -> bool:
    """Send to `new` what routes, or what goes higher, sent to `old`; False when nothing went there."""
    return await queries.redirect(tx, workspace_id, old=old, new=new)


async def is_stopped(tx: Transaction, workspace_id: str, channel_id: str, *, because: str) -> bool:
    """Whether a route's channel, or the one for what goes higher, takes nothing for that reason."""
    return await queries.is_stopped(tx, workspace_id, channel_id, because)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


async def _answer(tx: Transaction, response: Response, *, is_urgent: bool, at: datetime) -> Answer:
    """Of a confidential one no route may know the account: a channel of its own would tell it."""
    is_named = not disclosures.is_confidential(response)
    account = await accounts.of_contact(tx, await contacts.get(tx, response.contact_id)) if is_named else None
    team = await calendars.of_team(tx, response.workspace_id)
    return Answer(
        survey_id=await recoveries.alerting_survey(tx, response),
        score=response.score,
        is_urgent=is_urgent,
        segment=account.segment if account else None,
        owner_id=account.owner_id if account else None,
        arr=account.arr if account else None,
        is_in_hours=team.is_worked(at),
    )


def _check(plan: Plan) -> None:
    highest = plan.conditions.highest_score
    if highest is not None and not 0 <= highest <= HIGHEST:
        raise InputRefused(field="highest_score", because="score_shape")
    if plan.mention.kind in (Mentions.COLLEAGUE, Mentions.GROUP) and not plan.mention.target:
        raise InputRefused(field=plan.mention.kind, because=f"mention_{plan.mention.kind}")


def _columns(plan: Plan) -> dict[str, object]:
    conditions = plan.conditions
    return {
        "survey_id": conditions.survey_id,
        "segment": conditions.segment,
        "owner_id": conditions.owner_id,
        "arr_from": conditions.arr_from,
        "categories": tuple(sorted(conditions.categories)),
        "highest_score": conditions.highest_score,
        "hours": conditions.hours,
        "mention": plan.mention.kind,
        "mentioned_id": plan.mention.target,
    }
