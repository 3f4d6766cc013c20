"""Citizen numbers as keyed hashes; none in the columns that buyers read."""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('citizen_numbers',
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('ending', sa.Text(), nullable=False),
    sa.Column('kept_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_citizen_numbers_is_a_digest')),
    sa.CheckConstraint('length(ending) = 3', name=op.f('ck_citizen_numbers_only_three_digits')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_citizen_numbers_cooperative_id')),
    sa.ForeignKeyConstraint(['kept_by_id'], ['users.id'], name=op.f('fk_citizen_numbers_kept_by_id')),
    sa.PrimaryKeyConstraint('cooperative_id', name=op.f('pk_citizen_numbers'))
    )
    with op.batch_alter_table('citizen_numbers', schema=None) as batch_op:
        batch_op.create_index('ix_citizen_numbers_digest', ['digest'], unique=False)

    # What is no number of an organisation was a person's, or a slip: the seller is asked for it again.
    op.execute("UPDATE cooperatives SET tax_code = NULL WHERE length(tax_code) NOT IN (10, 14)")
    op.execute("UPDATE cooperatives SET registration_number = NULL WHERE kind <> 'cooperative' AND length(registration_number) = 12")
    with op.batch_alter_table('cooperatives', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_cooperatives_no_citizen_number'), "kind = 'cooperative' OR length(registration_number) <> 12")
        batch_op.create_check_constraint(batch_op.f('ck_cooperatives_tax_code_of_an_organisation'), 'length(tax_code) IN (10, 14)')
