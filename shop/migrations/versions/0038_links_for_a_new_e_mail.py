"""links for a new e-mail."""

from alembic import op


revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('one_time_codes', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_one_time_codes_codepurpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_one_time_codes_codepurpose'), "purpose IN ('sign_in', 'reset', 'phone_change', 'first_admin', 'confirm', 'email_change')")
