"""One's own account: name, language, phone, sessions."""

from tests.browser import Browser
from tests.shop.accounts.test_sign_in import code_for


def test_change_name_and_language(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    assert browser.post("/account", name="Giàng Thị Mỷ", language="en").status_code == 302
    assert cast.member.name == "Giàng Thị Mỷ"
    browser.get("/account")
    assert browser.one("html").get("lang") == "en"


def test_change_phone_moves_the_login_name(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.post("/account/phone", phone="0977 111 222")
    answer = browser.post("/account/phone/code", phone="+84977111222", code=code_for("+84977111222"))
    assert answer.status_code == 302
    assert cast.member.phone == "+84977111222"
    assert [name.value for name in cast.member.login_names] == ["+84977111222"]


def test_wrong_code_changes_nothing(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.post("/account/phone", phone="0977 111 222")
    right = code_for("+84977111222")
    browser.post("/account/phone/code", phone="+84977111222", code="000000" if right != "000000" else "111111")
    assert browser.says("This code is not right or too old. Check it, or ask for a new one.")
    assert cast.member.phone == "+84912000101"


def test_end_another_session(browser: Browser, app, cast) -> None:
    other = Browser(app)
    other.sign_in(cast.member)
    browser.sign_in(cast.member)
    browser.get("/account")
    action = browser.all("form[action$='/end']")[0].get("action")
    browser.post(action)
    assert other.get("/account").status_code == 302
    assert browser.get("/account").status_code == 200


def test_a_form_without_its_token_is_refused(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    assert browser.post("/account", token=False, name="X", language="vi").status_code == 403
    assert cast.member.name == "Giàng Thị Máy"


def test_a_foreign_origin_is_refused(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    token = browser.form_token()
    answer = browser.client.post(
        "/account",
        base_url=browser.origin,
        data={"name": "X", "language": "vi", "csrf_token": token},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_no_origin_at_all_asks_once_more(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    data = {"name": "Máy", "language": "vi", "csrf_token": browser.form_token()}
    answer = browser.client.post("/account", base_url=browser.origin, data=data)
    assert answer.status_code == 403
    browser._seen(answer)
    fields = {field.get("name"): field.get("value") for field in browser.all("main input")}
    assert fields["name"] == "Máy"
    assert browser.client.post("/account", base_url=browser.origin, data=fields).status_code == 302
    assert cast.member.name == "Máy"
