"""What is asked, whom and when, and who was not."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base
from storage.types import Words


class Survey(Base):
    """What we ask, and where its alerts go. `question` None: the standard wording in the person's language."""

    __tablename__ = "surveys"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        Index("ix_surveys_workspace_reaction", "workspace_id", "reaction", unique=True),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    name: Mapped[str]
    kind: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(default=None)
    subject: Mapped[str | None] = mapped_column(default=None)
    question: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str] = mapped_column(default="en")
    alert_channel_id: Mapped[str | None] = mapped_column(default=None)
    alerts_stopped_because: Mapped[str | None] = mapped_column(default=None)
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    reaction: Mapped[str | None] = mapped_column(default=None)  # Slack's name of the emoji that asks
    delay_minutes: Mapped[int] = mapped_column(default=180, server_default="180")  # from the emoji to the question
    is_open: Mapped[bool] = mapped_column(default=False, server_default=false())  # all of the customer's may answer
    reaction_channels: Mapped[tuple[str, ...]] = mapped_column(Words, default=(), nullable=True)  # none: everywhere
    after_days: Mapped[int | None] = mapped_column(default=None)  # of the recovery question; None: the usual
    privacy: Mapped[str] = mapped_column(default="named", server_default="named")  # a word of `Privacy`


class Schedule(Base):
    """A survey that asks by itself, over and over or once per person. `audience`: words of `rules.audience` by name."""

    __tablename__ = "schedules"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    every_days: Mapped[int | None] = mapped_column(default=None)  # None: a check-in
    check_in_day: Mapped[int | None] = mapped_column(default=None)
    most_a_day: Mapped[int]
    audience: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    started_at: Mapped[datetime]
    started_by: Mapped[str | None] = mapped_column(default=None)
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    gathered_at: Mapped[datetime | None] = mapped_column(default=None)  # when its people were last looked up in full


class AudienceMember(Base):
    """A customer, as Slack says, whom a schedule may ask: in its channels or user groups, or just known to us."""

    __tablename__ = "audience_members"
    __table_args__ = (Index("ix_audience_members_contact", "contact_id"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), primary_key=True)
    seen_at: Mapped[datetime]


class Invitation(Base):
    """One ask to one person in one place, with everything it was made of copied onto it."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("survey_id", "contact_id", "occasion"),
        Index("ix_invitations_contact", "contact_id", "state", "sent_at"),
        Index("ix_invitations_state_expires", "state", "expires_at"),
        # A response rate is counted from this alone, a state at a time.
        Index(
            "ix_invitations_counted",
            *("workspace_id", "kind", "is_rehearsal", "mode", "state", "sent_at"),
            *("trigger", "survey_id", "contact_id", "privacy"),
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    occasion: Mapped[str]
    occasion_label: Mapped[str | None] = mapped_column(default=None)
    trigger: Mapped[str] = mapped_column(default="colleague", server_default="colleague")  # a word of `TriggerKind`
    asked_by: Mapped[str | None] = mapped_column(default=None)
    channel_id: Mapped[str | None] = mapped_column(default=None)  # None: a DM
    thread_ts: Mapped[str | None] = mapped_column(default=None)
    permalink: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[str]
    subject: Mapped[str]
    question: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str]
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    was_overruled: Mapped[bool] = mapped_column(default=False)  # a colleague asked in spite of a resting period
    is_at_any_hour: Mapped[bool] = mapped_column(default=False, server_default=false())  # a colleague did not wait
    state: Mapped[str]
    created_at: Mapped[datetime]
    send_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    snoozes: Mapped[int] = mapped_column(default=0)
    withdrawn_from: Mapped[str | None] = mapped_column(default=None)  # the state a withdrawal can be undone to
    withdrawn_by_halt_at: Mapped[datetime | None] = mapped_column(default=None)
    card_channel_id: Mapped[str | None] = mapped_column(default=None)
    card_ts: Mapped[str | None] = mapped_column(default=None)
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    is_open: Mapped[bool] = mapped_column(default=False, server_default=false())  # all of their company may answer
    shut_at: Mapped[datetime | None] = mapped_column(default=None)  # when an open card lost its buttons
    privacy: Mapped[str] = mapped_column(default="named", server_default="named")  # as promised when asked
    mode: Mapped[str] = mapped_column(default="self", server_default="self")  # as its answer's, who will give it


class Withholding(Base):
    """Somebody wanted to ask, and the rules said no: why, and until when. `asked_by`: who wanted to."""

    __tablename__ = "withholdings"
    __table_args__ = (
        Index("ix_withholdings_contact", "contact_id", "withheld_at"),
        Index("ix_withholdings_workspace", "workspace_id", "withheld_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    withheld_at: Mapped[datetime]
    because: Mapped[str]
    until: Mapped[datetime | None] = mapped_column(default=None)
    days_ago: Mapped[int | None] = mapped_column(default=None)
    asked_by: Mapped[str | None] = mapped_column(default=None)
    trigger: Mapped[str] = mapped_column(default="colleague", server_default="colleague")
