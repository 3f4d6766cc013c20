"""The log of changes to what pages of the public show, and the triggers that write it."""

import sqlalchemy as sa
from alembic import op

from shop.storefront import watched

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "page_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("tx", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_changes")),
    )
    op.create_index(op.f("ix_page_changes_tx"), "page_changes", ["tx"])
    op.create_index(op.f("ix_page_changes_at"), "page_changes", ["at"])
    watched.create(op.get_bind())
