"""Reasons on the decision page: numbered, in the seller's language, with words the officer may change."""

import pytest

from products import queries
from products.issues.queries import open_for
from products.issues.rules import BY_OFFICERS
from products.models import Product
from products.review.forms import ReturnForm
from products.review.models import Verdict
from shop.accounts.models import User
from shop.core.db import db, writing
from shop.core.i18n import use_language
from tests.products.review.sent import decided, decisions_on, path_of, sent_goods


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


def speak(person, lang):
    with writing():
        db.session.get_one(User, person.id).language = lang


def said(rule, lang):
    with use_language(lang):
        return str(BY_OFFICERS[rule].sentence)


def back(desk, key, **fields):
    return desk.post(path_of(the(key)), verdict="return", **fields).status_code


@pytest.fixture
def asked(app, cast, goods):
    """Give a function that returns the goods for what a form says, and what is open then."""

    def send(**fields):
        with app.test_request_context("/", method="POST", data=fields):
            reasons = ReturnForm.of_request().issues
        decided(cast, the(goods), Verdict.RETURN, issues=reasons)
        return open_for(queries.open_revision(the(goods)))

    return send


def test_nine_reasons_stand_open_under_their_keys(goods, desk):
    desk.get(path_of(the(goods)))
    keys = [box.get("data-key") for box in desk.all("[name=reasons][data-key]")]
    assert keys == [str(number) for number in range(1, 10)]
    assert [one.text_content() for one in desk.all(".reason kbd")] == keys


def test_what_a_machine_sees_is_proposed(goods, desk):
    desk.get(path_of(the(goods)))
    open_ones = {box.get("value") for box in desk.all(".reasons > .reason [name=reasons]")}
    assert {"photo_few", "text_short", "label_missing"} <= open_ones
    assert "origin_unclear" not in open_ones
    assert desk.says("Seen by machine")


def test_the_officer_reads_his_language_and_sees_what_the_seller_will_read(goods, desk, cast):
    speak(cast.officer, "en")
    speak(cast.member, "hi")
    desk.sign_in(cast.officer)
    desk.get(path_of(the(goods)))
    assert said("photo_dark", "en") in desk.text
    words = desk.one("#words-photo_dark")
    assert (words.get("lang"), words.text.strip()) == ("hi", said("photo_dark", "hi"))


def test_words_left_alone_are_the_rules_own(asked):
    found = asked(reasons=["photo_dark", "text_short"], **{"words-photo_dark": said("photo_dark", "vi")})
    assert [(one.rule, one.note) for one in found] == [("photo_dark", ""), ("text_short", "")]


def test_changed_words_are_kept_in_the_sellers_language(asked, goods, browser, cast):
    words = "खेत में फ़ोटो लें"
    first, second = asked(reasons=["photo_dark", "text_short"], lang="hi", **{"words-photo_dark": words})
    assert (first.rule, first.note, first.lang, second.note) == ("photo_dark", words, "hi", "")
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{the(goods).code}/edit")
    assert [one.text_content() for one in browser.all("#photos [lang=hi]")] == [words]
    assert said("photo_dark", "vi") in browser.text, "who reads another language reads the rule beside the words"


def test_a_language_that_is_none_is_vietnamese(asked):
    found = asked(reasons="photo_dark", lang="<b>", **{"words-photo_dark": "Chụp ngoài sân"})
    assert [(one.note, one.lang) for one in found] == [("Chụp ngoài sân", "vi")]


@pytest.mark.parametrize("reasons", [["no_such"], ["refused"], ["kind_not_taken"]])
def test_reasons_of_others_are_none_of_an_officer(goods, desk, reasons):
    assert back(desk, goods, reasons=reasons) == 422
    assert decisions_on(goods) == []


def test_what_was_typed_stands_there_after_a_refusal(goods, desk):
    answer = desk.post(path_of(the(goods)), verdict="return", **{"words-name_unclear": "Ghi rõ hơn"})
    assert answer.status_code == 422
    assert desk.one("#words-name_unclear").text.strip() == "Ghi rõ hơn"
    assert decisions_on(goods) == []
    assert Verdict.RETURN.value in {one.get("value") for one in desk.all("[name=verdict]")}
