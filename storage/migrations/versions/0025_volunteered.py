"""Answers that nobody asked for, on open cards, are counted apart"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OF_THEIR_OWN_ACCORD = "UPDATE invitations SET mode = 'volunteered' WHERE trigger = 'open_card'"
THEIR_ANSWERS = """
    UPDATE responses SET mode = 'volunteered'
    WHERE invitation_id IN (SELECT id FROM invitations WHERE mode = 'volunteered')
"""


def upgrade() -> None:
    op.execute(OF_THEIR_OWN_ACCORD)
    op.execute(THEIR_ANSWERS)
