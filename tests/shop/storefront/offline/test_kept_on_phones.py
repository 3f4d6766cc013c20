"""What a phone needs to show pages of the public without a network."""

import re

import pytest


def told(browser, path: str) -> str:
    answer = browser.client.get(path, base_url=browser.origin)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    return answer.text


def test_the_worker_names_only_files_that_are_there(browser):
    script = told(browser, "/pages-worker.js?lang=hi")
    files = re.findall(r'"(/static/[^"]+)"', script)
    assert len(files) >= 6
    assert all(browser.client.get(file, base_url=browser.origin).status_code == 200 for file in files)
    assert "/offline?lang=hi" in script


def test_the_worker_of_producers_keeps_them_too(browser):
    script = told(browser, "/sw.js?lang=vi")
    assert "keepPages(" in script
    assert "/offline?lang=vi" in script


def test_the_page_without_a_copy_is_nobodys(browser, cast):
    browser.sign_in(cast.buyer)
    mine = browser.client.get("/offline?lang=vi", base_url=browser.origin)
    assert mine.status_code == 200
    assert "Set-Cookie" not in mine.headers
    assert cast.buyer.name not in mine.text
    browser.get("/offline?lang=hi")
    assert browser.document.get("lang") == "hi"


@pytest.mark.parametrize("path", ["/", "/en/", "/categories/tea", "/search?q=che", "/ranking"])
def test_pages_of_the_public_ask_to_be_kept(browser, cast, path):
    browser.get(path)
    bar = browser.one("[data-behaviour='pages-kept']")
    assert "TIME" in bar.get("data-copied")
    assert bar.get("data-worker") == f"/pages-worker.js?lang={browser.document.get('lang')}"


def test_pages_of_a_person_do_not(browser, cast):
    browser.sign_in(cast.member)
    for path in ("/my/products", "/desk", "/notices", "/cart"):
        browser.get(path)
        assert "pages-kept" not in browser.response.text
