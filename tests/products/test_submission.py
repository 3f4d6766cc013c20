"""Sending to the officer, looking first, taking back, the shelf."""

import pytest

from cooperatives.lifecycle import CooperativeState
from products import queries, services
from products.lifecycle import RevisionState, Shelf
from products.models import Product
from products.stock import services as stock
from shop.core.db import db, writing
from tests.products.complete import VALUES, draft_of, handle


def path(product, end):
    return f"/my/products/{product.code}/{end}"


def state(product):
    return queries.open_revision(db.session.get_one(Product, product.id)).state


@pytest.fixture
def draft(cast):
    with writing():
        return handle(draft_of(cast))


def test_the_preview_shows_what_buyers_will_see(browser, cast, draft):
    browser.sign_in(cast.member)
    browser.get(path(draft, "preview"))
    for words in ("Miến dong Bình Lư", "45.000", "gói 500", "Hợp tác xã Chè Bình Lư"):
        assert words in browser.text.replace("\u00a0", " ")
    assert len(browser.all(".as-buyer .product")) == 1, "the very template of the shop"
    assert browser.all(".as-buyer form, .as-buyer a[href^='/']") == [], "nothing is bought, nothing leads away"
    assert browser.all(f"form[action='{path(draft, 'submission')}']")


def test_what_is_live_is_shown_with_the_price_it_is_sold_at(browser, cast):
    with writing():
        stock.set_price(cast.sku(), 99_000, 120_000, cast.member, "changed")
        tea = handle(cast.product())
    browser.sign_in(cast.member)
    browser.get(path(tea, "preview"))
    assert browser.says("What buyers see now")
    assert "99.000" in browser.text
    browser.post(path(tea, "shelf"), action="pause")
    browser.get(path(tea, "preview"))
    assert browser.says("Preview, not public")


def test_an_empty_draft_has_nothing_to_show_yet(browser, cast):
    with writing():
        empty = handle(services.create_draft(cast.cooperative(), cast.member, "empty"))
    browser.sign_in(cast.member)
    assert browser.get(path(empty, "preview")).status_code == 200
    assert browser.says("Nothing to show yet")
    assert browser.all(f"form[action='{path(empty, 'submission')}']") == []


def test_sending_says_what_happens_next(browser, cast, draft):
    browser.sign_in(cast.member)
    assert browser.get(path(draft, "submission")).location == path(draft, "preview")
    browser.post(path(draft, "submission"), follow=True)
    assert browser.says("Sent for review. Usually answered in 2 working days.")
    assert state(draft) is RevisionState.SUBMITTED


def test_sending_twice_is_a_conflict(browser, cast, draft):
    browser.sign_in(cast.member)
    browser.post(path(draft, "submission"))
    assert browser.post(path(draft, "submission")).status_code == 409


def test_an_incomplete_draft_comes_back_as_the_form(browser, cast):
    with writing():
        product = handle(draft_of(cast, price=""))
    browser.sign_in(cast.member)
    assert browser.post(path(product, "submission")).status_code == 422
    assert [link.get("href") for link in browser.all(".error-summary a")] == ["#price"]
    assert state(product) is RevisionState.DRAFT


@pytest.mark.parametrize("send", ["page", "form"])
def test_sending_waits_for_the_admission_and_the_draft_stays(browser, cast, draft, send):
    with writing():
        cast.cooperative().state = CooperativeState.SUBMITTED
    browser.sign_in(cast.member)
    if send == "page":
        browser.post(path(draft, "submission"))
    else:
        browser.get(path(draft, "edit"))
        page = {name: browser.one(f"main input[name={name}]").get("value") for name in ("page", "version")}
        browser.post(path(draft, "edit"), **page, **VALUES, do="send")
    assert browser.response.status_code == 409
    assert browser.says("This seller is not admitted yet. The draft is kept: send it once the officer said yes.")
    assert state(draft) is RevisionState.DRAFT


def test_take_back(browser, cast, draft):
    browser.sign_in(cast.member)
    assert browser.post(path(draft, "submission/cancellation")).status_code == 409
    browser.post(path(draft, "submission"))
    browser.post(path(draft, "submission/cancellation"), follow=True)
    assert browser.says("Taken back. Change it, then send it again.")
    assert state(draft) is RevisionState.DRAFT
    assert browser.post(path(draft, "submission/cancellation")).status_code == 409


def test_the_shelf(browser, cast):
    browser.sign_in(cast.member)
    tea = handle(cast.product())
    for action, shelf in (("pause", Shelf.PAUSED), ("resume", Shelf.ON_SALE), ("withdraw", Shelf.WITHDRAWN)):
        assert browser.post(path(tea, "shelf"), action=action).status_code == 302
        assert cast.product().shelf is shelf
    assert browser.post(path(tea, "shelf"), action="resume").status_code == 409
    assert browser.post(path(tea, "shelf"), action="burn").status_code == 404
    assert browser.post(path(tea, "shelf")).status_code == 404


def test_a_refused_product_may_be_written_anew(browser, cast, draft):
    with writing():
        services.submit(db.session.get_one(Product, draft.id), cast.member).move("reject")
    browser.sign_in(cast.member)
    browser.get("/my/products?tab=returned")
    assert "Miến dong Bình Lư" in browser.text
    browser.get(path(draft, "edit"))
    page = {name: browser.one(f"main input[name={name}]").get("value") for name in ("page", "version")}
    browser.post(path(draft, "edit"), **page, **(VALUES | {"name": "Miến dong khác"}), do="save")
    revision = queries.open_revision(db.session.get_one(Product, draft.id))
    assert (revision.number, revision.name) == (2, "Miến dong khác")
