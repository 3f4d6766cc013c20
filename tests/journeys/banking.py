"""Bank transfers in journeys: accounts that the test bank tells of, a link from a text, axe on what is seen."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from products.stock.services import count
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.payments.notifiers import queries as connections
from shop.payments.notifiers import services as notifiers
from shop.payments.notifiers.models import NotifierKind
from tests.gates.test_looks import AXE, TAGS, too_wide, violations
from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.server import Market, until
from tests.shop.payments.transferring import ACCOUNTS, SECRET, with_accounts

BUYER = "+84912000106"  # the number that steps.check_out gives
LINK = re.compile(r"/pay/[\w-]+")


def connect(market: Market) -> None:
    """Give both sellers of the cast an account and a notifier, once, and tell the test bank of both."""
    with market.app.app_context():
        cast = market.cast
        if not connections.of(cast.cooperative()):
            with_accounts(cast)
            with writing():
                honey = cast.sku("honey")
                count(honey, honey.on_hand + 8, honey.on_hand, cast.stranger)  # enough for every journey here
            for name, person in (("cooperative", cast.member), ("other_cooperative", cast.stranger)):
                with writing():
                    made = notifiers.connect(cast.cooperative(name), NotifierKind.SEPAY, SECRET, person)
                    address = f"{market.url}/webhooks/bank/{made.code}"
                told = {"account": ACCOUNTS[name][1], "url": address, "secret": SECRET}
                httpx.post(f"{market.sandbox}/_control/bank/listeners", json=told).raise_for_status()
        db.session.remove()


def order_from_both(buyer: Phone) -> None:
    """Order tea and honey, of two sellers, up to the page with the first QR."""
    put_both_into_cart(buyer)
    steps.check_out(buyer, "bank_qr")


def put_both_into_cart(buyer: Phone) -> None:
    """Put one of each seller's goods into the cart."""
    for asked, name in (
        ("che shan tuyet binh lu", "Chè Shan tuyết Bình Lư"),
        ("mat ong sin suoi ho", "Mật ong Sin Suối Hồ"),
    ):
        steps.find(buyer, asked, name)
        steps.put_into_cart(buyer)


def qr_of(buyer: Phone) -> str:
    """The text of the QR that the page shows, from its link to the test bank."""
    link = buyer.page.locator(f'a[href^="{buyer.market.sandbox}/bank"]').get_attribute("href") or ""
    return parse_qs(urlsplit(link).query)["qr"][0]


def pays(market: Market, qr: str, amount: int, memo: str, how: str = "prefixed") -> dict[str, Any]:
    """Pay at the test bank, and wait until the market has answered its notifier as it must."""
    fields = {"qr": qr, "amount": str(amount), "memo": memo, "how": how}
    origin = {"Origin": market.sandbox}
    assert httpx.post(f"{market.sandbox}/bank/transfers", data=fields, headers=origin).status_code == 303

    def told() -> dict[str, Any] | None:
        newest: dict[str, Any] = httpx.get(f"{market.sandbox}/bank/bookings.json").json()[0]
        return newest if newest["state"] == "told" else None

    return until(told, "the market's answer to the notifier")


def link_from_the_text(market: Market, code: str) -> str:
    """The address of the pay page in the text to the buyer about the order with this code."""

    def told() -> str | None:
        about = (text["content"] for text in market.texts(BUYER) if shown(code) in text["content"])
        return next((link.group() for text in about if (link := LINK.search(text))), None)

    return until(told, "the text with the link")


def is_for_everybody(phone: Phone) -> None:
    """axe finds nothing on what is shown now, and nothing is wider than the phone."""
    phone.page.evaluate(AXE)
    assert violations(phone.page, TAGS) == [], phone.path
    assert too_wide(phone.page) == [], phone.path
