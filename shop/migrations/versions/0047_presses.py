"""The press of a button that a decision came by, and how keys work for a person (ALTER TABLE keeps the rows and triggers)."""

import sqlalchemy as sa
from alembic import op


revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("press", sa.Text(), nullable=True))
    op.create_index("uq_decisions_press", "decisions", ["press", "revision_id", "number"], unique=True)
    op.execute(
        "ALTER TABLE users ADD COLUMN key_mode VARCHAR(20) DEFAULT 'plain' NOT NULL "
        "CONSTRAINT ck_users_keymode CHECK (key_mode IN ('plain', 'alt', 'off'))"
    )
