"""Numbers by which alike texts meet."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_bands",
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["product_revisions.id"], name=op.f("fk_text_bands_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", "band", name=op.f("pk_text_bands")),
    )
    with op.batch_alter_table("text_bands", schema=None) as batch_op:
        batch_op.create_index("ix_text_bands_band", ["band"], unique=False)
