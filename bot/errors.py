"""What we politely decline: each refusal has a sentence of its own, in `texts.refusals`."""

from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):  # noqa: N818 - a polite no is not an error
    """A polite no to a person. Anything else that is raised is a bug. `language`: theirs, where we know it better."""

    language: str | None = None

    def to(self, language: str) -> "Refusal":
        """The same no, to somebody we have spoken to in this language."""
        self.language = language
        return self


class NotInvited(Refusal):
    """Somebody else clicked a question that was asked of one person."""


class NotAddressed(Refusal):
    """Somebody else wants to answer a message that was for one person."""


class ReplyUnwanted(Refusal):
    """A customer who does not want to be asked, and did not wish for a reply."""


class QuestionGone(Refusal):
    """The invitation was erased, or belongs to another workspace."""


class QuestionWithdrawn(Refusal):
    """The question was taken back before it was answered."""


@dataclass(eq=False)
class QuestionClosed(Refusal):
    """Too late even for a late answer."""

    closed_at: datetime


@dataclass(eq=False)
class AnswerSettled(Refusal):
    """The time for changing an answer is over."""

    until: datetime


@dataclass(eq=False)
class NotAllowed(Refusal):
    """The caller's role does not reach. `who_can` are the Slack ids of people who may, maybe none."""

    wanted: str
    who_can: tuple[str, ...] = ()


class OutsidersCannot(Refusal):
    """Guests and external people answer; they never ask, read or configure."""


@dataclass(eq=False)
class NotUnderstood(Refusal):
    """Words after /nps that mean nothing to us. `nearest` is the closest thing we know."""

    word: str
    nearest: str | None = None


@dataclass(eq=False)
class NotComparable(Refusal):
    """Two sides of which nothing can be said beside each other. `because`: a key of the sentence that says why."""

    because: str


class NotYours(Refusal):
    """The numbers of one colleague, wanted by another."""


class TooMuchWanted(Refusal):
    """More filters than the words beside a menu may hold."""


@dataclass(eq=False)
class PersonUnknown(Refusal):
    """No such person; `because` is a key of the sentence that says how to name one."""

    name: str
    because: str = "unknown"


@dataclass(eq=False)
class SurveyUnknown(Refusal):
    name: str
    known: tuple[str, ...] = ()


@dataclass(eq=False)
class PlaceRefused(Refusal):
    """A channel or thread where we cannot ask or alert. `because`: a key of its sentence."""

    because: str
    channel_id: str | None = None


@dataclass(eq=False)
class StepRefused(Refusal):
    """A workflow step with an input nobody can ask by. `because`: a key of its sentence."""

    because: str


class RouteGone(Refusal):
    """A stale list: somebody has removed the route."""


class ThemeGone(Refusal):
    """A stale list: somebody has taken the theme out."""


class CommentGone(Refusal):
    """A stale list: the comment was erased, or is not to be seen."""


class ChannelChosen(Refusal):
    """A stale menu: alerts have a channel already."""


@dataclass(eq=False)
class NobodyToAsk(Refusal):
    """An emoji on a message that leads to no customer. `because`: a key of its sentence."""

    because: str


@dataclass(eq=False)
class Withheld(Refusal):
    """The rules say: do not ask this person now. `until` is when they would allow it; `days_ago`: the last ask."""

    because: str
    until: datetime | None = None
    days_ago: int | None = None
    is_doubled: bool = False
    may_be_overruled: bool = False


@dataclass(eq=False)
class Halted(Refusal):
    """Asking is stopped for the whole workspace."""

    since: datetime
    by: str | None


@dataclass(eq=False)
class TakenAlready(Refusal):
    """Somebody else claimed the follow-up first, or its state moved on."""

    state: str
    by: str | None = None


@dataclass(eq=False)
class ScopeMissing(Refusal):
    """Slack was not asked for the leave this takes."""

    scope: str


@dataclass(eq=False)
class InputRefused(Refusal):
    """A field of a modal that cannot be taken as it is. `field` is its block id, `because` a key of its sentence."""

    field: str
    because: str
