"""Search rows follow what is public, and a check says when they do not."""

import pytest
from sqlalchemy import select, update

from cooperatives.lifecycle import CooperativeState
from products.lifecycle import Shelf
from products.models import RevisionText
from products.search import checks, queries, services, tasks, vocabulary
from products.search.models import SearchEntry, SearchWord
from shop.core.db import db, writing
from tests.products.search.goods import make_market


@pytest.fixture
def market(cast):
    return make_market(cast)


def faults():
    return [fault for check in checks.CHECKS for fault in check()]


def entries():
    return set(db.session.scalars(select(SearchEntry.product_id)))


def test_every_public_product_has_its_entry(market, cast):
    assert entries() == {*market.values(), cast.ids["tea"], cast.ids["honey"]}
    assert faults() == []


@pytest.mark.parametrize("shelf", [Shelf.PAUSED, Shelf.WITHDRAWN])
def test_what_leaves_the_shelf_leaves_the_search(market, cast, shelf):
    with writing():
        cast.product().shelf = shelf
    assert cast.ids["tea"] not in queries.find("che binh lu").ids, "even before anybody refreshed"
    assert faults() == [f"product {cast.product().code}: not public, but search finds it"]
    with writing():
        assert services.refresh([cast.ids["tea"]]) == 0
    assert cast.ids["tea"] not in entries()
    assert faults() == []


def test_a_suspended_cooperative_takes_its_goods_out(market, cast):
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
        db.session.flush()
        assert services.refresh_cooperative(cast.cooperative().id) == 0
    assert cast.ids["tea"] not in entries()
    with writing():
        cast.cooperative().state = CooperativeState.ACTIVE
        db.session.flush()
        assert services.refresh_cooperative(cast.cooperative().id) == 1
    assert faults() == []


def test_new_words_are_found_after_refresh_and_old_ones_not(market, cast):
    with writing():
        db.session.execute(
            update(RevisionText)
            .where(RevisionText.revision_id == cast.product().approved_revision_id, RevisionText.lang == "vi")
            .values(name="Cao chè dây", summary="")
        )
    assert faults() == [f"product {cast.product().code}: search knows older words"]
    with writing():
        assert services.refresh([cast.ids["tea"], cast.ids["tea"]]) == 1
    assert queries.find("cao che day", limit=1).ids == [cast.ids["tea"]]
    assert faults() == []


def test_rebuilding_gives_the_same_rows(market):
    before = entries()
    with writing():
        assert services.rebuild_all() == len(before)
    assert entries() == before
    assert faults() == []
    assert queries.find("mật ong rừng", limit=1).ids == [market["Mật ong rừng Mường Mô"]]


def test_a_missing_entry_is_a_fault(market, cast):
    with writing():
        db.session.delete(db.session.get_one(SearchEntry, cast.ids["tea"]))
    assert faults() == [f"product {cast.product().code}: public, but search does not know it"]


def test_a_draft_is_in_no_column(market, cast):
    with writing():
        db.session.add(RevisionText(revision_id=cast.product().approved_revision_id, lang="hi", name="गुप्त"))
    assert queries.find("गुप्त").ids == []


def test_the_vocabulary_counts_products(market, cast):
    assert tasks.refresh_vocabulary() == 0, "nothing changed since"
    times = db.session.get_one(SearchWord, "mien").products
    with writing():
        services.refresh([cast.ids["tea"]])
    assert tasks.refresh_vocabulary() == 1
    assert db.session.get_one(SearchWord, "mien").products == times
    assert vocabulary.known(["mien", "zzz"]) == {"mien": times}


def test_words_that_nobody_says_any_more_go(market, cast):
    assert vocabulary.known(["yacon"])
    with writing():
        db.session.execute(update(RevisionText).where(RevisionText.name == "Yacon").values(name="Ground apple"))
        services.refresh([market["Khoai sâm Sìn Hồ"]])
    tasks.refresh_vocabulary()
    assert vocabulary.known(["ground"])
    counted, fresh = vocabulary.recount()
    assert vocabulary.known(counted) == counted
    assert fresh == []


def test_an_entry_written_meanwhile_is_counted_later(market, cast):
    with writing():
        services.refresh([cast.ids["tea"]])
    counted, fresh = vocabulary.recount()
    with writing():
        services.keep_vocabulary(counted, [(key, "words of before") for key, _words in fresh])
    assert vocabulary.is_stale()


def test_neighbours_are_one_letter_away(market):
    near = vocabulary.near(["mienn", "mein", "mie", "zz", "123"])
    assert near["mienn"][0] == "mien"
    assert "mien" in near["mein"]
    assert "mien" in near["mie"]
    assert "zz" not in near, "too short"
    assert "123" not in near, "figures are not misspelt"


def test_a_renamed_seller_is_found_by_the_new_name(market, cast):
    while tasks.refresh_sellers():
        pass
    with writing():
        cast.cooperative().name = "Hợp tác xã Thảo quả Hồ Thầu"
    assert faults() == [], "the sweep has it"
    assert tasks.refresh_sellers() == 1
    assert cast.ids["tea"] in queries.find("ho thau").ids
    assert tasks.refresh_sellers() == 0
    assert faults() == []


def test_a_seller_off_the_market_leaves_the_search(market, cast):
    while tasks.refresh_sellers():
        pass
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    assert tasks.refresh_sellers() == 1
    assert cast.ids["tea"] not in entries()
    with writing():
        cast.cooperative().state = CooperativeState.ACTIVE
    assert tasks.refresh_sellers() == 1
    assert cast.ids["tea"] in entries()
    assert faults() == []
