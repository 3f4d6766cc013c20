"""A lesson kept by one tap is read, drawings and all, when there is no network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from cooperatives.lessons.catalogue import lesson
from tests.journeys.phone import Phone
from tests.server import Market

pytestmark = pytest.mark.browser
IN_CHARGE = """navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ??
    new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done)))"""


def test_read_without_a_network(market: Market, phones: Callable[..., Phone]) -> None:
    phone, told = phones(market, "grower"), lesson("fraud", "vi")
    assert told is not None
    page = phone.page
    page.goto(f"{market.url}/lessons/fraud")
    page.get_by_role("button", name="Giữ bài này để đọc khi chưa có mạng").click()
    expect(page.get_by_text("Đã giữ trên máy này. Chưa có mạng vẫn mở được.")).to_be_visible()
    page.evaluate(f"{IN_CHARGE}.then(() => true)")
    phone.online = False
    phone.context.set_offline(True)
    page.goto(f"{market.url}/lessons/fraud?answer=1")
    expect(page.get_by_role("heading", level=2, name=told.screens[3].heading)).to_be_visible()
    page.get_by_text("Chưa có mạng? Xem đáp án và lý do").click()
    expect(page.get_by_text(told.right.why)).to_be_visible()
    for image in page.locator(".lesson-screen img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")  # fails where there is no drawing
