"""Which alerts go where."""

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base
from storage.types import Words


class Route(Base):
    """Alerts that meet all its conditions go to its channel. None: no such condition, or the survey's own channel."""

    __tablename__ = "routes"
    __table_args__ = (Index("ix_routes_workspace", "workspace_id", "place"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    place: Mapped[int]  # the first that fits decides; from 1 on
    mention: Mapped[str]  # a word of `rules.routes.Mentions`
    mentioned_id: Mapped[str | None] = mapped_column(default=None)  # a colleague, or a user group
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id"), default=None)
    segment: Mapped[str | None] = mapped_column(default=None)
    owner_id: Mapped[str | None] = mapped_column(default=None)  # the account's
    arr_from: Mapped[int | None] = mapped_column(BigInteger, default=None)
    categories: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    highest_score: Mapped[int | None] = mapped_column(default=None)
    hours: Mapped[str | None] = mapped_column(default=None)  # a word of `rules.routes.Hours`
    channel_id: Mapped[str | None] = mapped_column(default=None)
    stopped_because: Mapped[str | None] = mapped_column(default=None)
