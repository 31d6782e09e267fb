"""How people feel some weeks after somebody looked after their answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base


class Recovery(Base):
    """A round of a follow-up that was resolved, once: whether its person was asked how they feel now."""

    __tablename__ = "recoveries"
    __table_args__ = (
        UniqueConstraint("follow_up_id", "round"),
        UniqueConstraint("invitation_id"),
        Index("ix_recoveries_contact", "contact_id"),
        Index("ix_recoveries_workspace", "workspace_id", "decided_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"))
    round: Mapped[int]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    score: Mapped[int]  # what they had given when it was resolved
    decided_at: Mapped[datetime]
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), default=None)  # None: needless
