"""The phones' door: field by field, in any order, as often as the network allows."""

import unicodedata

import pytest

from products import queries, services
from products.drafts.models import DraftSave
from products.fields import LISTS
from products.issues.services import Reason
from products.models import Product, ProductRevision
from products.review.models import Verdict
from shop.core.db import db, writing
from tests.products.complete import DETAILS, draft_of
from tests.products.review.sent import decided

KEY = "a-key-that-a-phone-made-up"


def put(browser, key=KEY, header=None, method="PUT", end="", page="one", seller="", **fields):
    """Send fields as (text, counter)."""
    body = {"for": seller, "page": page, "fields": {name: {"v": v, "n": n} for name, (v, n) in fields.items()}}
    headers = {"X-Draft-Key": header or key, "Origin": browser.origin}
    return browser.client.open(
        f"/my/drafts/{key}{end}", method=method, base_url=browser.origin, json=body, headers=headers
    )


def raw(browser, data, key=KEY):
    headers = {"X-Draft-Key": key, "Origin": browser.origin, "Content-Type": "application/json"}
    return browser.client.put(f"/my/drafts/{key}", base_url=browser.origin, data=data, headers=headers)


def draft_revision(key=KEY):
    product = queries.by_draft_key(key)
    return queries.open_revision(product)


@pytest.fixture
def phone(browser, cast):
    browser.sign_in(cast.member)
    return browser


def test_the_first_words_begin_the_draft(phone, cast):
    answer = put(phone, name=("Miến dong Bình Lư", 1), season=(["9", "10"], 2))
    assert answer.status_code == 200, answer.json
    assert answer.json["state"] == "draft"
    assert answer.json["counter"] == 2
    assert answer.json["fields"]["name"] == {"v": "Miến dong Bình Lư", "n": 1}
    assert answer.json["fields"]["season"] == {"v": ["9", "10"], "n": 2}
    revision = draft_revision()
    assert revision.name == "Miến dong Bình Lư"
    assert revision.product.cooperative_id == cast.ids["cooperative"]


def test_the_same_parcel_five_times_is_one_draft_and_one_save(phone):
    for _ in range(5):
        assert put(phone, name=("Chè", 1)).status_code == 200
    assert db.session.query(Product).filter_by(draft_key=KEY).count() == 1
    product = queries.by_draft_key(KEY)
    assert db.session.query(ProductRevision).filter_by(product_id=product.id).count() == 1
    assert db.session.query(DraftSave).filter_by(product_id=product.id).count() == 1


def test_two_phones_merge_by_field_and_nothing_is_lost_from_what_was_kept(phone):
    put(phone, page="first", name=("Chè", 1), price=("45k", 2))
    put(phone, page="second", quantity=("30", 3), price=("50k", 3))
    answer = put(phone, page="first", price=("47k", 2), unit=("goi", 4))
    assert answer.json["lost"] == ["price"]
    fields = {name: kept["v"] for name, kept in answer.json["fields"].items()}
    assert (fields["name"], fields["price"], fields["quantity"], fields["unit"]) == ("Chè", "50.000", "30", "goi")
    saves = db.session.query(DraftSave).order_by(DraftSave.id).all()
    assert [save.lost for save in saves] == [[], [], ["price"]]
    assert saves[2].fields["price"]["v"] == "47k"


def test_a_tie_goes_to_the_later_one_and_an_old_parcel_sent_again_changes_nothing(phone):
    put(phone, page="first", name=("Chè xanh", 1))
    assert put(phone, page="second", name=("Chè đen", 1)).json["fields"]["name"]["v"] == "Chè đen"
    assert put(phone, page="first", name=("Chè xanh", 1)).json["fields"]["name"]["v"] == "Chè đen"


def test_the_form_of_the_page_counts_as_newer_than_what_the_phone_saw(phone, cast):
    code = put(phone, name=("Chè", 5), price=("45k", 6)).json["code"]
    phone.get(f"/my/products/{code}/edit")
    form = {"name": "Chè Tam Đường", "price": "45k", "version": phone.one("input[name=version]").get("value")}
    assert phone.post(f"/my/products/{code}/edit", draft_key=KEY, page="page", do="save", **form).status_code == 302
    answer = put(phone, name=("Chè cũ", 6))
    assert answer.json["lost"] == ["name"]
    assert answer.json["fields"]["name"]["v"] == "Chè Tam Đường"


def test_what_cannot_be_read_waits_as_it_was_typed_and_is_said_at_the_end(phone):
    put(phone, name=("🌶️" * 3, 1), price=("nhiều", 1), quantity=("-3", 1), summary=("x" * 10_000, 1))
    answer = put(phone, method="POST", end="/submission")
    assert answer.status_code == 422
    fields = {problem["field"] for problem in answer.json["problems"]}
    assert {"photos", "name", "category", "price", "quantity", "summary", "unit"} <= fields
    assert put(phone).json["fields"]["price"]["v"] == "nhiều"


def test_it_is_sent_for_review_once(phone, cast):
    with writing():
        draft_of(cast, KEY)
    answer = put(phone, method="POST", end="/submission")
    assert answer.status_code == 200, answer.json
    assert answer.json["sent"]
    again = put(phone, method="POST", end="/submission")
    assert again.json == answer.json
    assert draft_revision().state == "submitted"
    refused = put(phone, name=("Khác", 9))
    assert refused.status_code == 409
    assert refused.json["error"].startswith("Cán bộ đang xem")


def test_an_unusual_price_is_a_question(phone, cast):
    with writing():
        draft_of(cast, KEY, price="9tr")
    answer = put(phone, method="POST", end="/submission")
    assert (answer.status_code, answer.json["question"], answer.json["price"]) == (422, "high", "9000000")
    headers = {"X-Draft-Key": KEY, "Origin": phone.origin}
    path = f"/my/drafts/{KEY}/submission"
    yes = phone.client.post(path, base_url=phone.origin, json={"price_ok": "9000000"}, headers=headers)
    assert yes.json["sent"], yes.json


def test_a_returned_revision_is_opened_again_by_the_phone(phone, cast):
    with writing():
        product = draft_of(cast, KEY)
        services.submit(product, cast.member)
    decided(cast, product, Verdict.RETURN, issues=[Reason("photo_dark")])
    assert put(phone, summary=("Sợi dai", 50)).json["state"] == "draft"


def test_a_session_that_ended_is_told_and_nothing_is_changed(browser, cast):
    answer = put(browser, name=("Chè", 1))
    assert answer.status_code == 401
    assert answer.json["error"]
    assert queries.by_draft_key(KEY) is None
    browser.sign_in(cast.member)
    assert put(browser, name=("Chè", 1)).status_code == 200


def test_a_strangers_key_is_nobodys(phone, browser, cast):
    with writing():
        draft_of(cast, KEY)
    browser.sign_in(cast.stranger)
    assert put(browser, name=("Cướp", 1)).status_code == 404
    assert put(browser, method="POST", end="/submission").status_code == 404


def test_goods_that_no_form_began_are_named_by_their_code(phone, cast):
    product = cast.product()
    product_key = f"p-{product.code}"
    answer = put(phone, key=product_key, summary=("Ngon", 1))
    assert answer.json["code"] == cast.product().code
    assert put(phone, key="p-ZZZZZZZZZZZZZZZZ", summary=("Ngon", 1)).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{", b'"text"', b'{"fields": []}', b'{"page": 3}', b'{"fields": {"name": "x"}}', b'{"for": 3}',
        b'{"fields": {"name": {"v": 3, "n": 1}}}', b'{"fields": {"name": {"v": "x", "n": -1}}}',
        b'{"fields": {"name": {"v": "x", "n": 1.5}}}', b'{"fields": {"name": {"v": "x", "n": true}}}',
        b'{"fields": {"season": {"v": "9", "n": 1}}}', b'{"fields": {"name": {"v": "a\\u0000b", "n": 1}}}',
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(phone, data):
    answer = raw(phone, data)
    assert answer.status_code == 400
    assert answer.json["error"]


def test_unknown_fields_are_named_and_too_much_is_refused(phone):
    assert put(phone, name=("Chè", 1), colour=("red", 1)).json["unknown"] == ["colour"]
    assert raw(phone, b"x" * 200_000).status_code == 413
    assert put(phone, key="short", name=("Chè", 1)).status_code == 422
    assert put(phone, header="another-key-altogether", name=("Chè", 1)).status_code == 400


def test_nfd_and_spaces_are_put_right(phone):
    answer = put(phone, name=(f"  {unicodedata.normalize('NFD', 'Miến dong')} ", 1))
    assert answer.json["fields"]["name"]["v"] == "Miến dong"


def test_every_detail_travels_by_itself(phone):
    fields = {
        name: (text if name in LISTS else str(text), place) for place, (name, text) in enumerate(DETAILS.items(), 1)
    }
    fields["season"] = ([str(month) for month in DETAILS["season"]], 3)
    kept = {name: sent["v"] for name, sent in put(phone, **fields).json["fields"].items()}
    assert {name: kept[name] for name in DETAILS} == {name: value for name, (value, _) in fields.items()} | {
        "packed_weight": "650 g", "width": "20", "height": "8", "shelf_life": "180", "allergens": ["egg", "sesame"],
    }  # fmt: skip
    assert put(phone, allergens=(["milk", "nonsense"], 99)).json["fields"]["allergens"] == {"v": ["milk"], "n": 99}
    assert put(phone, allergens=([{}], 100)).status_code == 400
    assert put(phone, allergens=("milk", 100)).status_code == 400
