"""What somebody can want who types `/nps` and some words: one frozen value for each."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class Who:
    """A person as they were typed; exactly one is set."""

    user_id: str | None = None
    email: str | None = None
    handle: str | None = None


@dataclass(frozen=True)
class MessageLink:
    """A link to a message. `thread_ts`: the thread it belongs to, itself when it started none."""

    channel_id: str
    message_ts: str
    thread_ts: str


@dataclass(frozen=True)
class ShowView:
    """`text`: everything that was typed; what it means depends on what is known here."""

    text: str = ""


@dataclass(frozen=True)
class ExportAnswers:
    """`text`: which answers, as for a view."""

    text: str = ""


@dataclass(frozen=True)
class ShowHelp:
    pass


@dataclass(frozen=True)
class ShowFollowUps:
    """`which`: a word of `services.worklists.Which`."""

    which: str = "all"


@dataclass(frozen=True)
class AskSomebody:
    who: Who
    survey: str | None = None
    link: MessageLink | None = None


@dataclass(frozen=True)
class ExplainAsking:
    who: Who


@dataclass(frozen=True)
class RecordInterview:
    who: Who


@dataclass(frozen=True)
class ShowExits:
    pass


@dataclass(frozen=True)
class ShowRecovery:
    pass


@dataclass(frozen=True)
class ShowFavours:
    pass


@dataclass(frozen=True)
class ShowQuotes:
    pass


@dataclass(frozen=True)
class ShowMe:
    pass


@dataclass(frozen=True)
class Rehearse:
    survey: str | None = None


@dataclass(frozen=True)
class ShowSurveys:
    pass


@dataclass(frozen=True)
class ShowCalendar:
    pass


@dataclass(frozen=True)
class ShowRoutes:
    pass


@dataclass(frozen=True)
class ShowSchedules:
    survey: str | None = None


@dataclass(frozen=True)
class ShowPreview:
    survey: str | None = None


@dataclass(frozen=True)
class ShowDigest:
    pass


@dataclass(frozen=True)
class ShowDigests:
    pass


@dataclass(frozen=True)
class ShowManagers:
    pass


@dataclass(frozen=True)
class ShowStaff:
    pass


@dataclass(frozen=True)
class ShowEvents:
    pass


@dataclass(frozen=True)
class ShowWebhooks:
    pass


@dataclass(frozen=True)
class ShowThemes:
    pass


@dataclass(frozen=True)
class WriteNote:
    """What happened on a day, for the time line."""

    noted_on: date
    words: str


@dataclass(frozen=True)
class HaltAsking:
    pass


@dataclass(frozen=True)
class ResumeAsking:
    pass


Typed: TypeAlias = (
    ShowView
    | ExportAnswers
    | ShowHelp
    | ShowFollowUps
    | AskSomebody
    | ExplainAsking
    | RecordInterview
    | ShowExits
    | ShowRecovery
    | ShowFavours
    | ShowQuotes
    | ShowMe
    | Rehearse
    | ShowSurveys
    | ShowCalendar
    | ShowRoutes
    | ShowSchedules
    | ShowPreview
    | ShowDigest
    | ShowDigests
    | ShowManagers
    | ShowStaff
    | ShowEvents
    | ShowWebhooks
    | ShowThemes
    | WriteNote
    | HaltAsking
    | ResumeAsking
)
