"""The emoji that asks, and how long it waits"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("surveys", sa.Column("reaction", sa.Text(), nullable=True))
    op.add_column("surveys", sa.Column("delay_minutes", sa.Integer(), server_default="180", nullable=False))
    op.create_index("ix_surveys_workspace_reaction", "surveys", ["workspace_id", "reaction"], unique=True)
    # As a new installation has it; where "support" was renamed, a manager chooses.
    op.execute(
        "UPDATE surveys SET reaction = 'ballot_box_with_ballot' WHERE name = 'support' AND kind = 'transactional'"
    )
