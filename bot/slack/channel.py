"""A channel as Slack knows it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Channel:
    """What conversations.info says."""

    channel_id: str
    name: str = ""
    is_shared: bool = False
    is_archived: bool = False
    is_member: bool = False


def read_channel(found: dict[str, Any]) -> Channel:
    return Channel(
        channel_id=found["id"],
        name=found.get("name") or "",
        is_shared=bool(found.get("is_ext_shared")),
        is_archived=bool(found.get("is_archived")),
        is_member=bool(found.get("is_member")),
    )
