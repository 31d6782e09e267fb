"""Home: for everybody what this is and what is kept about them; for colleagues the number, for managers the surveys."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.first_steps import FirstSteps
from bot.services.reports import Report
from bot.slack import wire
from bot.slack.blocks.first_steps import step_blocks
from bot.slack.blocks.kit import Block, Message, View, actions, button, divider, header, home_tab
from bot.slack.blocks.privacy import OwnPage, about_you
from bot.slack.blocks.reports import overview
from bot.slack.blocks.surveys import survey_list
from bot.texts import speaker
from storage.models import Survey

MOST_SURVEYS = 30  # a Home tab holds a hundred blocks
say = speaker("en")


@dataclass(frozen=True)
class Managed:
    """What a manager looks after."""

    surveys: Sequence[Survey]
    managers: Sequence[str]


@dataclass(frozen=True)
class HomeFacts:
    """What one person may see; None is left out. `own`: what everybody sees."""

    own: OwnPage
    workspace_url: str = ""
    steps: FirstSteps | None = None
    report: Report | None = None
    managed: Managed | None = None


def home(facts: HomeFacts) -> View:
    if facts.report is None:
        return home_tab(about_you(facts.own))
    blocks = [
        *_first_steps(facts.steps),
        *_score(facts.report, facts.workspace_url),
        *_managed(facts.managed, facts.own.company),
        *about_you(facts.own),
    ]
    return home_tab(blocks)


def _first_steps(steps: FirstSteps | None) -> list[Block]:
    if steps is None:
        return []
    return [header(say("Three steps, and you are live")), *step_blocks(steps), divider()]


def _score(report: Report, workspace_url: str) -> list[Block]:
    ask = button(say("Ask somebody"), wire.ASK_SOMEBODY, "ask")
    rehearse = button(say("Rehearse on myself"), wire.REHEARSE, "rehearse")
    told = overview(report, workspace_url=workspace_url)
    return [header(say("What customers say")), *told.blocks, actions(ask, rehearse), divider()]


def _managed(managed: Managed | None, company: str) -> list[Block]:
    if managed is None:
        return []
    listed: Message = survey_list(managed.surveys[:MOST_SURVEYS], subject=company, managers=managed.managers)
    return [header(say("Surveys")), *listed.blocks[1:], divider()]
