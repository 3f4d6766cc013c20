"""The headers of every answer, the methods nobody offers, and a sender's address that nobody may forge."""

import pytest

from shop.accounts.models import Throttle
from shop.core.db import db
from shop.core.headers import HEADERS
from tests.browser import Browser


@pytest.mark.parametrize("path", ["/", "/sign-in", "/khong-co", "/healthz", "/robots.txt", "/cart", "/account"])
def test_every_answer_has_them(browser: Browser, cast, path: str) -> None:
    browser.sign_in(cast.member)
    answer = browser.client.get(path, base_url=browser.origin)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, (path, name)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Type"]


@pytest.mark.parametrize("path", ["/account", "/account/privacy", "/notices", "/my/orders", "/second-factor/set-up"])
def test_private_pages_are_stored_by_nobody(browser: Browser, cast, path: str) -> None:
    browser.sign_in(cast.member)
    assert browser.get(path).headers["Cache-Control"] == "no-store"


def test_https_is_held_for_a_year(browser: Browser) -> None:
    secure = browser.client.get("/healthz", base_url=browser.origin.replace("http:", "https:"))
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in browser.client.get("/healthz", base_url=browser.origin).headers


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "FOO"])
def test_methods_nobody_offers_are_refused(browser: Browser, cast, method: str) -> None:
    browser.sign_in(cast.member)
    for path in ("/", "/sign-in", "/account", "/account/privacy"):
        answer = browser.client.open(path, method=method, base_url=browser.origin)
        assert answer.status_code in {403, 405}, (method, path)


def test_other_origins_learn_nothing(browser: Browser) -> None:
    for path in ("/", "/cart/count.json", "/account"):
        answer = browser.client.get(path, base_url=browser.origin, headers={"Origin": "https://elsewhere.example"})
        assert not [name for name, _value in answer.headers if name.lower().startswith("access-control-")]


def test_a_forged_sender_changes_no_limit(browser: Browser) -> None:
    """Without a proxy of ours in front, X-Forwarded-For is only what somebody typed."""
    for number in range(11):
        headers = {"Origin": browser.origin, "X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": "203.0.113.9"}
        data = {"login": f"a{number}@example.com", "password": "không phải câu này"}
        answer = browser.client.post("/sign-in/password", base_url=browser.origin, data=data, headers=headers)
    assert answer.status_code == 429
    assert not [row.key for row in db.session.query(Throttle) if "203.0.113" in row.key]
