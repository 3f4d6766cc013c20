"""bank accounts by two people."""

import secrets

import sqlalchemy as sa
from alembic import op


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table('bank_accounts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('approved_by_id', key, nullable=True))
        batch_op.add_column(sa.Column('in_force_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('stopped_by_id', key, nullable=True))

    # What counted until today goes on counting, due on the day it was made: from then it needed nobody's yes.
    connection = op.get_bind()
    accounts = sa.table('bank_accounts', sa.column('id'), sa.column('code'), sa.column('due_at'), sa.column('in_force_at'), sa.column('created_at'))
    for (row,) in connection.execute(sa.select(accounts.c.id)).all():
        values = {'code': secrets.token_hex(4).upper(), 'due_at': accounts.c.created_at, 'in_force_at': accounts.c.created_at}
        connection.execute(sa.update(accounts).where(accounts.c.id == row).values(**values))

    with op.batch_alter_table('bank_accounts', schema=None) as batch_op:
        batch_op.alter_column('code', existing_type=sa.Text(), nullable=False)
        batch_op.alter_column('due_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_bank_accounts_code'), ['code'])
        batch_op.create_index('uq_bank_accounts_in_force', ['cooperative_id'], unique=True, sqlite_where=sa.text('in_force_at IS NOT NULL AND replaced_at IS NULL'), postgresql_where=sa.text('in_force_at IS NOT NULL AND replaced_at IS NULL'))
        batch_op.create_index('uq_bank_accounts_waiting', ['cooperative_id'], unique=True, sqlite_where=sa.text('in_force_at IS NULL AND stopped_at IS NULL'), postgresql_where=sa.text('in_force_at IS NULL AND stopped_at IS NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_bank_accounts_stopped_by_id'), 'users', ['stopped_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_bank_accounts_approved_by_id'), 'users', ['approved_by_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_bank_accounts_replaced_once_counted'), 'replaced_at IS NULL OR in_force_at IS NOT NULL')
        batch_op.create_check_constraint(batch_op.f('ck_bank_accounts_second_person'), 'approved_by_id <> added_by_id')
        batch_op.create_check_constraint(batch_op.f('ck_bank_accounts_stopped_never_counts'), 'stopped_at IS NULL OR in_force_at IS NULL')

    # A purpose more: proving once more who one is.
    with op.batch_alter_table('one_time_codes', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_one_time_codes_codepurpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_one_time_codes_codepurpose'), "purpose IN ('sign_in', 'reset', 'phone_change', 'first_admin', 'confirm')")
