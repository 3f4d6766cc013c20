"""News by mail."""

import sqlalchemy as sa
from alembic import op


revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "news_letters",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("author_id", NUMBER, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued", NUMBER, nullable=False),
        sa.Column("reached", NUMBER, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("queued >= 0 AND reached >= 0", name=op.f("ck_news_letters_counts")),
        sa.CheckConstraint("path LIKE '/%' AND path NOT LIKE '//%'", name=op.f("ck_news_letters_leads_inside")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_news_letters_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_letters")),
        sa.UniqueConstraint("attempt", name=op.f("uq_news_letters_attempt")),
        sa.UniqueConstraint("code", name=op.f("uq_news_letters_code")),
    )
