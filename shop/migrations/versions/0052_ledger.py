"""The ledger, and in it everything that happened to money so far."""

import sqlalchemy as sa
from alembic import op

from shop.ledger import triggers


revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

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
ACCOUNTS = ("buyers", "card", "cash", "bank", "sales", "refunds", "unmatched")

# Where each kind is found: source, code, seller, amount, moment.
ORDER = (
    "SELECT step.id, o.code, o.cooperative_id, o.total, step.at FROM order_events AS step "
    "JOIN orders AS o ON o.id = step.order_id WHERE step.action "
)
PART = (
    "SELECT part.id, o.code, o.cooperative_id, part.amount, coalesce(p.settled_at, p.created_at) "
    "FROM payment_parts AS part JOIN payments AS p ON p.id = part.payment_id JOIN orders AS o ON o.id = part.order_id "
    "WHERE p.state = 'paid' AND p.method = "
)
REFUND = (
    "SELECT r.id, o.code, o.cooperative_id, r.amount, {at} FROM refunds AS r "
    "JOIN payment_parts AS part ON part.id = r.part_id JOIN payments AS p ON p.id = part.payment_id "
    "JOIN orders AS o ON o.id = part.order_id WHERE "
)
WENT = REFUND.format(at="coalesce(r.done_at, r.created_at)")
CREDIT = (
    "SELECT id, code, cooperative_id, amount - used, coalesce(ended_at, received_at) FROM credits "
    "WHERE amount > used AND state = "
)
SOURCES = {
    "placed": ORDER + "= 'place'",
    "ended": ORDER + "IN ('cancel', 'refuse')",
    "resumed": ORDER + "= 'resume'",
    "card_paid": PART + "'stripe_checkout'",
    "cash_taken": PART + "'cash_on_delivery'",
    "credit_came": "SELECT id, code, cooperative_id, amount, received_at FROM credits",
    "credit_used": (
        "SELECT u.id, c.code, c.cooperative_id, u.amount, coalesce(p.settled_at, p.created_at) FROM credit_uses AS u "
        "JOIN credits AS c ON c.id = u.credit_id JOIN payments AS p ON p.id = u.payment_id"
    ),
    "credit_back": CREDIT + "'sent_back'",
    "credit_other": CREDIT + "'other'",
    "refund_promised": REFUND.format(at="r.created_at") + "1 = 1",
    "refund_by_card": WENT + "r.done_at IS NOT NULL AND p.method = 'stripe_checkout'",
    "refund_by_hand": WENT + "r.done_at IS NOT NULL AND p.method = 'bank_qr'",
    "refund_bounced": WENT + "r.done_at IS NOT NULL AND r.state = 'failed'",
    "refund_failed": WENT + "r.state = 'failed'",
}


def upgrade() -> None:
    allowed = ", ".join(f"'{kind} {debit} {credit}'" for kind, (debit, credit) in BETWEEN.items())
    account = sa.Enum(*ACCOUNTS, name="account", native_enum=False, create_constraint=False, length=20)
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "ledger_entries",
        sa.Column("id", number, nullable=False),
        sa.Column("kind", sa.Enum(*BETWEEN, name="kind", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("source_id", number, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("seller_id", number, nullable=False),
        sa.Column("debit", account, nullable=False),
        sa.Column("credit", account, nullable=False),
        sa.Column("amount", number, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_ledger_entries_amount_is_positive")),
        sa.CheckConstraint(
            f"kind || ' ' || debit || ' ' || credit IN ({allowed})", name=op.f("ck_ledger_entries_between_its_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_ledger_entries_kind_source_id")),
    )
    op.create_index("ix_ledger_entries_code", "ledger_entries", ["code"])
    op.create_index("ix_ledger_entries_seller_id_at", "ledger_entries", ["seller_id", "at"])
    fill(op.get_bind())
    triggers.create(op.get_bind())


def fill(connection: sa.Connection) -> None:
    for kind, rows in SOURCES.items():
        debit, credit = BETWEEN[kind]
        connection.exec_driver_sql(
            "INSERT INTO ledger_entries (kind, debit, credit, source_id, code, seller_id, amount, at) "
            f"SELECT '{kind}', '{debit}', '{credit}', found.* FROM ({rows}) AS found"
        )
