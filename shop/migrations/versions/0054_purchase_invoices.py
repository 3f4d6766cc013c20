"""For whom an invoice is made out, with its purchase."""

import sqlalchemy as sa
from alembic import op


revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "purchase_invoices",
        sa.Column("purchase_id", BIG, autoincrement=False, nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("tax_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "company <> '' AND address <> '' AND email <> ''", name=op.f("ck_purchase_invoices_nothing_is_missing")
        ),
        sa.CheckConstraint(
            "length(tax_code) IN (10, 14)", name=op.f("ck_purchase_invoices_tax_code_of_an_organisation")
        ),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], name=op.f("fk_purchase_invoices_purchase_id")),
        sa.PrimaryKeyConstraint("purchase_id", name=op.f("pk_purchase_invoices")),
    )
