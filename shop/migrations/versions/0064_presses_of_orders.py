"""The press of a button that asked for a step of an order."""

import sqlalchemy as sa
from alembic import op


revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("order_events", sa.Column("press", sa.Text(), nullable=True))
    op.create_index("uq_order_events_press", "order_events", ["order_id", "press"], unique=True)
