"""Vouchers, their uses, what they took off orders, and what the province owes and paid for its own."""

import sqlalchemy as sa
from alembic import op

from shop.ledger import triggers


revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

BETWEEN = {
    "placed": ("buyers", "sales"),
    "ended": ("sales", "buyers"),
    "resumed": ("buyers", "sales"),
    "voucher_owed": ("province", "sales"),
    "voucher_ended": ("sales", "province"),
    "voucher_paid": ("bank", "province"),
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
    "passed_on": ("connected", "card"),
    "taken_back": ("card", "connected"),
    "dispute_taken": ("disputed", "card"),
    "dispute_back": ("card", "disputed"),
    "dispute_lost": ("sales", "disputed"),
    "dispute_repaid": ("buyers", "disputed"),
    "less": ("sales", "buyers"),
}


def upgrade() -> None:
    op.create_table('voucher_payouts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('noted_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("reference <> ''", name=op.f('ck_voucher_payouts_has_a_reference')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_voucher_payouts_amount_is_positive')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_voucher_payouts_cooperative_id')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['users.id'], name=op.f('fk_voucher_payouts_noted_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher_payouts')),
    sa.UniqueConstraint('cooperative_id', 'reference', name=op.f('uq_voucher_payouts_cooperative_id_reference'))
    )
    op.create_table('vouchers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('kind', sa.Enum('amount', 'percent', name='voucherkind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('value', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('most', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('least_goods', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('reach', sa.Enum('own', 'all', 'communes', 'sellers', name='reach', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uses_most', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('uses', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('person_most', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('first_only', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('active', 'ended', name='voucherstate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(reach = 'own') = (cooperative_id IS NOT NULL)", name=op.f('ck_vouchers_own_is_a_cooperatives')),
    sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f('ck_vouchers_ended_when')),
    sa.CheckConstraint("kind <> 'percent' OR value <= 50", name=op.f('ck_vouchers_at_most_half')),
    sa.CheckConstraint("most IS NULL OR (most > 0 AND kind = 'percent')", name=op.f('ck_vouchers_most_of_a_percentage')),
    sa.CheckConstraint('(ended_by_id IS NULL) = (ended_at IS NULL)', name=op.f('ck_vouchers_ended_by_somebody')),
    sa.CheckConstraint('least_goods >= 0', name=op.f('ck_vouchers_least_not_negative')),
    sa.CheckConstraint('person_most > 0 AND person_most <= uses_most', name=op.f('ck_vouchers_person_within_the_budget')),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_vouchers_ends_after_it_starts')),
    sa.CheckConstraint('uses >= 0 AND uses <= uses_most', name=op.f('ck_vouchers_uses_within_the_budget')),
    sa.CheckConstraint('value > 0', name=op.f('ck_vouchers_value_is_positive')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_vouchers_cooperative_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_vouchers_ended_by_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_vouchers_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vouchers')),
    sa.UniqueConstraint('key', name=op.f('uq_vouchers_key'))
    )
    with op.batch_alter_table('vouchers', schema=None) as batch_op:
        batch_op.create_index('ix_vouchers_cooperative_id', ['cooperative_id', 'id'], unique=False)

    op.create_table('redemptions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('voucher_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('purchase_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('people', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('taken', 'given_back', 'honoured', name='redemptionstate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('amount > 0', name=op.f('ck_redemptions_amount_is_positive')),
    sa.ForeignKeyConstraint(['purchase_id'], ['purchases.id'], name=op.f('fk_redemptions_purchase_id')),
    sa.ForeignKeyConstraint(['voucher_id'], ['vouchers.id'], name=op.f('fk_redemptions_voucher_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redemptions')),
    sa.UniqueConstraint('voucher_id', 'purchase_id', name=op.f('uq_redemptions_voucher_id_purchase_id'))
    )
    with op.batch_alter_table('redemptions', schema=None) as batch_op:
        batch_op.create_index('ix_redemptions_purchase_id', ['purchase_id'], unique=False)

    op.create_table('voucher_people',
    sa.Column('voucher_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('uses', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.CheckConstraint('uses >= 0', name=op.f('ck_voucher_people_uses_not_negative')),
    sa.ForeignKeyConstraint(['voucher_id'], ['vouchers.id'], name=op.f('fk_voucher_people_voucher_id')),
    sa.PrimaryKeyConstraint('voucher_id', 'person', name=op.f('pk_voucher_people'))
    )
    op.create_table('voucher_reaches',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('voucher_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('commune_code', sa.Text(), nullable=True),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.CheckConstraint('(commune_code IS NULL) <> (cooperative_id IS NULL)', name=op.f('ck_voucher_reaches_one_of_both')),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_voucher_reaches_commune_code')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_voucher_reaches_cooperative_id')),
    sa.ForeignKeyConstraint(['voucher_id'], ['vouchers.id'], name=op.f('fk_voucher_reaches_voucher_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher_reaches'))
    )
    with op.batch_alter_table('voucher_reaches', schema=None) as batch_op:
        batch_op.create_index('ix_voucher_reaches_voucher_id', ['voucher_id'], unique=False)

    op.create_table('redemption_shares',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('redemption_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('amount', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('state', sa.Enum('taken', 'given_back', 'forfeited', name='sharestate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_redemption_shares_amount_is_positive')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_redemption_shares_order_id')),
    sa.ForeignKeyConstraint(['redemption_id'], ['redemptions.id'], name=op.f('fk_redemption_shares_redemption_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redemption_shares')),
    sa.UniqueConstraint('redemption_id', 'order_id', name=op.f('uq_redemption_shares_redemption_id_order_id'))
    )
    with op.batch_alter_table('redemption_shares', schema=None) as batch_op:
        batch_op.create_index('ix_redemption_shares_order_id', ['order_id'], unique=False)

    with op.batch_alter_table("carts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("vouchers", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("orders", schema=None) as batch_op:
        number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
        batch_op.add_column(sa.Column("discount", number, nullable=False, server_default="0"))
    with op.batch_alter_table("carts", schema=None) as batch_op:
        batch_op.alter_column("vouchers", server_default=None)
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.alter_column("discount", server_default=None)
        batch_op.drop_constraint(batch_op.f("ck_orders_total_is_the_sum"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_orders_total_is_the_sum"), "total = goods_total + delivery_cost - discount"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_orders_at_most_half_off"), "discount >= 0 AND discount * 2 <= goods_total"
        )
    _ledger()


def _ledger() -> None:
    triggers.drop(op.get_bind())
    kinds = ", ".join(f"'{kind}'" for kind in BETWEEN)
    allowed = ", ".join(f"'{kind} {debit} {credit}'" for kind, (debit, credit) in BETWEEN.items())
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_ledger_entries_kind"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_ledger_entries_between_its_accounts"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_ledger_entries_kind"), f"kind IN ({kinds})")
        batch_op.create_check_constraint(
            batch_op.f("ck_ledger_entries_between_its_accounts"),
            f"kind || ' ' || debit || ' ' || credit IN ({allowed})",
        )
    triggers.create(op.get_bind())
