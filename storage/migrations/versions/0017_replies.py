"""What colleagues and customers write to each other"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("source", "signature"):
        op.add_column("follow_up_steps", sa.Column(name, sa.Text(), nullable=True))
    op.create_index("ix_follow_up_steps_source", "follow_up_steps", ["follow_up_id", "source"], unique=True)
    op.add_column(
        "follow_up_messages", sa.Column("is_to_customer", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
