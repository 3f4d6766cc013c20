"""What stands beside each product: bought together, similar goods, and the nights on which it was counted."""

import sqlalchemy as sa
from alembic import op

from shop.storefront import watched

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "related_runs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("changed >= 0", name=op.f("ck_related_runs_counts_upwards")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_related_runs")),
    )
    op.create_table(
        "related_goods",
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "relation",
            sa.Enum("together", "similar", name="relation", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 8", name=op.f("ck_related_goods_few")),
        sa.CheckConstraint("product_id <> other_id", name=op.f("ck_related_goods_not_itself")),
        sa.ForeignKeyConstraint(["other_id"], ["products.id"], name=op.f("fk_related_goods_other_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_related_goods_product_id")),
        sa.PrimaryKeyConstraint("product_id", "relation", "position", name=op.f("pk_related_goods")),
        sa.UniqueConstraint(
            "product_id", "relation", "other_id", name=op.f("uq_related_goods_product_id_relation_other_id")
        ),
    )
    watched.create(op.get_bind())
