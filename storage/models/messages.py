"""What we owe to Slack and to workflows, what other programs told us, and recurring chores."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base


class Delivery(Base):
    """A message we owe: what it is about, never its words. `lane` is the queue Slack's rate limit gives it."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_due", "workspace_id", "state", "due_at"),
        Index("ix_deliveries_lane", "lane", "state", "due_at"),
        Index("ix_deliveries_invitation", "invitation_id"),
        Index("ix_deliveries_follow_up", "follow_up_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    lane: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    round: Mapped[int] = mapped_column(default=1)  # how often it was owed anew; fences a result that comes too late
    attempts: Mapped[int] = mapped_column(default=0)
    posting_since: Mapped[datetime | None] = mapped_column(default=None)  # set while Slack is being told, else None
    invitation_id: Mapped[int | None] = mapped_column(default=None)
    follow_up_id: Mapped[int | None] = mapped_column(default=None)
    survey_id: Mapped[int | None] = mapped_column(default=None)
    recipient_id: Mapped[str | None] = mapped_column(default=None)
    message_ts: Mapped[str | None] = mapped_column(default=None)
    topic: Mapped[str | None] = mapped_column(default=None)
    obstacle: Mapped[str | None] = mapped_column(default=None)
    obstacle_channel_id: Mapped[str | None] = mapped_column(default=None)
    because: Mapped[str | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)


class WorkflowStep(Base):
    """A workflow of Slack's that came to our step, and waits for what becomes of an invitation."""

    __tablename__ = "workflow_steps"
    __table_args__ = (
        Index("ix_workflow_steps_completed", "completed_at"),
        Index("ix_workflow_steps_invitation", "invitation_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    execution_id: Mapped[str] = mapped_column(unique=True)  # Slack's name for this one run
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), default=None)  # None: nobody asked
    reason: Mapped[str | None] = mapped_column(default=None)  # why nobody was, in words; gone once the workflow knows
    is_wrong: Mapped[bool] = mapped_column(default=False, server_default=false())  # an input is, so the step fails
    began_at: Mapped[datetime]
    completed_at: Mapped[datetime | None] = mapped_column(default=None)


class EventSource(Base):
    """Another program that may tell us events. Its token is kept as a fingerprint only."""

    __tablename__ = "event_sources"
    __table_args__ = (
        Index(
            "ix_event_sources_name",
            *("workspace_id", "name"),
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    name: Mapped[str]
    vendor: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[str]  # which signatures are made with
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Event(Base):
    """What another program told us, and what came of it. `body`: all of it, only while a person has to be found."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("source_id", "event_key"),
        Index("ix_events_case", "source_id", "case_id"),
        Index("ix_events_contact", "contact_id"),
        Index("ix_events_workspace", "workspace_id", "state"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("event_sources.id"))
    event_key: Mapped[str]
    type: Mapped[str]
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    case_id: Mapped[str | None] = mapped_column(default=None)
    occasion_label: Mapped[str | None] = mapped_column(default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), default=None)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), default=None)
    state: Mapped[str]
    outcome: Mapped[str]  # a word of `Outcome`
    because: Mapped[str | None] = mapped_column(default=None)
    until: Mapped[datetime | None] = mapped_column(default=None)
    body: Mapped[str | None] = mapped_column(default=None)


class Lane(Base):
    """When the next message may leave through a lane."""

    __tablename__ = "lanes"

    name: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]


class Duty(Base):
    """A recurring chore and when it is next due; taking a turn is a compare-and-set, so one replica wins."""

    __tablename__ = "duties"

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
