"""Provinces, communes, and the older names that lead to them."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import BigKey, Model


class Province(Model):
    """One of the 34 provinces; the code is text with its leading zero."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]  # Tỉnh Lai Châu
    short_name: Mapped[str]  # Lai Châu
    name_en: Mapped[str]
    kind: Mapped[str]  # tinh, thanh_pho
    sort_key: Mapped[str]


class Commune(Model):
    """One of the 3,321 communes; the code is five digits of text. There is no district level."""

    __tablename__ = "communes"
    __table_args__ = (Index("ix_communes_province_code_sort_key", "province_code", "sort_key"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    name: Mapped[str]  # Xã Bình Lư
    short_name: Mapped[str]  # Bình Lư
    name_en: Mapped[str]  # Bình Lư Commune
    kind: Mapped[str]  # xa, phuong, dac_khu
    folded: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str]

    province: Mapped[Province] = relationship()


class CommuneAlias(Model):
    """A former commune or district people still say, and the commune of today it leads to."""

    __tablename__ = "commune_aliases"

    id: Mapped[BigKey]
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"), index=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    former_district: Mapped[str | None]
    note: Mapped[str | None]  # a trap: today's commune of that name is another place

    commune: Mapped[Commune] = relationship()
