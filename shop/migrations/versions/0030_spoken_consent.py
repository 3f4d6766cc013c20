"""A consent may be spoken."""

import sqlalchemy as sa
from alembic import op

from cooperatives.helping import triggers


revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    triggers.drop(op.get_bind())
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('voice_digest', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('voice_seconds', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column('spoken_by', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('spoken_version', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column('spoken_language', sa.Text(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_consents_spoken_is_kept'), "(way = 'recording') = (voice_digest IS NOT NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_consents_spoken_is_whole'), '(voice_digest IS NULL) = (voice_seconds IS NULL) AND (voice_digest IS NULL) = (spoken_by IS NULL) AND (voice_digest IS NULL) = (spoken_version IS NULL) AND (voice_digest IS NULL) = (spoken_language IS NULL)')

    triggers.create(op.get_bind())
