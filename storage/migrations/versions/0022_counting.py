"""Counting from an index alone, and which questions were answered to a colleague"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None

TOLD = """
    UPDATE invitations SET mode = (SELECT mode FROM responses WHERE responses.invitation_id = invitations.id)
    WHERE id IN (SELECT invitation_id FROM responses WHERE mode <> 'self')
"""
REPLACED = {
    "ix_responses_workspace": "responses",
    "ix_invitations_workspace_sent": "invitations",
    "ix_follow_ups_open": "follow_ups",
}
MADE = {
    "ix_responses_counted": (
        "responses",
        "workspace_id kind is_rehearsal mode answered_at contact_id score is_repeat survey_id privacy",
    ),
    "ix_responses_latest": ("responses", "workspace_id answered_at score"),
    "ix_invitations_counted": (
        "invitations",
        "workspace_id kind is_rehearsal mode state sent_at trigger survey_id contact_id privacy",
    ),
    "ix_follow_ups_open": ("follow_ups", "workspace_id state opened_at"),
    "ix_withholdings_workspace": ("withholdings", "workspace_id withheld_at"),
    "ix_favour_offers_workspace": ("favour_offers", "workspace_id offered_at"),
}


def upgrade() -> None:
    op.add_column("invitations", sa.Column("mode", sa.Text(), server_default="self", nullable=False))
    op.execute(TOLD)
    for name, table in REPLACED.items():
        op.drop_index(name, table)
    for name, (table, columns) in MADE.items():
        op.create_index(name, table, columns.split())
