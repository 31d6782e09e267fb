"""Contexts: what a modal or a button knew when it was drawn; it travels with it, and comes back as it was."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar


@dataclass(frozen=True)
class CommentContext:
    """What the comment modal knew when it opened; travels in its private metadata."""

    invitation_id: int
    score: int
    had_comment: bool = False
    had_solved: bool = False
    had_reply: bool = False
    response_url: str | None = None


@dataclass(frozen=True)
class AskContext:
    """What the ask modal knew when it opened; without a channel the ask goes by direct message."""

    channel_id: str | None = None
    message_ts: str | None = None
    thread_ts: str | None = None
    author_id: str | None = None


@dataclass(frozen=True)
class AskPlan:
    """One ask, decided but for the rules; travels in the "Ask anyway" button. `request_id` makes it happen once."""

    user_id: str
    survey_id: int
    request_id: str
    channel_id: str | None = None
    thread_ts: str | None = None
    permalink: str | None = None
    is_later: bool = False
    occasion: str | None = None
    started_by: str | None = None  # an emoji, by what makes it ask once
    delay_minutes: int | None = None  # the survey's own, instead of "later"


@dataclass(frozen=True)
class SurveyContext:
    survey_id: int | None = None
    response_url: str | None = None


@dataclass(frozen=True)
class CalendarContext:
    response_url: str | None = None


class RouteAct(StrEnum):
    """What to do with a route, in the menu beside it."""

    EDIT = "edit"
    EARLIER = "earlier"
    LATER = "later"
    TEST = "test"


@dataclass(frozen=True)
class RouteContext:
    """`route_id` None: a new one."""

    route_id: int | None = None
    response_url: str | None = None


@dataclass(frozen=True)
class StaffContext:
    response_url: str | None = None


@dataclass(frozen=True)
class ScheduleContext:
    survey_id: int
    response_url: str | None = None


@dataclass(frozen=True)
class DigestContext:
    """None: a new one."""

    digest_id: int | None = None
    response_url: str | None = None


class ViewAct(StrEnum):
    """What else can be done with what `/nps` shows, in the menu beside it."""

    DETAILS = "details"
    EXPLAIN = "explain"
    SHARE = "share"
    EXPORT = "export"


@dataclass(frozen=True)
class ViewContext:
    """What was shown when the modal opened, in the words that ask for it."""

    words: str
    response_url: str | None = None


@dataclass(frozen=True)
class RightPersonContext:
    invitation_id: int


@dataclass(frozen=True)
class InterviewContext:
    """Whose words are written down, and where the command was typed."""

    user_id: str
    channel_id: str | None = None
    response_url: str | None = None


@dataclass(frozen=True)
class ReasonContext:
    """What the modal after a reason knew when it opened."""

    invitation_id: int
    reason: str
    had_comment: bool = False
    response_url: str | None = None


@dataclass(frozen=True)
class FavoursContext:
    """`mark`: of the words somebody saw and was asked to agree to."""

    invitation_id: int
    mark: str = ""


@dataclass(frozen=True)
class FavoursSetupContext:
    response_url: str | None = None


@dataclass(frozen=True)
class FollowUpContext:
    """`claimed_by`: whose it was when the modal opened."""

    follow_up_id: int
    response_url: str | None = None
    claimed_by: str | None = None


@dataclass(frozen=True)
class ReplyContext:
    """Which follow-up a reply is about, and on which way it goes."""

    follow_up_id: int
    way: str


@dataclass(frozen=True)
class EventContext:
    event_id: int
    response_url: str | None = None


@dataclass(frozen=True)
class WebhookContext:
    """The endpoint a modal is about; None: a new one."""

    endpoint_id: int | None = None
    response_url: str | None = None


@dataclass(frozen=True)
class ThemeContext:
    """The theme a modal is about; None: a new one."""

    key: str | None = None
    response_url: str | None = None


class Packed(Protocol):
    """Any of these."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Context = TypeVar("Context", bound=Packed)


def pack(context: Packed) -> str:
    """Letters beyond ASCII as they are: written as numbers they take six to twelve times the room."""
    return json.dumps({key: value for key, value in asdict(context).items() if value is not None}, ensure_ascii=False)


def unpack(kind: type[Context], metadata: str) -> Context:
    known = {field.name for field in fields(kind)}
    return kind(**{key: value for key, value in json.loads(metadata).items() if key in known})


def pack_words(context: Packed, words: str) -> str:
    """With the words as they are: packed like the rest they could grow beyond what Slack carries."""
    return f"{pack(context)}\n{words}"


def unpack_words(kind: type[Context], metadata: str) -> tuple[Context, str]:
    packed, _, words = metadata.partition("\n")
    return unpack(kind, packed), words
