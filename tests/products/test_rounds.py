"""Beginning again: other words take another number, and what was read stays."""

import pytest

from products import queries, services
from products.history.queries import numbered
from products.lifecycle import RevisionState
from products.models import Product
from products.photos import services as photos
from products.review.models import Verdict
from products.written import written
from shop.core.db import db, writing
from tests.products.complete import DETAILS
from tests.products.review.sent import decided, sent_goods


def again(product_id):
    return db.session.get_one(Product, product_id)


def test_what_was_returned_can_still_be_read_after_it_was_mended(cast):
    with writing():
        key = sent_goods(cast, **DETAILS).id
    sent = written(queries.open_revision(again(key)))
    decided(cast, again(key), Verdict.RETURN, "Ảnh mờ")
    with writing():
        draft = services.editable(again(key), cast.member)
        services.save_draft(draft, {"name": "Tên khác", "story": ""}, cast.member)
    past = numbered(again(key), 1, drafts=False)
    assert past.state is RevisionState.PAST
    assert written(past) == sent
    assert past.decided_at
    assert past.submitted_by_id == cast.ids["member"]
    assert numbered(again(key), 2, drafts=True).name == "Tên khác"


def test_what_was_taken_back_can_still_be_read(cast):
    with writing():
        key = sent_goods(cast, price="45k").id
        services.take_back(again(key), cast.member)
        services.save_draft(services.editable(again(key), cast.member), {"price": "50k"}, cast.member)
    past = numbered(again(key), 1, drafts=False)
    assert (past.state, past.proposed_price, past.decided_at) == (RevisionState.PAST, 45_000, None)
    assert queries.open_revision(again(key)).proposed_price == 50_000


def test_a_past_revision_is_in_nobodys_way(cast, browser):
    """Lists, copies and the officer's desk go by the newest number, not by the newest row."""
    with writing():
        product = sent_goods(cast)
        key, code = product.id, product.code
        services.take_back(product, cast.member)
        services.save_draft(services.editable(again(key), cast.member), {"name": "Tên mới"}, cast.member)
    browser.sign_in(cast.member)
    browser.get("/my/products?tab=draft")
    assert browser.one("li.goods-row h3").text_content().strip() == "Tên mới"
    browser.get("/my/products/new")
    assert "Tên mới" in browser.text
    officer = type(browser)(browser.app)
    officer.sign_in(cast.officer)
    assert officer.get(f"/review/products/{code}/1/decision").status_code == 409


def test_a_photo_first_and_then_the_page_that_was_open(cast):
    """The photo opens what came back; the page was made before that, and its words are still those of the draft."""
    with writing():
        key = sent_goods(cast).id
    decided(cast, again(key), Verdict.RETURN, "Ảnh mờ")
    seen = queries.open_revision(again(key)).version
    with writing():
        photos.remove(again(key), queries.open_revision(again(key)).photos[0].digest, cast.member)
    assert queries.open_revision(again(key)).version != seen
    with writing():
        draft = services.editable(again(key), cast.member, seen=seen, page="open")
        services.save_draft(draft, {"name": "Tên mới"}, cast.member, page="open")
    with pytest.raises(services.ChangedMeanwhile), writing():
        services.editable(again(key), cast.second_member, seen=seen, page="elsewhere")
    assert "alike" not in numbered(again(key), 1, drafts=False).facts
