"""ten seconds of undo: what becomes of a decision is kept with it."""

import sqlalchemy as sa
from alembic import op

from products.queue import triggers as queue_triggers
from products.review import triggers as review_triggers

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHY = sa.Enum('undone', 'taken_back', 'suspended', 'not_yours', 'failed', name='withdrawal', native_enum=False, create_constraint=True, length=20)
PENDING = sa.text("withdrawn_at IS NULL AND carried_out_at IS NULL")


def upgrade() -> None:
    review_triggers.drop(op.get_bind())
    queue_triggers.drop(op.get_bind())
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reasons', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('carried_out_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_why', WHY, nullable=True))
        batch_op.add_column(sa.Column('withdrawn_by_id', BIG, nullable=True))

    # Until now a decision took effect when it was taken, and none could be withdrawn.
    op.execute("UPDATE decisions SET effective_at = decided_at WHERE effective_at < decided_at")
    op.execute("UPDATE decisions SET carried_out_at = effective_at WHERE withdrawn_at IS NULL")
    op.execute("UPDATE decisions SET withdrawn_why = 'failed' WHERE withdrawn_at IS NOT NULL")

    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_decisions_withdrawn_by_id'), 'users', ['withdrawn_by_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_decisions_takes_effect_afterwards'), "effective_at >= decided_at")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_carried_out_when_due'), "carried_out_at >= effective_at")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_withdrawn_has_no_effect'), "withdrawn_at IS NULL OR carried_out_at IS NULL")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_withdrawal_has_a_reason'), "(withdrawn_at IS NULL) = (withdrawn_why IS NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_only_people_undo'), "(coalesce(withdrawn_why, '') = 'undone') = (withdrawn_by_id IS NOT NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_undone_by_its_officer'), "withdrawn_by_id = officer_id")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_undone_before_its_effect'), "withdrawn_by_id IS NULL OR withdrawn_at < effective_at")
        batch_op.create_index('ix_decisions_pending', ['effective_at'], unique=False, sqlite_where=PENDING, postgresql_where=PENDING)
    review_triggers.create(op.get_bind())
    queue_triggers.create(op.get_bind())
    queue_triggers.fill(op.get_bind())  # what was undone did not come back
