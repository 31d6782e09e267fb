"""A colleague writes down what they were told in a review meeting."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules.permissions import Permission
from bot.services import contacts, follow_ups, interviews, surveys
from bot.slack import payloads, submissions
from bot.slack.blocks import interviews as blocks
from bot.slack.contexts import InterviewContext, unpack
from bot.slack.middleware import Desk
from bot.slack.submissions import Submission
from storage.database import Transaction
from storage.models import Response

NOON = time(12, tzinfo=UTC)  # a day has no hour: noon is that day nearly everywhere
FARTHEST_EAST = timedelta(hours=14)  # where today begins first


async def interview_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    sent = submissions.submission(body)
    opened = unpack(InterviewContext, sent.metadata)
    person = await desk.office.people.person(opened.user_id)
    async with desk.transaction() as tx:
        response = await _record(tx, desk, sent, person.facts())
        is_followed_up = await follow_ups.of_response(tx, response.id) is not None
        contact = await contacts.get(tx, response.contact_id)
    await ack()
    there = replace(desk, origin=payloads.Origin(channel_id=opened.channel_id, response_url=opened.response_url))
    desk.attend(there.answer(blocks.interview_kept(response, contact, is_followed_up=is_followed_up)))


async def _record(tx: Transaction, desk: Desk, sent: Submission, person: contacts.Facts) -> Response:
    return await interviews.record(
        tx,
        desk.workspace_id,
        person=person,
        survey=await surveys.get(tx, int(sent.text("survey") or 0), workspace_id=desk.workspace_id),
        score=int(sent.text("score") or ""),
        comment=sent.text("comment"),
        recorded_by=desk.user_id,
        held_at=_held_at(sent.day("held_on"), now=desk.now),
        key=sent.view_id,
        now=desk.now,
    )


def _held_at(day: date | None, *, now: datetime) -> datetime:
    """Noon of that day, or now on the day itself. Raises InputRefused for a day that has begun nowhere yet."""
    if day is None:
        raise InputRefused("held_on", "held_on_unknown")
    if day > (now + FARTHEST_EAST).date():
        raise InputRefused("held_on", "held_in_future")
    return min(datetime.combine(day, NOON), now)
