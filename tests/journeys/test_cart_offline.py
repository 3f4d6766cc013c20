"""A buyer whose network comes and goes: the cart is read and changed without it, and no step of the order is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.journeys.slow import Network, village
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
KEPT = "() => caches.match('/cart').then(Boolean)"
IN_CHARGE = (
    "() => navigator.serviceWorker.getRegistrations().then((all) => all.filter((one) => one.active).length === 2)"
)
TYPED = "() => localStorage.getItem('details')"


def gone(phone: Phone, network: Network) -> None:
    network.off()
    phone.online = False


def back(phone: Phone, network: Network) -> None:
    network.on()
    phone.online = True


def begins(msgid: str, cut: str, phone: Phone) -> str:
    return phone.words(msgid).split(cut)[0].strip()


def test_the_cart_waits_and_the_order_arrives_once(market: Market, phones: Callable[..., Phone]) -> None:
    with village(market.url) as network:
        phone = phones(market, "valley", network=network.url)
        phone.context.set_default_timeout(40_000)
        page = phone.page
        steps.find(phone, "che shan", "Chè Shan tuyết Bình Lư")
        steps.put_into_cart(phone)
        until(lambda: page.evaluate(IN_CHARGE), "both workers")
        until(lambda: page.evaluate(KEPT), "the copy of the cart")

        gone(phone, network)
        phone.open("/cart")
        phone.sees(begins("No connection. This is your cart as of TIME.", "TIME", phone))
        page.locator(".stepper-more").click()
        page.locator(".cart-line-end button", has_text=phone.words("Update")).first.click()
        expect(page.locator(".waits")).to_have_text(
            phone.words("Waits for the network: NUMBER packs").replace("NUMBER", "2"), timeout=30_000
        )
        phone.picture("cart-without-network")
        back(phone, network)
        phone.open("/cart")
        phone.sees(begins("Sent now: NUMBER changes from when there was no network.", "NUMBER", phone))
        expect(page.locator("[name=quantity]")).to_have_value("2", timeout=30_000)

        phone.follow("Continue to order")
        phone.fill("House and street, or hamlet", "Số 12 phố Ngọc Hà")
        page.reload()
        phone.reads("Filled in again from this phone.")
        steps.tell_who_and_where(phone)
        gone(phone, network)
        phone.press("Check the order")
        phone.reads("Not sent yet")
        phone.picture("not-sent")
        back(phone, network)
        phone.press("Try again")
        phone.reads("How to pay")
        gone(phone, network)
        page.locator("form:has(input[name=seen]) button[type=submit]").click()
        phone.reads("Not sent yet")
        assert "Ngọc Hà" in page.evaluate(TYPED)
        back(phone, network)
        phone.press("Try again")
        page.wait_for_url("**/purchases/*")
        page.wait_for_load_state("networkidle")  # its scripts have come before the network is put away
        assert page.evaluate(TYPED) is None, "what was typed goes when the order is placed"
    market.assert_sound()
