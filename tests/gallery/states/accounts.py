"""Accounts by renewal, one account's page, and who is silent: with few answers and many, odd names, nothing known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.cli.sample_facts import COMMENT, URL, follow_up, response
from bot.rules.health import Health, Outcomes, Signs, State, health
from bot.rules.recontact import Because
from bot.rules.renewals import Due, Retention
from bot.rules.scoring import Tally
from bot.rules.wanted import Wanted
from bot.services.account_lists import AccountList, Line, Listed, Which
from bot.services.account_reports import AccountReport, Found, Person, Said
from bot.services.silent_accounts import Line as SilentLine
from bot.services.silent_accounts import SilentAccount, SilentAccounts, SilentPeople, SilentPerson
from bot.slack.blocks.account_lists import MINE, account_list, no_accounts, which_menu
from bot.slack.blocks.account_reports import account_menu, account_page, no_name, which_account
from bot.slack.blocks.kit import Element, Message
from bot.slack.blocks.silent_accounts import ACCOUNTS, silent_accounts, silent_menu, silent_people
from bot.slack.blocks.views import Page, framed
from bot.slack.contexts import ViewAct
from storage.models import Account, Contact
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.people import COMMENTS, LONG_COMMENT, NAMES

TODAY = NOW.date()
BO, CY = "U0BO", "U0CY"
ANSWERS: Mapping[int, Tally] = {
    0: Tally(),
    1: Tally(0, 0, 1),
    9: Tally(4, 3, 2),
    10: Tally(6, 2, 2),
    29: Tally(15, 9, 5),
    30: Tally(15, 9, 6),
    100: Tally(58, 29, 13),
    100_000: Tally(52_000, 27_000, 21_000),
}
STATES = {
    State.RED: Signs(people=Tally(0, 1, 4), asked=3, answered=1, unhappy_waiting=1),
    State.UNKNOWN: Signs(arr=9, arr_before=9),
    State.AMBER: Signs(Outcomes(2, 2), Tally(1, 1, 1), Tally(0, 0, 1), 48_000, 48_000, 3, 2),
    State.GREEN: Signs(Outcomes(9), Tally(9, 1, 0), arr=10, arr_before=9, asked=3, answered=3),
}


def states() -> States:
    yield from _lists()
    yield from _pages()
    yield from _silent()


def _lists() -> States:
    yield "accounts-none", Whisper(no_accounts())
    menu = which_menu(MINE)
    yield "accounts-10", _framed(account_list(_listed(10, of=23)), "accounts", [menu], has_more=True)
    yield "accounts-10-narrow", Narrow(account_list(_listed(10, of=23)))
    yield "accounts-10000", Whisper(account_list(_listed(10, of=10_000)))
    alone = replace(_listed(1, of=1), due={State.UNKNOWN: Due(1, 0, 1)}, retention=Retention(), currency=None)
    yield "accounts-1", Whisper(account_list(alone))
    yield "accounts-nothing-due", Whisper(account_list(replace(_listed(2, of=2), due={}, which=Which(state=State.RED))))
    odd = [Line(_account(number, name), health(Signs())) for number, name in enumerate(NAMES.values())]
    yield "accounts-odd-names", Whisper(account_list(replace(_listed(0, of=5), lines=odd)))


def _framed(message: Message, view: str, menus: Sequence[Element], *, has_more: bool = False) -> Whisper:
    """With its menus, as it is really seen."""
    offered = [("score", "Score"), ("accounts", "Accounts"), ("silent", "Silent")]
    return Whisper(framed(Page(message, has_more, menus), Wanted(view), views=offered, acts=[ViewAct.EXPLAIN]))


def _pages() -> States:
    for count, answers in ANSWERS.items():
        shown = replace(STATES[State.GREEN], people=answers, outcomes=Outcomes(yes=count))
        yield f"account-{count}-answers", Whisper(account_page(_page(shown, count=count), workspace_url=URL))
    for state, signs in STATES.items():
        shown = replace(_page(signs, count=3), has_confidential=state is State.AMBER)
        yield f"account-{state}", Whisper(account_page(shown, workspace_url=URL))
    yield "account-narrow", Narrow(account_page(_page(STATES[State.AMBER], count=3), workspace_url=URL))
    yield "account-odd-names", Whisper(account_page(_odd(), workspace_url=URL))
    yield "account-no-name", Whisper(no_name())
    several = Found([(1, "Acme Inc"), (2, NAMES["long-name"])], 12)
    choice = account_menu(several)
    yield "account-several", _framed(which_account(several, "acme"), "score", [choice] if choice else [])
    yield "account-nearest", Whisper(which_account(Found(nearest=["Acme Inc"]), "Acne"))
    yield "account-nobody", Whisper(which_account(Found(), "Xylophone"))


def _silent() -> States:
    accounts = [SilentAccount(n, name, (BO, None)[n % 2], 90_000 - n, None) for n, name in enumerate(NAMES.values())]
    known = [(4, 0, 3), (2, 2, 0), (3, 0, 0), (0, 0, 0), (1, 0, 1)]
    lines = [SilentLine(each, *facts) for each, facts in zip(accounts, known, strict=True)]
    some = SilentAccounts(lines, 1, 80, 12, 1_250_000, confided=2, currency="EUR", has_confidential=True)
    yield "silent-accounts", _framed(silent_accounts(some), "silent", [silent_menu(ACCOUNTS)], has_more=True)
    yield "silent-accounts-none", Whisper(silent_accounts(SilentAccounts((), 1, 80, 0, 0)))
    yield "silent-accounts-unknown", Whisper(silent_accounts(SilentAccounts((), 1, 0, 0, 0)))
    people = [
        SilentPerson(n, name, "Beta GmbH", BO, 9, n % 3, NOW if n % 3 else None)
        for n, name in enumerate(NAMES.values())
    ]
    people[0] = replace(people[0], because=Because.INCIDENT)
    found = SilentPeople(people, 1, 400, 7, 3, 250, 190, 40, has_confidential=True)
    yield "silent-people", Whisper(silent_people(found))
    yield "silent-people-none", Whisper(silent_people(SilentPeople((), 1, 4, 0, 0, 4, 0, 0)))
    yield "silent-people-unknown", Whisper(silent_people(SilentPeople((), 1, 0, 0, 0, 0, 0, 0)))


def _listed(shown: int, *, of: int) -> AccountList:
    kinds = [health(signs) for signs in STATES.values()]
    lines = [Line(_account(number, f"Account {number}"), kinds[number % 4]) for number in range(shown)]
    due = {
        State.RED: Due(2, 84_000),
        State.UNKNOWN: Due(1, 0, 1),
        State.AMBER: Due(3, 120_500),
        State.GREEN: Due(9, 700_000),
    }
    return AccountList(Which(), lines, of, of, TODAY, due, Retention(9, 1000, 120, 30, 50), "EUR")


def _account(number: int, name: str) -> Listed:
    on: tuple[date | None, ...] = (TODAY, TODAY + timedelta(days=9 * number), TODAY - timedelta(days=40), None)
    return Listed(number, name, "Enterprise", (BO, CY, None)[number % 3], 12_000 * number or None, on[number % 4])


def _page(signs: Signs, *, count: int, name: str = "Beta GmbH") -> AccountReport:
    account = Account(id=1, workspace_id="T0", name=name, segment="Enterprise", owner_id=BO, arr=120_000,
                      renews_on=TODAY + timedelta(days=45), created_at=NOW)  # fmt: skip
    people = [_person(number) for number in range(min(count, 10))]
    said = [
        Said(response(NOW, score=3 + number), people[number].contact, "relationship") for number in range(min(count, 5))
    ]
    followed = [
        replace(each, follow_up=follow_up(NOW, state))
        for each, state in zip(said, ("open", "claimed", "resolved"), strict=False)
    ]
    found: Health = health(signs)
    return AccountReport(
        account, found, signs, TODAY, people, count, said, count, followed, min(count, 2), max(0, count - 2), "EUR"
    )


def _person(number: int, name: str | None = None) -> Person:
    contact = Contact(
        id=number,
        workspace_id="T0",
        user_id=f"U{number}",
        name=name or f"Person {number}",
        first_seen_at=NOW,
        role=("VP Operations", None)[number % 2],
        is_decision_maker=number == 0,
        opted_out_at=NOW if number == 3 else None,
    )
    scores = [response(NOW, score=score) for score in ((4, 8, 9), (7,), ())[number % 3]]
    return Person(contact, scores)


def _odd() -> AccountReport:
    people = [_person(number, name) for number, name in enumerate(NAMES.values())]
    words = [LONG_COMMENT, COMMENTS["hebrew"], COMMENTS["arabic"], COMMENT, None]
    said = [
        Said(response(NOW, comment=comment), person.contact, "support")
        for comment, person in zip(words, people, strict=True)
    ]
    page = _page(STATES[State.RED], count=5, name=NAMES["long-name"])
    return replace(page, people=people, answers=said, people_count=40)
