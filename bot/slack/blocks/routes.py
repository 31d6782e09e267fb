"""Routes as a manager sees them: the list in its order, where it goes higher, and a test where one sends."""

from babel.numbers import format_decimal

from bot.rules.routes import FORMER, MOST_ROUTES, Conditions, Hours, Mention, Mentions
from bot.rules.scoring import HIGHEST, Category
from bot.services.routes import Overview, plan_of
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    channel_menu,
    context,
    field,
    modal,
    overflow,
    quote,
    section,
)
from bot.slack.blocks.surveys import AlertRoom, to_mind
from bot.slack.contexts import RouteAct
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel, escape, isolated, mention
from storage.models import Route

say = speaker("en")
CATEGORIES = {Category.DETRACTOR: "detractors", Category.PASSIVE: "passives", Category.PROMOTER: "promoters"}
HOURS = {Hours.OFF: "outside working hours", Hours.WORKING: "within working hours"}
WHOM = {
    Mentions.OWNER: "the account's owner, else whoever asked",
    Mentions.ASKER: "whoever asked",
    Mentions.COLLEAGUE: "the colleague chosen in the route",
    Mentions.GROUP: "the user group chosen in the route",
    Mentions.NOBODY: "nobody",
}
LABELS = {
    RouteAct.EDIT: "Edit",
    RouteAct.EARLIER: "Move up",
    RouteAct.LATER: "Move down",
    RouteAct.TEST: "Send a test",
}


def route_list(overview: Overview, room: AlertRoom | None = None) -> Message:
    """`room`: the channel that was just chosen, with what to mind of it."""
    title, note = bold(say("Routes")), _note(overview)
    minded = [context(each) for each in (to_mind(room) if room else [])]
    full = [context(say.mrkdwn("There are ten, which is the most."))]
    add = [actions(button(say("Add a route"), wire.ADD_ROUTE, "add"))]
    blocks = [
        section(title),
        *(section(_line(route, overview), _menu(route)) for route in overview.routes),
        context(note),
        _higher(overview),
        *minded,
        *(add if len(overview.routes) < MOST_ROUTES else full),
    ]
    return Message(say.mrkdwn("{title}\n{note}", title=title, note=note), blocks)


def escalation_modal(channel_id: str | None, response_url: str | None) -> View:
    hint = say("Left empty: the channel where the alert is.")
    element = channel_menu(wire.VALUE, chosen=channel_id, hint=say("Choose a channel"))
    return modal(
        say("When nobody replies"),
        [
            section(say.mrkdwn("An alert that nobody has replied to for a working day is told of once more, here.")),
            field("channel", say("Channel"), element, optional=True, hint=hint),
        ],
        callback_id=wire.ESCALATION_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.RouteContext(None, response_url)),
    )


def route_test(route: Route, *, by: str) -> Message:
    """Like an alert, but plainly none; it mentions nobody but whoever tests."""
    plan = plan_of(route)
    marked = bold(say("Test of a route: nobody is unhappy. Nothing here is counted."))
    head = say.mrkdwn("{who} · a made-up answer", who=bold(say("Sample customer: {score}", score=_sample(route))))
    told = say.mrkdwn(
        "{who}, you asked for this test. A real alert mentions {whom} here.",
        who=mention(by),
        whom=say(WHOM[plan.mention.kind if plan.mention.target or not _is_named(plan.mention) else Mentions.OWNER]),
    )
    blocks: list[Block] = [context(marked), section(head), quote(say("Words of a customer stand here.")), section(told)]
    return Message(Mrkdwn(f"{marked} {told}"), blocks)


def test_sent(room: AlertRoom) -> Message:
    told = [say.mrkdwn("A test goes to {channel}.", channel=channel(room.channel_id or "")), *to_mind(room)]
    text = Mrkdwn(" ".join(told))
    return Message(text, [section(text)])


def _note(overview: Overview) -> Mrkdwn:
    otherwise = say.mrkdwn("to its survey's own channel, and mentions the account's owner, else whoever asked")
    if not overview.routes:
        return say.mrkdwn("There are none yet: every alert goes {otherwise}.", otherwise=otherwise)
    return say.mrkdwn(
        "An alert takes the first route that fits. Where none does, it goes {otherwise}.", otherwise=otherwise
    )


def _line(route: Route, overview: Overview) -> Mrkdwn:
    plan = plan_of(route)
    told = _conditions(plan.conditions, overview) or [escape(say("every alert"))]
    return say.mrkdwn(
        "{place} {conditions}\nto {channel}, mentioning {whom}",
        place=bold(f"{route.place}."),
        conditions=Mrkdwn(" · ".join(told)),
        channel=_where(route.channel_id, route.stopped_because) or say("the survey's own channel"),
        whom=_whom(plan.mention),
    )


def _conditions(conditions: Conditions, overview: Overview) -> list[Mrkdwn]:
    told = []
    if conditions.survey_id is not None:
        told.append(bold(overview.survey_names.get(conditions.survey_id, "?")))
    if conditions.categories:
        told.append(escape(", ".join(label for each, label in CATEGORIES.items() if each in conditions.categories)))
    if conditions.highest_score is not None:
        told.append(_scores(conditions.highest_score))
    if conditions.segment is not None:
        told.append(say.mrkdwn("segment {name}", name=isolated(conditions.segment)))
    if conditions.owner_id is not None:
        told.append(say.mrkdwn("accounts of {owner}", owner=_owner(conditions.owner_id)))
    if conditions.arr_from is not None:
        told.append(_arr(conditions.arr_from, overview.currency))
    if conditions.hours is not None:
        told.append(escape(say(HOURS[conditions.hours])))
    return told


def _scores(highest: int) -> Mrkdwn:
    text = "score 0" if highest == 0 else "scores 0 to {highest}"
    return say.mrkdwn(text, highest=min(highest, HIGHEST))


def _owner(owner_id: str) -> str:
    return say("a former colleague") if owner_id == FORMER else mention(owner_id)


def _arr(arr_from: int, currency: str | None) -> Mrkdwn:
    amount = format_decimal(arr_from, locale="en")
    return say.mrkdwn("ARR from {amount}", amount=f"{amount} {currency}" if currency else amount)


def _whom(wanted: Mention) -> str:
    if _is_named(wanted):
        return mention(wanted.target) if wanted.target else say(WHOM[Mentions.OWNER])
    return say(WHOM[wanted.kind])


def _is_named(wanted: Mention) -> bool:
    return wanted.kind in (Mentions.COLLEAGUE, Mentions.GROUP)


def _where(channel_id: str | None, stopped_because: str | None) -> Mrkdwn | None:
    if channel_id is None:
        return None
    place = channel(channel_id)
    if stopped_because is None:
        return place
    return say.mrkdwn("{channel} (stopped since it is shared with another company)", channel=place)


def _higher(overview: Overview) -> Block:
    place = _where(overview.escalation_channel_id, overview.escalation_stopped_because)
    text = say.mrkdwn(
        "When nobody has replied for a working day, I say so in {place}.",
        place=place or say("the channel where the alert is"),
    )
    return section(text, button(say("Change"), wire.EDIT_ESCALATION, "escalation"))


def _menu(route: Route) -> Element:
    return overflow(wire.ROUTE_MENU, [(f"{act}:{route.id}", say(label)) for act, label in LABELS.items()])


def _sample(route: Route) -> int:
    """A score that the route is for."""
    by_category = {Category.DETRACTOR: 3, Category.PASSIVE: 7, Category.PROMOTER: 9}
    scores = [score for each, score in by_category.items() if each in route.categories] or [3]
    return scores[0] if route.highest_score is None else min(scores[0], route.highest_score)
