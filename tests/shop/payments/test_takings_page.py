"""The page of cash: what a manager reads and notes, and what stays typed where something is wrong."""

import pytest

from shop.payments.takings.models import TakingState
from tests.shop.payments.at_the_door import remittance, remitted, taken, taking

PATH = "/my/cash"


def test_from_the_carrier_into_the_account(browser, cast):
    code = taken(cast)
    browser.sign_in(cast.member)
    browser.get(PATH)
    assert browser.says("Carriers have your money")
    amount = f"{taking(code).amount // 1000}k"
    browser.post(f"{PATH}/remittances", follow=True, orders=[code], came=amount, reference="FT26", because="")
    assert browser.says("Look into your account")
    assert taking(code).state is TakingState.REMITTED
    button = browser.one("form[action$='/seen']").get("action")
    browser.post(button, follow=True)
    assert browser.says("In your account")
    assert taking(code).state is TakingState.RECONCILED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"came": ""}, "Enter how much came, for example 1.250.000"),
        ({"came": "abc"}, None),
        ({"orders": []}, "Tick the orders that this money is for."),
        ({"came": "1k"}, None),
        ({"came": "90000000"}, None),
    ],
)
def test_what_is_wrong_stands_at_its_field(browser, cast, fields, words):
    code = taken(cast)
    browser.sign_in(cast.member)
    given = {"orders": [code], "came": "100000", "reference": "FT-giu-lai", "because": ""} | fields
    answer = browser.post(f"{PATH}/remittances", **given)
    assert answer.status_code == 422
    assert browser.one("#reference").get("value") == "FT-giu-lai"
    assert browser.all(".error-summary a")
    if words:
        assert browser.says(words)
    assert taking(code).state is TakingState.COLLECTED


def test_twice(browser, cast):
    code = remitted(cast)
    browser.sign_in(cast.member)
    path = f"{PATH}/remittances/{code}/seen"
    assert browser.post(path).status_code == 302
    assert browser.post(path).status_code == 409
    assert remittance(code).seen_by_id == cast.member.id


def test_a_stranger_sees_nothing_of_it(browser, cast):
    code = remitted(cast)
    browser.sign_in(cast.stranger)
    browser.get(PATH)
    assert browser.says("No cash is under way")
    assert browser.post(f"{PATH}/remittances/{code}/seen").status_code == 404


def test_a_plain_member_has_no_such_page(browser, cast):
    browser.sign_in(cast.second_member)
    assert browser.get(PATH).status_code == 403


def test_what_is_under_way(browser, cast):
    browser.sign_in(cast.member)
    browser.get(PATH)
    assert browser.says("No cash is under way")
