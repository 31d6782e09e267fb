"""The modal of a schedule: how often, whom, how many a day; and, before it starts, who would be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.rules.cadence import Cadence, CheckIn
from bot.services.audiences import Offer
from bot.services.rounds import Outlook
from bot.services.schedules import Proposal
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    OPTION_LABEL,
    Block,
    Element,
    View,
    actions,
    button,
    choices,
    context,
    divider,
    modal,
    plain,
    section,
    tick,
    typed,
)
from bot.slack.blocks.kit import field as input_field
from bot.slack.blocks.outlooks import outlook_panel
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, shorten
from storage.models import Survey

MOST_OPTIONS, LONGEST_VALUE, LONGEST_LIST = 100, 150, 3000
OVER_AND_OVER, ONCE = "over_and_over", "once"
USUAL_DAY = 14
say = speaker("en")


@dataclass(frozen=True)
class Draft:
    """What the modal shows. `outlook` None: nobody has asked for a preview; `no`: why there can be none."""

    survey: Survey
    proposal: Proposal
    offer: Offer = field(default_factory=Offer)
    groups: Sequence[tuple[str, str]] = ()
    is_started: bool = False
    outlook: Outlook | None = None
    unknown: int = 0
    no: Mrkdwn | None = None


def schedule_modal(draft: Draft, *, response_url: str | None) -> View:
    audience, offer = draft.proposal.audience, draft.offer
    accounts = [(str(id_), name) for id_, name in offer.accounts]
    blocks = [
        *_rhythm(draft.proposal),
        divider(),
        context(say.mrkdwn("*Whom.* Channels and groups are joined; everything below them narrows that down.")),
        _channels(audience.channels),
        *_several("groups", say("User groups"), draft.groups, audience.groups),
        *_several("accounts", say("Accounts"), accounts, [str(each) for each in audience.accounts]),
        *_several("segments", say("Segments"), _plain(offer.segments), audience.segments),
        *_several("roles", say("Roles"), _plain(offer.roles), audience.roles),
        _decision_makers(ticked=audience.is_decision_makers_only),
        _properties(draft.proposal),
        divider(),
        actions(button(say("Preview"), wire.PREVIEW_SCHEDULE, str(draft.survey.id)), block_id="preview"),
        *_panel(draft),
    ]
    return modal(
        say("Schedule"),
        blocks,
        callback_id=wire.SCHEDULE_MODAL,
        submit=say("Save") if draft.is_started else say("Start"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.ScheduleContext(draft.survey.id, response_url)),
    )


def _panel(draft: Draft) -> list[Block]:
    if draft.no is not None:
        return [section(draft.no)]
    if draft.outlook is None:
        return [context(say.mrkdwn("The preview shows who would be asked in the next two weeks, and who not."))]
    return outlook_panel(draft.outlook, unknown=draft.unknown)


def _rhythm(proposal: Proposal) -> list[Block]:
    rhythm = proposal.rhythm
    days = rhythm.every_days if isinstance(rhythm, Cadence) else Cadence().every_days
    day = rhythm.day if isinstance(rhythm, CheckIn) else USUAL_DAY
    kinds = [(OVER_AND_OVER, say("Over and over")), (ONCE, say("Once, as a check-in"))]
    chosen = OVER_AND_OVER if isinstance(rhythm, Cadence) else ONCE
    hint = say("Counted from each person's own last question, so that every day a few are asked.")
    start = say("Counted from the start of their account, or from when they were first seen.")
    return [
        input_field("rhythm", say("How often"), choices(wire.VALUE, kinds, chosen=chosen)),
        input_field("every_days", say("Over and over: every … days"), _number(days), hint=hint),
        input_field("check_in_day", say("Check-in: on day …"), _number(day), hint=start),
        input_field(
            "most_a_day", say("At most so many a day"), _number(rhythm.most_a_day), hint=say("Five on the first.")
        ),
    ]


def _number(number: int) -> Element:
    return typed(wire.VALUE, longest=3, text=str(number))


def _channels(chosen: Sequence[str]) -> Block:
    element: Element = {
        "type": "multi_conversations_select",
        "action_id": wire.VALUE,
        "filter": {"include": ["public", "private"]},
    }
    element |= {"initial_conversations": list(chosen)} if chosen else {}
    hint = say("Their members who are customers. I have to be in them. Left empty: everybody I know.")
    return input_field("channels", say("Members of channels"), element, optional=True, hint=hint)


def _several(block_id: str, label: str, options: Sequence[tuple[str, str]], chosen: Sequence[str]) -> list[Block]:
    """A menu as long as Slack takes one, else lines to type; nothing where there is nothing to choose."""
    if not options:
        return []
    if len(options) > MOST_OPTIONS or any(len(value) > LONGEST_VALUE for value, _ in options):
        names = dict(options)
        lines = "\n".join(names[each] for each in chosen if each in names)
        element = typed(wire.VALUE, longest=LONGEST_LIST, text=lines or None, lines=True)
        return [input_field(f"{block_id}_typed", label, element, optional=True, hint=say("One a line."))]
    offered = {value: {"text": plain(shorten(name, OPTION_LABEL)), "value": value} for value, name in options}
    first = [offered[each] for each in chosen if each in offered]
    element = {"type": "multi_static_select", "action_id": wire.VALUE, "options": list(offered.values())}
    element |= {"initial_options": first} if first else {}
    return [input_field(block_id, label, element, optional=True)]


def _decision_makers(*, ticked: bool) -> Block:
    element = tick(wire.VALUE, say("Only decision makers"), ticked=ticked)
    return input_field("decision_makers", say("Decision makers"), element, optional=True)


def _properties(proposal: Proposal) -> Block:
    lines = "\n".join(f"{key}={value}" for key, value in proposal.audience.properties.items())
    element = typed(wire.VALUE, longest=LONGEST_LIST, text=lines or None, lines=True)
    hint = say("One a line, as name=value. All of them must fit.")
    return input_field("properties", say("Properties"), element, optional=True, hint=hint)


def _plain(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
