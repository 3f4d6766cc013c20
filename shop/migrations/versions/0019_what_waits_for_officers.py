"""what waits for officers."""

import sqlalchemy as sa
from alembic import op

from products.queue import triggers


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('waiting_sums',
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('ship_class', sa.Text(), nullable=False),
    sa.Column('commune_code', sa.Text(), nullable=False),
    sa.Column('new_seller', sa.Boolean(), nullable=False),
    sa.Column('sells', sa.Boolean(), nullable=False),
    sa.Column('waiting', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('edits', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('back', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.CheckConstraint('edits BETWEEN 0 AND waiting AND back BETWEEN 0 AND waiting', name=op.f('ck_waiting_sums_parts_of_the_whole')),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_waiting_sums_commune_code')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_waiting_sums_cooperative_id')),
    sa.PrimaryKeyConstraint('cooperative_id', 'category', 'ship_class', name=op.f('pk_waiting_sums'))
    )
    with op.batch_alter_table('waiting_sums', schema=None) as batch_op:
        batch_op.create_index('ix_waiting_sums_commune_code', ['commune_code'], unique=False)

    op.create_table('waiting_revisions',
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('commune_code', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('ship_class', sa.Text(), nullable=False),
    sa.Column('is_edit', sa.Boolean(), nullable=False),
    sa.Column('new_seller', sa.Boolean(), nullable=False),
    sa.Column('came_back', sa.Boolean(), nullable=False),
    sa.Column('sells', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_waiting_revisions_commune_code')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_waiting_revisions_cooperative_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_waiting_revisions_product_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['product_revisions.id'], name=op.f('fk_waiting_revisions_revision_id')),
    sa.PrimaryKeyConstraint('revision_id', name=op.f('pk_waiting_revisions'))
    )
    with op.batch_alter_table('waiting_revisions', schema=None) as batch_op:
        batch_op.create_index('ix_waiting_revisions_came_back', ['submitted_at', 'revision_id'], unique=False, sqlite_where=sa.text('came_back = 1'), postgresql_where=sa.text('came_back'))
        batch_op.create_index('ix_waiting_revisions_commune_code', ['commune_code', 'sells', 'submitted_at'], unique=False)
        batch_op.create_index('ix_waiting_revisions_cooperative_id', ['cooperative_id'], unique=False)
        batch_op.create_index('ix_waiting_revisions_new_seller', ['submitted_at', 'revision_id'], unique=False, sqlite_where=sa.text('new_seller = 1'), postgresql_where=sa.text('new_seller'))
        batch_op.create_index(batch_op.f('ix_waiting_revisions_product_id'), ['product_id'], unique=False)
        batch_op.create_index('ix_waiting_revisions_submitted_at', ['submitted_at', 'revision_id'], unique=False)

    triggers.create(op.get_bind())
    triggers.fill(op.get_bind())
