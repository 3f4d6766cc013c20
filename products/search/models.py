"""The prepared words of what is public, and the vocabulary that mends a slip."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Model


class SearchEntry(Model):
    """One public product, prepared for finding and listing; the engine's own index is built over three columns."""

    __tablename__ = "search_entries"
    __table_args__ = (  # one for each order of a list, so that a page costs the same however many there are
        Index("ix_search_entries_newest", "approved_at", "product_id", "season_months"),
        Index("ix_search_entries_category", "category", "approved_at", "product_id"),
        Index("ix_search_entries_category_commune", "category", "commune_code", "approved_at", "product_id"),
        Index("ix_search_entries_commune", "commune_code", "approved_at", "product_id"),
        Index(  # and one to count by: all that a list can be narrowed to, without reading the words
            "ix_search_entries_narrowed",
            *("category", "cooperative_id", "commune_code", "season_months", "sent_as", "parcel_grams"),
        ),
        Index("ix_search_entries_cooperative", "cooperative_id", "approved_at", "product_id"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    category: Mapped[str]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    approved_at: Mapped[datetime]
    season_months: Mapped[int]  # those it is in season: as the revision has them, all or none as the seller says
    sent_as: Mapped[str] = mapped_column(default="", server_default="")  # ship class; '' where it is not sent at all
    parcel_grams: Mapped[int] = mapped_column(default=0, server_default="0")  # one first pack, as carriers weigh it
    words: Mapped[str]  # folded, each once: "che shan tuyet ta leng"; indexed
    joined: Mapped[str]  # each name written together from each of its words on: "cheshantuyet shantuyet"; indexed
    sound: Mapped[str]  # sound keys of the words; indexed
    name: Mapped[str]  # the folded names of it and its kind, a space round each word, to rank them above other words
    exact: Mapped[str]  # all words in lower case with their marks, likewise, to rank exact spellings first
    counted: Mapped[bool] = mapped_column(default=False, index=True)  # the vocabulary knows these words


class SearchSeller(Model):
    """From which version of a seller its entries were written: a later one has another name or state."""

    __tablename__ = "search_sellers"

    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    version: Mapped[int]


class SearchWord(Model):
    """A folded word that occurs in public texts, with its number of products."""

    __tablename__ = "search_words"

    word: Mapped[str] = mapped_column(primary_key=True)
    products: Mapped[int]


class SearchMiss(Model):
    """A text that found nothing on one local day, and how often; of whom is not kept."""

    __tablename__ = "search_misses"
    __table_args__ = (CheckConstraint("times > 0", name="counts_upwards"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)  # folded, at most 60 letters
    times: Mapped[int]
