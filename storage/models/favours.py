"""What happy people do for us when they are asked for a favour."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base


class FavourOffer(Base):
    """Somebody was shown, with their answer, the box to tick for a favour. `taken_at`: when they ticked it."""

    __tablename__ = "favour_offers"
    __table_args__ = (
        UniqueConstraint("response_id"),
        Index("ix_favour_offers_contact", "contact_id", "offered_at"),
        Index("ix_favour_offers_workspace", "workspace_id", "offered_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    offered_at: Mapped[datetime]
    taken_at: Mapped[datetime | None] = mapped_column(default=None)


class Favour(Base):
    """One thing somebody did for us. `kind`: a word of `rules.favours.FavourKind`."""

    __tablename__ = "favours"
    __table_args__ = (
        UniqueConstraint("response_id", "kind"),
        Index("ix_favours_contact", "contact_id"),
        Index("ix_favours_workspace", "workspace_id", "kind", "given_at"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    kind: Mapped[str]
    given_at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(default=None)  # praise, or what may be quoted
    who: Mapped[str | None] = mapped_column(default=None)  # whom they recommend us to
    reach: Mapped[str | None] = mapped_column(default=None)  # and how to reach them
    colleague_id: Mapped[str | None] = mapped_column(default=None)  # who is praised
    consent: Mapped[str | None] = mapped_column(default=None)  # the very words they agreed to
    named_as: Mapped[str | None] = mapped_column(default=None)  # how the quote may be signed
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    card_channel_id: Mapped[str | None] = mapped_column(default=None)  # where the team was told
    card_ts: Mapped[str | None] = mapped_column(default=None)
