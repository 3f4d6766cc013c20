"""Phone numbers to which cash is offered again."""

import sqlalchemy as sa
from alembic import op


revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "cash_lifts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("because <> ''", name=op.f("ck_cash_lifts_for_a_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_cash_lifts_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_lifts")),
    )
    op.create_index("ix_cash_lifts_phone", "cash_lifts", ["phone"], unique=False)
