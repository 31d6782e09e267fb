"""The wire, outward: the ids and values that leave in blocks and modals, for `payloads` to find again."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar

# action ids
SCORE = "score_"  # + the score, since action ids are unique within a block
SCORE_PICKED = "score_picked"
NOT_NOW, WRONG_PERSON, STOP_ASKING, ALLOW_ASKING = "not_now", "wrong_person", "stop_asking", "allow_asking"
WHAT_WE_KEEP, CHANGE_ANSWER = "what_we_keep", "change_answer"
DONT_ASK, ASK_ANYWAY, ASK_INSTEAD, ASK_NOW = "dont_ask", "ask_anyway", "ask_instead", "ask_now"
CLAIM, RESOLVE, REOPEN, READ_ALL = "claim", "resolve", "reopen", "read_all"
MORE_WORK = "more_work"  # a menu: its values are one of these three, and the follow-up's id after a colon
HAND_OVER, CONTACTED, SNOOZE = "hand_over", "contacted", "snooze"
REPLY_PRIVATELY, REPLY_SHOWN, WRITE_BACK = "reply_privately", "reply_shown", "write_back"
FIRST_CHANNEL, MOVE_CHANNEL = "first_channel", "move_channel"
MOVE_FROM = "move_from_"  # + the channel that is left, a block id
ASK_SOMEBODY, REHEARSE = "ask_somebody", "rehearse"
STOP_ASKING_ME, ALLOW_ASKING_ME, ERASE_ME = "stop_asking_me", "allow_asking_me", "erase_me"
EDIT_SURVEY, NEW_SURVEY, LIFT_HALT = "edit_survey", "new_survey", "lift_halt"
EDIT_CALENDAR, DECLARE_INCIDENT, END_INCIDENT = "edit_calendar", "declare_incident", "end_incident"
EDIT_STAFF = "edit_staff"
ROUTE_MENU, ADD_ROUTE, EDIT_ESCALATION = "route_menu", "add_route", "edit_escalation"
SAY_WHO, DROP_EVENT = "say_who", "drop_event"
ADD_WEBHOOK, SHOW_WEBHOOKS, WEBHOOK_LOG = "add_webhook", "show_webhooks", "webhook_log"
TEST_WEBHOOK, SEND_AGAIN, WEBHOOK_SECRET = "test_webhook", "send_again", "webhook_secret"
PAUSE_WEBHOOK, RESUME_WEBHOOK, REMOVE_WEBHOOK = "pause_webhook", "resume_webhook", "remove_webhook"
SCHEDULE, SHOW_SCHEDULES, PREVIEW_SCHEDULE = "schedule", "show_schedules", "preview_schedule"
PAUSE_SCHEDULE, RESUME_SCHEDULE, ADD_CHECK_INS = "pause_schedule", "resume_schedule", "add_check_ins"
SHOW_NOTES, REMOVE_NOTE, SHOW_PICTURE = "show_notes", "remove_note", "show_picture"
SET_UP_DIGEST, TAKE_ON, SEE_WHO = "set_up_digest", "take_on", "see_who"
REASON = "reason_"  # + the word of the reason
CHANGE_REASON = "change_reason"
EDIT_FAVOURS, REVOKE_QUOTE = "edit_favours", "revoke_quote"
OPEN_LINK = "open_link"  # a button that is only a link; Slack tells us all the same
# callback ids
INTERVIEW_MODAL, REASON_MODAL = "interview_modal", "reason_modal"
FAVOURS_MODAL, FAVOURS_SETUP_MODAL = "favours_modal", "favours_setup_modal"
COMMENT_MODAL, RESOLVE_MODAL, ASK_MODAL, SURVEY_MODAL, MANAGERS_MODAL, RIGHT_PERSON_MODAL = (
    "comment_modal",
    "resolve_modal",
    "ask_modal",
    "survey_modal",
    "managers_modal",
    "right_person_modal",
)
HAND_OVER_MODAL, CONTACTED_MODAL, SNOOZE_MODAL = "hand_over_modal", "contacted_modal", "snooze_modal"
REPLY_MODAL, REPLY_PREVIEW, WRITE_BACK_MODAL = "reply_modal", "reply_preview", "write_back_modal"
CALENDAR_MODAL, INCIDENT_MODAL = "calendar_modal", "incident_modal"
STAFF_MODAL = "staff_modal"
ROUTE_MODAL, ESCALATION_MODAL = "route_modal", "escalation_modal"
SAY_WHO_MODAL = "say_who_modal"
SCHEDULE_MODAL = "schedule_modal"
WEBHOOK_MODAL, WEBHOOK_SECRET_MODAL = "webhook_modal", "webhook_secret_modal"
DIGEST_MODAL = "digest_modal"
ASK_SHORTCUT = "ask_for_nps"
ASK_STEP = "ask_for_nps"  # of a workflow; Slack keeps its name apart from the shortcut's
VALUE = "value"  # the action id of a modal's only element in a block
YES = "yes"


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


class Packed(Protocol):
    """Any of these."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Context = TypeVar("Context", bound=Packed)


def pack(context: Packed) -> str:
    return json.dumps({key: value for key, value in asdict(context).items() if value is not None})


def unpack(kind: type[Context], metadata: str) -> Context:
    known = {field.name for field in fields(kind)}
    return kind(**{key: value for key, value in json.loads(metadata).items() if key in known})


def pack_words(context: Packed, words: str) -> str:
    """With the words as they are: packed like the rest they could grow beyond what Slack carries."""
    return f"{pack(context)}\n{words}"


def unpack_words(kind: type[Context], metadata: str) -> tuple[Context, str]:
    packed, _, words = metadata.partition("\n")
    return unpack(kind, packed), words


def score_value(invitation_id: int, score: int) -> str:
    return f"{invitation_id}:{score}"
