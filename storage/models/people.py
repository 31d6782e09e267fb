"""The people who are asked, and the companies they belong to."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base
from storage.types import TextMap, Words


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


class AccountRevenue(Base):
    """What an account pays a year from a moment on, until the next of these. None: nobody knows any more."""

    __tablename__ = "account_revenues"
    __table_args__ = (Index("ix_account_revenues", "account_id", "since"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    since: Mapped[datetime]  # when we heard of it
    arr: Mapped[int | None] = mapped_column(BigInteger, default=None)


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
