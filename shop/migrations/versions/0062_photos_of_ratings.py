"""Photos of ratings."""

import sqlalchemy as sa
from alembic import op

from shop.storefront import watched


revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rating_photos',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('place', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('width', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('height', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('public_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.CheckConstraint('drawn_at IS NULL OR public_since IS NOT NULL', name=op.f('ck_rating_photos_drawn_in_public')),
    sa.CheckConstraint('place BETWEEN 1 AND 3', name=op.f('ck_rating_photos_at_most_three')),
    sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_rating_photos_has_a_size')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_rating_photos_rating_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_photos')),
    sa.UniqueConstraint('code', name=op.f('uq_rating_photos_code')),
    sa.UniqueConstraint('key', name=op.f('uq_rating_photos_key'))
    )
    with op.batch_alter_table('rating_photos', schema=None) as batch_op:
        batch_op.create_index('uq_rating_photos_digest', ['rating_id', 'digest'], unique=True, sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
        batch_op.create_index('uq_rating_photos_place', ['rating_id', 'place'], unique=True, sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
    watched.create(op.get_bind())
