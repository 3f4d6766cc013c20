"""Which goods a certificate stands for: chosen by the seller, counted once an officer has decided on them."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.certificates.models import Certificate
from products.models import Product
from shop.core import clock
from shop.core.db import Model


class CertificateProduct(Model):
    """One certificate and one of its seller's goods; without a decision it is a wish and nobody is told of it."""

    __tablename__ = "certificate_products"
    __table_args__ = (
        # The decision is one on this certificate, so whoever may not decide on it cannot check its goods either.
        ForeignKeyConstraint(
            ["decision_id", "certificate_id"], ["certificate_decisions.id", "certificate_decisions.certificate_id"]
        ),
        Index("ix_certificate_products_product_id", "product_id"),
    )

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    decision_id: Mapped[int | None]

    certificate: Mapped[Certificate] = relationship()
    product: Mapped[Product] = relationship()
