"""Who is staff, and where an emoji counts"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listed_staff",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "user_id"),
    )
    op.add_column("workspaces", sa.Column("names_staff", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("workspaces", sa.Column("staff_group_id", sa.Text(), nullable=True))
    op.add_column("surveys", sa.Column("reaction_channels", storage.types.Words(), nullable=True))


def downgrade() -> None:
    op.drop_column("surveys", "reaction_channels")
    op.drop_column("workspaces", "staff_group_id")
    op.drop_column("workspaces", "names_staff")
    op.drop_table("listed_staff")
