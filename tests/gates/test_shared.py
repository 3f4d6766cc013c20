"""Pages of the public are the same bytes for everybody and set no cookie."""

import re

import pytest

from tests.gates.pages import Shown
from tests.server import Market
from tests.visitor import Visitor

PUBLIC = ("home", "category", "search", "product", "producer", "commune", "about", "how-to-buy", "privacy")


@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
@pytest.mark.parametrize("name", PUBLIC)
def test_everybody_gets_the_same_bytes(market: Market, pages: dict[str, Shown], name: str, lang: str) -> None:
    path = ("" if lang == "vi" else f"/{lang}") + pages[name].path
    signed_in = {"session": market.signed_in("member")[0], "lang": "hi"}
    answers = [Visitor(market.url, dict(jar)).get(path) for jar in ({}, {}, signed_in)]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert len({answer.body for answer in answers}) == 1
    for answer in answers:
        assert answer.headers.get_all("Set-Cookie") is None
        assert answer.headers["Cache-Control"].startswith("public")
        assert re.search(r'<html lang="?' + lang, answer.text)
