"""What comments are about"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_lists",
        sa.Column("workspace_id", sa.Text(), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("made_of", sa.Text(), nullable=False),
        sa.Column("read_until", sa.Integer()),
    )
    op.create_table(
        "own_themes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Text(), sa.ForeignKey("workspaces.id"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("has_own_words", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("words", sa.JSON()),
        sa.Column("is_removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.UniqueConstraint("workspace_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "readings",
        sa.Column("response_id", sa.Integer(), sa.ForeignKey("responses.id"), primary_key=True),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
    )
    op.create_table(
        "theme_corrections",
        sa.Column("response_id", sa.Integer(), sa.ForeignKey("responses.id"), primary_key=True),
        sa.Column("theme", sa.Text(), primary_key=True),
        sa.Column("is_about", sa.Boolean(), nullable=False),
    )
