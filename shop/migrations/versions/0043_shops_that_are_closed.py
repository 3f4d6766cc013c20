"""shops that their own people closed."""

from alembic import op

from products.queue import triggers as queue_triggers

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

STATES = "'draft', 'submitted', 'returned', 'active', 'declined', 'suspended', 'closed'"


def upgrade() -> None:
    queue_triggers.drop(op.get_bind())
    with op.batch_alter_table("cooperatives", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cooperatives_cooperativestate"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_cooperatives_cooperativestate"), f"state IN ({STATES})")
    queue_triggers.create(op.get_bind())
