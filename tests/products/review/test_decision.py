"""The officer decides: the ladder of the page on which he does."""

import pytest
from sqlalchemy import select

from products import queries, services
from products.issues.queries import open_for
from products.lifecycle import RevisionState
from products.models import Product
from products.review.models import Verdict
from products.stock import services as stock
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.products.review.sent import decisions_on, path_of, sent_edit, sent_goods, ten_seconds_pass


@pytest.fixture
def goods(cast):
    with writing():
        product = sent_goods(cast)
    return product.id


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def the(key):
    return db.session.get_one(Product, key)


def state_of(key):
    return queries.last_revision(the(key)).state


def told(kind):
    return db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.user_id)).all()


def is_public(key):
    return key in db.session.scalars(queries.public(Product.id)).all()


def test_approval_puts_new_goods_on_sale(goods, desk, cast, storage):
    page = desk.get(path_of(the(goods)))
    assert page.status_code == 200
    assert desk.says("As buyers will see it")
    assert desk.post(path_of(the(goods)), verdict="approve").status_code == 302
    assert (state_of(goods), is_public(goods)) == (RevisionState.SUBMITTED, False)
    ten_seconds_pass()
    assert (state_of(goods), is_public(goods)) == (RevisionState.APPROVED, True)
    assert [(one.verdict, one.number, one.officer_id) for one in decisions_on(goods)] == [
        (Verdict.APPROVE, 1, cast.officer.id)
    ]
    assert the(goods).skus[0].price == 45_000
    assert [note.user_id for note in told("revision_approved")] == sorted([cast.member.id, cast.second_member.id])
    kept = select(AuditEntry.action).where(AuditEntry.subject_kind == "products", AuditEntry.subject_id == goods)
    assert "approved" in db.session.scalars(kept).all()


def test_return_names_the_field_and_tells_the_members(goods, desk):
    answer = desk.post(
        path_of(the(goods)),
        verdict="return",
        reasons=["photo_dark", "price_unusual"],
        field="name",
        note="Tên ghi rõ hơn",
    )
    assert answer.status_code == 302
    ten_seconds_pass()
    assert (state_of(goods), is_public(goods)) == (RevisionState.RETURNED, False)
    issues = open_for(queries.open_revision(the(goods)))
    assert [(one.field, one.rule, one.note) for one in issues] == [
        ("photos", "photo_dark", ""),
        ("price", "price_unusual", ""),
        ("name", "other", "Tên ghi rõ hơn"),
    ]
    assert issues[2].sentence == "Tên ghi rõ hơn"
    assert {note.url for note in told("revision_returned")} == {f"/my/products/{the(goods).code}/edit#photos"}
    assert told("revision_returned")[0].params["count"] == 3


def test_rejection_says_why(goods, desk):
    assert desk.post(path_of(the(goods)), verdict="reject", note="Hàng cấm bán").status_code == 302
    ten_seconds_pass()
    assert state_of(goods) is RevisionState.REJECTED
    assert decisions_on(goods)[0].note == "Hàng cấm bán"
    assert told("revision_rejected")[0].params["note"] == "Hàng cấm bán"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"verdict": "return"}, "Choose a reason, or write what is to be mended."),
        ({"verdict": "return", "note": "   "}, "Choose a reason, or write what is to be mended."),
        ({"verdict": "return", "reasons": "no_such_rule"}, None),
        ({"verdict": "return", "reasons": "photo_dark", "field": "secret"}, None),
        ({"verdict": "return", "reasons": "photo_dark", "note": "x" * 1001}, None),
        ({"verdict": "reject"}, "Say why it cannot be sold here."),
        ({"verdict": "approved"}, "Choose a decision."),
        ({}, "Choose a decision."),
    ],
)
def test_bad_input_decides_nothing(goods, desk, answer, sentence):
    assert desk.post(path_of(the(goods)), **answer).status_code == 422
    assert desk.all(".error-summary")
    assert sentence is None or desk.says(sentence)
    assert (state_of(goods), decisions_on(goods)) == (RevisionState.SUBMITTED, [])


def test_what_was_typed_stays(goods, desk):
    desk.post(path_of(the(goods)), verdict="return", reasons="no_such_rule", field="price", note="Xem lại giá")
    assert desk.one("#return-note").text.strip() == "Xem lại giá"
    assert desk.one("#return-field option[selected]").get("value") == "price"
    assert not (desk.one("#reject-note").text or "").strip()


def test_a_visitor_signs_in_first(goods, browser):
    assert "/sign-in" in browser.get(path_of(the(goods))).location
    assert browser.post(path_of(the(goods)), verdict="approve").status_code == 401
    assert state_of(goods) is RevisionState.SUBMITTED


@pytest.mark.parametrize("who", ["member", "stranger", "buyer", "helper", "admin"])
def test_only_officers_decide(goods, browser, cast, who):
    browser.sign_in(cast.user(who))
    assert browser.get(path_of(the(goods))).status_code == 403
    assert browser.post(path_of(the(goods)), verdict="approve").status_code == 403
    assert browser.get("/review/products").status_code == 403
    assert state_of(goods) is RevisionState.SUBMITTED


def test_an_officer_of_another_commune_finds_nothing(goods, browser, cast):
    browser.sign_in(cast.officer_elsewhere)
    assert browser.get(path_of(the(goods))).status_code == 404
    assert browser.post(path_of(the(goods)), verdict="approve").status_code == 404
    browser.get("/review/products")
    assert the(goods).code not in browser.response.get_data(as_text=True)
    assert (state_of(goods), decisions_on(goods)) == (RevisionState.SUBMITTED, [])


def test_twice_is_once(goods, desk):
    path = path_of(the(goods))
    assert desk.post(path, verdict="approve").status_code == 302
    assert desk.post(path, verdict="reject", note="Không").status_code == 409
    assert desk.says("%(name)s approved this already.", name="Nguyễn Thị Hoa")
    ten_seconds_pass()
    assert state_of(goods) is RevisionState.APPROVED
    assert len(decisions_on(goods)) == 1
    assert len(the(goods).skus) == 1


def test_a_decided_revision_can_be_read_but_not_decided(goods, desk):
    path = path_of(the(goods))
    desk.post(path, verdict="return", reasons="photo_dark")
    for _time in ("while it may be undone", "afterwards"):
        assert desk.get(path).status_code == 200
        assert not desk.all("form[action$='/decision']")
        ten_seconds_pass()


def test_what_the_seller_changed_meanwhile_is_not_decided(goods, desk, cast):
    path = path_of(the(goods))
    with writing():
        services.take_back(the(goods), cast.member)
    for answer in (desk.get(path), desk.post(path, verdict="approve")):
        assert answer.status_code == 409
    assert desk.says("The seller took this back. It comes again once it is sent.")
    with writing():
        services.save_draft(services.editable(the(goods), cast.member), {"name": "Miến khác"}, cast.member)
        services.submit(the(goods), cast.member)
    assert desk.post(path, verdict="approve").status_code == 409
    assert desk.one(".actions .primary").get("href") == path_of(the(goods), 2)
    assert (state_of(goods), decisions_on(goods)) == (RevisionState.SUBMITTED, [])
    assert desk.post(path_of(the(goods), 2), verdict="approve").status_code == 302
    assert decisions_on(goods)[0].number == 2


@pytest.mark.parametrize("number", [0, 2, 99_999, 100_000, 10**30])
def test_a_number_that_never_was(goods, desk, number):
    path = f"/review/products/{the(goods).code}/{number}/decision"
    assert desk.get(path).status_code == 404
    assert desk.post(path, verdict="approve").status_code == 404


def test_a_returned_revision_comes_again_under_a_new_number(goods, desk, cast):
    desk.post(path_of(the(goods)), verdict="return", reasons="photo_dark")
    ten_seconds_pass()
    with writing():
        services.submit(the(goods), cast.member)
    page = desk.get(path_of(the(goods)))
    assert page.status_code == 200
    assert desk.says("Asked before")
    desk.post(path_of(the(goods)), verdict="approve")
    ten_seconds_pass()
    assert [(one.verdict, one.number) for one in decisions_on(goods)] == [(Verdict.RETURN, 1), (Verdict.APPROVE, 2)]
    assert is_public(goods)
    assert open_for(queries.last_revision(the(goods))) == []


def test_an_edit_shows_what_changes_and_the_live_one_stays(cast, desk):
    with writing():
        sent_edit(cast, name="Chè Shan tuyết cổ thụ", price="150k")
    tea = cast.product().id
    desk.get(path_of(the(tea)))
    changes = desk.one(".changes").text_content()
    assert "120.000" in changes
    assert "150.000" in changes
    assert [one.text for one in desk.all(".changes ins")] == ["150.000\xa0₫", "cổ thụ"]
    desk.post(path_of(the(tea)), verdict="approve")
    assert the(tea).approved.name == "Chè Shan tuyết Bình Lư"
    ten_seconds_pass()
    assert the(tea).approved.name == "Chè Shan tuyết cổ thụ"
    assert (cast.sku().price, len(the(tea).skus)) == (150_000, 1)


def test_a_price_that_moved_is_shown_and_not_set(cast, desk):
    with writing():
        sent_edit(cast, price="150k")
        stock.set_price(cast.sku(), 130_000, 120_000, cast.member, "changed")
    tea = cast.product().id
    desk.get(path_of(the(tea)))
    text = desk.one(".changes").text_content()
    assert all(price in text for price in ("120.000", "130.000", "150.000"))
    desk.post(path_of(the(tea)), verdict="approve")
    ten_seconds_pass()
    assert cast.sku().price == 130_000
    desk.get("/notices")
    assert desk.says("The seller had changed the price meanwhile: that price stays.")
