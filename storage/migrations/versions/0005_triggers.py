"""What started an ask"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("invitations", "withholdings"):
        op.add_column(table, sa.Column("trigger", sa.Text(), server_default="colleague", nullable=False))
    op.execute("UPDATE invitations SET trigger = 'reaction' WHERE occasion LIKE 'reaction:%'")
