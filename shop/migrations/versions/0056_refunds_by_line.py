"""Refunds name the goods they go back for."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("refunds") as batch_op:
        batch_op.add_column(sa.Column("line_id", BIG, nullable=True))
        batch_op.create_foreign_key(op.f("fk_refunds_line_id"), "order_lines", ["line_id"], ["id"])
