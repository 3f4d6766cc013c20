"""The sweep that reads texts which were sent before anybody compared them."""

from products import queries as products
from products.models import Product, ProductRevision
from products.texts import queries, services
from shop.core.db import db, writing

AT_ONCE = 50


def read_texts() -> int:
    """Read some texts that have no bands yet, each held by its product's row; returns how many."""
    waiting = [(one.id, one.product_id) for one in queries.unknown(AT_ONCE)]
    db.session.rollback()
    for key, product_id in waiting:
        with writing():
            products.lock(db.session.get_one(Product, product_id))
            services.read(db.session.get_one(ProductRevision, key))
    return len(waiting)


SWEEPS = [read_texts]
