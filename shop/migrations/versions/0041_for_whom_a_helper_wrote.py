"""for whom a helper wrote in a talk."""

import sqlalchemy as sa
from alembic import op


revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("talk_messages", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("on_behalf_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_talk_messages_on_behalf_of_id"), "users", ["on_behalf_of_id"], ["id"]
        )
        batch_op.create_check_constraint(batch_op.f("ck_talk_messages_for_another"), "on_behalf_of_id <> author_id")
