"""What other programs may tell us, and how it must be worded. What is no field is refused: a typo shall be noticed."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.rules.cases import Step

LONGEST_ID, LONGEST_NAME, LONGEST_LABEL, LONGEST_COMMENT = 200, 200, 80, 3000
LONGEST_DELAY_HOURS, LONGEST_DELAY_DAYS = 72, 90
EMAIL = re.compile(r"[^\s<>|@]+@[^\s<>|@]+\.[^\s<>|@]+")


class EventType(StrEnum):
    CASE_OPENED = Step.OPENED
    CASE_CLOSED = Step.CLOSED
    CASE_REOPENED = Step.REOPENED
    PLAN_UPGRADED = "plan_upgraded"
    PLAN_DOWNGRADED = "plan_downgraded"
    OUTCOME_KNOWN = "outcome_known"
    INCIDENT_STARTED = "incident_started"
    INCIDENT_ENDED = "incident_ended"
    REVIEW_MEETING = "review_meeting"
    NOT_RENEWED = "not_renewed"


CASES = frozenset(map(EventType, Step))
NEEDED: dict[EventType, tuple[str, ...]] = {
    **dict.fromkeys(CASES, ("case",)),
    EventType.PLAN_UPGRADED: ("person",),
    EventType.PLAN_DOWNGRADED: ("person",),
    EventType.OUTCOME_KNOWN: ("person", "known_on"),
    EventType.REVIEW_MEETING: ("person", "score", "recorded_by"),
    EventType.NOT_RENEWED: ("person",),
}


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not hold the character NUL")
    return text


def _address(text: str) -> str:
    if not EMAIL.fullmatch(text):
        raise ValueError("must be an e-mail address")
    return text.lower()


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_storable)]
Id = Annotated[Words, Field(max_length=LONGEST_ID)]
Name = Annotated[Words, Field(max_length=LONGEST_NAME)]
SlackId = Annotated[str, Field(pattern=r"^[UW][A-Z0-9]{2,20}$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Named(Strict):
    """A person as the other program knows them: by id or address, by the thread they began, or both."""

    slack_id: SlackId | None = None
    email: Annotated[Name, AfterValidator(_address)] | None = None
    permalink: Name | None = None
    channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]{2,20}$")] | None = None
    thread: Annotated[str, Field(pattern=r"^\d{10}\.\d{6}$")] | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if self.slack_id and self.email:
            raise ValueError("must have slack_id or email, not both")
        if bool(self.channel) != bool(self.thread):
            raise ValueError("must have channel and thread together")
        if self.permalink and self.channel:
            raise ValueError("must have permalink or channel and thread, not both")
        if not self.model_fields_set or not any((self.slack_id, self.email, self.permalink, self.channel)):
            raise ValueError("must have slack_id, email, permalink, or channel and thread")
        return self


class NamedAccount(Strict):
    """An account by one of its signs."""

    name: Name | None = None
    domain: Name | None = None
    crm_id: Name | None = None
    team_id: Name | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if len([value for value in self.model_dump().values() if value]) != 1:
            raise ValueError("must have exactly one of name, domain, crm_id, team_id")
        return self


class NamedCase(Strict):
    id: Id
    title: Name | None = None


class Told(Strict):
    """One event. `id` makes it safe to tell again."""

    id: Id
    type: EventType
    happened_at: AwareDatetime | None = None
    person: Named | None = None
    account: NamedAccount | None = None
    case: NamedCase | None = None
    survey: Name | None = None
    occasion: Annotated[Words, Field(max_length=LONGEST_LABEL)] | None = None
    delay_hours: Annotated[int, Field(ge=0, le=LONGEST_DELAY_HOURS)] | None = None
    known_on: date | None = None
    delay_days: Annotated[int, Field(ge=0, le=LONGEST_DELAY_DAYS)] = 0
    score: Annotated[int, Field(strict=True, ge=0, le=10)] | None = None
    comment: Annotated[Words, Field(max_length=LONGEST_COMMENT)] | None = None
    recorded_by: SlackId | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        missing = [name for name in NEEDED.get(self.type, ()) if getattr(self, name) is None]
        if missing:
            raise ValueError(f"must have {' and '.join(missing)} when type is {self.type}")
        return self

    @property
    def label(self) -> str | None:
        """What it was about, in the words the person is shown."""
        title = self.case.title if self.case else None
        label = self.occasion or title
        return label if label is None or len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"

    def happened(self, *, otherwise: datetime) -> datetime:
        return self.happened_at or otherwise
