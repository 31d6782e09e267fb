"""`/nps accounts`: what renews soonest, how it is with whom, and how much revenue that is."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from bot.rules.health import State
from bot.rules.renewals import Due, Retention
from bot.rules.wanted import unquoted
from bot.services.account_lists import AccountList, Line
from bot.slack import wire
from bot.slack.blocks.account_health import MARKS, STATES, parts, state
from bot.slack.blocks.accounts import money
from bot.slack.blocks.kit import Block, Element, Message, button, context, menu, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape, isolated, mention, shorten

LONGEST_NAME, LONGEST_SOUGHT = 80, 200
EVERY, MINE = "all", "mine"
_STATES = {str(each): f"{MARKS[each]} {STATES[each]}" for each in State}
CHOICES: Mapping[str, str] = {EVERY: "All accounts", MINE: "Mine"} | _STATES
say = speaker("en")


def account_list(listed: AccountList) -> Message:
    """One page, and above it what renews within 90 days."""
    if not listed.known:
        return no_accounts()
    lead = Mrkdwn("\n".join([_title(listed), *_due(listed), *_retention(listed.retention)]))
    lines = [_line(each, listed) for each in listed.lines]
    blocks: list[Block] = [section(lead)]
    blocks += [section(told, open_button(each.account.name)) for told, each in zip(lines, listed.lines, strict=True)]
    return Message(Mrkdwn("\n".join([lead, *lines])), [*blocks, context(_small_print(listed))])


def no_accounts() -> Message:
    text = say.mrkdwn("No accounts fit, or none are known here. `nps-bot import` takes them over from a file.")
    return Message(text, [section(text)])


def which_menu(chosen: str) -> Element:
    """`chosen`: the word that was typed."""
    return menu(wire.PICK_REST, [(word, say(label)) for word, label in CHOICES.items()], chosen=chosen)


def open_button(name: str) -> Element:
    """Leads to the account's own page, by as much of its name as words beside a menu may be long."""
    aloud = say("Open {name}", name=name)
    return button(say("Open"), wire.SHOW_VIEW, f'account "{unquoted(name)[:LONGEST_SOUGHT]}"', aloud=aloud)


def renewal(on: date | None, today: date) -> Mrkdwn | None:
    if on is None:
        return None
    written, left = format_date(on, "d MMM y", locale="en"), (on - today).days
    if left < 0:
        return say.mrkdwn("renewed last on {on}", on=written)
    if not left:
        return say.mrkdwn("renews today")
    return say.mrkdwn("renews {on}, in {days}", on=written, days=say.many("{n} day", "{n} days", left))


def short_name(name: str) -> str:
    return isolated(shorten(name, LONGEST_NAME))


def _title(listed: AccountList) -> Mrkdwn:
    told = say.many("{n} account", "{n} accounts", listed.count)
    chosen = listed.which.state
    return bold(say("{accounts}, {state}", accounts=told, state=STATES[chosen]) if chosen else told)


def _due(listed: AccountList) -> list[Mrkdwn]:
    found = {state: due for state, due in listed.due.items() if due.accounts}
    if not found:
        return [say.mrkdwn("Nothing renews within 90 days.")]
    total = money(sum(each.arr for each in found.values()), listed.currency)
    split = " · ".join(_of_state(state, due, listed) for state, due in found.items())
    lead = say.mrkdwn("Renews within 90 days: {total} a year", total=total)
    return [lead, escape(split), say.mrkdwn("What is red, amber or unknown is exposed, not lost.")]


def _of_state(of: State, due: Due, listed: AccountList) -> str:
    amount = money(due.arr, listed.currency)
    accounts = say.many("{n} account", "{n} accounts", due.accounts)
    words = {"mark": MARKS[of], "state": STATES[of], "amount": amount, "accounts": accounts}
    told = say("{mark} {state} {amount} ({accounts})", **words)
    if not due.unpriced:
        return told
    return say("{told}, {n} of them without an amount", told=told, n=due.unpriced)


def _retention(found: Retention) -> list[Mrkdwn]:
    if found.net is None or found.gross is None:
        return []
    text = say.mrkdwn(
        "Revenue of a year ago that is here now: {net} with growth (NRR), {gross} without (GRR), from {accounts}",
        net=f"{100 * found.net:.1f}%",
        gross=f"{100 * found.gross:.1f}%",
        accounts=say.many("{n} account", "{n} accounts", found.accounts),
    )
    return [text]


def _line(line: Line, listed: AccountList) -> Mrkdwn:
    account, told = line.account, list[Mrkdwn]()
    if account.arr is not None:
        told.append(say.mrkdwn("{amount} a year", amount=money(account.arr, listed.currency)))
    told += [each for each in [renewal(account.renews_on, listed.today)] if each]
    told.append(mention(account.owner_id) if account.owner_id else say.mrkdwn("no owner"))
    head = Mrkdwn(f"{bold(short_name(account.name))} · {state(line.health)}")
    return Mrkdwn("\n".join(each for each in [head, Mrkdwn(" · ".join(told)), parts(line.health)] if each))


def _small_print(listed: AccountList) -> Mrkdwn:
    pages = [say("Page {page} of {pages}.", page=listed.which.page, pages=listed.pages)] if listed.pages > 1 else []
    order = say("The soonest month of renewal first; within a month red, unknown, amber, green.")
    window = say("States are of the last 180 days; owners, segments and accounts narrow the list.")
    return escape(" ".join([*pages, order, window]))
