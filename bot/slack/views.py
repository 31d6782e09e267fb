"""
Views: what `/nps` can show of the answers, by the word that asks for it; each drawn of a scope, and framed by menus.

A view is words: those beside its menus are what somebody would type to see it, and a menu changes them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from bot.errors import NotUnderstood
from bot.rules.periods import NoPeriod
from bot.rules.permissions import Permission
from bot.rules.versus import apart
from bot.rules.wanted import Wanted, read, tokens
from bot.services import calendars, scopes
from bot.services.dimensions import Asker
from bot.services.scopes import Scope
from bot.slack import (
    account_views,
    answer_views,
    benchmark_views,
    breakdown_views,
    comment_views,
    comparison_views,
    coverage_views,
    score_views,
    trend_views,
)
from bot.slack.blocks import explanations
from bot.slack.blocks.kit import Message
from bot.slack.blocks.views import Page, framed
from bot.slack.contexts import ViewAct
from bot.slack.middleware import Desk

Draw = Callable[[Desk, Scope], Awaitable[Page]]
Tell = Callable[[Desk, Scope], Awaitable[Message]]


@dataclass(frozen=True)
class View:
    """
    One of them. `own`: how many bare words are its own, None: all; `takes_count`: one, where it is a number; `choices`:
    those there are, where they are but a few. `details`: the figures behind what is shown; `public`: what
    others may see, without anybody's name or words; None where there is no such thing. `explained`: what it means.
    `is_listed`: whether the menu offers it. `is_of_answers`: whether its answers can be had in a file.
    """

    label: str
    draw: Draw
    own: int | None = 0
    takes_count: bool = False
    choices: Sequence[str] = ()
    details: Tell | None = None
    public: Tell | None = None
    explained: str = ""
    is_listed: bool = True
    is_of_answers: bool = True


VIEWS: Mapping[str, View] = {
    "score": View(
        "Score",
        score_views.score,
        details=score_views.score_details,
        public=score_views.score_public,
        explained=explanations.SCORE,
    ),
    "trend": View(
        "Trend",
        trend_views.trend,
        details=trend_views.trend_details,
        public=trend_views.trend_public,
        explained=explanations.TREND,
    ),
    "reasons": View("Reasons", comment_views.why, explained=explanations.REASONS),
    "comments": View("Comments", comment_views.written, own=None, explained=explanations.COMMENTS),
    "compare": View(
        "Compare …",
        comparison_views.compare,
        own=None,
        details=comparison_views.compare_details,
        public=comparison_views.compare_public,
        explained=explanations.COMPARE,
        is_of_answers=False,
    ),
    "coverage": View(
        "Who was asked",
        coverage_views.coverage,
        public=coverage_views.coverage_public,
        explained=explanations.COVERAGE,
    ),
    "by": View(
        "By segment …",
        breakdown_views.by,
        own=1,
        public=breakdown_views.by_public,
        explained=explanations.BY,
    ),
    "detractors": View("Detractors", answer_views.detractors, takes_count=True),
    "passives": View("Passives", answer_views.passives, takes_count=True, is_listed=False),
    "promoters": View("Promoters", answer_views.promoters, takes_count=True),
    "benchmarks": View(
        "Scores of others", benchmark_views.benchmarks, explained=explanations.BENCHMARKS, is_of_answers=False
    ),
    "accounts": View(
        "Accounts",
        account_views.accounts,
        own=2,
        choices=tuple(account_views.CHOICES),
        explained=explanations.ACCOUNTS,
        is_of_answers=False,
    ),
    "account": View(
        "Account",
        account_views.account,
        own=None,
        explained=explanations.ACCOUNTS,
        is_listed=False,
        is_of_answers=False,
    ),
    "silent": View(
        "Silent",
        account_views.silent,
        own=1,
        choices=tuple(account_views.SILENT_CHOICES),
        explained=explanations.SILENT,
        is_of_answers=False,
    ),
}
RAW = ("compare",)
FREE = tuple(word for word, view in VIEWS.items() if view.own is None)


async def drawn(desk: Desk, wanted: Wanted) -> Message:
    """What somebody wants to see, with its menus. Raises NotUnderstood, NotAllowed and TooMuchWanted."""
    await desk.require(Permission.READ)
    view, scope = VIEWS[wanted.view], await scope_of(desk, wanted)
    page = await view.draw(desk, scope)
    offered = [(word, each.label) for word, each in VIEWS.items() if each.is_listed]
    return framed(page, scope.wanted, views=offered, acts=_acts(view))


async def details(desk: Desk, wanted: Wanted) -> Message:
    """The figures behind it. Raises NotUnderstood for a view that has none."""
    tell = VIEWS[wanted.view].details
    if tell is None:
        raise NotUnderstood(wanted.view)
    return await tell(desk, await scope_of(desk, wanted))


async def public(desk: Desk, wanted: Wanted) -> Message:
    """What others may see of it. Raises NotUnderstood for what is for one person's eyes: words, another's numbers."""
    tell = VIEWS[wanted.view].public
    if tell is None:
        raise NotUnderstood(wanted.view)
    scope = await scope_of(desk, wanted)
    if scope.is_about_others(desk.user_id):
        raise NotUnderstood(scope.wanted.words)
    return await tell(desk, scope)


def explained(wanted: Wanted) -> str:
    return VIEWS[wanted.view].explained


async def scope_of(desk: Desk, wanted: Wanted) -> Scope:
    """Raises NotUnderstood and TooMuchWanted."""
    asker, view = Asker(desk.workspace_id, desk.user_id, wanted.view), VIEWS[wanted.view]
    if view.choices:
        wanted = replace(wanted, rest=tuple(sorted(wanted.rest, key=lambda word: not _is_choice(view, word))))
    try:
        async with desk.reading() as tx:
            return await scopes.resolve(tx, asker, wanted, own=_own(view, wanted), now=desk.now)
    except NotUnderstood as puzzled:
        near = get_close_matches(puzzled.word.lower(), view.choices, n=1)
        raise NotUnderstood(puzzled.word, f"{wanted.view} {near[0]}" if near else puzzled.nearest) from None


async def understood(desk: Desk, text: str) -> Wanted:
    """The words after `/nps`, or those beside a menu. Raises NotUnderstood."""
    async with desk.reading() as tx:
        zone = await calendars.zone_of_team(tx, desk.workspace_id)
    words, today = tokens(text), desk.now.astimezone(zone).date()
    try:
        wanted = read(words, views=VIEWS, free=FREE, raw=RAW, today=today)
        return _apart(wanted, today) if wanted.view in RAW else wanted
    except NoPeriod as refused:
        before = words[: refused.at]
        raise NotUnderstood(" ".join(words[refused.at :]), " ".join([*before, *str(refused).split()])) from None


def elsewhere(wanted: Wanted, view: str) -> Wanted:
    """Another view of the same people and time."""
    return replace(wanted, view=view, rest=(), page=1, is_raw=False) if view in VIEWS else wanted


def _apart(wanted: Wanted, today: date) -> Wanted:
    """Words of two sides that are none are left for the view to refuse."""
    try:
        return apart(wanted, today=today)
    except NoPeriod:
        return wanted


def _is_choice(view: View, word: str) -> bool:
    return word.lower() in view.choices


def _own(view: View, wanted: Wanted) -> int | None:
    is_number = view.takes_count and bool(wanted.rest) and wanted.rest[0].isdecimal()
    if view.choices:
        return sum(_is_choice(view, word) for word in wanted.rest)
    return 1 if is_number else view.own


def _acts(view: View) -> list[ViewAct]:
    offered = {
        ViewAct.EXPORT: view.is_of_answers,
        ViewAct.DETAILS: view.details is not None,
        ViewAct.EXPLAIN: bool(view.explained),
        ViewAct.SHARE: view.public is not None,
    }
    return [act for act, is_offered in offered.items() if is_offered]
