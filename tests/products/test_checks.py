"""`flask verify` finds a product that was tampered with."""

import pytest
from sqlalchemy import text

from products import services
from products.checks import CHECKS
from shop.core.db import db, writing


def found():
    return [fault for check in CHECKS for fault in check()]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE products SET approved_revision_id = (SELECT max(id) FROM product_revisions)", "another product's"),
        ("UPDATE product_revisions SET state = 'rejected' WHERE number = 1", "not approved"),
        ("UPDATE revision_texts SET name = ''", "without a Vietnamese name"),
        ("DELETE FROM revision_texts", "without a Vietnamese name"),
        ("UPDATE skus SET code = 'hai từ ' || id", "not a code"),
        ("UPDATE skus SET code = 'a/b' || id", "not a code"),
        ("DELETE FROM stock_movements; DELETE FROM skus", "nothing of it is sold"),
        ("DROP INDEX uq_product_revisions_open; UPDATE product_revisions SET state = 'draft'", "2 open revisions"),
    ],
)
def test_a_tampered_row_is_found(cast, damage, says):
    with writing():
        services.start_edit(cast.product(), cast.member)
    assert found() == []
    with writing():
        for statement in damage.split("; "):
            db.session.execute(text(statement))
    assert any(says in fault for fault in found())
