"""What a phone keeps to begin without a network: the empty form and the worker, the same for everybody."""

import re

import pytest

from shop.core.db import writing
from tests.products.complete import draft_of

SHELL = "/my/products/shell"
WORKER = "/sw.js"


@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
def test_the_empty_form_is_the_same_for_everybody(browser, cast, lang):
    names = (cast.member.name, cast.cooperative().name)
    answer = browser.get(f"{SHELL}?lang={lang}")
    assert answer.status_code == 200
    assert browser.one("html").get("lang") == lang
    for who in ("member", "officer"):
        browser.sign_in(getattr(cast, who))
        assert browser.get(f"{SHELL}?lang={lang}").data == answer.data
    assert "Set-Cookie" not in answer.headers
    assert not [name for name in names if name in answer.text]


def test_an_unknown_language_gets_vietnamese(browser, cast):
    browser.get(f"{SHELL}?lang=xx")
    assert browser.one("html").get("lang") == "vi"


def test_the_worker_names_files_that_are_there_and_is_asked_for_anew(browser, cast):
    answer = browser.get(f"{WORKER}?lang=hi")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert f'"{SHELL}?lang=hi"' in answer.text
    files = re.findall(r'"(/static/[^"]+)"', answer.text)
    assert len(files) > 8
    for path in {*files, re.search(r'from "([^"]+)"', answer.text)[1]}:
        assert browser.client.get(path).status_code == 200, path


def test_each_language_and_build_has_a_cache_of_its_own(browser, cast):
    names = {re.search(r'cache: "([^"]+)"', browser.get(f"{WORKER}?lang={lang}").text)[1] for lang in ("vi", "en")}
    assert len(names) == 2


def test_a_phone_speaks_only_for_who_is_signed_in(browser, cast):
    browser.sign_in(cast.member)
    key = "a-key-that-a-phone-made-up"
    sent = {"json": {"fields": {}}, "base_url": browser.origin}
    for owner, status in ((cast.member.id, 200), (cast.stranger.id, 401), ("", 200)):
        headers = {"X-Draft-Key": key, "Origin": browser.origin, "X-Owner": str(owner)}
        assert browser.client.put(f"/my/drafts/{key}", headers=headers, **sent).status_code == status


def test_what_an_offline_wish_lacked_is_said_at_the_form(browser, cast):
    with writing():
        code = draft_of(cast, "a-key-that-a-phone-made-up", price="").code
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{code}/edit?check=1")
    assert browser.says("Enter the price in digits, for example 45,000")
    assert browser.one(".error-summary a[href='#price']") is not None


def test_an_unusual_price_is_asked_about_at_the_form(browser, cast):
    with writing():
        code = draft_of(cast, "a-key-that-a-phone-made-up", price="9tr").code
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{code}/edit?check=1")
    assert browser.says("This price is higher than usual. If it is right, choose Continue.")
    assert browser.one("input[name=price_ok]").get("value") == "9000000"
