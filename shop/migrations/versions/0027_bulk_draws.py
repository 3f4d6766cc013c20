"""which of the changes that are alike are opened one by one."""

import sqlalchemy as sa
from alembic import op


revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bulk_draws',
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sampled', sa.Boolean(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drawn_for_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.ForeignKeyConstraint(['drawn_for_id'], ['users.id'], name=op.f('fk_bulk_draws_drawn_for_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['product_revisions.id'], name=op.f('fk_bulk_draws_revision_id')),
    sa.PrimaryKeyConstraint('revision_id', 'number', name=op.f('pk_bulk_draws'))
    )
    with op.batch_alter_table('bulk_draws', schema=None) as batch_op:
        batch_op.create_index('ix_bulk_draws_kind', ['kind', 'sampled'], unique=False)
