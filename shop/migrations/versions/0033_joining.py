"""Joining: beginnings, papers, requirements, what a return asks for."""

import sqlalchemy as sa
from alembic import op


revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('beginnings',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('kind', sa.Enum('cooperative', 'group', 'household', name='kind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_beginnings_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_beginnings'))
    )
    op.create_table('requirement_settings',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('start', sa.Enum('admission', 'first_order', 'days', name='start', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('days', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('suspends', sa.Boolean(), nullable=False),
    sa.Column('changed_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.CheckConstraint('days BETWEEN 0 AND 730', name=op.f('ck_requirement_settings_at_most_two_years')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['users.id'], name=op.f('fk_requirement_settings_changed_by_id')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_requirement_settings'))
    )
    op.create_table('papers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('absent', 'waiting', 'accepted', 'returned', name='paperstate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('digest', sa.Text(), nullable=True),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'absent') = (digest IS NULL)", name=op.f('ck_papers_absent_without_a_photo')),
    sa.CheckConstraint("state <> 'returned' OR note <> ''", name=op.f('ck_papers_return_has_a_note')),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_papers_added_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_papers_cooperative_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_papers_decided_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_papers')),
    sa.UniqueConstraint('code', name=op.f('uq_papers_code'))
    )
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.create_index('ix_papers_digest', ['digest'], unique=False)
        batch_op.create_index('ix_papers_removed_at', ['removed_at'], unique=False)
        batch_op.create_index('uq_papers_current', ['cooperative_id', 'kind'], unique=True, sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))

    op.create_table('requirement_marks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('requirement', sa.Text(), nullable=False),
    sa.Column('said', sa.Enum('attested', 'verified', 'waived', name='said', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('lang', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('said_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("said <> 'attested' OR (version <> '' AND lang <> '')", name=op.f('ck_requirement_marks_attested_in_words')),
    sa.CheckConstraint("said <> 'waived' OR reason <> ''", name=op.f('ck_requirement_marks_waiver_has_a_reason')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_requirement_marks_cooperative_id')),
    sa.ForeignKeyConstraint(['said_by_id'], ['users.id'], name=op.f('fk_requirement_marks_said_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requirement_marks'))
    )
    with op.batch_alter_table('requirement_marks', schema=None) as batch_op:
        batch_op.create_index('uq_requirement_marks_standing', ['cooperative_id', 'requirement'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('requirement_rounds',
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('late', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_requirement_rounds_cooperative_id')),
    sa.PrimaryKeyConstraint('cooperative_id', name=op.f('pk_requirement_rounds'))
    )
    with op.batch_alter_table('requirement_rounds', schema=None) as batch_op:
        batch_op.create_index('ix_requirement_rounds_looked_at', ['looked_at'], unique=False)

    op.create_table('admission_issues',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('task', sa.Enum('phone', 'who', 'place', 'papers', 'money', 'goods', name='task', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('mended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("note <> ''", name=op.f('ck_admission_issues_says_what')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_admission_issues_cooperative_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['admission_decisions.id'], name=op.f('fk_admission_issues_decision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admission_issues')),
    sa.UniqueConstraint('decision_id', 'task', name=op.f('uq_admission_issues_decision_id_task'))
    )
    with op.batch_alter_table('admission_issues', schema=None) as batch_op:
        batch_op.create_index('ix_admission_issues_cooperative_id', ['cooperative_id'], unique=False)
