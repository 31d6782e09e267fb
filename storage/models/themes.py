"""What comments are about: a workspace's own words for themes, and the themes found in each comment."""

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base
from storage.types import TextMap, Words


class WordList(Base):
    """How far a workspace's comments were read with its list as it is now. `read_until` None: to the end."""

    __tablename__ = "word_lists"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    made_of: Mapped[str]  # a mark of the words the software brings, which come with a new version
    read_until: Mapped[int | None] = mapped_column(default=None)  # the id of an answer


class OwnTheme(Base):
    """
    What a workspace made of a theme: renamed, with words of its own, taken out, or added.

    One that is taken out stays as an empty row, so that the key of another is never its own.
    """

    __tablename__ = "own_themes"
    __table_args__ = (UniqueConstraint("workspace_id", "key"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    key: Mapped[str]
    name: Mapped[str | None] = mapped_column(default=None)  # None: as the software calls it
    has_own_words: Mapped[bool] = mapped_column(default=False, server_default=false())
    words: Mapped[dict[str, str]] = mapped_column(TextMap, default_factory=dict, nullable=True)  # by language
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=false())


class Reading(Base):
    """What was read in a comment: its themes, and its words without case, since SQLite folds English letters only."""

    __tablename__ = "readings"

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), primary_key=True)
    themes: Mapped[tuple[str, ...]] = mapped_column(Words)  # their keys, in order
    folded: Mapped[str]


class ThemeCorrection(Base):
    """A colleague said that a comment is about a theme, or that it is not; no list says otherwise any more."""

    __tablename__ = "theme_corrections"

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)  # its key
    is_about: Mapped[bool]
