"""The table of what people type, on a market that has each known type of goods once."""

import pytest

from products.catalogue import TYPES
from products.models import RevisionText
from products.search import queries, services, tasks
from shop.core.db import db, writing
from tests.asked import TABLE
from tests.cast import make_product


@pytest.fixture
def market(cast):
    """Product ids by type, as a number."""
    with writing():
        made = {code: _one_of(cast, code) for code in TYPES}
        db.session.flush()
        services.refresh(product.id for product in made.values())
        ids = {product.id: int(code.removeprefix("LC-")) for code, product in made.items()}
    tasks.refresh_vocabulary()
    return ids


def _one_of(cast, code):
    kind = TYPES[code]
    facts = {"price": kind.price_low, "on_hand": 5, "pack": (kind.pack_amount, kind.unit)}
    product = make_product(cast.cooperative(), cast.member, kind.names["vi"], category=kind.category, **facts)
    product.approved.type_code = code
    product.approved.texts.append(RevisionText(lang="en", name=kind.names["en"]))
    return product


def test_what_people_type_finds_what_they_mean(market):
    assert len(TABLE) >= 150
    wrong = {}
    for asked in TABLE:
        found = queries.find(asked.typed, limit=1)
        first = market.get(found.ids[0]) if found.ids else None
        if first not in asked.best:
            wrong[asked.typed] = f"{first} instead of {sorted(asked.best)}, {found.how.value}"
    assert not wrong, "\n".join(f"{typed}: {why}" for typed, why in wrong.items())
