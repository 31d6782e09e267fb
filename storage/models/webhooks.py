"""Where we tell other programs what happened, what we owe them, and what became of each try."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base
from storage.types import Words


class WebhookEndpoint(Base):
    """An address of another program. `former_secret` signs too for a while, so that a new one breaks nothing."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (
        Index(
            "ix_webhook_endpoints_name",
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
    url: Mapped[str]
    events: Mapped[tuple[str, ...]] = mapped_column(Words)  # words of `rules.webhooks.WebhookEvent`
    secret: Mapped[str]  # which signatures are made with
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(default=None)  # the colleague who hears of trouble
    former_secret: Mapped[str | None] = mapped_column(default=None)
    former_until: Mapped[datetime | None] = mapped_column(default=None)
    off_since: Mapped[datetime | None] = mapped_column(default=None)
    off_because: Mapped[str | None] = mapped_column(default=None)  # a word of `webhooks.Off`
    failing_since: Mapped[datetime | None] = mapped_column(default=None)  # since a message was given up; None: well
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class WebhookMessage(Base):
    """What one endpoint is owed: what it is about, never its words. `user_id`: of an erased person, until it left."""

    __tablename__ = "webhook_messages"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        Index("ix_webhook_messages_due", "workspace_id", "state", "due_at"),
        Index("ix_webhook_messages_contact", "contact_id"),
        Index("ix_webhook_messages_response", "response_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("webhook_endpoints.id"))
    event_id: Mapped[str]  # the webhook-id: the same at every try, and at every endpoint
    type: Mapped[str]
    happened_at: Mapped[datetime]
    state: Mapped[str]
    due_at: Mapped[datetime]
    round: Mapped[int] = mapped_column(default=1)  # how often it was owed anew; fences a result that comes too late
    attempts: Mapped[int] = mapped_column(default=0)
    response_id: Mapped[int | None] = mapped_column(default=None)
    follow_up_id: Mapped[int | None] = mapped_column(default=None)
    contact_id: Mapped[int | None] = mapped_column(default=None)
    user_id: Mapped[str | None] = mapped_column(default=None)


class WebhookAttempt(Base):
    """One try: what was answered, or why nothing was. Never what was sent, never what came back."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (
        Index("ix_webhook_attempts_endpoint", "endpoint_id", "id"),
        Index("ix_webhook_attempts_message", "message_id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("webhook_endpoints.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("webhook_messages.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    took_ms: Mapped[int]
    status: Mapped[int | None] = mapped_column(default=None)
    because: Mapped[str | None] = mapped_column(default=None)  # a word of `rules.webhooks.Trouble`
