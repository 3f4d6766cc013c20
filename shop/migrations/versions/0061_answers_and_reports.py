"""Answers to ratings, reports and decisions."""

import sqlalchemy as sa
from alembic import op

from shop.storefront import watched


revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rating_answers',
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('length(words) BETWEEN 1 AND 1000', name=op.f('ck_rating_answers_says_something_short')),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_rating_answers_by_id')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_rating_answers_rating_id')),
    sa.PrimaryKeyConstraint('rating_id', name=op.f('pk_rating_answers'))
    )
    op.create_table('rating_decisions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('verdict', sa.Enum('hide', 'keep', 'show_again', name='verdict', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("verdict = 'keep' OR reason <> ''", name=op.f('ck_rating_decisions_for_a_reason')),
    sa.ForeignKeyConstraint(['officer_id'], ['users.id'], name=op.f('fk_rating_decisions_officer_id')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_rating_decisions_rating_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_decisions'))
    )
    with op.batch_alter_table('rating_decisions', schema=None) as batch_op:
        batch_op.create_index('ix_rating_decisions_rating_id', ['rating_id'], unique=False)

    op.create_table('rating_reports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('rating_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('why', sa.Enum('insult', 'personal', 'advert', 'fake', 'other', name='why', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.CheckConstraint('length(note) <= 300', name=op.f('ck_rating_reports_note_is_short')),
    sa.ForeignKeyConstraint(['decision_id'], ['rating_decisions.id'], name=op.f('fk_rating_reports_decision_id')),
    sa.ForeignKeyConstraint(['rating_id'], ['ratings.id'], name=op.f('fk_rating_reports_rating_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_reports'))
    )
    with op.batch_alter_table('rating_reports', schema=None) as batch_op:
        batch_op.create_index('ix_rating_reports_open', ['rating_id'], unique=False, postgresql_where=sa.text('decision_id IS NULL'), sqlite_where=sa.text('decision_id IS NULL'))
        batch_op.create_index('ix_rating_reports_rating_id', ['rating_id'], unique=False)
    watched.create(op.get_bind())
