"""The prepared words of what is public, and the vocabulary that mends a slip."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Model


class SearchEntry(Model):
    """One product's words; the engine's own index (FTS5 or tsvector) is built over these columns."""

    __tablename__ = "search_entries"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    words: Mapped[str]  # folded: "che shan tuyet ta leng"
    joined: Mapped[str]  # each name folded without spaces: "cheshantuyet"
    sound: Mapped[str]  # sound keys of the words
    exact: Mapped[str]  # lower case with its marks, to rank exact spellings first


class SearchWord(Model):
    """A folded word that occurs in public texts, with its number of products."""

    __tablename__ = "search_words"

    word: Mapped[str] = mapped_column(primary_key=True)
    products: Mapped[int]
