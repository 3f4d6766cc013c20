"""The doors of the storefront: open to everybody, and each page of the public among them."""

from typing import Any

from shop.storefront.sharing import names as sharing
from tests.architecture import things
from tests.architecture.doors import ALL, Door
from tests.architecture.things import Address
from tests.cast import Cast


def market_picture(_cast: Cast, _storage: Any) -> Address:
    """The picture that others show of the first page."""
    return {"kind": "home", "code": sharing.of_home().code, "digest": sharing.of_home().digest}


SHOPFRONT: dict[str, Door] = {
    "storefront_sharing.picture": Door(ALL, market_picture),
    "storefront_fresh.feed": Door(ALL),
    "storefront_about.ranking": Door(ALL),
    "sitemap.robots": Door(ALL),
    "sitemap.index": Door(ALL),
    "sitemap.part": Door(ALL, things.sitemap_part),
}
