"""The accounts, what may be booked between which two of them, and the bookings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Enum, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class Account(StrEnum):
    """Where money is or whose it is, in the books of one seller; the market keeps them and moves nothing by them."""

    BUYERS = "buyers"  # owed by buyers for what they ordered; below zero: owed to them, and not promised yet
    CARD = "card"  # paid by card: at the provider, held for the seller
    CONNECTED = "connected"  # paid by card: passed on to the seller's own account at the provider
    DISPUTED = "disputed"  # paid by card: with the buyer's bank, which hears a dispute
    CASH = "cash"  # taken at the door: with the carrier, or with the seller who delivers
    BANK = "bank"  # came by transfer into the seller's own account
    FEES = "fees"  # kept by carriers out of the cash they took
    PROVINCE = "province"  # owed by the province for its vouchers
    SALES = "sales"  # sold: orders that neither were cancelled nor refused
    REFUNDS = "refunds"  # promised back to buyers and not sent yet
    UNMATCHED = "unmatched"  # came by transfer and pays no order so far


# In these a credit adds: they say whose the money of the others is.
CREDIT_SIDE = frozenset({Account.SALES, Account.REFUNDS, Account.UNMATCHED})


class Kind(StrEnum):
    """What happened."""

    PLACED = "placed"
    ENDED = "ended"  # cancelled, or refused at the door
    RESUMED = "resumed"  # paid late, and the goods could be had again
    VOUCHER_OWED = "voucher_owed"  # the province pays in the buyer's place
    VOUCHER_ENDED = "voucher_ended"  # with its order
    VOUCHER_PAID = "voucher_paid"  # by the province, into the seller's account
    CARD_PAID = "card_paid"
    CASH_TAKEN = "cash_taken"
    CREDIT_CAME = "credit_came"
    CREDIT_USED = "credit_used"
    CREDIT_BACK = "credit_back"  # what paid no order went back
    CREDIT_OTHER = "credit_other"  # it had nothing to do with the market: off the books
    CASH_PAID_IN = "cash_paid_in"  # it is the cash that a carrier paid in
    FEE_KEPT = "fee_kept"  # a carrier paid in less than it took
    REFUND_PROMISED = "refund_promised"
    REFUND_BY_CARD = "refund_by_card"
    REFUND_BY_HAND = "refund_by_hand"
    REFUND_BOUNCED = "refund_bounced"  # the buyer's bank sent it back to the provider
    REFUND_FAILED = "refund_failed"  # owed still, and promised no more
    SALE_REDUCED = "sale_reduced"  # part of what was paid goes back: so much less was sold
    REFUND_IN_CASH = "refund_in_cash"  # by the seller, of what was taken at the door
    PASSED_ON = "passed_on"  # to the seller's account at the provider
    TAKEN_BACK = "taken_back"  # from it, since it goes back to the buyer or to a bank
    DISPUTE_TAKEN = "dispute_taken"
    DISPUTE_BACK = "dispute_back"  # won: the bank gave it back
    DISPUTE_LOST = "dispute_lost"  # the buyer keeps it: so much less was sold
    DISPUTE_REPAID = "dispute_repaid"  # lost, and owed to the buyer anyway
    LESS = "less"  # an order changed before it was paid: less is sold
    MORE = "more"  # its goods weigh more than the estimate: more is sold, to be taken in cash


A = Account
# (debit, credit) of each kind: the amount is added to the first and taken from the second.
BETWEEN: dict[Kind, tuple[Account, Account]] = {
    Kind.PLACED: (A.BUYERS, A.SALES),
    Kind.ENDED: (A.SALES, A.BUYERS),
    Kind.RESUMED: (A.BUYERS, A.SALES),
    Kind.VOUCHER_OWED: (A.PROVINCE, A.SALES),
    Kind.VOUCHER_ENDED: (A.SALES, A.PROVINCE),
    Kind.VOUCHER_PAID: (A.BANK, A.PROVINCE),
    Kind.CARD_PAID: (A.CARD, A.BUYERS),
    Kind.CASH_TAKEN: (A.CASH, A.BUYERS),
    Kind.CREDIT_CAME: (A.BANK, A.UNMATCHED),
    Kind.CREDIT_USED: (A.UNMATCHED, A.BUYERS),
    Kind.CREDIT_BACK: (A.UNMATCHED, A.BANK),
    Kind.CREDIT_OTHER: (A.UNMATCHED, A.BANK),
    Kind.CASH_PAID_IN: (A.UNMATCHED, A.CASH),
    Kind.FEE_KEPT: (A.FEES, A.CASH),
    Kind.REFUND_PROMISED: (A.BUYERS, A.REFUNDS),
    Kind.REFUND_BY_CARD: (A.REFUNDS, A.CARD),
    Kind.REFUND_BY_HAND: (A.REFUNDS, A.BANK),
    Kind.REFUND_BOUNCED: (A.CARD, A.REFUNDS),
    Kind.REFUND_FAILED: (A.REFUNDS, A.BUYERS),
    Kind.SALE_REDUCED: (A.SALES, A.BUYERS),
    Kind.REFUND_IN_CASH: (A.REFUNDS, A.CASH),
    Kind.PASSED_ON: (A.CONNECTED, A.CARD),
    Kind.TAKEN_BACK: (A.CARD, A.CONNECTED),
    Kind.DISPUTE_TAKEN: (A.DISPUTED, A.CARD),
    Kind.DISPUTE_BACK: (A.CARD, A.DISPUTED),
    Kind.DISPUTE_LOST: (A.SALES, A.DISPUTED),
    Kind.DISPUTE_REPAID: (A.BUYERS, A.DISPUTED),
    Kind.LESS: (A.SALES, A.BUYERS),
    Kind.MORE: (A.BUYERS, A.SALES),
}
# Which ones they may be is said by the constraint on all three.
_NAME = Enum(Account, values_callable=list, native_enum=False, create_constraint=False, length=20)
_ALLOWED = ", ".join(f"'{kind} {debit} {credit}'" for kind, (debit, credit) in BETWEEN.items())


class LedgerEntry(Model):
    """One booking: an amount from one account to another, so the books always sum to zero. Triggers refuse change.

    Each step of money is booked once: the kind names a table, `source_id` its row. The seller is a number without a
    foreign key, since sellers live above; `flask verify` compares it with the source.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("kind", "source_id"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint(f"kind || ' ' || debit || ' ' || credit IN ({_ALLOWED})", name="between_its_accounts"),
        Index("ix_ledger_entries_seller_id_at", "seller_id", "at"),
        Index("ix_ledger_entries_code", "code"),
    )

    id: Mapped[BigKey]
    kind: Mapped[Kind]
    source_id: Mapped[int]  # of order_events, payment_parts, credits, remittances, passings …, as the kind says
    code: Mapped[str]  # the order's, or that of the money that came: what people look for
    seller_id: Mapped[int]  # cooperatives.id
    debit: Mapped[Account] = mapped_column(_NAME)
    credit: Mapped[Account] = mapped_column(_NAME)
    amount: Mapped[int]  # đồng
    at: Mapped[datetime] = mapped_column(default=clock.now)
