"""Reminders, open cards, and whether people may answer by typing"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("takes_typed", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("surveys", sa.Column("is_open", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("invitations", sa.Column("is_open", sa.Boolean(), server_default=sa.false(), nullable=False))
    for name in ("reminded_at", "shut_at"):
        op.add_column("invitations", sa.Column(name, UtcDateTime(), nullable=True))
