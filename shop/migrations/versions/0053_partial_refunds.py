"""Money given back in parts: why, and two kinds of booking more."""

import sqlalchemy as sa
from alembic import op

from shop.ledger import triggers


revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

NEW = {"sale_reduced": ("sales", "buyers"), "refund_in_cash": ("refunds", "cash")}
BETWEEN = {
    "placed": ("buyers", "sales"),
    "ended": ("sales", "buyers"),
    "resumed": ("buyers", "sales"),
    "card_paid": ("card", "buyers"),
    "cash_taken": ("cash", "buyers"),
    "credit_came": ("bank", "unmatched"),
    "credit_used": ("unmatched", "buyers"),
    "credit_back": ("unmatched", "bank"),
    "credit_other": ("unmatched", "bank"),
    "refund_promised": ("buyers", "refunds"),
    "refund_by_card": ("refunds", "card"),
    "refund_by_hand": ("refunds", "bank"),
    "refund_bounced": ("card", "refunds"),
    "refund_failed": ("refunds", "buyers"),
}


def upgrade() -> None:
    with op.batch_alter_table("refunds") as batch_op:
        batch_op.add_column(sa.Column("why", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("refunds") as batch_op:
        batch_op.alter_column("why", existing_type=sa.Text(), existing_nullable=False, server_default=None)
    kinds = BETWEEN | NEW
    allowed = ", ".join(f"'{kind} {debit} {credit}'" for kind, (debit, credit) in kinds.items())
    triggers.drop(op.get_bind())
    with op.batch_alter_table("ledger_entries") as batch_op:
        batch_op.drop_constraint(op.f("ck_ledger_entries_kind"), type_="check")
        batch_op.drop_constraint(op.f("ck_ledger_entries_between_its_accounts"), type_="check")
        batch_op.create_check_constraint(op.f("ck_ledger_entries_kind"), f"kind IN ({', '.join(repr(kind) for kind in kinds)})")
        batch_op.create_check_constraint(
            op.f("ck_ledger_entries_between_its_accounts"), f"kind || ' ' || debit || ' ' || credit IN ({allowed})"
        )
    triggers.create(op.get_bind())
