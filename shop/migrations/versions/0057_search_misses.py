"""What buyers searched for and did not find, by day."""

import sqlalchemy as sa
from alembic import op


revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_misses",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("times", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_search_misses_counts_upwards")),
        sa.PrimaryKeyConstraint("day", "words", name=op.f("pk_search_misses")),
    )
