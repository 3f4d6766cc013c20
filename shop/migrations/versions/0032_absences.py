"""officers who are away, and who stands in."""

import sqlalchemy as sa
from alembic import op


revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('officer_absences',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stand_in_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_to', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('stand_in_id <> user_id', name=op.f('ck_officer_absences_somebody_else')),
    sa.CheckConstraint('valid_to > valid_from', name=op.f('ck_officer_absences_ends_after_start')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['users.id'], name=op.f('fk_officer_absences_entered_by_id')),
    sa.ForeignKeyConstraint(['stand_in_id'], ['users.id'], name=op.f('fk_officer_absences_stand_in_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_officer_absences_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_officer_absences')),
    sa.UniqueConstraint('code', name=op.f('uq_officer_absences_code'))
    )
    with op.batch_alter_table('officer_absences', schema=None) as batch_op:
        batch_op.create_index('ix_officer_absences_stand_in_id', ['stand_in_id'], unique=False)
        batch_op.create_index('ix_officer_absences_user_id', ['user_id'], unique=False)
