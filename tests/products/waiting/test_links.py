"""The link in the letters: a look says nothing, a press says yes, a press ends it; nobody else's link is guessed."""

from products.waiting.models import StockWait
from shop.core.db import db
from tests.products.waiting.asking import MAIL, asked, token_of


def wait() -> StockWait | None:
    return db.session.query(StockWait).filter_by(email=MAIL).one_or_none()


def test_a_look_is_no_yes(browser, cast):
    path = f"/waits/{token_of(asked(cast))}"
    browser.get(path)
    assert browser.one("h1").text_content() == "Chè Shan tuyết Bình Lư"
    assert browser.says("Shall we write to you once, when there is some again?")
    assert wait().confirmed_at is None


def test_a_press_is_one(browser, cast):
    path = f"/waits/{token_of(asked(cast))}"
    browser.get(path)
    for _ in range(2):
        assert browser.post(f"{path}/yes").status_code == 200
        assert browser.says("Noted. One letter comes when there is some again.")
    assert wait().confirmed_at is not None


def test_a_press_ends_it(browser, cast):
    path = f"/waits/{token_of(asked(cast, yes=True))}"
    browser.get(path)
    assert browser.post(path).status_code == 200
    assert browser.says("We write to you no more about goods you waited for.")
    assert wait() is None
    assert browser.get(path).status_code == 404


def test_a_code_alone_opens_nothing(browser, cast):
    code = asked(cast)
    for token in (code, f"{code}-", f"{code}-{'0' * 32}", f"ZZZZZZZZ{token_of(code)[8:]}"):
        assert browser.get(f"/waits/{token}").status_code == 404
        assert browser.client.post(f"/waits/{token}", base_url=browser.origin).status_code == 404
    assert wait() is not None


def test_another_site_cannot_say_yes(browser, cast):
    path = f"/waits/{token_of(asked(cast))}/yes"
    answer = browser.client.post(path, base_url=browser.origin, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert wait().confirmed_at is None
