"""Scores told in a review meeting, and why somebody did not renew"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("responses", sa.Column("mode", sa.Text(), server_default="self", nullable=False))
    op.add_column("responses", sa.Column("recorded_by", sa.Text(), nullable=True))
    op.create_table(
        "exit_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chosen_at", storage.types.UtcDateTime(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_at", storage.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", storage.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"]),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("invitation_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exit_reasons_contact", "exit_reasons", ["contact_id"])
    op.create_index("ix_exit_reasons_workspace", "exit_reasons", ["workspace_id", "answered_at"])


def downgrade() -> None:
    op.drop_table("exit_reasons")
    op.drop_column("responses", "recorded_by")
    op.drop_column("responses", "mode")
