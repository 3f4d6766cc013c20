"""A product, what people read about it, and what is sold of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from cooperatives.voices.models import VoiceNote
from products.lifecycle import REVISION, SHELF, RevisionState, SeasonWord, Shelf
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model, Versioned

OPEN = text("state IN ('draft', 'submitted', 'returned')")
LOW_AT = 5  # packs: about a week of a small seller's parcels, time enough to pack again


class Product(Versioned, Model):
    """The identity: whose it is, its address, its place on the shelf. `approved_revision_id` is all that is public."""

    __tablename__ = "products"
    __table_args__ = (
        Index("ix_products_cooperative_id_shelf", "cooperative_id", "shelf"),
        Index("ix_products_public", "shelf", "approved_at", "id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    draft_key: Mapped[str | None] = mapped_column(
        unique=True
    )  # made by the form: the same draft sent twice is one product
    slug: Mapped[str] = mapped_column(default="")  # of the approved name; a wrong slug is redirected
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    shelf: Mapped[Shelf] = mapped_column(default=Shelf.ON_SALE)
    approved_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("product_revisions.id", use_alter=True, name="fk_products_approved_revision_id"), index=True
    )
    approved_at: Mapped[datetime | None]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    season_word: Mapped[SeasonWord] = mapped_column(
        default=SeasonWord.BY_MONTH, server_default=SeasonWord.BY_MONTH.value
    )
    season_since: Mapped[datetime | None]  # when that was said; None: never

    cooperative: Mapped[Cooperative] = relationship()
    approved: Mapped["ProductRevision | None"] = relationship(foreign_keys=[approved_revision_id], post_update=True)
    skus: Mapped[list["Sku"]] = relationship(back_populates="product", order_by="Sku.position")

    def move(self, action: str) -> None:
        """Change the place on the shelf by the table of moves; raises Conflict where there is none."""
        self.shelf = Shelf(SHELF.after(self.shelf, action))


class Sku(Model):
    """One pack that is sold. Price and stock live only here and change only in products.stock."""

    __tablename__ = "skus"
    __table_args__ = (
        CheckConstraint("price > 0", name="price_is_positive"),
        CheckConstraint("pack_amount > 0", name="pack_is_positive"),
        CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        CheckConstraint("held >= 0", name="held_not_negative"),
        CheckConstraint("held <= on_hand", name="held_within_on_hand"),
        CheckConstraint("low_at >= 0", name="low_line_not_negative"),
        CheckConstraint("usual_price > price", name="sale_is_cheaper"),
        CheckConstraint("(usual_price IS NULL) = (sale_until IS NULL)", name="sale_has_an_end"),
        Index("ix_skus_product_id", "product_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(unique=True)  # ASCII <= 50, immutable, no space nor "*^~<>/|
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    position: Mapped[int] = mapped_column(default=0)
    pack_amount: Mapped[int]  # in base units: g, ml or piece
    pack_word: Mapped[str]  # unit code of products/data/units.json: goi, chai, kg …
    price: Mapped[int]  # đồng a pack: what buyers pay, in a sale too
    usual_price: Mapped[int | None]  # while a sale runs: the price it returns to
    sale_until: Mapped[date | None] = mapped_column(Date)  # its last local day
    on_hand: Mapped[int] = mapped_column(default=0)  # whole packs
    held: Mapped[int] = mapped_column(default=0)  # promised to orders not yet handed over
    low_at: Mapped[int] = mapped_column(default=LOW_AT, server_default=str(LOW_AT))  # so few free packs are few
    retired_at: Mapped[datetime | None]

    product: Mapped[Product] = relationship(back_populates="skus")

    @property
    def free(self) -> int:
        """Packs that can still be sold."""
        return self.on_hand - self.held

    @property
    def usual(self) -> int:
        """The price outside of sales, đồng: what drafts and officers compare with."""
        return self.price if self.usual_price is None else self.usual_price


class ProductRevision(Versioned, Model):
    """What people read about a product, at one moment; approved revisions are never edited."""

    __tablename__ = "product_revisions"
    __table_args__ = (
        UniqueConstraint("product_id", "number"),
        CheckConstraint("proposed_price IS NULL OR proposed_price > 0", name="proposed_price_is_positive"),
        CheckConstraint("net_grams > 0 AND packed_grams > 0 AND shelf_life_days > 0", name="weights_are_positive"),
        CheckConstraint("length_cm > 0 AND width_cm > 0 AND height_cm > 0", name="sides_are_positive"),
        CheckConstraint("least_packs BETWEEN 1 AND 999 AND step_packs BETWEEN 1 AND 999", name="sensible_packs"),
        CheckConstraint("alcohol_permille BETWEEN 0 AND 1000", name="alcohol_within_the_whole"),
        CheckConstraint("weighed_within IN (5, 10, 15)", name="sensible_tolerance"),
        Index("uq_product_revisions_open", "product_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_product_revisions_state_submitted_at", "state", "submitted_at"),
        Index("ix_product_revisions_category", "category"),
    )

    id: Mapped[BigKey]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    number: Mapped[int]
    state: Mapped[RevisionState] = mapped_column(default=RevisionState.DRAFT)
    category: Mapped[str] = mapped_column(default="")  # code of products/data/categories.json; "" only in a draft
    type_code: Mapped[str | None]  # LC-001 … where the name matched a known type
    pack_amount: Mapped[int | None]  # proposed for the first SKU, base units
    pack_word: Mapped[str] = mapped_column(default="")
    proposed_price: Mapped[int | None]  # đồng
    base_price: Mapped[int | None]  # the SKU's price when this was written
    proposed_quantity: Mapped[int | None]  # whole packs, for a product that has no SKU yet
    ship_class: Mapped[str] = mapped_column(default="dry")
    season_months: Mapped[int] = mapped_column(default=0)  # bit 0 = January … bit 11 = December; 0: all year
    net_grams: Mapped[int | None]
    packed_grams: Mapped[int | None]
    length_cm: Mapped[int | None]  # of the packed goods, whole centimetres, as carriers and channels count
    width_cm: Mapped[int | None]
    height_cm: Mapped[int | None]
    shelf_life_days: Mapped[int | None]
    alcohol_permille: Mapped[int | None]  # of the volume, tenths of a percent; above 0 the rules for alcohol hold
    origin_commune: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))  # None: where the seller is
    least_packs: Mapped[int | None]  # a buyer orders at least so many, and then so many more each time
    step_packs: Mapped[int | None]
    weighed_within: Mapped[int | None]  # percent: weighed when packed, at most so far from the estimate; None: as it is
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # further label facts: {"ingredients": {"vi": …}, …}
    stamps: Mapped[dict[str, Any]] = mapped_column(
        default=dict, server_default="{}"
    )  # field -> counter of its last save
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    product: Mapped[Product] = relationship(foreign_keys=[product_id])
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    texts: Mapped[list["RevisionText"]] = relationship(back_populates="revision", cascade="all, delete-orphan")
    photos: Mapped[list["RevisionPhoto"]] = relationship(
        back_populates="revision", order_by="RevisionPhoto.position", cascade="all, delete-orphan"
    )
    packs: Mapped[list["RevisionPack"]] = relationship(
        back_populates="revision", order_by="RevisionPack.number", cascade="all, delete-orphan"
    )
    voice: Mapped[VoiceNote | None] = relationship(secondary="revision_voices")  # beside the fields, never public

    def move(self, action: str) -> None:
        """Change the state by the table of moves; raises Conflict where there is none."""
        self.state = RevisionState(REVISION.after(self.state, action))

    def text(self, lang: str) -> "RevisionText | None":
        """Return the words in `lang`, or None when they were not written in that language."""
        return next((words for words in self.texts if words.lang == lang), None)

    @property
    def name(self) -> str:
        """The Vietnamese name; '' in a draft that has none yet."""
        words = self.text("vi")
        return words.name if words else ""


class RevisionText(Model):
    """The words of a revision in one language; Vietnamese is required before sending."""

    __tablename__ = "revision_texts"
    __table_args__ = (CheckConstraint("lang IN ('vi', 'en', 'hi')", name="known_language"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    story: Mapped[str] = mapped_column(default="")

    revision: Mapped[ProductRevision] = relationship(back_populates="texts")


class RevisionPhoto(Model):
    """A photo in a revision, by digest: a swapped file cannot hide behind an approved revision."""

    __tablename__ = "revision_photos"
    __table_args__ = (Index("ix_revision_photos_digest", "digest"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("photos.digest"))
    slot: Mapped[str] = mapped_column(default="", server_default="")  # what it was taken for: whole, label, packed

    revision: Mapped[ProductRevision] = relationship(back_populates="photos")


class RevisionPack(Model):
    """Another pack that an approval begins to sell: the same goods in another size; incomplete only in a draft."""

    __tablename__ = "revision_packs"
    __table_args__ = (
        CheckConstraint("number BETWEEN 1 AND 3", name="few_packs"),
        CheckConstraint("pack_amount > 0 AND price > 0 AND quantity >= 0", name="sensible_pack"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # its place on the form
    pack_amount: Mapped[int | None]  # base units
    pack_word: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]  # đồng a pack
    quantity: Mapped[int | None]  # whole packs

    revision: Mapped[ProductRevision] = relationship(back_populates="packs")


class RevisionVoice(Model):
    """The spoken note of a revision, by its row: sent once, the officer hears just what was sent."""

    __tablename__ = "revision_voices"
    __table_args__ = (Index("ix_revision_voices_voice_id", "voice_id"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"), primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice_notes.id"))
