"""What came back is read aloud, all of it: each reason, the officer's own words, each in the voice of its language."""

import pytest

from products.issues.rules import OTHER
from products.issues.services import Reason
from products.review.models import Verdict
from shop.core.db import db, writing
from tests.gates.conftest import Look
from tests.gates.test_looks import AXE, TAGS, too_wide, violations
from tests.products.review.sent import decided, sent_goods
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]
VOICES = """window.heard = [];
    const voices = ["vi-VN", "hi-IN"].map((lang) => ({ lang, name: lang }));
    speechSynthesis.getVoices = () => voices;
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    speechSynthesis.speak = ({ text, lang, voice }) => heard.push([text, lang, voice?.name]);"""
OWN_WORDS = "Chị ghi rõ nấm hái ở rừng nào."


@pytest.fixture
def returned(market: Market) -> str:
    """The form of goods that an officer sent back with a rule, and with words of his own about the whole."""
    with market.app.app_context():
        with writing():
            product = sent_goods(market.cast, "key-of-what-came-back-aloud")
        reasons = [Reason("price_unusual"), Reason(OTHER, "", OWN_WORDS)]
        decided(market.cast, product, Verdict.RETURN, issues=reasons)
        code = product.code
        db.session.remove()
    return f"/my/products/{code}/edit"


@pytest.mark.parametrize("lang", ["vi", "hi"])
def test_what_came_back_is_read_aloud(market: Market, look: Look, returned: str, lang: str) -> None:
    page = look("member", lang).new_page()
    page.add_init_script(VOICES)
    page.goto(market.url + returned, wait_until="load")
    buttons = page.locator(".issues .listen")
    buttons.nth(1).wait_for()
    for button in buttons.all():
        button.click()
    heard = page.evaluate("heard")
    assert [said[1:] for said in heard][:1] == [[lang, {"vi": "vi-VN", "hi": "hi-IN"}[lang]]]
    own = next(said for said in heard if OWN_WORDS in said[0])
    assert own[1:] == ["vi", "vi-VN"], "the officer's words are Vietnamese whatever the page speaks"
    page.evaluate(AXE)
    assert violations(page, TAGS) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page) == []
