"""To whom a purchase is sent that somebody else pays."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "purchase_gifts",
        sa.Column("purchase_id", BIG, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> '' AND length(message) <= 200", name=op.f("ck_purchase_gifts_whole")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], name=op.f("fk_purchase_gifts_purchase_id")),
        sa.PrimaryKeyConstraint("purchase_id", name=op.f("pk_purchase_gifts")),
    )
    op.create_index("ix_purchase_gifts_phone", "purchase_gifts", ["phone"], unique=False)
