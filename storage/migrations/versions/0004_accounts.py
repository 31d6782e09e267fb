"""Accounts, and what is known of a contact beyond Slack"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def of_contacts() -> list[sa.Column[object]]:
    return [
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("is_account_by_hand", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("is_decision_maker", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("properties", storage.types.TextMap(), nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("arr", sa.BigInteger(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("renews_on", sa.Date(), nullable=True),
        sa.Column("crm_id", sa.Text(), nullable=True),
        sa.Column("domains", storage.types.Words(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("created_at", storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace_id", "name"),
        sqlite_autoincrement=True,
    )
    op.add_column("workspaces", sa.Column("currency", sa.Text(), nullable=True))
    for column in of_contacts():
        op.add_column("contacts", column)
    # Plain SQL that both take. To copy the table, as a batch would, SQLite must drop it, and answers refer to it.
    op.execute("ALTER TABLE contacts ADD COLUMN account_id INTEGER REFERENCES accounts (id)")
    op.create_index("ix_contacts_account", "contacts", ["account_id"])
    op.create_index("ix_contacts_email", "contacts", ["workspace_id", "email"])


def downgrade() -> None:
    op.drop_index("ix_contacts_email", "contacts")
    op.drop_index("ix_contacts_account", "contacts")
    op.drop_column("contacts", "account_id")
    for column in of_contacts():
        op.drop_column("contacts", column.name)
    op.drop_column("workspaces", "currency")
    op.drop_table("accounts")
