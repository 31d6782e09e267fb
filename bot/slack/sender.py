"""
The sender: one due delivery becomes one message, worded now, and one outcome.

A delivery that was being posted when its worker died is looked for where a history scope was granted. Otherwise an ask
or a reply to a customer counts as sent (nobody is asked or told twice), an alert or notice is sent again (twice is
better than never).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PersonUnknown
from bot.rules.messages import TO_CUSTOMERS, TO_THE_TEAM, DeliveryKind
from bot.rules.retry import GiveUp, Moot, Obstacle, Outcome, Park, RetryAt, Sent, wait
from bot.rules.small_talk import is_small_talk
from bot.services import reactions
from bot.slack import letters
from bot.slack.api_errors import error_code
from bot.slack.completions import Completion
from bot.slack.outcomes import known, refused, unclear
from bot.slack.paper import Letter, without_pictures
from bot.slack.people import People
from storage.database import Database
from storage.models import Delivery

log = structlog.get_logger()
EVENT_TYPE = "nps_delivery"  # the metadata that names a delivery in Slack's own history
STEP_OVER = frozenset({"function_execution_not_found", "execution_not_in_running_state"})  # nobody waits any more
CLOCKS_DIFFER = timedelta(minutes=5)  # between Slack and us, at the most


class Sender:
    """Composes and sends with the bot's token. `scopes`: what it was granted."""

    def __init__(self, database: Database, slack: AsyncWebClient, people: People, *, scopes: Sequence[str]) -> None:
        self._database, self._slack, self._people = database, slack, people
        self._scopes = frozenset(scopes)

    async def compose(self, delivery: Delivery, *, now: datetime) -> Letter | Outcome:
        """Word it by what is true now; an outcome when there is nothing to send, or nowhere."""
        async with self._database.reading() as tx:
            letter = await letters.compose(tx, delivery)
        if isinstance(letter, Letter) and delivery.kind in TO_THE_TEAM:
            return await self._among_ourselves(letter, now=now)
        if isinstance(letter, Letter) and delivery.kind == DeliveryKind.ASK and self._may_read(letter.channel_id):
            return await self._unless_reopened(delivery, letter, now=now)
        if isinstance(letter, Letter) and delivery.kind == DeliveryKind.REPLY and not letter.is_direct:
            return await self._unless_gone(delivery, letter)
        return letter

    async def find(self, delivery: Delivery, letter: Letter) -> Outcome | None:
        """What became of a message whose result was lost; None when it should be sent (again)."""
        try:
            seen = await self._look(delivery, letter)
        except (SlackApiError, ClientError, TimeoutError):
            seen = None
        if isinstance(seen, str):
            return Sent(letter.channel_id, seen)
        if seen is None and delivery.kind in TO_CUSTOMERS:
            return Sent(is_certain=False)
        return None

    async def send(self, delivery: Delivery, letter: Letter, *, now: datetime) -> Outcome:
        try:
            return await self._send(delivery, letter)
        except SlackApiError as error:
            bare = without_pictures(letter) if error_code(error) == "invalid_blocks" else None
            if bare is not None:  # a picture that Slack does not show keeps no words from leaving
                return await self.send(delivery, bare, now=now)
            return refused(delivery, letter, error, now=now)
        except ClientConnectorError:  # nobody was reached, so nothing was done
            return RetryAt(now + wait(delivery.attempts), "unreachable")
        except (ClientError, TimeoutError):
            return unclear(delivery, "no_answer", now=now)
        except Exception:
            log.exception("sending_failed", delivery_id=delivery.id, kind=delivery.kind)
            return unclear(delivery, "failed", now=now)

    async def _send(self, delivery: Delivery, letter: Letter) -> Outcome:
        if letter.completion is not None:
            return await self._complete(letter.completion)
        if letter.message is None:
            await self._slack.chat_delete(channel=letter.channel_id, ts=letter.ts or "")
            return Sent(letter.channel_id, letter.ts)
        text, blocks = letter.message.text, list(letter.message.blocks)
        if letter.ts is not None:
            await self._slack.chat_update(channel=letter.channel_id, ts=letter.ts, text=text, blocks=blocks)
            return Sent(letter.channel_id, letter.ts)
        answer = await self._slack.chat_postMessage(
            channel=letter.channel_id,
            thread_ts=letter.thread_ts,
            text=text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}},
        )
        return Sent(answer["channel"], answer["ts"])

    async def _complete(self, told: Completion) -> Outcome:
        """Told again after a crash, Slack answers that the step is over."""
        try:
            if told.error is not None:
                await self._slack.functions_completeError(function_execution_id=told.execution_id, error=told.error)
            else:
                outputs = dict(told.outputs)
                await self._slack.functions_completeSuccess(function_execution_id=told.execution_id, outputs=outputs)
        except SlackApiError as error:
            if error_code(error) in STEP_OVER:
                return Moot("step_over")
            raise
        return Sent()

    async def _among_ourselves(self, letter: Letter, *, now: datetime) -> Letter | Outcome:
        """An alert shows what a customer said: before each one, make sure that no outsider reads along."""
        if letter.is_direct:
            return letter
        try:
            channel = await self._people.channel(letter.channel_id)
        except SlackApiError as error:
            return known(error, letter, now=now) or RetryAt(now + wait(1), "channel_unknown")
        except (ClientError, TimeoutError):
            return RetryAt(now + wait(1), "channel_unknown")
        if channel is None:
            return Park(Obstacle.NOT_IN_CHANNEL, letter.channel_id)
        return Park(Obstacle.SHARED, letter.channel_id) if channel.is_shared else letter

    async def _unless_gone(self, delivery: Delivery, letter: Letter) -> Letter | Outcome:
        """Nobody is called in a thread who can no longer read it."""
        try:
            person = await self._people.person(delivery.recipient_id or "")
        except (SlackApiError, ClientError, TimeoutError, PersonUnknown):
            return letter
        return GiveUp("deactivated") if person.is_deactivated else letter

    async def _unless_reopened(self, delivery: Delivery, letter: Letter, *, now: datetime) -> Letter | Outcome:
        """Before a question that an emoji started leaves, one look whether its person has written again."""
        async with self._database.reading() as tx:
            waiting = await reactions.waiting(tx, delivery.invitation_id or 0)
        if waiting is None:
            return letter
        invitation, contact = waiting
        since = f"{invitation.created_at.timestamp():.6f}"
        try:
            page = await self._page(letter, oldest=since)
        except SlackApiError as error:
            later = known(error, letter, now=now)
            return later if isinstance(later, RetryAt) else letter
        except (ClientError, TimeoutError):
            return RetryAt(now + wait(1), "thread_unknown")
        newer = [each for each in page if str(each["ts"]) > since]  # the thread's first message comes along always
        theirs = [str(each.get("text") or "") for each in newer if each.get("user") == contact.user_id]
        return letter if all(map(is_small_talk, theirs)) else Moot(reactions.REOPENED)

    async def _look(self, delivery: Delivery, letter: Letter) -> str | bool | None:
        """The message's ts; False when it surely is not there; None when we may not look."""
        since = delivery.posting_since
        if since is None or letter.ts is not None or not self._may_read(letter.channel_id):
            return None
        seen = await self._page(letter, oldest=str((since - CLOCKS_DIFFER).timestamp()))
        return next((str(message["ts"]) for message in seen if _key(message) == delivery.key), False)

    async def _page(self, letter: Letter, *, oldest: str) -> Sequence[Mapping[str, object]]:
        if letter.thread_ts is not None:
            answer = await self._slack.conversations_replies(
                channel=letter.channel_id, ts=letter.thread_ts, oldest=oldest, include_all_metadata=True, limit=100
            )
        else:
            answer = await self._slack.conversations_history(
                channel=letter.channel_id, oldest=oldest, include_all_metadata=True, limit=100
            )
        return list(answer["messages"])

    def _may_read(self, channel_id: str) -> bool:
        """With either scope we try: an id does not tell whether a channel is private, and Slack refuses harmlessly."""
        return bool({"channels:history", "groups:history"} & self._scopes) and channel_id.startswith("C")


def _key(message: Mapping[str, object]) -> object:
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    return payload.get("key") if isinstance(payload, dict) else None
