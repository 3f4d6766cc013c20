"""A buyer at the pages of checkout."""

from typing import Any

from tests.browser import Browser
from tests.cast import Cast

DETAILS = {
    "name": "Trần Minh Anh",
    "phone": "0912 000 106",
    "province": "01",
    "commune": "00004",
    "line": "Số 12 phố Ngọc Hà",
}


def fill(browser: Browser, cast: Cast, **packs: int) -> None:
    """Put so many packs of tea, honey … into the cart (two of tea where nothing is said)."""
    for name, number in (packs or {"tea": 2}).items():
        browser.post("/cart/lines", sku=cast.sku(name).code, quantity=str(number))


def tell(browser: Browser, **changes: Any) -> None:
    """Fill in the first page and open the second."""
    browser.post("/checkout", follow=True, **(DETAILS | changes))


def hidden(browser: Browser) -> dict[str, str]:
    """What the second page would send."""
    fields = browser.all("form[action='/checkout/confirmation'] input[type=hidden]")
    return {field.get("name"): field.get("value") for field in fields}


def order(browser: Browser, method: str = "cash_on_delivery", **changes: Any) -> Any:
    """Press the button of the second page."""
    return browser.post("/checkout/confirmation", **(hidden(browser) | {"method": method} | changes))


def bought(browser: Browser, cast: Cast, **packs: int) -> str:
    """Buy; returns the path of the purchase's page."""
    fill(browser, cast, **packs)
    tell(browser)
    order(browser)
    return str(browser.response.headers["Location"])
