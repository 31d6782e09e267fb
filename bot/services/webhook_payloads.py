"""
Webhook payloads: what a message says, by what is true when it leaves.

Thin: ids, the answer and who looks after it; never names, addresses or notes of colleagues. Fields are only ever added.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from bot.rules.scoring import category
from bot.rules.webhooks import TEST, WebhookEvent
from bot.services import accounts, contacts, follow_ups, responses, surveys
from bot.services.disclosures import is_confidential, told_of
from storage.database import Transaction
from storage.models import Contact, FollowUp, Response, WebhookMessage

Data: TypeAlias = Mapping[str, Any]


async def payload(tx: Transaction, message: WebhookMessage) -> Data | None:
    """None: there is nothing to tell any more."""
    try:
        data = await DATA[message.type](tx, message)
    except LookupError:  # erased this moment
        return None
    return None if data is None else {"type": message.type, "timestamp": written(message.happened_at), "data": data}


def written(at: datetime | None) -> str | None:
    """As RFC 3339 has it, in UTC: 2026-11-25T10:00:00.000000Z."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


async def _of_response(tx: Transaction, message: WebhookMessage) -> Data | None:
    response = await responses.get(tx, message.response_id or 0)
    if response is None:
        return None
    survey = await surveys.get(tx, response.survey_id)
    return {"response": _response(response, survey.name), **await _whose(tx, response)}


async def _of_follow_up(tx: Transaction, message: WebhookMessage) -> Data | None:
    follow_up = await follow_ups.get(tx, message.follow_up_id or 0)
    response = await responses.get(tx, follow_up.response_id) if follow_up else None
    if follow_up is None or response is None:
        return None
    return {"follow_up": _follow_up(follow_up), **await _whose(tx, response)}


async def _of_opt_out(tx: Transaction, message: WebhookMessage) -> Data | None:
    """Undone before it left, it is not told."""
    contact = await contacts.get(tx, message.contact_id or 0)
    if contact.opted_out_at is None:
        return None
    return {"contact": _contact(contact) | {"opted_out_at": written(contact.opted_out_at)}}


async def _of_erasure(_: Transaction, message: WebhookMessage) -> Data:
    """The only thing still known of them; sent again by hand, the Slack id is no longer."""
    return {"contact": {"id": message.contact_id, "slack_id": message.user_id}}


async def _of_test(_: Transaction, __: WebhookMessage) -> Data:
    return {}


async def _whose(tx: Transaction, response: Response) -> Data:
    """Nobody's, where it is confidential."""
    if is_confidential(response):
        return {"contact": None, "account": None}
    contact = await contacts.get(tx, response.contact_id)
    account = await accounts.of_contact(tx, contact)
    known = {"id": account.id, "name": account.name, "crm_id": account.crm_id} if account else None
    return {"contact": _contact(contact), "account": known}


def _contact(contact: Contact) -> dict[str, Any]:
    return {"id": contact.id, "slack_id": contact.user_id}


def _response(response: Response, survey: str) -> Data:
    return {
        "id": response.id,
        "survey": survey,
        "kind": response.kind,
        "mode": response.mode,
        "score": response.score,
        "category": category(response.score),
        "comment": response.comment,
        "solved": response.solved,
        "wants_reply": response.wants_reply,
        "answered_at": written(told_of(response, response.answered_at)),
        "changed_at": written(told_of(response, response.changed_at)),
        "is_late": response.is_late,
        "is_repeat": response.is_repeat,
        "privacy": response.privacy,
    }


def _follow_up(follow_up: FollowUp) -> Data:
    return {
        "id": follow_up.id,
        "response_id": follow_up.response_id,
        "state": follow_up.state,
        "causes": follow_up.causes.split(),
        "opened_at": written(follow_up.opened_at),
        "claimed_by": follow_up.claimed_by,
        "claimed_at": written(follow_up.claimed_at),
        "resolved_by": follow_up.resolved_by,
        "resolved_at": written(follow_up.resolved_at),
        "outcome": follow_up.outcome,
        "root_cause": follow_up.root_cause,
    }


DATA: Mapping[str, Callable[[Transaction, WebhookMessage], Awaitable[Data | None]]] = {
    WebhookEvent.RESPONSE_RECORDED: _of_response,
    WebhookEvent.RESPONSE_CHANGED: _of_response,
    WebhookEvent.FOLLOW_UP_OPENED: _of_follow_up,
    WebhookEvent.FOLLOW_UP_CLAIMED: _of_follow_up,
    WebhookEvent.FOLLOW_UP_RESOLVED: _of_follow_up,
    WebhookEvent.CONTACT_OPTED_OUT: _of_opt_out,
    WebhookEvent.CONTACT_ERASED: _of_erasure,
    TEST: _of_test,
}
