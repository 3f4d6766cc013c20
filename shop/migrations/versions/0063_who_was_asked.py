"""Who was asked for a rating, and who does not want to be."""

import sqlalchemy as sa
from alembic import op


revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rating_silences',
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_rating_silences'))
    )
    op.create_table('rating_invitations',
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('asked', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_rating_invitations_order_id')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_rating_invitations'))
    )
    with op.batch_alter_table('order_events', schema=None) as batch_op:
        batch_op.create_index('ix_order_events_delivered', ['at'], unique=False, postgresql_where=sa.text("action = 'deliver'"), sqlite_where=sa.text("action = 'deliver'"))
