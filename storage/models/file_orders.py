"""Files that colleagues asked for."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base


class FileOrder(Base):
    """
    A file of answers that a colleague waits for, one at a time; gone once it was sent.

    `round`: how often somebody was erased while it was waited for. What was written before then is not sent.
    """

    __tablename__ = "file_orders"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    user_id: Mapped[str]  # who asked
    words: Mapped[str]  # which answers, as it would be typed
    format: Mapped[str]  # a word of `rules.answer_files.Format`
    ordered_at: Mapped[datetime]
    due_at: Mapped[datetime]  # when somebody may take it up; later while somebody has it
    round: Mapped[int] = mapped_column(default=1, server_default="1")
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
