"""A seller says what is missing, on the page."""

import pytest

from shop.core.db import db
from shop.orders.changes.models import Change
from shop.orders.models import Method
from tests.shop.orders.buying import act
from tests.shop.payments.changing.asking import accepted, ask, asked, change_of, order_of


@pytest.fixture
def code(cast):
    return accepted(cast)


def test_asking_the_buyer(browser, cast, code):
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{code}")
    assert f"/my/orders/{code}/changes" in [link.get("href") for link in browser.all("main a")]
    browser.get(f"/my/orders/{code}/changes")
    assert [one.get("value") for one in browser.all("input[inputmode=numeric]")] == ["3", "3"]
    browser.post(f"/my/orders/{code}/changes", packs0="1", packs1="3", note="Mưa to quá.", follow=True)
    change = db.session.query(Change).one()
    assert (change.note, change.by_id, [one.after for one in change.lines]) == ("Mưa to quá.", cast.member.id, [1])
    assert browser.says("The buyer is asked")
    assert not any(form.get("action", "").endswith("/packing") for form in browser.all("form"))
    assert browser.post(f"/my/orders/{code}/packing", packed=["0", "1"]).status_code == 409
    browser.post(f"/my/orders/{code}/changes/{change.code}/withdrawal", follow=True)
    assert browser.says("The buyer knows that everything is there. Pack it.")
    assert browser.post(f"/my/orders/{code}/packing", packed=["0", "1"]).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"packs0": "", "packs1": "3"}, "Enter how many there are, 0 for none"),
        ({"packs0": "vài", "packs1": "3"}, "Enter a whole number of packs, for example 12"),
        ({"packs0": "-1", "packs1": "3"}, "Enter a whole number of packs, for example 12"),
        ({"packs0": "3", "packs1": "9"}, "Write a smaller number where something is missing."),
        ({"packs0": "0", "packs1": "0"}, "Nothing would be left to send. Cancel the order instead."),
        ({"packs0": "1", "packs1": "3", "note": "x" * 201}, "Use at most %(number)s characters."),
    ],
)
def test_what_is_wrong_is_said_and_kept(browser, cast, code, fields, words):
    browser.sign_in(cast.member)
    browser.post(f"/my/orders/{code}/changes", **fields)
    assert browser.response.status_code == 422
    assert browser.says(words, number=200)
    assert browser.one("[name=packs0]").get("value") == fields["packs0"]
    assert not order_of(code).asking


def test_who_paid_reads_that_the_rest_goes_back(browser, cast):
    code = accepted(cast, Method.BANK_QR)
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{code}/changes")
    assert browser.says("The buyer pays only for what you send. What was paid too much goes back.")


def test_not_in_another_state_and_not_twice(browser, cast, code):
    browser.sign_in(cast.member)
    ask(cast, code, 1)
    assert browser.get(f"/my/orders/{code}/changes").status_code == 302
    browser.post(f"/my/orders/{code}/changes", packs0="1", packs1="3", follow=True)
    assert browser.says("The buyer is asked already. Wait for the answer, or take the question back.")
    act(order_of(code).id, "cancel")
    assert browser.get(f"/my/orders/{code}/changes").status_code == 302
    assert db.session.query(Change).count() == 1


def test_others_find_nothing(browser, cast):
    found = asked(cast)
    page = f"/my/orders/{found['code']}/changes"
    assert browser.get(page).status_code == 302, "a visitor signs in first"
    for name, status in (("stranger", 404), ("buyer", 403), ("officer", 403)):
        browser.sign_in(cast.user(name))
        assert browser.get(page).status_code == status
        assert browser.post(page, packs0="1", packs1="1").status_code == status
        assert browser.post(f"{page}/{found['change']}/withdrawal").status_code == status
    assert change_of(found["change"]).is_open


def test_the_change_of_another_order(browser, cast):
    found, other = asked(cast), accepted(cast, tea=1)
    browser.sign_in(cast.member)
    assert browser.post(f"/my/orders/{other}/changes/{found['change']}/withdrawal").status_code == 404
    for _ in range(2):
        browser.post(f"/my/orders/{found['code']}/changes/{found['change']}/withdrawal", follow=True)
    assert browser.says("This was already handled. Open the page again to see how it stands now.")
