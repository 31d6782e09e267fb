"""Every table on one page. Rows are read-only outside `storage`: to change one, ask its noun's queries."""

from datetime import date, datetime
from typing import dataclass_transform

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, false, true
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from storage.types import TextMap, UtcDateTime, Words


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column,))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    type_annotation_map = {datetime: UtcDateTime(), str: Text()}  # noqa: RUF012 - SQLAlchemy reads it so


# An erased row's id is never given out again: a click on its old card must find nothing.
NEVER_REUSED = {"sqlite_autoincrement": True}


class Workspace(Base):
    """A Slack workspace that installed the bot."""

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    bot_user_id: Mapped[str]
    created_at: Mapped[datetime]
    salt: Mapped[str] = mapped_column(default="")  # keys the fingerprints of erased people who opted out
    halted_at: Mapped[datetime | None] = mapped_column(default=None)
    halted_by: Mapped[str | None] = mapped_column(default=None)
    currency: Mapped[str | None] = mapped_column(default=None)  # what every account's arr is counted in
    opens: Mapped[int] = mapped_column(default=9, server_default="9")  # the hours in which questions leave,
    closes: Mapped[int] = mapped_column(default=17, server_default="17")  # where the person is; the last one excluded
    weekdays: Mapped[tuple[str, ...]] = mapped_column(
        Words, default=("0", "1", "2", "3", "4"), server_default=" 0 1 2 3 4 "
    )
    keeps_holidays: Mapped[bool] = mapped_column(default=True, server_default=true())


class Blackout(Base):
    """Days on which nobody is asked, both included."""

    __tablename__ = "blackouts"
    __table_args__ = (UniqueConstraint("workspace_id", "first_on", "last_on"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    name: Mapped[str | None] = mapped_column(default=None)


class Incident(Base):
    """Something is broken for an account, or (None) for everybody: nobody of theirs is asked until it ends."""

    __tablename__ = "incidents"
    __table_args__ = (UniqueConstraint("workspace_id", "key"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    key: Mapped[str]
    started_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class RoleGrant(Base):
    """Somebody the bot takes for more than a member. `granted_by` None: Slack says so."""

    __tablename__ = "role_grants"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[int]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str | None] = mapped_column(default=None)


class Account(Base):
    """A company whose people are contacts. `domains`, `team_id`: by which mail and which Slack they are recognised."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("workspace_id", "name"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    name: Mapped[str]
    segment: Mapped[str | None] = mapped_column(default=None)
    owner_id: Mapped[str | None] = mapped_column(default=None)  # the colleague who looks after it
    arr: Mapped[int | None] = mapped_column(BigInteger, default=None)  # a year, in the workspace's one currency
    started_on: Mapped[date | None] = mapped_column(default=None)
    renews_on: Mapped[date | None] = mapped_column(default=None)
    crm_id: Mapped[str | None] = mapped_column(default=None)
    domains: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    team_id: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime]


class Contact(Base):
    """Somebody who was or may be asked. `is_account_by_hand`: a colleague said whose they are, so nothing guesses."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id"),
        Index("ix_contacts_account", "account_id"),
        Index("ix_contacts_email", "workspace_id", "email"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    user_id: Mapped[str]
    name: Mapped[str]
    handle: Mapped[str | None] = mapped_column(default=None)  # what follows the @
    language: Mapped[str | None] = mapped_column(default=None)
    home_team_id: Mapped[str | None] = mapped_column(default=None)
    first_seen_at: Mapped[datetime]
    opted_out_at: Mapped[datetime | None] = mapped_column(default=None)
    email: Mapped[str | None] = mapped_column(default=None)  # in lower case, and only when it was imported
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None)
    is_account_by_hand: Mapped[bool] = mapped_column(default=False, server_default=false())
    time_zone: Mapped[str | None] = mapped_column(default=None)
    role: Mapped[str | None] = mapped_column(default=None)
    is_decision_maker: Mapped[bool] = mapped_column(default=False, server_default=false())
    properties: Mapped[dict[str, str]] = mapped_column(TextMap, default_factory=dict, nullable=True)


class Suppression(Base):
    """An erased person who had opted out: a keyed fingerprint that recognises them and tells nothing else."""

    __tablename__ = "suppressions"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    opted_out_at: Mapped[datetime]


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


class Invitation(Base):
    """One ask to one person in one place, with everything it was made of copied onto it."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("survey_id", "contact_id", "occasion"),
        Index("ix_invitations_contact_sent", "contact_id", "sent_at"),
        Index("ix_invitations_state_expires", "state", "expires_at"),
        Index("ix_invitations_workspace_sent", "workspace_id", "sent_at"),
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


class Withholding(Base):
    """Somebody wanted to ask, and the rules said no: why, and until when. `asked_by`: who wanted to."""

    __tablename__ = "withholdings"
    __table_args__ = (Index("ix_withholdings_contact", "contact_id", "withheld_at"), NEVER_REUSED)

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


class Response(Base):
    """What a person answered, as it stands now. `is_repeat`: too soon after their last one to count in the score."""

    __tablename__ = "responses"
    __table_args__ = (
        Index("ix_responses_contact", "contact_id", "kind", "answered_at"),
        Index("ix_responses_workspace", "workspace_id", "kind", "answered_at"),
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
    __table_args__ = (Index("ix_follow_ups_open", "workspace_id", "state"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), unique=True)
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    first_score: Mapped[int]
    causes: Mapped[str]  # why somebody should look, by the words of `rules.urgency.Cause`, with spaces between
    state: Mapped[str]
    opened_at: Mapped[datetime]
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
    __table_args__ = (Index("ix_follow_up_steps", "follow_up_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"))
    what: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    root_cause: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


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
