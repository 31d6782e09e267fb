"""Surveys that ask by themselves"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("check_in_day", sa.Integer(), nullable=True),
        sa.Column("most_a_day", sa.Integer(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("started_at", storage.types.UtcDateTime(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=True),
        sa.Column("paused_at", storage.types.UtcDateTime(), nullable=True),
        sa.Column("gathered_at", storage.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("survey_id"),
    )
    op.create_table(
        "audience_members",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"]),
        sa.PrimaryKeyConstraint("survey_id", "contact_id"),
    )
    op.create_index("ix_audience_members_contact", "audience_members", ["contact_id"])


def downgrade() -> None:
    op.drop_table("audience_members")
    op.drop_table("schedules")
