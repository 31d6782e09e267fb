"""What stands beside the numbers: notes on the time line, and pictures that were uploaded."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base


class TimelineNote(Base):
    """What happened on a day, in a colleague's words, for whoever looks at the trend."""

    __tablename__ = "timeline_notes"
    __table_args__ = (UniqueConstraint("workspace_id", "noted_on", "words"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    noted_on: Mapped[date]
    words: Mapped[str]
    written_by: Mapped[str | None] = mapped_column(default=None)
    written_at: Mapped[datetime]


class Picture(Base):
    """A picture of numbers that is in Slack, by what it shows. `description`: its words for screen readers."""

    __tablename__ = "pictures"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str]
    description: Mapped[str]
    uploaded_at: Mapped[datetime]
