"""Setting a code app up: officers and admins must, everybody may."""

from sqlalchemy import func, select

from shop.accounts.factor.codes import present_code
from shop.accounts.factor.models import RecoveryCode, SecondFactor
from shop.accounts.factor.queries import is_enrolled
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db
from shop.core.seal import unseal
from tests.browser import Browser
from tests.shop.accounts.factor.app import asked, enrolled, key_on_page
from tests.shop.accounts.test_sign_in import code_for


def test_an_officer_reaches_only_the_set_up_until_done(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer, factor=False)
    for path in ("/desk", "/account", "/review/products", "/notices", "/my/products"):
        answer = browser.get(path)
        assert answer.headers["Location"].startswith("/second-factor?next="), path
    assert browser.post("/account", name="X", language="vi").status_code == 401
    assert browser.get("/second-factor").headers["Location"].startswith("/second-factor/set-up")
    browser.get("/second-factor/set-up?next=/review/products")
    before = browser.cookie("session")
    browser.post("/second-factor/set-up?next=/review/products", code=present_code(key_on_page(browser)))
    assert browser.says("Your recovery codes")
    assert len(browser.all("main li code")) == 8
    assert browser.one("main .actions a").get("href") == "/review/products"
    assert browser.cookie("session") != before, "a new id with the factor"
    assert browser.get("/review/products").status_code == 200


def test_an_officer_may_sign_out_and_change_language_before(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer, factor=False)
    assert browser.get("/language/en?next=/desk").status_code == 302
    browser.get("/second-factor/set-up")
    assert browser.one("html").get("lang") == "en"
    assert browser.post("/sign-out").headers["Location"] == "/en/"


def test_the_next_sign_in_asks(browser: Browser, cast) -> None:
    enrolled(cast.admin)
    browser.post("/sign-in", phone="0912000108")
    browser.post("/sign-in/code", phone="+84912000108", code=code_for("+84912000108"), follow=True)
    assert browser.says("Open the code app on your phone and enter its 6 digits.")
    assert browser.get("/staff").headers["Location"] == "/second-factor?next=/staff"


def test_the_page_shows_the_same_key_again(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer, factor=False)
    browser.get("/second-factor/set-up")
    key = key_on_page(browser)
    browser.post("/second-factor/set-up", code="000000" if present_code(key) != "000000" else "111111")
    assert browser.says("This code is not right, or it was used already. Wait for the next one.")
    assert key_on_page(browser) == key
    assert not is_enrolled(cast.officer.id)


def test_no_code_gets_a_sentence(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer, factor=False)
    browser.post("/second-factor/set-up", code="")
    assert browser.says("Enter the 6 digits that the app shows.")


def test_set_up_is_kept_sealed_hashed_audited_and_told(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.get("/second-factor/set-up")
    key = key_on_page(browser)
    browser.post("/second-factor/set-up", code=present_code(key))
    shown = [element.text_content().replace("-", "") for element in browser.all("main li code")]
    factor = db.session.get_one(SecondFactor, cast.buyer.id)
    assert key not in factor.sealed
    assert unseal(factor.sealed) == key
    hashes = list(db.session.scalars(select(RecoveryCode.hashed).order_by(RecoveryCode.place)))
    assert len(hashes) == 8
    assert all(one.startswith("$argon2id$") for one in hashes)
    assert not set(shown) & set(hashes)
    told = select(func.count(AuditEntry.id)).where(AuditEntry.action == "second_factor_set")
    assert db.session.scalar(told) == 1
    browser.get("/notices")
    assert browser.says("Your code app is set up")


def test_others_sessions_end_with_it(browser: Browser, app, cast) -> None:
    other = Browser(app)
    other.sign_in(cast.buyer)
    browser.sign_in(cast.buyer)
    browser.get("/second-factor/set-up")
    browser.post("/second-factor/set-up", code=present_code(key_on_page(browser)))
    assert other.get("/account").status_code == 302
    assert browser.get("/account").status_code == 200


def test_not_twice(browser: Browser, cast) -> None:
    enrolled(cast.officer)
    asked(browser, cast.officer)
    assert browser.get("/second-factor/set-up").headers["Location"].startswith("/second-factor?")
    browser.sign_in(cast.officer)
    assert browser.get("/second-factor?next=/desk").headers["Location"] == "/desk"


def test_a_visitor_is_sent_to_sign_in(browser: Browser) -> None:
    assert browser.get("/second-factor").headers["Location"].startswith("/sign-in")
    assert browser.post("/second-factor", code="123456").status_code == 401


def test_a_buyer_may_take_it_off_and_an_officer_may_not(browser: Browser, cast) -> None:
    enrolled(cast.buyer)
    browser.sign_in(cast.buyer)
    assert browser.post("/second-factor/removal").status_code == 302
    assert not is_enrolled(cast.buyer.id)
    enrolled(cast.officer)
    browser.sign_in(cast.officer)
    assert browser.post("/second-factor/removal").status_code == 409
    assert is_enrolled(cast.officer.id)


def test_new_recovery_codes_end_the_old(browser: Browser, cast) -> None:
    enrolled(cast.buyer, ["1ABCDEFGHJK"])
    browser.sign_in(cast.buyer)
    assert browser.post("/second-factor/recovery-codes").status_code == 200
    assert len(browser.all("main li code")) == 8
    assert db.session.scalar(select(func.count(RecoveryCode.id))) == 8
    browser.sign_in(cast.member)
    assert browser.post("/second-factor/recovery-codes").status_code == 409


def test_the_factor_survives_a_new_password(browser: Browser, cast) -> None:
    secret = enrolled(cast.officer)
    browser.sign_in(cast.officer)
    browser.post("/account/password", password="một câu khác hẳn")
    browser.sign_out()
    browser.post("/sign-in/password", login="0912000104", password="một câu khác hẳn")
    assert browser.get("/desk").headers["Location"] == "/second-factor?next=/desk"
    clock.set_for_tests(clock.after(seconds=60))
    browser.post("/second-factor", code=present_code(secret))
    assert browser.get("/desk").status_code == 200
