"""Changing a draft, what is live, what came back: never lost, never shown too early."""

import pytest
from sqlalchemy import select

from products import policies, queries, services
from products.fields import LABEL_TEXTS, NUMBERS
from products.issues.models import RevisionIssue, Source
from products.issues.services import open_issue
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from shop.core.db import db, writing
from tests.products.complete import DETAILS, VALUES, as_shown, draft_of, handle


def path(product, end="edit"):
    return f"/my/products/{product.code}/{end}"


def page_of(browser, product):
    browser.get(path(product))
    names = ("draft_key", "page", "version", "price_ok")
    return {name: browser.one(f"main input[name={name}]").get("value") or "" for name in names}


@pytest.fixture
def draft(cast):
    with writing():
        return handle(draft_of(cast))


def draft_now(product):
    return queries.open_revision(db.session.get_one(Product, product.id))


def test_the_draft_stands_in_the_form(browser, cast, draft):
    browser.sign_in(cast.second_member)
    browser.get(path(draft))
    shown = {name: browser.one(f"#{name}").get("value") for name in ("name", "price", "pack_amount", "quantity")}
    assert shown == {"name": "Miến dong Bình Lư", "price": "45.000", "pack_amount": "500 g", "quantity": "30"}
    assert browser.one("#category input[checked]").get("value") == "processed"
    assert browser.one("#unit input[checked]").get("value") == "goi"
    assert "bốn mươi lăm nghìn đồng" in browser.text
    assert browser.says("%(money)s a kilogram", money="90.000 ₫")


def test_what_the_form_shows_is_what_it_keeps(browser, cast, draft):
    """Opening and saving without touching anything changes nothing."""
    with writing():
        product = db.session.get_one(Product, draft.id)
        services.save_draft(services.editable(product, cast.member), DETAILS, cast.member)
    browser.sign_in(cast.member)
    browser.get(path(draft))
    kept = told(draft_now(draft))
    assert all(kept.values()), "every detail is there"
    browser.post(path(draft), **(as_shown(browser) | {"do": "save"}))
    assert browser.response.status_code == 302
    assert told(draft_now(draft)) == kept


def told(revision):
    """Every value of a revision that people write."""
    columns = {column: getattr(revision, column) for column in ("season_months", "origin_commune", *NUMBERS.values())}
    facts = {name: revision.facts.get(name) for name in ("allergens", "ship_class", *LABEL_TEXTS)}
    del columns["alcohol_permille"]
    return columns | facts | policies.texts_of(revision)


def test_two_people_at_once_lose_nothing(browser, cast, draft):
    browser.sign_in(cast.member)
    mine, theirs = page_of(browser, draft), page_of(browser, draft)
    browser.post(path(draft), **(theirs | VALUES | {"name": "Của Tâm"}), do="save")
    browser.post(path(draft), **(mine | VALUES | {"name": "Của Máy"}), do="send")
    assert browser.response.status_code == 409
    assert browser.says("This was changed on another page. Your text is still here: look, then save again.")
    assert browser.one("#name").get("value") == "Của Máy"
    assert draft_now(draft).name == "Của Tâm"
    version = browser.one("main input[name=version]").get("value")
    browser.post(path(draft), **(mine | VALUES | {"name": "Của Máy", "version": version}), do="save")
    assert draft_now(draft).name == "Của Máy"


def test_an_edit_of_live_goods_never_takes_them_down_and_never_shows_early(browser, cast):
    browser.sign_in(cast.member)
    tea = handle(cast.product())
    hidden = page_of(browser, tea)
    assert browser.one("#price").get("value") in {"120.000", "120000"}
    assert browser.all("#quantity") == [], "stock is counted in the list"
    assert browser.all("#unit") == []
    browser.post(path(tea), **hidden, name="Tên mới", category="tea", price="99k", do="save")
    assert draft_now(tea).number == 2
    seen = db.session.execute(queries.public(Product.id, ProductRevision.number).where(Product.id == tea.id)).all()
    assert seen == [(tea.id, 1)]
    assert cast.sku().price == 120_000
    browser.post(path(tea, "submission"), follow=True)
    assert draft_now(tea).state is RevisionState.SUBMITTED
    assert db.session.execute(queries.public(ProductRevision.number).where(Product.id == tea.id)).scalars().all() == [1]


def test_opening_the_form_of_live_goods_writes_nothing(browser, cast):
    browser.sign_in(cast.member)
    browser.get(path(handle(cast.product())))
    assert draft_now(handle(cast.product())) is None


def test_what_came_back_says_why_at_its_field(browser, cast, draft):
    with writing():
        revision = services.submit(db.session.get_one(Product, draft.id), cast.member)
        revision.move("return")
        open_issue(revision, Source.OFFICER, "name", "name_unclear")
        open_issue(revision, Source.OFFICER, "photos", "other", note="Chụp lại nhãn giúp chị nhé")
    browser.sign_in(cast.member)
    browser.get(path(draft))
    assert {link.get("href") for link in browser.all(".issues a")} == {"#name", "#photos"}
    assert browser.all("#photos, #name")
    assert "Chụp lại nhãn giúp chị nhé" in browser.text
    hidden = page_of(browser, draft)
    browser.post(path(draft), **(hidden | VALUES | {"name": "Miến dong đỏ Bình Lư"}), do="save")
    assert draft_now(draft).state is RevisionState.DRAFT
    open_now = db.session.scalars(select(RevisionIssue.field).where(RevisionIssue.resolved_at.is_(None))).all()
    assert open_now == ["photos"], "the name was mended"


def test_what_an_officer_reads_is_shown_not_edited(browser, cast, draft):
    browser.sign_in(cast.member)
    hidden = page_of(browser, draft)
    with writing():
        services.submit(db.session.get_one(Product, draft.id), cast.member)
    assert browser.get(path(draft)).location == path(draft, "preview")
    browser.post(path(draft), **(hidden | VALUES | {"name": "Đổi trộm"}), do="save")
    assert browser.response.status_code == 409
    assert browser.one("#name").get("value") == "Đổi trộm", "what was typed is still there"
    assert draft_now(draft).name == "Miến dong Bình Lư"


def test_withdrawn_goods_are_not_edited(browser, cast):
    with writing():
        services.withdraw(cast.product(), cast.member)
    browser.sign_in(cast.member)
    assert browser.get(path(handle(cast.product()))).location == path(handle(cast.product()), "preview")
    browser.get(path(handle(cast.product()), "preview"))
    assert browser.post(path(handle(cast.product())), name="x", do="save").status_code == 409


@pytest.mark.parametrize("end", ["edit", "preview", "photos", "submission", "price", "stock"])
def test_pages_of_a_product_are_its_members_own(browser, cast, end):
    tea = handle(cast.product())
    assert browser.get(path(tea, end)).status_code == 302
    browser.sign_in(cast.buyer)
    assert browser.get(path(tea, end)).status_code == 403
    browser.sign_in(cast.stranger)
    assert browser.get(path(tea, end)).status_code == 404
    assert browser.get(f"/my/products/NOTHING1/{end}").status_code == 404
    browser.sign_in(cast.officer)
    assert browser.get(path(tea, end)).status_code == 403


@pytest.mark.parametrize(
    "end",
    ["edit", "submission", "submission/cancellation", "shelf", "price", "stock",
     "photos", "photos/order", "photos/removal", "photos/restoration"],
)  # fmt: skip
def test_nobody_else_changes_a_product(browser, cast, end):
    tea, before = handle(cast.product()), (cast.product().version, cast.sku().price)
    fields = {
        "action": "pause",
        "how": "cover",
        "digest": "a",
        "price": "1k",
        "on_hand": "1",
        "expected": "10",
        "name": "x",
    }
    assert browser.post(path(tea, end), **fields).status_code == 401
    for person, status in (("buyer", 403), ("stranger", 404), ("admin", 403)):
        browser.sign_in(cast.user(person))
        assert browser.post(path(tea, end), **fields).status_code == status
        assert browser.post(path(tea, end), token=False, **fields).status_code == 403
    assert (cast.product().version, cast.sku().price) == before
    assert draft_now(tea) is None
