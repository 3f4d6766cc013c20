"""The tables that pages of the public tell something of: each change in one of them drops the pages it may touch.

A table that a page of the public reads stands here, or in UNWATCHED with the reason why its changes need not be seen;
tests/architecture/test_kept.py reads every page and says which is missing.
"""

from sqlalchemy import Connection

from shop.core.kept import triggers
from shop.core.kept.triggers import Watched

_APPROVED = "EXISTS (SELECT 1 FROM products WHERE products.approved_revision_id = {row}.%s)"
_LISTED = ("code", "product_id", "position", "pack_amount", "pack_word", "price", "usual_price", "sale_until",
           "retired_at")  # fmt: skip
_PUBLIC_PHOTO = ("width", "height", "public_since")
# What is left of one pack; a search shows what there is none of last, so the last pack and the first touch any page.
_STOCK = "CASE WHEN (OLD.on_hand > OLD.held) = (NEW.on_hand > NEW.held) THEN NEW.product_id ELSE 0 END"

WATCHED = (
    Watched("products"),
    Watched("skus", columns=_LISTED),
    Watched("skus", name="stock", of=_STOCK, columns=("on_hand", "held"), verbs=("UPDATE",)),
    Watched("product_revisions", where=_APPROVED % "id", verbs=("UPDATE", "DELETE")),
    Watched("revision_texts", where=_APPROVED % "revision_id"),
    Watched("revision_photos", where=_APPROVED % "revision_id"),
    Watched("photos", columns=_PUBLIC_PHOTO, verbs=("UPDATE",)),
    Watched("certificates", verbs=("UPDATE", "DELETE")),
    Watched("certificate_products"),
    Watched("cooperatives"),
    Watched("dispatch_rules"),
    Watched("closed_days"),
    Watched("search_entries"),
    Watched("search_words"),
    Watched("related_goods", of="{row}.product_id"),
    Watched("ratings"),
    Watched("rating_tallies"),
    Watched("rating_answers"),
    Watched("rating_photos", columns=("drawn_at", "removed_at"), verbs=("UPDATE", "DELETE")),
)
UNWATCHED = {
    "communes": "a reference that changes while the market is being updated",
    "commune_aliases": "likewise",
    "provinces": "likewise",
    "search_misses": "written once the page has gone out",
    "order_lines": "the names of rated goods, as they were at sale: they never change",
}


def create(connection: Connection) -> None:
    """Create the triggers of every watched table that is there, replacing old ones."""
    triggers.create(connection, WATCHED)


def drop(connection: Connection) -> None:
    """Remove them, so that a migration may rebuild the tables."""
    triggers.drop(connection, WATCHED)
