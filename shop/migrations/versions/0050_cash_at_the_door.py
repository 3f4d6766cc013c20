"""Where cash taken at the door is, and what buyers confirm before packing. Cash that was taken before is kept as with its carrier."""

import sqlalchemy as sa
from alembic import op


revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('remittances',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('carrier', sa.Text(), nullable=False),
    sa.Column('due', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('came', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('noted_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("came = due OR because <> ''", name=op.f('ck_remittances_short_for_a_reason')),
    sa.CheckConstraint('(seen_at IS NULL) = (seen_by_id IS NULL)', name=op.f('ck_remittances_seen_by_somebody')),
    sa.CheckConstraint('came > 0 AND came <= due', name=op.f('ck_remittances_came_within_due')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_remittances_cooperative_id')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['users.id'], name=op.f('fk_remittances_noted_by_id')),
    sa.ForeignKeyConstraint(['seen_by_id'], ['users.id'], name=op.f('fk_remittances_seen_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remittances')),
    sa.UniqueConstraint('code', name=op.f('uq_remittances_code'))
    )
    with op.batch_alter_table('remittances', schema=None) as batch_op:
        batch_op.create_index('ix_remittances_cooperative_id', ['cooperative_id', 'id'], unique=False)

    op.create_table('cash_takings',
    sa.Column('payment_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('carrier', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('collected', 'remitted', 'reconciled', name='takingstate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('collected_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('remittance_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('reconciled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(remittance_id IS NULL) = (carrier = '' OR state = 'collected')", name=op.f('ck_cash_takings_paid_in_with_a_remittance')),
    sa.CheckConstraint("(state = 'reconciled') = (reconciled_at IS NOT NULL)", name=op.f('ck_cash_takings_reconciled_when')),
    sa.CheckConstraint("carrier <> '' OR state = 'reconciled'", name=op.f('ck_cash_takings_own_hand_is_there')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_cash_takings_amount_is_positive')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_cash_takings_cooperative_id')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_cash_takings_payment_id')),
    sa.ForeignKeyConstraint(['remittance_id'], ['remittances.id'], name=op.f('fk_cash_takings_remittance_id')),
    sa.PrimaryKeyConstraint('payment_id', name=op.f('pk_cash_takings'))
    )
    with op.batch_alter_table('cash_takings', schema=None) as batch_op:
        batch_op.create_index('ix_cash_takings_cooperative_id_state', ['cooperative_id', 'state'], unique=False)
        batch_op.create_index('ix_cash_takings_remittance_id', ['remittance_id'], unique=False)

    op.create_table('order_confirmations',
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('why', sa.Enum('refused', 'amount', 'first', name='why', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('answer', sa.Enum('waiting', 'confirmed', 'known', 'declined', name='answer', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(answer = 'waiting') = (answered_at IS NULL)", name=op.f('ck_order_confirmations_answered_when')),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_order_confirmations_tries_not_negative')),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_order_confirmations_actor_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_confirmations_order_id')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_order_confirmations'))
    )
    with op.batch_alter_table('order_confirmations', schema=None) as batch_op:
        batch_op.create_index('ix_order_confirmations_key', ['key'], unique=False)

    op.execute(
        """
        INSERT INTO cash_takings (payment_id, cooperative_id, amount, carrier, state, collected_at, reconciled_at)
        SELECT p.id, o.cooperative_id, p.amount,
            CASE WHEN o.ship_method IN ('own_delivery', 'pickup') THEN ''
                WHEN s.carrier <> '' THEN s.carrier ELSE o.ship_method END,
            CASE WHEN o.ship_method IN ('own_delivery', 'pickup') THEN 'reconciled' ELSE 'collected' END,
            p.settled_at,
            CASE WHEN o.ship_method IN ('own_delivery', 'pickup') THEN p.settled_at END
        FROM payments p
        JOIN payment_parts t ON t.payment_id = p.id
        JOIN orders o ON o.id = t.order_id
        LEFT JOIN shipments s ON s.order_id = o.id
        WHERE p.method = 'cash_on_delivery' AND p.state = 'paid'
        """
    )
