"""What buyers looked for and did not find: counted without who it was, read by staff."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from products.search import missed, tasks
from products.search.models import SearchMiss
from shop.core.days import today
from shop.core.db import db, writing


def kept():
    return {row.words: row.times for row in db.session.execute(select(SearchMiss.words, SearchMiss.times))}


def ask(browser, text, **headers):
    browser.client.get("/search", query_string={"q": text}, headers={"User-Agent": "Mozilla/5.0", **headers}).close()


def test_what_found_nothing_is_read_most_asked_first(browser, cast):
    for text in ("Sầu riêng", "sau rieng", "yến sào"):
        ask(browser, text)
    browser.sign_in(cast.officer)
    browser.get("/staff/searches")
    rows = [[cell.text_content().strip() for cell in row] for row in browser.all("tbody tr")]
    assert rows == [["sau rieng", "2"], ["yen sao", "1"]]


def test_what_found_something_is_not_counted(browser, cast):
    ask(browser, "che shan tuyet")
    ask(browser, "")
    assert kept() == {}


def test_machines_are_not_counted(browser, cast):
    ask(browser, "sau rieng", **{"User-Agent": "Googlebot/2.1"})
    ask(browser, "sau rieng", **{"Sec-Purpose": "prefetch"})
    assert kept() == {}


@pytest.mark.parametrize("text", ["0912 345 678 zzzz", "zzzz@example.com", "…"])
def test_what_may_be_somebodys_is_not_kept(browser, cast, text):
    ask(browser, text)
    assert kept() == {}


def test_a_day_keeps_so_many_texts_and_no_more(cast, monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_DAY", 2)
    with writing():
        assert [missed.count(text) for text in ("mot", "hai", "ba", "mot")] == [True, True, False, True]
    assert kept() == {"mot": 2, "hai": 1}


def test_old_days_go(cast):
    with writing():
        missed.count("cu")
        db.session.execute(update(SearchMiss).values(day=today() - timedelta(days=120)))
        missed.count("moi")
    assert [tasks.forget_old_misses(), tasks.forget_old_misses()] == [1, 0]
    assert kept() == {"moi": 1}
    assert tasks.forget_old_misses in tasks.SWEEPS


def test_nothing_missed_says_so(browser, cast):
    browser.sign_in(cast.admin)
    browser.get("/staff/searches")
    assert browser.says("Every search found something")


def test_a_seller_may_not(browser, cast):
    browser.sign_in(cast.member)
    assert browser.get("/staff/searches").status_code == 403
