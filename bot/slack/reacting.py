"""Asking by emoji: from a reaction on a message to that thread's customer, or to a word on why nobody is asked."""

import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import NobodyToAsk, PersonUnknown, Refusal
from bot.services import reactions, surveys
from bot.services.reactions import Thread
from bot.slack import asking
from bot.slack.api_errors import error_code
from bot.slack.blocks import asks as blocks
from bot.slack.contexts import AskPlan
from bot.slack.conversations import Read, gates, read
from bot.slack.grammar import message_link
from bot.slack.middleware import Desk
from bot.slack.payloads import Reaction
from bot.slack.people import Person
from bot.slack.typed_commands import MessageLink
from storage.models import Survey

log = structlog.get_logger()
GONE = frozenset({"message_not_found", "channel_not_found", "not_in_channel", "thread_not_found"})


async def start(desk: Desk, reaction: Reaction) -> None:
    """
    Ask, if a colleague put an emoji there that a survey asks on.

    Done before Slack hears that it is: what fails on the way is delivered again, and asks once.
    """
    meant = await _meant(desk, reaction)
    if meant is None or not surveys.counts_in(meant[0], reaction.channel_id):
        return
    survey, link = meant
    beside = _beside(desk, link)
    try:
        await _ask(beside, survey, reaction, link)
    except Refusal as refusal:
        log.info("refused", refusal=type(refusal).__name__, workspace_id=desk.workspace_id, user_id=desk.user_id)
        desk.show(beside.refuse(refusal))


async def stop(desk: Desk, reaction: Reaction) -> None:
    """Call off what the emoji started, if it has not left."""
    meant = await _meant(desk, reaction)
    if meant is None:
        return
    survey, link = meant
    async with desk.transaction() as tx:
        off = await reactions.call_off(tx, _thread(survey, link), by=desk.user_id, now=desk.now)
    if off is not None:
        told = blocks.taken_back(off.contact, off.taken) if off.taken else blocks.has_left(off.invitation, off.contact)
        desk.show(_beside(desk, link).answer(told))


async def _meant(desk: Desk, reaction: Reaction) -> tuple[Survey, MessageLink] | None:
    """Most emoji mean nothing to us, so what costs nothing is looked at first."""
    async with desk.reading() as tx:
        survey = await surveys.asking_on(tx, desk.workspace_id, reaction.name)
    if survey is None or not await _is_colleague(desk):
        return None
    link = await _place(desk, reaction)
    return (survey, link) if link else None


async def _ask(desk: Desk, survey: Survey, reaction: Reaction, link: MessageLink) -> None:
    async with desk.reading() as tx:
        wanted = await reactions.asking(tx, _thread(survey, link), reacted_at=reaction.happened_at)
    if wanted.already and wanted.contact:
        await desk.answer(blocks.will_ask(wanted.already, wanted.contact, now=desk.now))
        return
    conversation = await read(desk.slack, link.channel_id, link.thread_ts, scopes=desk.office.scopes)
    person = await _customer(desk, reaction, link, conversation)
    plan = AskPlan(
        user_id=person.user_id,
        survey_id=survey.id,
        request_id=wanted.occasion,
        channel_id=link.channel_id,
        thread_ts=link.thread_ts,
        permalink=asking.permalink(desk, link.channel_id, link.message_ts, link.thread_ts),
        started_by=wanted.occasion,
        delay_minutes=survey.delay_minutes,
    )
    await asking.carry_out(desk, plan, gates=await gates(desk.office.people, conversation))


async def _is_colleague(desk: Desk) -> bool:
    """Customers put emoji on messages too, and hear nothing of it."""
    try:
        return (await desk.person()).is_colleague
    except PersonUnknown:
        return False


async def _place(desk: Desk, reaction: Reaction) -> MessageLink | None:
    """Which thread the message belongs to is in Slack's link to it; None when there is no such message any more."""
    try:
        answer = await desk.slack.chat_getPermalink(channel=reaction.channel_id, message_ts=reaction.message_ts)
    except SlackApiError as error:
        if error_code(error) in GONE:
            return None
        raise
    return message_link(answer["permalink"])


async def _customer(desk: Desk, reaction: Reaction, link: MessageLink, conversation: Read | None) -> Person:
    """Who wrote the message, else who began its thread. Raises NobodyToAsk when neither is a customer."""
    author = await _person(desk, reaction.author_id)
    if author is None and reaction.message_ts != link.thread_ts:
        if conversation is None:
            raise NobodyToAsk("no_history")
        author = await _person(desk, conversation.began_by)
    if author is None:
        raise NobodyToAsk("no_customer")
    return author


async def _person(desk: Desk, user_id: str | None) -> Person | None:
    """None for whoever is no customer."""
    if not user_id:
        return None
    try:
        person = await desk.office.people.person(user_id)
    except PersonUnknown:
        return None
    return person if person.is_customer else None


def _thread(survey: Survey, link: MessageLink) -> Thread:
    return Thread(survey.workspace_id, survey.id, link.channel_id, link.thread_ts)


def _beside(desk: Desk, link: MessageLink) -> Desk:
    """A whisper into a thread that did not exist before would be seen by nobody."""
    return desk.beside(link.channel_id, link.thread_ts if link.thread_ts != link.message_ts else None)
