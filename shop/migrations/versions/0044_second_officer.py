"""a second officer for risky goods."""

import sqlalchemy as sa
from alembic import op

from products.seconds import triggers

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDS = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_table('second_kinds',
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("what IN ('category', 'ship_class')", name=op.f('ck_second_kinds_what_it_names')),
    sa.PrimaryKeyConstraint('what', 'code', name=op.f('pk_second_kinds'))
    )
    op.create_table('first_looks',
    sa.Column('id', BIG, nullable=False),
    sa.Column('revision_id', BIG, nullable=False),
    sa.Column('number', BIG, nullable=False),
    sa.Column('officer_id', BIG, nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', BIG, nullable=True),
    sa.CheckConstraint('withdrawn_at >= said_at', name=op.f('ck_first_looks_withdrawn_afterwards')),
    sa.CheckConstraint('withdrawn_by_id IS NULL OR withdrawn_at IS NOT NULL', name=op.f('ck_first_looks_withdrawn_when')),
    sa.CheckConstraint('withdrawn_by_id = officer_id', name=op.f('ck_first_looks_taken_back_by_its_officer')),
    sa.ForeignKeyConstraint(['officer_id'], ['users.id'], name=op.f('fk_first_looks_officer_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['product_revisions.id'], name=op.f('fk_first_looks_revision_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['users.id'], name=op.f('fk_first_looks_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_first_looks'))
    )
    with op.batch_alter_table('first_looks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_first_looks_officer_id'), ['officer_id'], unique=False)
        batch_op.create_index('uq_first_looks_standing', ['revision_id', 'number'], unique=True, sqlite_where=STANDS, postgresql_where=STANDS)

    op.create_table('waiting_looks',
    sa.Column('revision_id', BIG, autoincrement=False, nullable=False),
    sa.Column('number', BIG, nullable=False),
    sa.Column('officer_id', BIG, nullable=False),
    sa.ForeignKeyConstraint(['officer_id'], ['users.id'], name=op.f('fk_waiting_looks_officer_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['waiting_revisions.revision_id'], name=op.f('fk_waiting_looks_revision_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('revision_id', name=op.f('pk_waiting_looks'))
    )
    triggers.create(op.get_bind())
