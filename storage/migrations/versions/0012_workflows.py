"""Steps in Slack's workflows"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0012_workflows"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workflow_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("execution_id", sa.Text(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("is_wrong", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("execution_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_workflow_steps_completed", "workflow_steps", ["completed_at"])
    op.create_index("ix_workflow_steps_invitation", "workflow_steps", ["invitation_id"])
