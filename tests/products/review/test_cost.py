"""What the page of a decision costs stays the same, however long the story of the goods."""

import pytest
from sqlalchemy import event

from products import services
from products.photos import services as draft_photos
from products.review.models import Verdict
from shop.core.db import db, writing
from tests.cast import make_photo
from tests.products.review.sent import decided, path_of, sent_edit


@pytest.fixture
def cost(browser, cast):
    """Count the queries of a page that is asked for a second time."""
    browser.sign_in(cast.officer)
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    def count(path):
        browser.get(path)
        seen.clear()
        browser.get(path)
        return len([one for one in seen if not one.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])

    event.listen(db.engine, "before_cursor_execute", note)
    yield count
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_long_story_with_many_photos_costs_no_more(cast, cost):
    with writing():
        sent_edit(cast, name="Chè mới")
    few = cost(path_of(cast.product()))
    for time in "123":
        decided(cast, cast.product(), Verdict.RETURN, "Thêm ảnh")
        with writing():
            for digest in (f"{time}{letter}" * 32 for letter in "ab"):
                make_photo(cast.cooperative(), cast.member, digest)
                draft_photos.add(cast.product(), digest, cast.member)
            services.submit(cast.product(), cast.member)
    assert cost(path_of(cast.product())) == few <= 20
