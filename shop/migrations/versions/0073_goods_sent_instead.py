"""Goods that are sent instead of others: a line of an order that was not sold, and its line of a change."""

import sqlalchemy as sa
from alembic import op


revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("instead_of_id", number, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_order_lines_instead_of_id"), "order_lines", ["instead_of_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("ck_order_lines_quantity_is_positive"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_order_lines_sold_or_instead"),
            "quantity >= 0 AND (quantity = 0) = (instead_of_id IS NOT NULL)",
        )

    with op.batch_alter_table("order_change_lines", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_order_change_lines_fewer_or_weighed"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_order_change_lines_settled_within"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_order_change_lines_fewer_weighed_or_instead"),
            "before > after OR (before = after AND grams IS NOT NULL) OR (before = 0 AND grams IS NULL)",
        )
        batch_op.create_check_constraint(batch_op.f("ck_order_change_lines_some_packs"), "before > 0 OR after > 0")
        batch_op.create_check_constraint(
            batch_op.f("ck_order_change_lines_settled_within"),
            "packs BETWEEN 0 AND before OR (before = 0 AND packs = after)",
        )
