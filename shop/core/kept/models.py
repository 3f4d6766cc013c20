"""The log of changes that readers of kept pages look into before they answer."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import BigKey, Model

EVERYTHING = 0  # as a product: any page may show it


class PageChange(Model):
    """Something that pages of the public show was changed by this row's transaction. Triggers alone write it."""

    __tablename__ = "page_changes"

    id: Mapped[BigKey]
    product_id: Mapped[int]  # only what this product's page and cards say of its stock; 0: anything
    tx: Mapped[int] = mapped_column(index=True)  # PostgreSQL's number of the transaction; on SQLite 0
    at: Mapped[datetime] = mapped_column(server_default=text("CURRENT_TIMESTAMP"), index=True)
