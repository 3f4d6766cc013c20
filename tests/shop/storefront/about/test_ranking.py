"""The page on how goods are put in order tells what the code does, and all of it."""

import pytest

from products.search import ranking
from products.search.criteria import SOME, WHOLE, Criterion
from products.search.matching import Word
from products.search.queries import find
from products.search.ranking import Wish
from products.search.reading import Reading
from products.search.services import refresh
from products.season import month_bit, this_month
from shop.core.db import db, writing
from shop.core.i18n import use_language
from shop.storefront.about.routes import WORDS
from tests.cast import make_product

# What of the statement's ORDER BY each criterion is.
SIGNS = {
    Criterion.BEGINS: "leads_0",
    Criterion.NAMED: "named_0_0",
    Criterion.MARKS: "exact_0",
    Criterion.SHELF: "shelves",
    Criterion.PACK: "pack_amount",
    Criterion.STOCK: "on_hand > ",
    Criterion.SEASON: "season_months",
    Criterion.NEAR: "found.rank",
    Criterion.NEWEST: "search_entries",
}


@pytest.mark.parametrize("root", ["", "/en", "/hi"])
def test_every_criterion_stands_there_in_its_order(browser, session, root):
    browser.get(f"{root}/ranking")
    shown = [" ".join(node.text_content().split()) for node in browser.all("ol.criteria li")]
    with use_language(root.strip("/") or "vi"):
        assert shown == [" ".join(str(WORDS[one]).split()) for one in WHOLE]
        assert str(WORDS[Criterion.NEAR]) in browser.text
    assert len(set(shown)) == len(WHOLE)


def test_it_names_each_of_them_and_no_other():
    assert set(WORDS) == set(Criterion) == set(SOME) == {*WHOLE, Criterion.NEAR}
    rest = [[one for one in some if one not in {Criterion.BEGINS, Criterion.NEAR}] for some in (SOME, WHOLE)]
    assert rest[0] == rest[1], "the page says of the rest that it is the same"
    assert (SOME[0], SOME[-2:]) == (Criterion.BEGINS, (Criterion.NEAR, Criterion.NEWEST))


@pytest.mark.parametrize(("by_relevance", "told"), [(False, WHOLE), (True, SOME)])
def test_the_select_sorts_by_just_these(by_relevance, told):
    """A search that asks for everything at once: its ORDER BY is the list of the page, one after the other."""
    named = ((Word("words", "che"),),)
    reading = Reading("chè", amount=500, base="g")
    wish = Wish((named,), ("che",), ("chè",), named, by_relevance, None, None, reading, shelves=("tea",))
    chosen, _values = ranking.ranked(wish, 10, sqlite=True)
    order = [str(one.compile()) for one in chosen._order_by_clauses]
    found = [next(one for one, sign in SIGNS.items() if sign in text) for text in order]
    assert list(dict.fromkeys(found)) == list(told)


def test_what_is_said_is_so(browser, cast):
    """What is sold out comes after what is out of season, and that after the newest; sales move nothing."""
    with writing():
        made = [
            make_product(cast.cooperative(), cast.member, name, category="tea", price=9_000, on_hand=left)
            for name, left in (("Trà hoa A", 3), ("Trà hoa B", 3), ("Trà hoa C", 0), ("Trà hoa D", 3))
        ]
        made[3].approved.season_months = month_bit(this_month() % 12 + 1)
        db.session.flush()
        refresh([one.id for one in made])
        a, b, c, d = (one.id for one in made)
    assert find("trà hoa").ids == [b, a, d, c]
    browser.get("/en/ranking")
    for words in ("no paid places", "1,000 hits", "Stars, sales, vouchers"):
        assert words in browser.text


def test_lists_and_every_footer_lead_there(browser, cast):
    browser.get("/categories/tea")
    assert browser.all("main a[href='/ranking']")
    for path in ("/", "/search?q=che", "/cart"):
        browser.get(path)
        assert browser.all("footer a[href='/ranking']"), path
