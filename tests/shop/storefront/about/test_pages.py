"""The pages that explain the market are real, in three languages, and one link away."""

import pytest

PAGES = ["/ranking", "/about", "/how-to-buy", "/how-to-sell", "/privacy"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("root", ["", "/en", "/hi"])
def test_each_page_is_there_and_linked(browser, session, page, root):
    assert browser.get(root + page).status_code == 200
    assert len(browser.text) > 400
    links = {node.get("href") for node in browser.all("footer a")}
    assert {root + other for other in PAGES} <= links
    assert {node.get("hreflang") for node in browser.all("link[rel=alternate]")} == {"vi", "en", "hi"}


def test_the_operator_answers_by_name(browser, session):
    browser.get("/about")
    assert "Sở Nông nghiệp và Môi trường Lai Châu" in browser.text
    browser.get("/privacy")
    assert "Sở Nông nghiệp và Môi trường Lai Châu" in browser.text


def test_cards_are_named_only_where_they_are_taken(browser, session, app):
    assert app.extensions["settings"].stripe_secret_key
    browser.get("/en/how-to-buy")
    assert "Or by card" in browser.text
    assert "₫5,000,000" in browser.text
