"""Counting from an index alone: which questions a colleague was told the answer to, and which answers are the latest"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None

TOLD = """
    UPDATE invitations SET mode = (SELECT mode FROM responses WHERE responses.invitation_id = invitations.id)
    WHERE id IN (SELECT invitation_id FROM responses WHERE mode <> 'self')
"""
SUPERSEDED = """
    UPDATE responses SET superseded_at = (
        SELECT min(later.answered_at) FROM responses AS later
        WHERE later.contact_id = responses.contact_id AND later.kind = 'relational'
        AND later.mode = 'self' AND NOT later.is_rehearsal AND later.answered_at >= responses.answered_at
        AND (later.answered_at > responses.answered_at OR later.id > responses.id)
        AND later.privacy = responses.privacy
    )
    WHERE kind = 'relational' AND mode = 'self' AND NOT is_rehearsal
"""
REPLACED = {
    "ix_responses_workspace": "responses",
    "ix_invitations_workspace_sent": "invitations",
    "ix_invitations_contact_sent": "invitations",
    "ix_follow_ups_open": "follow_ups",
}
MADE = {
    "ix_responses_counted": (
        "responses",
        "workspace_id kind is_rehearsal mode answered_at score superseded_at is_repeat survey_id contact_id privacy",
    ),
    "ix_responses_latest": ("responses", "workspace_id answered_at score"),
    "ix_invitations_counted": (
        "invitations",
        "workspace_id kind is_rehearsal mode state sent_at trigger survey_id contact_id privacy",
    ),
    "ix_invitations_contact": ("invitations", "contact_id state sent_at"),
    "ix_follow_ups_open": (
        "follow_ups",
        "workspace_id state opened_at is_rehearsal causes claimed_by reply_due_at contacted_at snoozed_until",
    ),
    "ix_withholdings_workspace": ("withholdings", "workspace_id withheld_at"),
    "ix_favour_offers_workspace": ("favour_offers", "workspace_id offered_at"),
}


def upgrade() -> None:
    op.add_column("invitations", sa.Column("mode", sa.Text(), server_default="self", nullable=False))
    op.execute(TOLD)
    op.add_column("responses", sa.Column("superseded_at", UtcDateTime(), nullable=True))
    op.execute(SUPERSEDED)
    for name, table in REPLACED.items():
        op.drop_index(name, table)
    for name, (table, columns) in MADE.items():
        op.create_index(name, table, columns.split())
