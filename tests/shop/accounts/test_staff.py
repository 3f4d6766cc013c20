"""Officers, helpers and admins are appointed by an admin, with dated communes."""

import pytest

from shop.accounts.queries import communes_of_officer, staff_roles
from tests.browser import Browser


def test_admin_appoints_an_officer(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    assert browser.get("/staff").status_code == 200
    answer = browser.post("/staff", login="0912000106", role="officer", communes=["03390", "03394"])
    assert answer.status_code == 302
    assert communes_of_officer(cast.buyer.id) == ["03390", "03394"]
    assert set(staff_roles(cast.buyer.id)) == {"officer"}


def test_new_communes_replace_the_old(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    browser.post("/staff", login="0912000104", role="officer", communes=["03595"])
    assert communes_of_officer(cast.officer.id) == ["03595"]


def test_withdrawing_ends_role_communes_and_sessions(browser: Browser, app, cast) -> None:
    officer = Browser(app)
    officer.sign_in(cast.officer)
    browser.sign_in(cast.admin)
    browser.post("/staff/withdrawals", login="0912000104", role="officer")
    assert communes_of_officer(cast.officer.id) == []
    assert not set(staff_roles(cast.officer.id))
    assert officer.get("/account").status_code == 302


def test_nobody_changes_their_own_role(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    browser.post("/staff", login="0912000108", role="officer", communes=["03390"])
    assert browser.says("Nobody changes their own role. Ask another admin.")
    assert browser.post("/staff/withdrawals", login="0912000108", role="admin").status_code == 403


@pytest.mark.parametrize("name", ["member", "officer", "helper", "buyer"])
def test_others_may_not(browser: Browser, cast, name: str) -> None:
    browser.sign_in(cast.user(name))
    assert browser.get("/staff").status_code == 403
    assert browser.post("/staff", login="0912000106", role="admin").status_code == 403


def test_bad_input_gets_sentences(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    browser.post("/staff", login="", role="officer")
    assert browser.says("Enter the phone number or e-mail.")
    assert browser.says("Choose the communes this officer answers for.")
    browser.post("/staff", login="0999999999", role="helper")
    assert browser.says("Nobody signs in with this yet. Ask the person to sign up first, then try again.")
