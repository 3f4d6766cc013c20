"""The search field offers what is typed: by keys, by touch, and nothing of it is needed."""

from collections.abc import Callable

import pytest

from tests.journeys.phone import Phone
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_what_is_typed_is_offered_and_chosen_by_keys_or_by_touch(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "typing-buyer")
    buyer.open("/")
    field = buyer.page.locator("#q")
    field.focus()
    buyer.page.wait_for_selector("#q[role=combobox]")
    field.press_sequentially("che sha", delay=30)
    first = buyer.page.locator("#suggestions [role=option]").first
    first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    buyer.picture("offered")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("n", delay=30)
    buyer.page.locator("#suggestions [role=option]", has_text="Chè Shan").first.click()
    buyer.page.wait_for_url("**/search?q=*")
    assert "Chè Shan" in buyer.text


def test_without_an_answer_the_field_searches_as_ever(market: Market, phones: Callable[..., Phone]) -> None:
    buyer = phones(market, "deaf-buyer")
    buyer.page.route("**/suggestions.json*", lambda route: route.abort())
    buyer.open("/")
    field = buyer.page.locator("#q")
    field.press_sequentially("che shan", delay=60)
    field.press("Enter")
    buyer.page.wait_for_url("**/search?q=che+shan")
