"""Why somebody was not asked"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withholdings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("withheld_at", storage.types.UtcDateTime(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("until", storage.types.UtcDateTime(), nullable=True),
        sa.Column("days_ago", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_withholdings_contact", "withholdings", ["contact_id", "withheld_at"])


def downgrade() -> None:
    op.drop_table("withholdings")
