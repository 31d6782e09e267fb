"""A workflow came to our step: ask, or let it know why nobody is asked."""

import re
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.errors import Halted, PersonUnknown, PlaceRefused, Refusal, StepRefused, SurveyUnknown
from bot.rules.triggers import TriggerKind
from bot.services import surveys, workflow_steps
from bot.services.asks import Ask, Place
from bot.services.surveys import SurveyKind
from bot.slack import asking
from bot.slack.api_errors import error_code
from bot.slack.blocks.asks import LONGEST_OCCASION
from bot.slack.conversations import OPEN
from bot.slack.executions import Execution, execution
from bot.slack.grammar import message_link
from bot.slack.middleware import Desk
from bot.slack.people import Person
from bot.slack.typed_commands import MessageLink
from bot.texts import speaker
from bot.texts.markup import as_plain, shorten
from bot.texts.refusals import sentence
from storage.models import Invitation, Survey

log = structlog.get_logger()
say = speaker("en")
TIMESTAMP = re.compile(r"\d{10}\.\d{6}")
GONE = frozenset({"message_not_found", "thread_not_found"})
OUT_OF_REACH = frozenset({"channel_not_found", "not_in_channel"})
WRONG = (StepRefused, SurveyUnknown)  # whoever built the workflow has to mend it


async def reached(body: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """Done before Slack hears that it is: what fails on the way is told again, and asks once."""
    run, home = execution(body), context.authorize_result
    desk = replace(desk, workspace_id=(home and home.team_id) or desk.workspace_id)
    async with desk.reading() as tx:
        if await workflow_steps.is_known(tx, run.id):
            return
    try:
        invitation = await _ask(desk, run)
    except Refusal as refusal:
        await _turn_away(desk, run, refusal)
    else:
        async with desk.transaction() as tx:
            await workflow_steps.begin(tx, invitation, run.id, now=desk.now)
    desk.office.wake_courier()


async def _ask(desk: Desk, run: Execution) -> Invitation:
    if run.workspace_id != desk.workspace_id:
        raise StepRefused("elsewhere")
    if run.person_id is None:
        raise StepRefused("no_person")
    survey = await _survey(desk, run)
    person = await desk.office.people.person(run.person_id)
    ask = Ask(
        survey=survey,
        person=person.facts(),
        place=await _place(desk, run, person),
        asked_by=None,
        occasion=f"workflow:{run.id}",
        occasion_label=shorten(run.context, LONGEST_OCCASION) if run.context else None,
        send_at=desk.now,
        candidate=await asking.candidate_by_itself(desk, person, OPEN),  # whoever built the workflow chose the moment
        trigger=TriggerKind.WORKFLOW,
    )
    return (await asking.invited(desk, ask)).invitation


async def _survey(desk: Desk, run: Execution) -> Survey:
    """Where somebody was helped, the usual transactional one. Raises SurveyUnknown."""
    has_place = run.channel_id or run.thread
    kind = SurveyKind.TRANSACTIONAL if has_place else SurveyKind.RELATIONAL
    async with desk.reading() as tx:
        if run.survey:
            return await surveys.named(tx, desk.workspace_id, run.survey)
        return await surveys.usual(tx, desk.workspace_id, kind)


async def _place(desk: Desk, run: Execution, person: Person) -> Place:
    """Raises PlaceRefused, PersonUnknown, StepRefused."""
    link = await _thread(desk, run) if run.thread else None
    channel_id = link.channel_id if link else run.channel_id
    if channel_id is None:
        return Place()
    await asking.check_place(desk, channel_id, person)
    if link is None:
        return Place(channel_id)
    url = asking.permalink(desk, link.channel_id, link.message_ts, link.thread_ts)
    return Place(channel_id, link.thread_ts, url)


async def _thread(desk: Desk, run: Execution) -> MessageLink:
    """Which thread a bare timestamp belongs to is in Slack's link to that message."""
    link = message_link(run.thread or "")
    if link is not None:
        return link
    if run.channel_id is None or not TIMESTAMP.fullmatch(run.thread or ""):
        raise StepRefused("no_message")
    try:
        answer = await desk.slack.chat_getPermalink(channel=run.channel_id, message_ts=run.thread or "")
    except SlackApiError as error:
        if error_code(error) in GONE:
            raise PlaceRefused("gone") from None
        if error_code(error) in OUT_OF_REACH:
            raise PlaceRefused("not_in_channel") from None
        raise
    link = message_link(answer["permalink"])
    if link is None:
        raise StepRefused("no_message")
    return link


async def _turn_away(desk: Desk, run: Execution, refusal: Refusal) -> None:
    log.info("refused", refusal=type(refusal).__name__, workspace_id=desk.workspace_id)
    reason, is_wrong = _reason(refusal), isinstance(refusal, WRONG)
    async with desk.transaction() as tx:
        await workflow_steps.turn_away(tx, desk.workspace_id, run.id, reason=reason, is_wrong=is_wrong, now=desk.now)


def _reason(refusal: Refusal) -> str:
    """In plain words that name nobody: they go wherever the workflow takes them."""
    match refusal:
        case PersonUnknown(because="channel"):
            return "They are not in that channel, so they would not see the question."
        case PersonUnknown():
            return "Slack does not know that person."
        case PlaceRefused(because=because):
            refusal = PlaceRefused(because)
        case Halted(since=since):
            refusal = Halted(since, by=None)
    return as_plain(sentence(refusal, say), {})
