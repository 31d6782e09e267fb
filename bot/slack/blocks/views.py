"""What stands under every answer to `/nps` that is a number: the menus which lead to the next one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.wanted import Filter, Wanted, unquoted
from bot.services.dimensions import Known
from bot.services.scopes import USUAL_DAYS, Scope
from bot.services.surveys import SurveyKind
from bot.slack import wire
from bot.slack.blocks.kit import (
    OPTION_LABEL,
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    channel_menu,
    channels_menu,
    context,
    field,
    menu,
    modal,
    overflow,
    people_menu,
    section,
    several,
    typed,
)
from bot.slack.contexts import ViewAct, ViewContext, pack
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, channel, escape, isolated, mention, shorten

MOST_OPTIONS, LONGEST_VALUE, LONGEST_SHOWN, LONGEST_ACCOUNTS = 100, 150, 40, 300
PERIODS = ("last 30 days", "last 90 days", "this quarter", "last quarter", "this year", "last 12 months")
NO_PERIOD = "-"
ACTS = {
    ViewAct.DETAILS: "Details",
    ViewAct.EXPLAIN: "What is this?",
    ViewAct.SHARE: "Share in a channel",
    ViewAct.EXPORT: "Export these answers",
}
NARROWING = ("survey", "segment", "owner", "account", "channel", "role")  # what the modal offers; the rest is kept
say = speaker("en")


@dataclass(frozen=True)
class Page:
    """
    What a view shows. `has_more`: there is another page. `menus`: of the view's own, at most one. `takes_period`:
    whether another time would show something else.
    """

    message: Message
    has_more: bool = False
    menus: Sequence[Element] = ()
    takes_period: bool = True


def about(scope: Scope, *, is_of_both_kinds: bool = False) -> Mrkdwn:
    """Of whom and from when, after a number: "relationship, this quarter, enterprise, accounts of @Bo"."""
    kinds = {SurveyKind.RELATIONAL: say("relationship"), SurveyKind.TRANSACTIONAL: say("after interactions")}
    shown = [each for each in scope.wanted.filters if each.dimension != "kind"]
    surveys = [escape(each.value) for each in shown if each.dimension == "survey"]
    told = surveys or ([] if is_of_both_kinds else [escape(kinds[scope.kind])])
    told += [escape(scope.wanted.period)] if scope.wanted.period else []
    return Mrkdwn(", ".join([*told, *(_filter(each) for each in shown if each.dimension != "survey")]))


def dated(scope: Scope) -> Mrkdwn:
    """The same, where without a period it is the last 90 days that count."""
    return (
        about(scope) if scope.period else say.mrkdwn("{about}, last {days} days", about=about(scope), days=USUAL_DAYS)
    )


def framed(page: Page, wanted: Wanted, *, views: Sequence[tuple[str, str]], acts: Sequence[ViewAct]) -> Message:
    """The page with its menus below. `views`: (word, label) of those to choose from."""
    return Message(page.message.text, [*page.message.blocks, *_pager(page, wanted), _menus(page, wanted, views, acts)])


def details_modal(told: Message) -> View:
    return modal(say("Details"), told.blocks, close=say("Close"))


def explained_modal(words: str) -> View:
    """`words`: paragraphs, with an empty line between."""
    blocks = [section(Mrkdwn(" ".join(each.split()))) for each in words.split("\n\n")]
    return modal(say("What is this?"), blocks, close=say("Close"))


def narrow_modal(wanted: Wanted, known: Known, *, response_url: str | None) -> View:
    """Every filter as a field; what the modal does not offer stays as it is."""
    metadata = pack(ViewContext(wanted.words, response_url))
    return modal(
        say("Filter"),
        list(_fields(wanted, known)),
        callback_id=wire.NARROW_MODAL,
        submit=say("Show"),
        close=say("Cancel"),
        metadata=metadata,
    )


def share_modal(shown: Message, wanted: Wanted, *, channel_id: str | None, response_url: str | None) -> View:
    """What others will see, before they do."""
    lead = say.mrkdwn("This is what everybody in the channel will see:")
    element = channel_menu(wire.VALUE, chosen=channel_id)
    return modal(
        say("Share in a channel"),
        [section(lead), *shown.blocks, field("channel", say("Channel"), element)],
        callback_id=wire.SHARE_MODAL,
        submit=say("Share"),
        close=say("Cancel"),
        metadata=pack(ViewContext(wanted.words, response_url)),
    )


def shared(shown: Message, *, by: str) -> Message:
    """As it stands in the channel."""
    signed = say.mrkdwn("Shared by {person} from `/nps`", person=mention(by))
    return Message(Mrkdwn(f"{shown.text}\n{signed}"), [*shown.blocks, context(signed)])


def shared_there(channel_id: str) -> Message:
    text = say.mrkdwn("Shared in {channel}.", channel=channel(channel_id))
    return Message(text, [section(text)])


def is_offered(value: str) -> bool:
    """Whether a menu of Slack's can hold it."""
    return len(value) <= LONGEST_VALUE


def _filter(it: Filter) -> Mrkdwn:
    if it.user_id:
        whose = say.mrkdwn("accounts of {person}", person=mention(it.user_id))
        return whose if it.dimension == "owner" else say.mrkdwn("asked by {person}", person=mention(it.user_id))
    if it.channel_id:
        return say.mrkdwn("asked in {channel}", channel=channel(it.channel_id))
    return escape(isolated(shorten(it.value, LONGEST_SHOWN)))


def _pager(page: Page, wanted: Wanted) -> list[Block]:
    turns = [button(say("Back"), wire.TURN_PAGE, str(wanted.page - 1))] if wanted.page > 1 else []
    turns += [button(say("More"), wire.TURN_PAGE, str(wanted.page + 1))] if page.has_more else []
    unique = [{**each, "action_id": f"{wire.TURN_PAGE}_{n}"} for n, each in enumerate(turns)]
    return [actions(*unique, block_id=f"{wire.PAGER}{wanted.words}")] if turns else []


def _menus(page: Page, wanted: Wanted, views: Sequence[tuple[str, str]], acts: Sequence[ViewAct]) -> Block:
    view = menu(wire.PICK_VIEW, views, chosen=wanted.view, hint=say("View"))
    narrow = button(_filter_label(wanted), wire.NARROW, "filter")
    periods = [_periods(wanted)] if page.takes_period else []
    return actions(view, *periods, *page.menus, narrow, *_more(acts), block_id=wanted.words)


def _more(acts: Sequence[ViewAct]) -> list[Element]:
    """Slack opens no menu for one thing alone."""
    if len(acts) == 1:
        return [button(say(ACTS[acts[0]]), wire.MORE_VIEW, acts[0])]
    return [overflow(wire.MORE_VIEW, [(act, say(ACTS[act])) for act in acts])] if acts else []


def _filter_label(wanted: Wanted) -> str:
    count = len(wanted.filters)
    return say("Filter ({n})", n=count) if count else say("Filter")


def _periods(wanted: Wanted) -> Element:
    usual = [(NO_PERIOD, say("Latest"))] if wanted.period else []
    typed_in = [wanted.period] if wanted.period and wanted.period not in PERIODS else []
    options = [*usual, *((each, each) for each in [*typed_in, *PERIODS])]
    return menu(wire.PICK_PERIOD, options, chosen=wanted.period, hint=say("Period"))


def _fields(wanted: Wanted, known: Known) -> Sequence[Block]:
    chosen = {name: [each.value for each in wanted.filters if each.dimension == name] for name in NARROWING}
    people = [each.user_id for each in wanted.filters if each.dimension == "owner" and each.user_id]
    places = [each.channel_id for each in wanted.filters if each.dimension == "channel" and each.channel_id]
    names = ", ".join(f'"{unquoted(each)}"' if "," in each else each for each in chosen["account"])
    account = typed(wire.VALUE, longest=LONGEST_ACCOUNTS, text=names, hint=say("Names, with commas between"))
    return [
        *_several("survey", say("Survey"), [each.name for each in known.surveys], chosen["survey"]),
        *_several("segment", say("Segment"), known.segments, chosen["segment"]),
        *_several("role", say("Role"), known.roles, chosen["role"]),
        field("owner", say("Accounts of"), people_menu(wire.VALUE, chosen=people), optional=True),
        field("account", say("Accounts"), account, optional=True),
        field("channel", say("Asked in"), channels_menu(wire.VALUE, chosen=places), optional=True),
    ]


def _several(name: str, label: str, values: Sequence[str], chosen: Sequence[str]) -> list[Block]:
    """What was chosen is always among it: a menu that cannot show it would take it away."""
    fitting = [each for each in dict.fromkeys([*chosen, *values]) if is_offered(each)][:MOST_OPTIONS]
    options = [(each, shorten(each, OPTION_LABEL)) for each in sorted(fitting, key=str.casefold)]
    return [field(name, label, several(wire.VALUE, options, chosen=chosen), optional=True)] if options else []
