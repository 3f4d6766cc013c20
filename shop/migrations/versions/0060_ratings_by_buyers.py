"""Ratings by buyers, what stood in them before, and their count."""

import sqlalchemy as sa
from alembic import op

from shop.storefront import watched


revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('rating_tallies',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stars_1', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stars_2', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stars_3', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stars_4', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stars_5', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.CheckConstraint('stars_1 >= 0 AND stars_2 >= 0 AND stars_3 >= 0 AND stars_4 >= 0 AND stars_5 >= 0', name=op.f('ck_rating_tallies_never_below_none')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_rating_tallies_cooperative_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_rating_tallies_product_id')),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_rating_tallies'))
    )
    with op.batch_alter_table('rating_tallies', schema=None) as batch_op:
        batch_op.create_index('ix_rating_tallies_cooperative_id', ['cooperative_id'], unique=False)

    op.create_table('ratings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stars', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('province_code', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('shown', 'hidden', 'taken_back', name='ratingstate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'taken_back') = (taken_back_at IS NOT NULL)", name=op.f('ck_ratings_taken_back_when')),
    sa.CheckConstraint("state <> 'taken_back' OR (words = '' AND name = '')", name=op.f('ck_ratings_taken_back_says_nothing')),
    sa.CheckConstraint('length(words) <= 1000', name=op.f('ck_ratings_words_are_short')),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_ratings_one_to_five_stars')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_ratings_cooperative_id')),
    sa.ForeignKeyConstraint(['line_id'], ['order_lines.id'], name=op.f('fk_ratings_line_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_ratings_order_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_ratings_product_id')),
    sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_ratings_province_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ratings')),
    sa.UniqueConstraint('code', name=op.f('uq_ratings_code')),
    sa.UniqueConstraint('order_id', 'product_id', name=op.f('uq_ratings_order_id_product_id'))
    )
    with op.batch_alter_table('ratings', schema=None) as batch_op:
        batch_op.create_index('ix_ratings_cooperative_id_state_id', ['cooperative_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_ratings_line_id', ['line_id'], unique=False)
        batch_op.create_index('ix_ratings_product_id_state_id', ['product_id', 'state', 'id'], unique=False)

    op.create_table('former_ratings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stars', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_former_ratings_one_to_five_stars')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_former_ratings_rating_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_ratings'))
    )
    with op.batch_alter_table('former_ratings', schema=None) as batch_op:
        batch_op.create_index('ix_former_ratings_rating_id', ['rating_id'], unique=False)
    watched.create(op.get_bind())
