"""The numbers by which alike texts meet."""

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Model


class TextBand(Model):
    """One band of a revision's text as it was sent last; those who share one are compared in full."""

    __tablename__ = "text_bands"
    __table_args__ = (Index("ix_text_bands_band", "band"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"), primary_key=True)
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)  # 0: too short to be compared
