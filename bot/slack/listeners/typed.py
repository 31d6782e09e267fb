"""Somebody writes to the bot instead of clicking."""

from typing import Any

from bot.errors import PersonUnknown
from bot.services import contacts, typed
from bot.services.typed import Note, Writer
from bot.slack.middleware import Desk
from bot.slack.people import Person
from bot.slack.written import DirectMessage, as_typed, direct_message
from bot.texts.markup import mentioned


async def written(event: dict[str, Any], desk: Desk) -> None:
    """Done before Slack hears that it is: what fails on the way is delivered again, and counts once."""
    message = direct_message(event)
    person = await _person(desk, message.user_id) if message else None
    if message is None or person is None or person.is_bot:
        return
    note = Note(await _words(desk, message), message.ts, message.written_at)
    async with desk.transaction() as tx:
        known = await contacts.by_user(tx, desk.workspace_id, person.user_id)
        language = person.language or (known.language if known else None) or "en"
        writer = Writer(person.user_id, language, is_outsider=person.is_external)
        await typed.take(tx, desk.workspace_id, writer, note, now=desk.now)
    desk.office.wake_courier()


async def _person(desk: Desk, user_id: str) -> Person | None:
    try:
        return await desk.office.people.person(user_id)
    except PersonUnknown:
        return None


async def _words(desk: Desk, message: DirectMessage) -> str:
    people = {user_id: await _person(desk, user_id) for user_id in mentioned(message.text)}
    return as_typed(message.text, {user_id: f"@{each.name}" for user_id, each in people.items() if each})
