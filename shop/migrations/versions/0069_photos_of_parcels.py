"""Photos of parcels."""

import sqlalchemy as sa
from alembic import op


revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('parcel_photos',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('width', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('height', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('length(key) = 64', name=op.f('ck_parcel_photos_key_is_long')),
    sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_parcel_photos_has_a_size')),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_parcel_photos_added_by_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_parcel_photos_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parcel_photos')),
    sa.UniqueConstraint('key', name=op.f('uq_parcel_photos_key'))
    )
    with op.batch_alter_table('parcel_photos', schema=None) as batch_op:
        batch_op.create_index('ix_parcel_photos_removed_at', ['removed_at'], unique=False)
        batch_op.create_index('uq_parcel_photos_standing', ['order_id'], unique=True, sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
