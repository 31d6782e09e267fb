"""Who sent it, and when: signatures, compared in constant time, that hold for five minutes."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from bot.services.event_sources import Vendor

WINDOW = timedelta(minutes=5)
LONGEST_TIMESTAMP = 40
Check: TypeAlias = Callable[[str, Mapping[str, str], bytes, datetime], bool]


def is_signed(vendor: Vendor, secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Whether exactly these bytes were signed with this secret within the last five minutes."""
    return CHECKS[vendor](secret, headers, body, now)


def generic(secret: str, timestamp: str, body: bytes) -> str:
    """As we ask other programs to sign: unix seconds, and the version before everything."""
    return f"v1={_digest(secret, b'v1:' + _bytes(timestamp) + b':' + body).hex()}"


def zendesk(secret: str, timestamp: str, body: bytes) -> str:
    """As Zendesk signs: https://developer.zendesk.com/documentation/webhooks/verifying/."""
    return base64.b64encode(_digest(secret, _bytes(timestamp) + body)).decode()


def _is_generic(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    timestamp = headers.get("X-NPS-Timestamp", "")
    return _is_same(headers.get("X-NPS-Signature", ""), generic(secret, timestamp, body)) and _is_fresh(
        _unix(timestamp), now
    )


def _is_zendesk(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    timestamp = headers.get("X-Zendesk-Webhook-Signature-Timestamp", "")
    return _is_same(headers.get("X-Zendesk-Webhook-Signature", ""), zendesk(secret, timestamp, body)) and _is_fresh(
        _iso(timestamp), now
    )


def _digest(secret: str, message: bytes) -> bytes:
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _is_same(given: str, right: str) -> bool:
    return hmac.compare_digest(_bytes(given), _bytes(right))


def _bytes(text: str) -> bytes:
    """A header may hold bytes that are no text."""
    return text.encode(errors="surrogateescape")


def _is_fresh(signed_at: datetime | None, now: datetime) -> bool:
    return signed_at is not None and abs(now - signed_at) <= WINDOW


def _unix(timestamp: str) -> datetime | None:
    if not (timestamp.isascii() and timestamp.isdecimal()) or len(timestamp) > len("9999999999"):
        return None
    return datetime.fromtimestamp(int(timestamp), UTC)


def _iso(timestamp: str) -> datetime | None:
    try:
        signed_at = datetime.fromisoformat(timestamp[:LONGEST_TIMESTAMP])
    except ValueError:
        return None
    return signed_at if signed_at.tzinfo else None


CHECKS: Mapping[Vendor, Check] = {Vendor.GENERIC: _is_generic, Vendor.ZENDESK: _is_zendesk}
