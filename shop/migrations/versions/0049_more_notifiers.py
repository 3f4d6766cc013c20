"""more notifiers."""

from alembic import op


revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bank_notifiers", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bank_notifiers_notifierkind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_bank_notifiers_notifierkind"), "kind IN ('sepay', 'casso', 'payos')"
        )
