"""The modal of a route: which answers it is for, where their alerts go, and whom they mention."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.rules.routes import FORMER, Conditions, Hours, Mention, Mentions
from bot.rules.scoring import Category
from bot.services.routes import Plan
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    Block,
    View,
    boxes,
    channel_menu,
    choices,
    context,
    divider,
    menu,
    modal,
    person_menu,
    tick,
    typed,
)
from bot.slack.blocks.kit import field as input_field
from bot.slack.blocks.staff import UserGroup
from bot.texts import speaker

ANY, SEGMENT = "any", "="  # before a segment, so that none is taken for "any"
MOST_OPTIONS, LONGEST_SEGMENT, LONGEST_AMOUNT = 99, 149, 20
say = speaker("en")
CATEGORIES = {
    Category.DETRACTOR: "Detractors, 0 to 6",
    Category.PASSIVE: "Passives, 7 and 8",
    Category.PROMOTER: "Promoters, 9 and 10",
}
HOURS = {ANY: "At any time", Hours.OFF: "Only outside working hours", Hours.WORKING: "Only within working hours"}
MENTIONS = {
    Mentions.OWNER: "The account's owner, else whoever asked",
    Mentions.ASKER: "Whoever asked",
    Mentions.COLLEAGUE: "The colleague chosen below",
    Mentions.GROUP: "The user group chosen below",
    Mentions.NOBODY: "Nobody",
}


@dataclass(frozen=True)
class Draft:
    """What the modal shows. `route_id` None: a new one; `groups` None: we may not see them."""

    route_id: int | None = None
    plan: Plan = field(default_factory=Plan)
    channel_id: str | None = None
    surveys: Sequence[tuple[int, str]] = ()
    segments: Sequence[str] = ()
    groups: Sequence[UserGroup] | None = None


def route_modal(draft: Draft, *, response_url: str | None) -> View:
    return modal(
        say("Add a route") if draft.route_id is None else say("Edit route"),
        [
            context(
                say.mrkdwn("*Which answers.* All that you say here must hold; what is left empty does not matter.")
            ),
            *_conditions(draft),
            divider(),
            context(say.mrkdwn("*Where their alerts go, and whom they mention.*")),
            _channel(draft.channel_id),
            *_mention(draft.plan.mention, draft.groups),
            *([] if draft.route_id is None else [_remove()]),
        ],
        callback_id=wire.ROUTE_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.RouteContext(draft.route_id, response_url)),
    )


def _conditions(draft: Draft) -> list[Block]:
    wanted = draft.plan.conditions
    return [
        _survey(wanted, draft.surveys),
        _categories(wanted),
        _highest_score(wanted),
        *_segment(wanted, draft.segments),
        _owner(wanted),
        _arr_from(wanted),
        _hours(wanted),
    ]


def _survey(wanted: Conditions, surveys: Sequence[tuple[int, str]]) -> Block:
    options = [(ANY, say("Any survey")), *((str(id_), name) for id_, name in surveys)]
    chosen = str(wanted.survey_id) if wanted.survey_id else ANY
    return input_field("survey", say("Survey"), menu(wire.VALUE, options, chosen=chosen))


def _categories(wanted: Conditions) -> Block:
    options = [(each.value, say(label)) for each, label in CATEGORIES.items()]
    hint = say(
        "None ticked: whatever alerts anyway, which is 0 to 6, not solved, or would like a reply. "
        "Tick passives or promoters, and they alert too."
    )
    element = boxes(wire.VALUE, options, chosen=[each.value for each in wanted.categories])
    return input_field("categories", say("Answers"), element, optional=True, hint=hint)


def _highest_score(wanted: Conditions) -> Block:
    text = None if wanted.highest_score is None else str(wanted.highest_score)
    return input_field("highest_score", say("Score at most"), typed(wire.VALUE, longest=2, text=text), optional=True)


def _segment(wanted: Conditions, segments: Sequence[str]) -> list[Block]:
    """A menu of those that accounts have, and of the one chosen; of too many to choose from, a line to type."""
    label, known = say("Segment of the account"), sorted({*segments, *filter(None, [wanted.segment])})
    if not known:
        return []
    if len(known) > MOST_OPTIONS or any(len(each) > LONGEST_SEGMENT for each in known):
        element = typed(wire.VALUE, longest=3000, text=wanted.segment)
        return [input_field("segment_typed", label, element, optional=True)]
    options = [(ANY, say("Any segment")), *((_chosen(each), each) for each in known)]
    chosen = _chosen(wanted.segment) if wanted.segment else ANY
    return [input_field("segment", label, menu(wire.VALUE, options, chosen=chosen))]


def _owner(wanted: Conditions) -> Block:
    is_former = wanted.owner_id == FORMER
    hint = say("This route is for accounts of a former colleague, so for none. Choose another, or remove it.")
    element = person_menu(wire.VALUE, chosen=None if is_former else wanted.owner_id)
    label = say("Owner of the account")
    return input_field("owner", label, element, optional=True, hint=hint if is_former else None)


def _chosen(segment: str) -> str:
    return f"{SEGMENT}{segment}"


def _arr_from(wanted: Conditions) -> Block:
    text = None if wanted.arr_from is None else str(wanted.arr_from)
    element = typed(wire.VALUE, longest=LONGEST_AMOUNT, text=text)
    hint = say("What the account pays a year. An account of which nobody knows it does not count.")
    return input_field("arr_from", say("ARR at or above"), element, optional=True, hint=hint)


def _hours(wanted: Conditions) -> Block:
    options = [(str(each), say(label)) for each, label in HOURS.items()]
    hint = say("When the answer came, by your team's working hours: /nps calendar")
    element = choices(wire.VALUE, options, chosen=wanted.hours or ANY)
    return input_field("hours", say("When"), element, hint=hint)


def _channel(channel_id: str | None) -> Block:
    element = channel_menu(wire.VALUE, chosen=channel_id, hint=say("Choose a channel"))
    hint = say("Left empty: the survey's own alert channel. Invite me there: /invite")
    return input_field("channel", say("Channel"), element, optional=True, hint=hint)


def _mention(wanted: Mention, groups: Sequence[UserGroup] | None) -> list[Block]:
    known = _groups(wanted, groups)
    offered = [(each.value, say(label)) for each, label in MENTIONS.items() if known or each is not Mentions.GROUP]
    colleague = wanted.target if wanted.kind is Mentions.COLLEAGUE else None
    return [
        input_field("mention", say("Mention"), menu(wire.VALUE, offered, chosen=wanted.kind)),
        input_field("colleague", say("Colleague"), person_menu(wire.VALUE, chosen=colleague), optional=True),
        *([_group(wanted, known)] if known else []),
    ]


def _group(wanted: Mention, known: Sequence[tuple[str, str]]) -> Block:
    chosen = wanted.target if wanted.kind is Mentions.GROUP else None
    return input_field("group", say("User group"), menu(wire.VALUE, known, chosen=chosen), optional=True)


def _groups(wanted: Mention, groups: Sequence[UserGroup] | None) -> list[tuple[str, str]]:
    """Of more than a menu can hold, and while we may see none, the one that was chosen stays."""
    known = {group.group_id: group.name for group in groups or ()}
    if wanted.kind is Mentions.GROUP and wanted.target:
        known = {wanted.target: known.get(wanted.target, say("The group chosen before"))} | known
    return list(known.items())[:MOST_OPTIONS]


def _remove() -> Block:
    box = tick(wire.VALUE, say("Take this route out. What waits for it goes by those that are left."))
    return input_field("remove", say("Remove"), box, optional=True)
