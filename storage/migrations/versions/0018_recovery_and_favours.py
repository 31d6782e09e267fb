"""How people feel after somebody looked after their answer, and favours of happy ones"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("surveys", sa.Column("after_days", sa.Integer(), nullable=True))
    op.add_column("workspaces", sa.Column("favours", sa.Text(), nullable=True))
    op.add_column("workspaces", sa.Column("review_url", sa.Text(), nullable=True))
    op.create_table(
        "recoveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_ups.id"]),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("follow_up_id", "round"),
        sa.UniqueConstraint("invitation_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recoveries_contact", "recoveries", ["contact_id"])
    op.create_index("ix_recoveries_workspace", "recoveries", ["workspace_id", "decided_at"])
    op.create_table(
        "favour_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("response_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_favour_offers_contact", "favour_offers", ["contact_id", "offered_at"])
    op.create_table(
        "favours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("words", "who", "reach", "colleague_id")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("consent", "named_as")),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("card_channel_id", sa.Text(), nullable=True),
        sa.Column("card_ts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"]),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("response_id", "kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_favours_contact", "favours", ["contact_id"])
    op.create_index("ix_favours_workspace", "favours", ["workspace_id", "kind", "given_at"])
