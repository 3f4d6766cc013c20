"""sales."""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state IN ('planned', 'running')")


def upgrade() -> None:
    op.create_table('sales',
    sa.Column('id', BIG, nullable=False),
    sa.Column('sku_id', BIG, nullable=False),
    sa.Column('price', BIG, nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'running', 'ended', 'cancelled', name='salestate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('created_by_id', BIG, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('price > 0', name=op.f('ck_sales_price_is_positive')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_sales_ends_after_it_starts')),
    sa.ForeignKeyConstraint(['sku_id'], ['skus.id'], name=op.f('fk_sales_sku_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_sales_created_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sales'))
    )
    with op.batch_alter_table('sales', schema=None) as batch_op:
        batch_op.create_index('ix_sales_sku_id', ['sku_id'], unique=False)
        batch_op.create_index('ix_sales_state_starts_on', ['state', 'starts_on'], unique=False)
        batch_op.create_index('uq_sales_open', ['sku_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    with op.batch_alter_table('skus', schema=None) as batch_op:
        batch_op.add_column(sa.Column('usual_price', BIG, nullable=True))
        batch_op.add_column(sa.Column('sale_until', sa.Date(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_skus_sale_is_cheaper'), 'usual_price > price')
        batch_op.create_check_constraint(batch_op.f('ck_skus_sale_has_an_end'), '(usual_price IS NULL) = (sale_until IS NULL)')
