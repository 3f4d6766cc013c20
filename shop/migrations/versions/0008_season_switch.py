"""season switch."""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.add_column(sa.Column('season_word', sa.Enum('by_month', 'on', 'off', name='seasonword', native_enum=False, create_constraint=True, length=20), server_default='by_month', nullable=False))
        batch_op.add_column(sa.Column('season_since', sa.DateTime(timezone=True), nullable=True))
