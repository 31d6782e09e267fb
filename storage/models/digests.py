"""What a team is told once a week, and when a score has fallen."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base
from storage.types import Words


class Digest(Base):
    """A channel that hears of some customers once a week. Nothing named of surveys, owner or segments: all of them."""

    __tablename__ = "digests"
    __table_args__ = (Index("ix_digests_due", "due_at"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    channel_id: Mapped[str]
    weekday: Mapped[int]  # Monday is 0
    hour: Mapped[int]
    time_zone: Mapped[str | None] = mapped_column(default=None)  # of whoever set it up
    survey_ids: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    owner_id: Mapped[str | None] = mapped_column(default=None)  # the colleague who looks after the accounts
    segments: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    created_at: Mapped[datetime]
    set_up_by: Mapped[str | None] = mapped_column(default=None)
    due_at: Mapped[datetime]
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    stopped_because: Mapped[str | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Edition(Base):
    """A digest of one week, and where it stands in Slack. `will_ask`: whom it said would be asked the week after."""

    __tablename__ = "editions"
    __table_args__ = (
        UniqueConstraint("digest_id", "slot_at"),
        Index("ix_editions_card", "workspace_id", "card_channel_id", "card_ts"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"))
    since_at: Mapped[datetime]
    until_at: Mapped[datetime]
    slot_at: Mapped[datetime]  # when it fell due; who waits is told as of then
    will_ask: Mapped[int] = mapped_column(default=0)
    card_channel_id: Mapped[str | None] = mapped_column(default=None)
    card_ts: Mapped[str | None] = mapped_column(default=None)


class Fall(Base):
    """A survey's score fell, and chance alone would seldom do that: the answers of four weeks, and of those before."""

    __tablename__ = "falls"
    __table_args__ = (Index("ix_falls_survey", "survey_id", "found_at"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    found_at: Mapped[datetime]
    promoters_before: Mapped[int]
    passives_before: Mapped[int]
    detractors_before: Mapped[int]
    promoters: Mapped[int]
    passives: Mapped[int]
    detractors: Mapped[int]
