"""What people answered, and what colleagues made of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base


class Response(Base):
    """
    What a person answered, as it stands now. `is_repeat`: too soon after their last one to count in the score.

    `superseded_at`: when they next answered a relational survey themselves, by name or in confidence as this time, so
    that a score knows their latest of any time without looking at the others; of other answers, and the latest, None.
    """

    __tablename__ = "responses"
    __table_args__ = (
        Index("ix_responses_contact", "contact_id", "kind", "answered_at"),
        # A number is counted from this alone: first what it always asks for, then its window, then what it counts.
        Index(
            "ix_responses_counted",
            *("workspace_id", "kind", "is_rehearsal", "mode", "answered_at"),
            *("score", "superseded_at", "is_repeat", "survey_id", "contact_id", "privacy"),
        ),
        Index("ix_responses_latest", "workspace_id", "answered_at", "score"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), unique=True)
    kind: Mapped[str]
    score: Mapped[int]
    scored_at: Mapped[datetime]  # when the person chose this score: a later choice wins, whichever arrives first
    comment: Mapped[str | None] = mapped_column(default=None)
    solved: Mapped[str | None] = mapped_column(default=None)
    wants_reply: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime]
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    is_late: Mapped[bool] = mapped_column(default=False)
    is_repeat: Mapped[bool] = mapped_column(default=False)
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    mode: Mapped[str] = mapped_column(default="self", server_default="self")  # a word of `interviews.Mode`
    recorded_by: Mapped[str | None] = mapped_column(default=None)  # the colleague who was told, in a review meeting
    privacy: Mapped[str] = mapped_column(default="named", server_default="named")  # as the invitation's
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)


class ExitReason(Base):
    """Why a person's company did not renew, as it stands now. `chosen_at`: a later choice wins, as with scores."""

    __tablename__ = "exit_reasons"
    __table_args__ = (
        Index("ix_exit_reasons_contact", "contact_id"),
        Index("ix_exit_reasons_workspace", "workspace_id", "answered_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), unique=True)
    reason: Mapped[str]  # a word of `rules.exits.Reason`
    chosen_at: Mapped[datetime]
    comment: Mapped[str | None] = mapped_column(default=None)
    answered_at: Mapped[datetime]
    changed_at: Mapped[datetime | None] = mapped_column(default=None)


class ResponseRevision(Base):
    """One thing a person told us, kept for ever, whether it won or not. `source` makes a repeated delivery harmless."""

    __tablename__ = "response_revisions"
    __table_args__ = (UniqueConstraint("response_id", "source"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    source: Mapped[str]
    acted_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    score: Mapped[int | None] = mapped_column(default=None)
    comment: Mapped[str | None] = mapped_column(default=None)
    solved: Mapped[str | None] = mapped_column(default=None)
    wants_reply: Mapped[bool | None] = mapped_column(default=None)


class FollowUp(Base):
    """A promise to look after an answer: open, claimed by one person, resolved."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        Index(
            "ix_follow_ups_open",
            *("workspace_id", "state", "opened_at"),
            *("is_rehearsal", "causes", "claimed_by", "reply_due_at", "contacted_at", "snoozed_until"),
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), unique=True)
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    first_score: Mapped[int]
    causes: Mapped[str]  # why somebody should look, by the words of `rules.urgency.Cause`, with spaces between
    state: Mapped[str]
    opened_at: Mapped[datetime]  # when colleagues could first hear of it: of a confidential answer, some hours later
    round: Mapped[int] = mapped_column(default=1, server_default="1")  # how often it was opened
    reply_due_at: Mapped[datetime | None] = mapped_column(default=None)  # None: nobody waits for a first reply
    contacted_at: Mapped[datetime | None] = mapped_column(default=None)  # when the first reply went out
    snoozed_until: Mapped[datetime | None] = mapped_column(default=None)
    escalated_at: Mapped[datetime | None] = mapped_column(default=None)
    claimed_by: Mapped[str | None] = mapped_column(default=None)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_by: Mapped[str | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    root_cause: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    card_channel_id: Mapped[str | None] = mapped_column(default=None)
    card_ts: Mapped[str | None] = mapped_column(default=None)


class FollowUpStep(Base):
    """The log of a follow-up: who did what when, with the note they left."""

    __tablename__ = "follow_up_steps"
    __table_args__ = (
        Index("ix_follow_up_steps", "follow_up_id"),
        Index("ix_follow_up_steps_source", "follow_up_id", "source", unique=True),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"))
    what: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    root_cause: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    to: Mapped[str | None] = mapped_column(default=None)  # the colleague it was handed to
    how: Mapped[str | None] = mapped_column(default=None)  # a word of `rules.closing.ContactKind`
    until: Mapped[datetime | None] = mapped_column(default=None)
    source: Mapped[str | None] = mapped_column(default=None)  # the very act, so that a repeated one changes nothing
    signature: Mapped[str | None] = mapped_column(default=None)  # the name a colleague's words went out under


class FollowUpMessage(Base):
    """A message of ours about a follow-up beside its alert: lines, nudges, what went higher, replies to customers."""

    __tablename__ = "follow_up_messages"
    __table_args__ = (
        Index("ix_follow_up_messages", "follow_up_id"),
        UniqueConstraint("channel_id", "ts"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"))
    channel_id: Mapped[str]
    ts: Mapped[str]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up_steps.id"), default=None)  # a line tells of one
    is_to_customer: Mapped[bool] = mapped_column(default=False, server_default=false())  # where the customer reads
