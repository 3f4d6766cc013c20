"""Who finished which lesson."""

import sqlalchemy as sa
from alembic import op


revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('finished_lessons',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('lesson', sa.Text(), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('version > 0', name=op.f('ck_finished_lessons_version_from_one')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_finished_lessons_cooperative_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_finished_lessons_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finished_lessons'))
    )
    with op.batch_alter_table('finished_lessons', schema=None) as batch_op:
        batch_op.create_index('uq_finished_lessons_for_a_seller', ['cooperative_id', 'lesson', 'version', 'user_id'], unique=True, sqlite_where=sa.text('cooperative_id IS NOT NULL'), postgresql_where=sa.text('cooperative_id IS NOT NULL'))
        batch_op.create_index('uq_finished_lessons_for_oneself', ['user_id', 'lesson', 'version'], unique=True, sqlite_where=sa.text('cooperative_id IS NULL'), postgresql_where=sa.text('cooperative_id IS NULL'))

