"""who works on what; what came back is what was decided on under an earlier number."""

import sqlalchemy as sa
from alembic import op

from products.queue import triggers

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('claims',
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_at > began_at', name=op.f('ck_claims_ends_after_start')),
    sa.ForeignKeyConstraint(['officer_id'], ['users.id'], name=op.f('fk_claims_officer_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['product_revisions.id'], name=op.f('fk_claims_revision_id')),
    sa.PrimaryKeyConstraint('revision_id', name=op.f('pk_claims'))
    )
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.create_index('ix_claims_officer_id', ['officer_id', 'expires_at'], unique=False)

    triggers.create(op.get_bind())
    triggers.fill(op.get_bind())
