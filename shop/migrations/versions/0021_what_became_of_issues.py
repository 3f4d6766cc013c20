"""What became of an issue, and a code to name it by."""

import sqlalchemy as sa
from alembic import op

from shop.core.codes import public_code

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("revision_issues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.Text(), server_default="", nullable=False))
    issues = sa.table("revision_issues", sa.column("id", sa.BigInteger()), sa.column("code", sa.Text()))
    connection = op.get_bind()
    for key in connection.scalars(sa.select(issues.c.id)).all():
        connection.execute(issues.update().where(issues.c.id == key).values(code=public_code()))
    with op.batch_alter_table("revision_issues", schema=None) as batch_op:
        batch_op.alter_column("code", existing_type=sa.Text(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_revision_issues_code"), ["code"])
        batch_op.create_check_constraint(
            batch_op.f("ck_revision_issues_outcome_of_what_is_closed"), "outcome = '' OR resolved_at IS NOT NULL"
        )
