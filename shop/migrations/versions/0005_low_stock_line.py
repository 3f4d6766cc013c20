"""low stock line."""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('skus', schema=None) as batch_op:
        batch_op.add_column(sa.Column('low_at', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), server_default='5', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_skus_low_line_not_negative'), 'low_at >= 0')
