"""Disputes, sellers' accounts at the card's provider, and comparisons with it; six kinds of booking more."""

import sqlalchemy as sa
from alembic import op

from shop.ledger import triggers

revision = "0065"
down_revision = "0064"
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
NEW = {
    "passed_on": ("connected", "card"),
    "taken_back": ("card", "connected"),
    "dispute_taken": ("disputed", "card"),
    "dispute_back": ("card", "disputed"),
    "dispute_lost": ("sales", "disputed"),
    "dispute_repaid": ("buyers", "disputed"),
}


def upgrade() -> None:
    op.create_table('payment_comparisons',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('hour', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('looked', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('found', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('healed', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('problem', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_comparisons')),
    sa.UniqueConstraint('hour', name=op.f('uq_payment_comparisons_hour'))
    )
    op.create_table('payment_findings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.Enum('paid_there', 'paid_here', 'amount', 'refund_there', 'refund_here', 'refund_state', 'passed_there', 'passed_here', 'passed_back', 'dispute', name='difference', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gone_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_findings')),
    sa.UniqueConstraint('kind', 'subject', name=op.f('uq_payment_findings_kind_subject'))
    )
    with op.batch_alter_table('payment_findings', schema=None) as batch_op:
        batch_op.create_index('ix_payment_findings_gone_at', ['gone_at'], unique=False)

    op.create_table('card_accounts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('ready', sa.Boolean(), nullable=False),
    sa.Column('submitted', sa.Boolean(), nullable=False),
    sa.Column('wants', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('opened_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_card_accounts_cooperative_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['users.id'], name=op.f('fk_card_accounts_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_accounts')),
    sa.UniqueConstraint('cooperative_id', name=op.f('uq_card_accounts_cooperative_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_card_accounts_reference'))
    )
    op.create_table('disputes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('payment_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('inquiry', 'open', 'review', 'won', 'lost', name='disputestate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lost_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_disputes_amount_is_positive')),
    sa.CheckConstraint('returned_at IS NULL OR taken_at IS NOT NULL', name=op.f('ck_disputes_returned_what_was_taken')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_disputes_payment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disputes')),
    sa.UniqueConstraint('reference', name=op.f('uq_disputes_reference'))
    )
    with op.batch_alter_table('disputes', schema=None) as batch_op:
        batch_op.create_index('ix_disputes_payment_id', ['payment_id'], unique=False)
        batch_op.create_index('ix_disputes_state', ['state'], unique=False)

    op.create_table('dispute_shares',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('dispute_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('part_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('sale', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('repaid', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_dispute_shares_amount_is_positive')),
    sa.CheckConstraint('sale >= 0 AND repaid >= 0 AND sale + repaid <= amount', name=op.f('ck_dispute_shares_lost_within_amount')),
    sa.ForeignKeyConstraint(['dispute_id'], ['disputes.id'], name=op.f('fk_dispute_shares_dispute_id')),
    sa.ForeignKeyConstraint(['part_id'], ['payment_parts.id'], name=op.f('fk_dispute_shares_part_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispute_shares')),
    sa.UniqueConstraint('dispute_id', 'part_id', name=op.f('uq_dispute_shares_dispute_id_part_id'))
    )
    with op.batch_alter_table('dispute_shares', schema=None) as batch_op:
        batch_op.create_index('ix_dispute_shares_part_id', ['part_id'], unique=False)

    op.create_table('passings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('part_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('back_of_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('state', sa.Enum('due', 'done', 'failed', name='passingstate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('idempotency_key', sa.Text(), nullable=False),
    sa.Column('provider_reference', sa.Text(), nullable=True),
    sa.Column('provider_amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('provider_currency', sa.Text(), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('problem', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f('ck_passings_done_when')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_passings_amount_is_positive')),
    sa.ForeignKeyConstraint(['back_of_id'], ['passings.id'], name=op.f('fk_passings_back_of_id')),
    sa.ForeignKeyConstraint(['part_id'], ['payment_parts.id'], name=op.f('fk_passings_part_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passings')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_passings_idempotency_key')),
    sa.UniqueConstraint('part_id', 'number', name=op.f('uq_passings_part_id_number')),
    sa.UniqueConstraint('provider_reference', name=op.f('uq_passings_provider_reference'))
    )
    with op.batch_alter_table('passings', schema=None) as batch_op:
        batch_op.create_index('ix_passings_state', ['state'], unique=False)

    kinds = BETWEEN | NEW
    allowed = ", ".join(f"'{kind} {debit} {credit}'" for kind, (debit, credit) in kinds.items())
    triggers.drop(op.get_bind())
    with op.batch_alter_table("ledger_entries") as batch_op:
        batch_op.drop_constraint(op.f("ck_ledger_entries_kind"), type_="check")
        batch_op.drop_constraint(op.f("ck_ledger_entries_between_its_accounts"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_ledger_entries_kind"), f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
        )
        batch_op.create_check_constraint(
            op.f("ck_ledger_entries_between_its_accounts"), f"kind || ' ' || debit || ' ' || credit IN ({allowed})"
        )
    triggers.create(op.get_bind())
