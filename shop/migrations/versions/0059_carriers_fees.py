"""What carriers keep gets an account of its own, the past too; a sum they paid in may be an amount that came."""

import sqlalchemy as sa
from alembic import op

from shop.ledger import triggers


revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

STATES = ("waiting", "settled", "sent_back", "other", "cash")
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
    "cash_paid_in": ("unmatched", "cash"),
    "fee_kept": ("fees", "cash"),
    "refund_promised": ("buyers", "refunds"),
    "refund_by_card": ("refunds", "card"),
    "refund_by_hand": ("refunds", "bank"),
    "refund_bounced": ("card", "refunds"),
    "refund_failed": ("refunds", "buyers"),
    "sale_reduced": ("sales", "buyers"),
    "refund_in_cash": ("refunds", "cash"),
}


def upgrade() -> None:
    with op.batch_alter_table("remittances") as batch_op:
        batch_op.add_column(sa.Column("credit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_remittances_credit_id"), ["credit_id"])
        batch_op.create_foreign_key(op.f("fk_remittances_credit_id"), "credits", ["credit_id"], ["id"])
    with op.batch_alter_table("credits") as batch_op:
        batch_op.drop_constraint(op.f("ck_credits_creditstate"), type_="check")
        batch_op.create_check_constraint(op.f("ck_credits_creditstate"), f"state IN ({_words(STATES)})")
    allowed = ", ".join(f"'{kind} {debit} {credit}'" for kind, (debit, credit) in BETWEEN.items())
    triggers.drop(op.get_bind())
    with op.batch_alter_table("ledger_entries") as batch_op:
        batch_op.drop_constraint(op.f("ck_ledger_entries_kind"), type_="check")
        batch_op.drop_constraint(op.f("ck_ledger_entries_between_its_accounts"), type_="check")
        batch_op.create_check_constraint(op.f("ck_ledger_entries_kind"), f"kind IN ({_words(BETWEEN)})")
        batch_op.create_check_constraint(
            op.f("ck_ledger_entries_between_its_accounts"), f"kind || ' ' || debit || ' ' || credit IN ({allowed})"
        )
    fill(op.get_bind())
    triggers.create(op.get_bind())


def fill(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO ledger_entries (kind, debit, credit, source_id, code, seller_id, amount, at) "
        "SELECT 'fee_kept', 'fees', 'cash', id, code, cooperative_id, due - came, seen_at FROM remittances "
        "WHERE seen_at IS NOT NULL AND due > came"
    )


def _words(names: object) -> str:
    return ", ".join(f"'{name}'" for name in names)  # type: ignore[attr-defined]
