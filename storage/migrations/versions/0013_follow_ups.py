"""The clock and the work of a follow-up"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0013"
down_revision = "0012_workflows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("time_zone", sa.Text(), nullable=True))
    op.add_column("workspaces", sa.Column("escalation_channel_id", sa.Text(), nullable=True))
    op.add_column("follow_ups", sa.Column("round", sa.Integer(), server_default="1", nullable=False))
    for name in ("reply_due_at", "contacted_at", "snoozed_until", "escalated_at"):
        op.add_column("follow_ups", sa.Column(name, UtcDateTime(), nullable=True))
    for name, type_ in (("to", sa.Text()), ("how", sa.Text()), ("until", UtcDateTime())):
        op.add_column("follow_up_steps", sa.Column(name, type_, nullable=True))
    op.create_table(
        "follow_up_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_ups.id"]),
        sa.ForeignKeyConstraint(["step_id"], ["follow_up_steps.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel_id", "ts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_up_messages", "follow_up_messages", ["follow_up_id"])
