"""An officer decides by keyboard alone: one key for clean goods, at most four for a return; live pages stay up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from products import services
from products.lifecycle import RevisionState
from shop.core import clock
from shop.core.db import writing
from tests.cast import Cast, make_product
from tests.journeys.phone import Phone
from tests.races.starting import ROUNDS
from tests.server import Market
from tests.shelves import files_come_later, give_files
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
OF_EACH = 10 if ROUNDS > 1 else 2  # thirty in the long form
KEYS = {"Sạch": ["a"], "Đổi": ["a"], "Hỏng": ["r", "1", "Enter"]}


def send(cast: Cast, name: str) -> str:
    """Send goods, or a change of goods on sale; returns the address of the live page, '' for new goods."""
    facts = {"category": "tea", "price": 50_000, "on_hand": 5}
    edit = name.startswith("Đổi")
    state = RevisionState.APPROVED if edit else RevisionState.SUBMITTED
    product = make_product(cast.cooperative(), cast.member, f"{name} cũ" if edit else name, state=state, **facts)
    if not edit:
        return ""
    services.save_draft(services.start_edit(product, cast.member), {"name": f"{name} mới"}, cast.member)
    services.submit(product, cast.member)
    return f"/products/{product.slug}-{product.code}"


def filled(market: Market) -> dict[str, str]:
    """Let everything wait, oldest first; returns the live pages by the name of the change."""
    begin = clock.now() - timedelta(days=1)
    with market.app.app_context(), writing():
        live = {}
        for place in range(OF_EACH * 3):
            clock.set_for_tests(begin + timedelta(minutes=place))
            name = f"{list(KEYS)[place % 3]} {place}"
            live[name] = send(market.cast, name)
        clock.set_for_tests(None)
        files_come_later()
    with market.app.app_context():
        give_files(market.app)
    return live


def test_everything_that_waits_by_keys_alone(market: Market, phones: Callable[..., Phone]) -> None:
    live = filled(market)
    officer = phones(market, "officer")
    officer.context.add_cookies([{"name": "session", "value": market.signed_in("officer")[0], "url": market.url}])
    page, public, pressed = officer.page, Visitor(market.url), {}
    officer.open("/review/products")
    page.locator(".queue h2 a").first.focus()
    page.keyboard.press("Enter")
    for goods in live:
        page.get_by_role("heading", level=1, name=goods).wait_for()
        if pressed:
            assert page.evaluate("document.activeElement.tagName") == "H1", "the next begins at its heading"
        keys = KEYS[goods.split(" ", 1)[0]]
        for key in keys:
            page.keyboard.press(key)
        pressed[goods] = len(keys)
        page.locator(".undo").get_by_text(goods).wait_for()
        for change in [one for one, address in live.items() if address and (one not in pressed or one == goods)]:
            answer = public.get(live[change])
            told = [f"{change} {word}" in answer.text for word in ("cũ", "mới")]  # the story has the old name too
            assert (answer.status, told) == (200, [True, False])
    assert len(pressed) == OF_EACH * 3
    page.keyboard.press("z")
    officer.reads("Undone. It waits again.")
    market.ten_seconds_pass()
    market.assert_sound()
