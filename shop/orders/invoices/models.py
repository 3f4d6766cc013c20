"""For whom an invoice is made out, frozen with its purchase."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Model


class Billed(NamedTuple):
    """For whom an invoice is made out; the tax code is an organisation's: 10 digits, or 10, "-" and 3."""

    company: str
    tax_code: str
    address: str
    email: str


class PurchaseInvoice(Model):
    """The invoice that every seller of one purchase makes out; never edited, erased with the buyer's name."""

    __tablename__ = "purchase_invoices"
    __table_args__ = (
        CheckConstraint("length(tax_code) IN (10, 14)", name="tax_code_of_an_organisation"),
        CheckConstraint("company <> '' AND address <> '' AND email <> ''", name="nothing_is_missing"),
    )

    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchases.id"), primary_key=True, autoincrement=False)
    company: Mapped[str]
    tax_code: Mapped[str]
    address: Mapped[str]
    email: Mapped[str]  # where the electronic invoice goes
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
