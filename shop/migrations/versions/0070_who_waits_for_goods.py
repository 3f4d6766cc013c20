"""Who waits to be told that goods are in again."""

import sqlalchemy as sa
from alembic import op


revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stock_waits',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(user_id IS NULL) <> (email IS NULL)', name=op.f('ck_stock_waits_one_of_both')),
    sa.CheckConstraint('told_at IS NULL OR confirmed_at IS NOT NULL', name=op.f('ck_stock_waits_told_after_a_yes')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_stock_waits_product_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_stock_waits_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stock_waits')),
    sa.UniqueConstraint('code', name=op.f('uq_stock_waits_code'))
    )
    with op.batch_alter_table('stock_waits', schema=None) as batch_op:
        batch_op.create_index('ix_stock_waits_asked_at', ['asked_at'], unique=False)
        batch_op.create_index('ix_stock_waits_email', ['email'], unique=False)
        batch_op.create_index('ix_stock_waits_user_id', ['user_id'], unique=False)
        batch_op.create_index('uq_stock_waits_email', ['product_id', 'email'], unique=True, sqlite_where=sa.text('told_at IS NULL AND email IS NOT NULL'), postgresql_where=sa.text('told_at IS NULL AND email IS NOT NULL'))
        batch_op.create_index('uq_stock_waits_user', ['product_id', 'user_id'], unique=True, sqlite_where=sa.text('told_at IS NULL AND user_id IS NOT NULL'), postgresql_where=sa.text('told_at IS NULL AND user_id IS NOT NULL'))

