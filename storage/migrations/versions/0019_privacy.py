"""Whether colleagues see who answered"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("surveys", "invitations", "responses"):
        op.add_column(table, sa.Column("privacy", sa.Text(), server_default="named", nullable=False))
