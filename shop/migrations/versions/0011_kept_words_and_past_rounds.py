"""kept words of drafts, and past revisions."""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('revision_edits',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('revision_number', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('page', sa.Text(), nullable=False),
    sa.Column('restored_number', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('refused', sa.JSON(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_revision_edits_actor_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_revision_edits_product_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['product_revisions.id'], name=op.f('fk_revision_edits_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision_edits')),
    sa.UniqueConstraint('code', name=op.f('uq_revision_edits_code'))
    )
    with op.batch_alter_table('revision_edits', schema=None) as batch_op:
        batch_op.create_index('ix_revision_edits_product_id_at', ['product_id', 'at'], unique=False)
        batch_op.create_index('ix_revision_edits_revision_id', ['revision_id'], unique=False)

    # A state more: as it was sent once.
    with op.batch_alter_table('product_revisions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_product_revisions_revisionstate'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_product_revisions_revisionstate'), "state IN ('draft', 'submitted', 'approved', 'returned', 'rejected', 'past')")
