"""Routing: from what a manager chose in the modal to a route, and back."""

from bot.errors import InputRefused
from bot.rules.routes import FORMER, Conditions, Hours, Mention, Mentions, amount_of
from bot.rules.scoring import Category
from bot.services import audiences, routes, surveys
from bot.services.routes import Plan
from bot.slack.blocks.route_modal import ANY, SEGMENT, Draft
from bot.slack.middleware import Desk
from bot.slack.submissions import Submission
from storage.database import Transaction
from storage.models import Route


async def drafted(desk: Desk, route_id: int | None) -> Draft:
    """A route as it stands, or a new one. Raises RouteGone."""
    groups = await desk.office.roster.groups()
    async with desk.reading() as tx:
        route = await routes.get(tx, route_id, workspace_id=desk.workspace_id) if route_id else None
        known = filter(surveys.gives_scores, await surveys.all_of(tx, desk.workspace_id))
        return Draft(
            route_id=route_id,
            plan=routes.plan_of(route) if route else Plan(),
            channel_id=routes.sends_to(route) if route else None,
            surveys=[(survey.id, survey.name) for survey in known],
            segments=(await audiences.offer(tx, desk.workspace_id)).segments,
            groups=groups,
        )


async def planned(tx: Transaction, desk: Desk, sent: Submission, known: Route | None) -> Plan:
    """`known`: as the route was. Raises InputRefused, SurveyUnknown."""
    conditions = Conditions(
        survey_id=await _survey_id(tx, desk, sent),
        segment=await _segment(tx, desk, sent),
        owner_id=_owner_id(sent, known),
        arr_from=_arr_from(sent),
        categories=frozenset(map(Category, sent.chosen("categories"))),
        highest_score=_highest_score(sent),
        hours=_hours(sent),
    )
    return Plan(conditions, _mention(sent))


async def check_colleague(desk: Desk, sent: Submission) -> None:
    """Whoever is mentioned reads the alert. Raises InputRefused for a customer."""
    user_id = sent.text("colleague")
    if sent.text("mention") != Mentions.COLLEAGUE or user_id is None:
        return
    if not (await desk.office.people.person(user_id)).is_colleague:
        raise InputRefused("colleague", "mention_outsider")


async def _survey_id(tx: Transaction, desk: Desk, sent: Submission) -> int | None:
    chosen = sent.text("survey") or ANY
    return None if chosen == ANY else (await surveys.get(tx, int(chosen), workspace_id=desk.workspace_id)).id


async def _segment(tx: Transaction, desk: Desk, sent: Submission) -> str | None:
    """Typed where there are too many for a menu; None also where no account has one."""
    typed = sent.text("segment_typed")
    if typed is None:
        chosen = sent.text("segment") or ANY
        return None if chosen == ANY else chosen.removeprefix(SEGMENT)
    known = {each.casefold(): each for each in (await audiences.offer(tx, desk.workspace_id)).segments}
    if typed.casefold() not in known:
        raise InputRefused("segment_typed", "segment_unknown")
    return known[typed.casefold()]


def _owner_id(sent: Submission, known: Route | None) -> str | None:
    """A former colleague cannot be shown in the menu: whoever leaves it empty leaves that as it is."""
    was_former = known is not None and known.owner_id == FORMER
    return sent.text("owner") or (FORMER if was_former else None)


def _arr_from(sent: Submission) -> int | None:
    text = sent.text("arr_from")
    if text is None:
        return None
    amount = amount_of(text)
    if amount is None:
        raise InputRefused("arr_from", "arr_shape")
    return amount


def _highest_score(sent: Submission) -> int | None:
    text = sent.text("highest_score")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise InputRefused("highest_score", "score_shape")
    return int(text)


def _hours(sent: Submission) -> Hours | None:
    chosen = sent.text("hours") or ANY
    return None if chosen == ANY else Hours(chosen)


def _mention(sent: Submission) -> Mention:
    kind = Mentions(sent.text("mention") or Mentions.OWNER)
    targets = {Mentions.COLLEAGUE: sent.text("colleague"), Mentions.GROUP: sent.text("group")}
    return Mention(kind, targets.get(kind))
