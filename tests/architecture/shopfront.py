"""The doors of the storefront: open to everybody, and each page of the public among them."""

from typing import Any

from shop.storefront.sharing import names as sharing
from tests.architecture import things
from tests.architecture.doors import ALL, PROVIDER, Door
from tests.architecture.things import Address
from tests.cast import Cast
from tests.products.waiting.asking import asked, token_of


def market_picture(_cast: Cast, _storage: Any) -> Address:
    """The picture that others show of the first page."""
    return {"kind": "home", "code": sharing.of_home().code, "digest": sharing.of_home().digest}


def a_wait(cast: Cast, _storage: Any) -> Address:
    """The link in the letter to somebody who waits for the tea."""
    return {"token": token_of(asked(cast))}


SHOPFRONT: dict[str, Door] = {
    "storefront_sharing.picture": Door(ALL, market_picture),
    "storefront_fresh.feed": Door(ALL),
    "storefront_waiting.wait": Door(ALL, things.goods, {"email": "ai@example.com"}),
    "product_waiting.show": Door(ALL, a_wait),
    "product_waiting.yes": Door(ALL, a_wait),
    "product_waiting.end": Door(PROVIDER, a_wait),  # the letter's reader, or the mail program
    "storefront_about.ranking": Door(ALL),
    "sitemap.robots": Door(ALL),
    "sitemap.index": Door(ALL),
    "sitemap.part": Door(ALL, things.sitemap_part),
}
