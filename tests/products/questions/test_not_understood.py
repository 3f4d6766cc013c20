"""A seller does not understand what is to be mended: one tap asks, the officer answers, both may call."""

import pytest
from sqlalchemy import select

from products import queries
from products.issues.queries import open_for
from products.issues.services import Reason
from products.models import Product
from products.questions.models import Audience, Talk
from products.review.models import Verdict
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.products.review.sent import decided, path_of, sent_goods


@pytest.fixture
def back(cast):
    with writing():
        product = sent_goods(cast)
        key = product.id
    decided(cast, product, Verdict.RETURN, issues=[Reason("photo_cover")])
    return key


def the(key):
    return db.session.get_one(Product, key)


def issue(key):
    return open_for(queries.open_revision(the(key)))[0]


def ask(browser, key, **fields):
    return browser.post(f"/my/products/{the(key).code}/talks", **({"issue": issue(key).code} | fields))


def talk():
    return db.session.scalars(select(Talk)).one()


def told(kind="talked"):
    return {row.user_id: row.url for row in db.session.scalars(select(Notice).where(Notice.kind == kind))}


def test_one_tap_at_the_field_asks_the_officer(back, browser, cast):
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{the(back).code}/edit")
    button = browser.one("#photos button.plain")
    assert button.get("form") == f"ask-{issue(back).code}"
    assert browser.one(f"form#ask-{issue(back).code} [name=issue]").get("value") == issue(back).code
    assert ask(browser, back).status_code == 302
    assert (talk().audience, talk().issue_id) == (Audience.BOTH, issue(back).id)
    assert told() == {
        cast.officer.id: f"/review/talks/{talk().code}",
        cast.second_member.id: f"/my/talks/{talk().code}",
    }
    assert talk().messages[0].text.startswith("Tôi chưa hiểu")


def test_the_officer_answers_and_the_seller_sees_it_today(back, browser, cast):
    browser.sign_in(cast.member)
    ask(browser, back)
    browser.sign_in(cast.officer)
    browser.get(f"/review/talks/{talk().code}")
    assert [one.get("href") for one in browser.all("main a[href^='tel:']")] == [
        f"tel:{cast.cooperative().contact_phone}"
    ]
    browser.post(f"/review/talks/{talk().code}", text="Đưa ảnh gói miến lên đầu nhé")
    assert told()[cast.member.id] == f"/my/talks/{talk().code}"
    browser.sign_in(cast.member)
    browser.get("/desk")
    assert browser.says("The officer wrote to you")
    browser.get(f"/my/talks/{talk().code}")
    assert "Đưa ảnh gói miến lên đầu nhé" in browser.text
    assert browser.all("main a[href^='tel:']"), "the hotline"
    browser.get("/desk")
    assert not browser.says("The officer wrote to you")
    browser.post(f"/my/talks/{talk().code}", text="Vâng")
    assert [one.author_id for one in talk().messages] == [cast.member.id, cast.officer.id, cast.member.id]


def test_the_officer_finds_it_beside_the_goods(back, browser, cast):
    browser.sign_in(cast.member)
    ask(browser, back, text="Ảnh bìa là ảnh nào ạ")
    browser.sign_in(cast.officer)
    browser.get(path_of(the(back), 1))
    assert "Ảnh bìa là ảnh nào ạ" in browser.text
    assert browser.says("Unread")


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("officer", 403), ("buyer", 403)])
def test_who_may_not_ask(back, browser, cast, who, status):
    browser.sign_in(cast.user(who))
    assert ask(browser, back).status_code == status
    assert db.session.scalars(select(Talk)).all() == []


def test_a_stranger_reads_nothing(back, browser, cast):
    browser.sign_in(cast.member)
    ask(browser, back)
    for who in ("stranger", "officer_elsewhere"):
        browser.sign_in(cast.user(who))
        assert browser.get(f"/my/talks/{talk().code}").status_code in {403, 404}
        assert browser.get(f"/review/talks/{talk().code}").status_code in {403, 404}


def test_an_issue_of_other_goods_is_none_of_these(back, browser, cast):
    browser.sign_in(cast.member)
    answer = browser.post(f"/my/products/{cast.product().code}/talks", issue=issue(back).code)
    assert answer.status_code == 404
    assert db.session.scalars(select(Talk)).all() == []


def test_an_answer_without_words_is_none(back, browser, cast):
    browser.sign_in(cast.member)
    ask(browser, back)
    answer = browser.post(f"/my/talks/{talk().code}", text=" ")
    assert answer.status_code == 422
    assert len(talk().messages) == 1
