"""What accounts pay, from when on"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_revenues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("arr", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_revenues", "account_revenues", ["account_id", "since"])
    # What is paid today was not necessarily paid before: it is known from now on.
    op.execute(
        "INSERT INTO account_revenues (account_id, since, arr) "
        "SELECT id, CURRENT_TIMESTAMP, arr FROM accounts WHERE arr IS NOT NULL"
    )
