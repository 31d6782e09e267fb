"""
Home: for everybody what this is and what is kept about them; for colleagues the number, what was said last, and their
own work; for managers the surveys; for admins how the bot is.

A Home tab holds a hundred blocks, so each part has its share, and what does not fit has a page or a command.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.comments import Comment
from bot.services.first_steps import FirstSteps
from bot.services.reports import Report
from bot.services.trends import Trend
from bot.services.upcoming import Upcoming
from bot.services.upkeep import Upkeep
from bot.services.worklists import Worklist
from bot.slack import wire
from bot.slack.blocks.comments import last_comments
from bot.slack.blocks.first_steps import step_blocks
from bot.slack.blocks.kit import Block, View, actions, button, context, divider, header, home_tab
from bot.slack.blocks.privacy import OwnPage, about_you
from bot.slack.blocks.reports import overview
from bot.slack.blocks.surveys import survey_list
from bot.slack.blocks.trends import small_trend
from bot.slack.blocks.upcoming import upcoming_block
from bot.slack.blocks.upkeep import upkeep_blocks
from bot.slack.blocks.worklists import follow_up_lines
from bot.texts import speaker
from storage.models import Survey

SURVEYS_A_PAGE, SHOWN_FOLLOW_UPS = 10, 5
say = speaker("en")


@dataclass(frozen=True)
class Managed:
    """What a manager looks after."""

    surveys: Sequence[Survey]
    managers: Sequence[str]
    page: int = 1


@dataclass(frozen=True)
class Cared:
    """What an admin looks after. `missing`: scopes that would switch something on."""

    upkeep: Upkeep
    missing: Collection[str] = ()


@dataclass(frozen=True)
class Work:
    """What a colleague reads beside the number every day: the trend, the last comments, what is theirs to do."""

    mine: Worklist
    upcoming: Upcoming
    now: datetime
    comments: Sequence[Comment] = ()
    trend: Trend | None = None
    picture: Block | None = None  # of the trend, where one was uploaded


@dataclass(frozen=True)
class HomeFacts:
    """What one person may see; None is left out. `own`: what everybody sees."""

    own: OwnPage
    workspace_url: str = ""
    steps: FirstSteps | None = None
    report: Report | None = None
    work: Work | None = None
    managed: Managed | None = None
    cared: Cared | None = None


def home(facts: HomeFacts) -> View:
    if facts.report is None or facts.work is None:
        return home_tab(about_you(facts.own))
    blocks = [
        *_first_steps(facts.steps),
        *_score(facts.report, facts.work, facts.workspace_url),
        *_said(facts.work, facts.workspace_url),
        *_mine(facts.work, facts.workspace_url),
        *_managed(facts.managed, facts.own.company),
        *([*upkeep_blocks(facts.cared.upkeep, missing=facts.cared.missing), divider()] if facts.cared else []),
        *about_you(facts.own),
    ]
    return home_tab(blocks)


def _first_steps(steps: FirstSteps | None) -> list[Block]:
    if steps is None:
        return []
    return [header(say("Three steps, and you are live")), *step_blocks(steps), divider()]


def _score(report: Report, work: Work, workspace_url: str) -> list[Block]:
    ask = button(say("Ask somebody"), wire.ASK_SOMEBODY, "ask")
    rehearse = button(say("Rehearse on myself"), wire.REHEARSE, "rehearse")
    told = overview(report, workspace_url=workspace_url)
    title = header(say("What customers say"))
    return [title, *told.blocks, *_trend(work), upcoming_block(work.upcoming), actions(ask, rehearse), divider()]


def _trend(work: Work) -> list[Block]:
    line = small_trend(work.trend) if work.trend else None
    return [*([context(line)] if line else []), *([work.picture] if work.picture else [])]


def _said(work: Work, workspace_url: str) -> list[Block]:
    if not work.comments:
        return []
    return [header(say("Said last")), *last_comments(work.comments, workspace_url), divider()]


def _mine(work: Work, workspace_url: str) -> list[Block]:
    if not work.mine.items:
        return []
    lines = follow_up_lines(work.mine, most=SHOWN_FOLLOW_UPS, workspace_url=workspace_url, now=work.now)
    return [header(say("Your follow-ups")), *lines, divider()]


def _managed(managed: Managed | None, company: str) -> list[Block]:
    if managed is None:
        return []
    first = (managed.page - 1) * SURVEYS_A_PAGE
    shown = managed.surveys[first : first + SURVEYS_A_PAGE]
    listed = survey_list(shown, subject=company, managers=managed.managers)
    return [header(say("Surveys")), *listed.blocks[1:], *_pager(managed), divider()]


def _pager(managed: Managed) -> list[Block]:
    has_more = len(managed.surveys) > managed.page * SURVEYS_A_PAGE
    turns = [button(say("Earlier surveys"), f"{wire.SURVEY_PAGE}_0", str(managed.page - 1))] if managed.page > 1 else []
    turns += [button(say("More surveys"), f"{wire.SURVEY_PAGE}_1", str(managed.page + 1))] if has_more else []
    return [actions(*turns)] if turns else []
