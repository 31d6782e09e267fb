"""Workspaces: who installed the bot, who may do what there, and when it asks."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import NEVER_REUSED, Base
from storage.types import Words


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
    takes_typed: Mapped[bool] = mapped_column(default=True, server_default=true())  # reads what people write to the bot
    names_staff: Mapped[bool] = mapped_column(default=False, server_default=false())  # else full members are staff
    time_zone: Mapped[str | None] = mapped_column(default=None)  # where the team works; None: by UTC
    escalation_channel_id: Mapped[str | None] = mapped_column(default=None)  # None: where the alert is
    escalation_stopped_because: Mapped[str | None] = mapped_column(default=None)
    staff_group_id: Mapped[str | None] = mapped_column(default=None)  # a user group whose members are staff
    favours: Mapped[tuple[str, ...]] = mapped_column(Words, default=(), nullable=True)  # `FavourKind`s asked for
    review_url: Mapped[str | None] = mapped_column(default=None)  # where somebody may write a review


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


class ListedStaff(Base):
    """Somebody a workspace named as staff, whatever they are in Slack."""

    __tablename__ = "listed_staff"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)


class RoleGrant(Base):
    """Somebody the bot takes for more than a member. `granted_by` None: Slack says so."""

    __tablename__ = "role_grants"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[int]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str | None] = mapped_column(default=None)
