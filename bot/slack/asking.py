"""Asking somebody: from what a colleague typed or clicked to an invitation, once Slack has told what we must know."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.errors import Halted, PersonUnknown, PlaceRefused, Withheld
from bot.rules.permissions import Permission
from bot.rules.recontact import Candidate
from bot.rules.triggers import TriggerKind
from bot.services import alerts, asks, cases, contacts, surveys, withholdings
from bot.services.asks import Ask, Place
from bot.services.roles import Caller
from bot.services.surveys import SurveyKind
from bot.slack import contexts
from bot.slack.blocks import asks as blocks
from bot.slack.blocks.kit import Message
from bot.slack.blocks.surveys import with_first_channel
from bot.slack.contexts import AskPlan
from bot.slack.conversations import OPEN, Gates
from bot.slack.middleware import Desk
from bot.slack.people import Person
from bot.slack.typed_commands import AskSomebody, MessageLink, Rehearse, Who
from bot.texts import speaker
from bot.texts.refusals import sentence
from storage.models import Contact, Invitation

LATER = timedelta(hours=3)
say = speaker("en")


@dataclass(frozen=True)
class Asked:
    """What came of it."""

    invitation: Invitation
    contact: Contact


async def planned(desk: Desk, typed: AskSomebody, *, request_id: str) -> AskPlan:
    """From the words after `/nps ask`. Raises PersonUnknown, SurveyUnknown."""
    person = await find(desk, typed.who)
    kind = SurveyKind.TRANSACTIONAL if typed.link else SurveyKind.RELATIONAL
    async with desk.reading() as tx:
        survey = (
            await surveys.named(tx, desk.workspace_id, typed.survey)
            if typed.survey
            else await surveys.usual(tx, desk.workspace_id, kind)
        )
    plan = AskPlan(user_id=person.user_id, survey_id=survey.id, request_id=request_id)
    return _at(desk, plan, typed.link) if typed.link else plan


async def carry_out(desk: Desk, plan: AskPlan, *, overruled: bool = False, gates: Gates = OPEN) -> None:
    """
    Check, invite, and whisper what will happen; where the rules say no softly, offer to ask anyway.

    `gates`: what the thread says of an ask that starts by itself.
    """
    caller = await desk.require(Permission.ASK)
    person = await desk.office.people.person(plan.user_id)
    if plan.channel_id:
        await check_place(desk, plan.channel_id, person)
    try:
        asked = await _invite(desk, plan, person, gates, overruled=overruled)
    except Withheld as withheld:
        if not withheld.may_be_overruled:
            raise
        await desk.answer(blocks.asked_lately(sentence(withheld, say), contexts.pack(plan)))
        return
    desk.office.wake_courier()
    is_put_off = asked.invitation.send_at > desk.now + _delay(plan)
    told = blocks.will_ask(asked.invitation, asked.contact, now=desk.now, is_put_off=is_put_off)
    told = await with_choice(desk, caller, blocks.unchecked(told) if gates.is_unread else told)
    await (desk.replace_or_whisper(told) if overruled else desk.answer(told))


async def with_choice(desk: Desk, caller: Caller, message: Message) -> Message:
    """The message, and while a survey has no alert channel a menu for whoever may choose one."""
    async with desk.reading() as tx:
        is_offered = await alerts.offers_choice(tx, caller)
    return with_first_channel(message) if is_offered else message


def permalink(desk: Desk, channel_id: str, message_ts: str, thread_ts: str) -> str:
    """A link made by us: a typed one may lead anywhere."""
    link = f"{desk.office.workspace_url}archives/{channel_id}/p{message_ts.replace('.', '')}"
    return f"{link}?thread_ts={thread_ts}&cid={channel_id}"


async def rehearse(desk: Desk, typed: Rehearse, *, request_id: str) -> None:
    """Send the card to oneself: every step as a customer takes it, labelled, never counted."""
    caller = await desk.require(Permission.REHEARSE)
    person = await desk.person()
    async with desk.transaction() as tx:
        survey = (
            await surveys.named(tx, desk.workspace_id, typed.survey)
            if typed.survey
            else await surveys.usual(tx, desk.workspace_id, SurveyKind.TRANSACTIONAL)
        )
        ask = Ask(
            survey=survey,
            person=person.facts(),
            place=Place(),
            asked_by=desk.user_id,
            occasion=f"try:{request_id}",
            send_at=desk.now,
            is_rehearsal=True,
        )
        invitation = await asks.invite(tx, ask, now=desk.now)
        contact = await contacts.get(tx, invitation.contact_id)
    desk.office.wake_courier()
    await desk.answer(await with_choice(desk, caller, blocks.will_ask(invitation, contact, now=desk.now)))


async def find(desk: Desk, who: Who) -> Person:
    """The person that was typed. Raises PersonUnknown."""
    if who.user_id:
        return await desk.office.people.person(who.user_id)
    if who.email:
        return await desk.office.people.by_email(who.email)
    return await desk.office.people.by_handle(who.handle or "")


async def invited(desk: Desk, ask: Ask) -> Asked:
    """Invite, or keep why not. Raises as asks.invite does."""
    try:
        async with desk.transaction() as tx:
            invitation = await asks.invite(tx, ask, now=desk.now)
            return Asked(invitation, await contacts.get(tx, invitation.contact_id))
    except (Withheld, Halted) as no:
        async with desk.transaction() as tx:
            await withholdings.record(tx, ask, no, now=desk.now)
        raise


def candidate(desk: Desk, person: Person) -> Candidate:
    """What Slack knows against asking them."""
    return replace(person.candidate(), is_oneself=person.user_id == desk.user_id)


async def candidate_by_itself(desk: Desk, person: Person, gates: Gates) -> Candidate:
    """The same for an ask nobody makes by hand: staff are no customers, and the thread has its say."""
    is_staff = await desk.office.roster.passes_by(person)
    return replace(candidate(desk, person), is_staff=is_staff, closed_gate=gates.closed)


async def _by_emoji(desk: Desk, person: Person, gates: Gates) -> Candidate:
    """Whoever has a case open somewhere is not asked how another one went."""
    async with desk.reading() as tx:
        known = await contacts.by_user(tx, desk.workspace_id, person.user_id)
        has_other_case = known is not None and await cases.open_of(tx, known.id)
    return replace(await candidate_by_itself(desk, person, gates), has_other_case=has_other_case)


async def check_place(desk: Desk, channel_id: str, person: Person) -> None:
    """Raises PlaceRefused or PersonUnknown while whoever asks can still choose another place."""
    if channel_id.startswith("D"):
        raise PlaceRefused("direct", channel_id)
    channel = await desk.office.people.channel(channel_id, fresh=True)
    if channel is None or not channel.is_member:
        raise PlaceRefused("not_in_channel", channel_id)
    if channel.is_archived:
        raise PlaceRefused("archived", channel_id)
    if await desk.office.people.is_member(channel_id, person.user_id) is False:
        raise PersonUnknown(person.name, because="channel")


async def _invite(desk: Desk, plan: AskPlan, person: Person, gates: Gates, *, overruled: bool) -> Asked:
    async with desk.reading() as tx:
        survey = await surveys.get(tx, plan.survey_id, workspace_id=desk.workspace_id)
    ask = Ask(
        survey=survey,
        person=person.facts(),
        place=Place(plan.channel_id, plan.thread_ts, plan.permalink),
        asked_by=desk.user_id,
        occasion=plan.started_by or f"ask:{plan.request_id}",
        occasion_label=plan.occasion,
        send_at=desk.now + _delay(plan),
        candidate=await _by_emoji(desk, person, gates) if plan.started_by else candidate(desk, person),
        is_overruled=overruled,
        trigger=TriggerKind.REACTION if plan.started_by else TriggerKind.COLLEAGUE,
    )
    return await invited(desk, ask)


def _delay(plan: AskPlan) -> timedelta:
    if plan.delay_minutes is not None:
        return timedelta(minutes=plan.delay_minutes)
    return LATER if plan.is_later else timedelta()


def _at(desk: Desk, plan: AskPlan, link: MessageLink) -> AskPlan:
    url = permalink(desk, link.channel_id, link.message_ts, link.thread_ts)
    return replace(plan, channel_id=link.channel_id, thread_ts=link.thread_ts, permalink=url)
