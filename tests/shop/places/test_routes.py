import json

import pytest


def test_communes_of_one_province(browser):
    answer = browser.get("/places/12/communes.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json["province"] == "12"
    assert len(answer.json["communes"]) == 38
    assert ["03390", "Xã Bình Lư"] in answer.json["communes"]


def test_the_longest_list_is_small(browser):
    longest = max((browser.get(f"/places/{code}/communes.json").data for code in ("79", "38", "25")), key=len)
    assert len(longest) <= 8 * 1024
    assert len(json.loads(longest)["communes"]) == 168


def test_it_may_be_stored_by_everybody(browser):
    first = browser.get("/places/12/communes.json")
    assert first.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in first.headers
    again = browser.get("/places/12/communes.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_compressed_or_not_it_is_one_version(browser):
    plain = browser.get("/places/12/communes.json")
    small = browser.get("/places/12/communes.json", headers={"Accept-Encoding": "br"})
    assert small.headers["ETag"] == plain.headers["ETag"]
    again = browser.get(
        "/places/12/communes.json", headers={"Accept-Encoding": "br", "If-None-Match": small.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("code", ["99", "1", "012", "x", "'"])
def test_an_unknown_province(browser, code):
    assert browser.get(f"/places/{code}/communes.json").status_code == 404


def test_the_list_is_read_only(browser):
    assert browser.post("/places/12/communes.json").status_code == 405


def test_search(browser):
    answer = browser.get("/places/search.json?q=m%C6%B0%E1%BB%9Dng+than&province=12")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    first, second = answer.json["matches"][:2]
    assert (first["code"], first["name"]) == ("03618", "Xã Mường Than")
    assert (second["code"], second["said"]) == ("03595", "Xã Mường Than")
    assert len(second["notes"]) == 2


@pytest.mark.parametrize("query", ["", "?q=", "?q=tam+duong", "?province=12", "?q=a&province=x"])
def test_search_for_nothing(browser, query):
    answer = browser.get(f"/places/search.json{query}")
    assert answer.status_code == 200
    assert answer.json == {"matches": []}


@pytest.mark.parametrize("address", ["/places/12%00/communes.json", "/places/search.json?q=%00&province=12"])
def test_a_nul_is_refused_before_any_look_up(browser, address):
    assert browser.get(address).status_code == 400


def test_both_doors_are_open(app):
    views = [app.view_functions[f"places.{name}"] for name in ("communes", "search")]
    assert all(view.is_public for view in views)
