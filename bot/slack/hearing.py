"""Hearing of events: from what another program told, or a colleague repaired, to what comes of it."""

from dataclasses import replace

from bot.errors import InputRefused, NobodyToAsk, PersonUnknown
from bot.services import cases, contacts, events
from bot.services.asks import Place
from bot.services.cases import Case
from bot.services.happenings import Found, Nobody, Why
from bot.services.told import CASES, Named, Told
from bot.slack import asking
from bot.slack.conversations import OPEN, gates, read
from bot.slack.grammar import message_link
from bot.slack.middleware import Desk
from bot.slack.people import Person
from bot.slack.typed_commands import MessageLink, Who
from storage.models import Event, EventSource


async def heard(desk: Desk, source: EventSource, told: Told) -> Event | None:
    """What came of it; None: it was told before. Slack failing us on the way, nothing is kept. Raises SurveyUnknown."""
    found = await _find(desk, source, told)
    async with desk.transaction() as tx:
        event = await events.take(tx, source, told, found, now=desk.now)
    desk.office.wake_courier()
    return event


async def repaired(desk: Desk, event_id: int, user_id: str) -> Event | None:
    """A colleague said who it is about; None: it waits no longer. Raises InputRefused for somebody of ours."""
    async with desk.reading() as tx:
        waits = await events.waiting(tx, desk.workspace_id, event_id)
    if waits is None:
        return None
    person = await desk.office.people.person(user_id)
    if not person.is_customer:
        raise InputRefused("person", "not_customer")
    found = await _found(desk, person, waits.told.person)
    async with desk.transaction() as tx:
        event = await events.repair(tx, waits, found, now=desk.now)
    desk.office.wake_courier()
    return event


def link_of(named: Named | None) -> MessageLink | None:
    """The thread it was in; None also for a link that leads to no message."""
    if named is None:
        return None
    if named.channel and named.thread:
        return MessageLink(named.channel, named.thread, named.thread)
    return message_link(named.permalink or "")


async def _find(desk: Desk, source: EventSource, told: Told) -> Found | Nobody:
    """As they are named, else whom the case was about before."""
    because = Why.UNNAMED
    if told.person is not None:
        try:
            return await _found(desk, await _named(desk, told.person), told.person)
        except (PersonUnknown, NobodyToAsk) as nobody:
            because = Why(nobody.because)
    return await _known_from_case(desk, source, told) or Nobody(because)


async def _named(desk: Desk, named: Named) -> Person:
    """Raises PersonUnknown, NobodyToAsk."""
    if named.email:
        return await _with_address(desk, named.email)
    if named.slack_id:
        return await desk.office.people.person(named.slack_id)
    return await _beginner(desk, named)


async def _with_address(desk: Desk, email: str) -> Person:
    """By what was imported first: people of other companies are not found by address in Slack."""
    async with desk.reading() as tx:
        contact = await contacts.by_email(tx, desk.workspace_id, email)
    return await asking.find(desk, Who(user_id=contact.user_id) if contact else Who(email=email))


async def _beginner(desk: Desk, named: Named) -> Person:
    """Who began the thread, if that is a customer: a colleague or a form may have begun it for one."""
    link = link_of(named)
    conversation = await read(desk.slack, link.channel_id, link.thread_ts, scopes=desk.office.scopes) if link else None
    if link is not None and conversation is None:
        raise NobodyToAsk("no_history")
    user_id = conversation.began_by if conversation else None
    person = await desk.office.people.person(user_id) if user_id else None
    if person is None or not person.is_customer:
        raise NobodyToAsk("no_customer")
    return person


async def _known_from_case(desk: Desk, source: EventSource, told: Told) -> Found | None:
    if told.case is None or told.type not in CASES:
        return None
    async with desk.reading() as tx:
        contact = await cases.person_of(tx, Case(source.id, told.case.id))
    if contact is None:
        return None
    try:
        person = await desk.office.people.person(contact.user_id)
    except PersonUnknown:
        return None
    return await _found(desk, person, told.person)


async def _found(desk: Desk, person: Person, named: Named | None) -> Found:
    link = link_of(named)
    said = (
        OPEN
        if link is None
        else await gates(
            desk.office.people,
            await read(desk.slack, link.channel_id, link.thread_ts, scopes=desk.office.scopes),
        )
    )
    return Found(
        person=person.facts(),
        candidate=replace(await asking.candidate_by_itself(desk, person, said), is_oneself=False),
        place=await _place(desk, person, link),
        is_customer=person.is_customer,
    )


async def _place(desk: Desk, person: Person, link: MessageLink | None) -> Place:
    """The thread, if they read it; else by DM. Where we are not in the channel the question waits until we are."""
    if link is None:
        return Place()
    if await _is_elsewhere(desk, person, link.channel_id):
        return Place()
    url = asking.permalink(desk, link.channel_id, link.message_ts, link.thread_ts)
    return Place(link.channel_id, link.thread_ts, url)


async def _is_elsewhere(desk: Desk, person: Person, channel_id: str) -> bool:
    """False also where we cannot look."""
    channel = await desk.office.people.channel(channel_id)
    if channel is None or not channel.is_member:
        return False
    return await desk.office.people.is_member(channel_id, person.user_id) is False
