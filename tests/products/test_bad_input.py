"""What people mistype: every field keeps the text, says a sentence in their language, and nothing breaks."""

import unicodedata

import pytest

from products import policies, queries
from products.fields import LABELS, LISTS, LONGEST, NUMBERS
from products.models import Product
from shop.core.db import db, writing
from tests.products.complete import VALUES, draft_of, handle

WRONG = ["-5", "NaN", "inf", "1e9", "0x10", "½", "🍯", "nhiều", "5 5", "9" * 400]
READ = {  # what is fine in some fields: the value it must become
    "25k": {"price": 25_000},
    "1tr2": {"price": 1_200_000},
    "1.250": {"pack_amount": 1250, "quantity": 1250, "net_weight": 1250, "packed_weight": 1250},
    "２５": {
        **{"price": 25, "pack_amount": 25, "quantity": 25, "net_weight": 25, "packed_weight": 25, "alcohol": 250},
        **{"length": 25, "width": 25, "height": 25, "shelf_life": 25, "min_order": 25, "order_step": 25},
    },
    "0": {"quantity": 0, "alcohol": 0},
}
TEXTS = [name for name in LABELS if name in LONGEST]


@pytest.fixture
def draft(cast):
    with writing():
        return handle(draft_of(cast))


@pytest.fixture
def form(browser, cast, draft):
    """Send the whole form with `text` in some fields at once; gives the page of the answer."""
    browser.sign_in(cast.member)
    path = f"/my/products/{draft.code}/edit"

    def send(fields, text, lang="vi"):
        with writing():
            db.session.merge(cast.member).language = lang
        browser.get(path)
        hidden = {"version": browser.one("input[name=version]").get("value"), "page": "page", "warning": "Từ 18 tuổi"}
        browser.post(path, **(VALUES | hidden | dict.fromkeys(fields, text) | {"do": "send", "price_ok": "25"}))
        return browser

    return send


def revision_of(product):
    return queries.open_revision(db.session.get_one(Product, product.id))


def error_of(browser, field):
    return browser.one(f"#{field}").xpath("ancestor::div[contains(@class, 'field')]//p[@class='error']/span/text()")


@pytest.mark.parametrize("text", [*WRONG, *READ])
def test_a_number_is_read_or_asked_for(form, draft, text):
    page, revision = form(NUMBERS, text), revision_of(draft)
    assert page.response.status_code == (302 if text == "２５" else 422)
    for field, column in NUMBERS.items():
        wanted = READ.get(text, {}).get(field)
        assert getattr(revision, column) == wanted, field
        if page.response.status_code == 422:
            assert page.one(f"#{field}").get("value") == text or wanted is not None
            assert bool(page.all(f"#{field}-error")) is (wanted is None), field
    page.get(f"/my/products/{draft.code}/edit", follow=True)
    for field in set(policies.typed_texts(revision_of(draft))):
        assert page.one(f"#{field}").get("value") == text, "still there tomorrow"


def test_the_sentences_are_in_the_language_of_the_reader(form):
    said = {lang: [error_of(form(NUMBERS, "NaN", lang), field)[0] for field in NUMBERS] for lang in ("vi", "en", "hi")}
    assert all(len(set(sentences)) == 3 for sentences in zip(*said.values(), strict=True))
    assert all(any("\u0900" <= sign <= "\u097f" for sign in sentence) for sentence in said["hi"])


def test_an_empty_number_is_asked_for_only_where_it_is_needed(form):
    page = form(NUMBERS, "")
    faults = [field for field in NUMBERS if page.all(f"#{field}-error")]
    assert faults == ["price", "pack_amount", "quantity"]


def test_1250_is_asked_back(form):
    page = form(["price"], "1.250")
    assert [field.get("value") for field in page.all("input[name=price_meant]")] == ["1250", "1250000"]


@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
def test_ten_thousand_characters_are_kept_and_refused(form, lang):
    page = form(TEXTS, "x" * 10_000, lang)
    assert page.response.status_code == 422
    for field in TEXTS:
        shown = page.one(f"#{field}")
        assert (shown.get("value") or (shown.text or "").strip()) == "x" * 10_000
        assert page.says("Use at most %(number)s characters.", lang, number=LONGEST[field])


def test_decomposed_letters_are_composed(form, draft):
    form(TEXTS, unicodedata.normalize("NFD", "Chè Shan tuyết cổ thụ"))
    assert set(policies.texts_of(revision_of(draft)).values()) == {"Chè Shan tuyết cổ thụ"}


@pytest.mark.parametrize("text", ["🍯", "🍯🍯🍯", "...", "7", " a "])
@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
def test_a_name_without_letters_is_no_name(form, text, lang):
    page = form(["name"], text, lang)
    assert page.response.status_code == 422
    assert page.says("Enter the product name", lang)
    assert page.one("#name").get("value") == text.strip()


def test_emoji_beside_letters_stay(form, draft):
    assert form(["name"], "Mật ong 🍯 rừng").response.status_code == 302
    assert revision_of(draft).name == "Mật ong 🍯 rừng"


@pytest.mark.parametrize("text", ["", "NaN", "13", "-1", "９", "🍯", "x" * 10_000, "none'"])
def test_a_choice_that_nobody_offers_is_none(form, text):
    assert form([*LISTS, "origin", "ship_class", "unit", "category"], text).response.status_code == 422
