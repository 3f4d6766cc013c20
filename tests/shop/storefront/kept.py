"""Two workers of one market, each with the pages it keeps: changes come through services, reads through both."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from cooperatives.dispatch import services as dispatch
from cooperatives.dispatch.calendar import Rules
from cooperatives.standing import services as standing
from products import services
from products.models import Sku
from products.review.models import Verdict
from products.stock.models import HoldState
from products.stock.services import count, end_hold, hold, set_price
from shop.app import create_app
from shop.cli.db import bring_up
from shop.core.db import db, writing
from shop.core.kept.pages import KeptPages
from tests.browser import Client
from tests.cast import Cast, make_cast
from tests.conftest import settings_for
from tests.databases import own_database
from tests.products.review.sent import decided, sent_edit
from tests.shop.storefront.lives import draw_small

STEPS = 1000 if os.environ.get("FULL") else 100
SOMEBODY = "session=of-somebody"  # whoever brings a cookie of a person gets a page drawn afresh
GOODS = ("tea", "honey")


def kept_by(app: Flask) -> KeptPages:
    """The door of kept pages of an app, below the one of static files."""
    found = app.wsgi_app
    while not isinstance(found, KeptPages):
        found = found.application
    return found


def get(app: Flask, path: str, cookie: str = "", **headers: str):
    """Ask a worker for a page, as a browser without or with cookies."""
    client = app.test_client(use_cookies=False)
    return client.get(path, headers=headers | ({"Cookie": cookie} if cookie else {}))


@contextmanager
def two_workers(folder: Path) -> Iterator[tuple[list[Flask], Cast]]:
    """Two apps on one database of their own, with the cast and its goods."""
    with own_database(folder / "market.db") as url:
        apps = [create_app(settings_for(folder, database_url=url, kept_pages=4)) for _ in range(2)]
        for app in apps:
            app.test_client_class = Client
        with apps[0].app_context():
            bring_up()
            cast = make_cast()
            draw_small(apps[0])
            db.session.remove()
        try:
            yield apps, cast
        finally:
            for app in apps:
                kept_by(app).changes.close()
                with app.app_context():
                    db.engine.dispose()


class Market:
    """What people do at random, each a change of its own that is committed when it returns."""

    def __init__(self, app: Flask, cast: Cast, seed: int) -> None:
        self.app, self.cast, self.chance = app, cast, random.Random(seed)
        self.number = 0
        self.held: list[str] = []
        self.did: Counter[str] = Counter()
        self.acts: tuple[Callable[[], None], ...] = (
            *(self.price, self.price, self.stock, self.order, self.free),
            *(self.approval, self.shelf, self.seller, self.days),
        )

    def change(self) -> str:
        """Do one thing; returns which."""
        act = self.chance.choice(self.acts)
        with self.app.app_context():
            act()
            db.session.remove()
        self.did[act.__name__] += 1
        return act.__name__

    def addresses(self) -> list[str]:
        """Every kind of page that may tell of the goods, in one language or another."""
        with self.app.app_context():
            tea, seller = self.cast.product(), self.cast.cooperative()
            pages = [
                f"/products/{tea.slug}-{tea.code}",
                f"/producers/{seller.slug}-{seller.code}",
                f"/communes/{seller.commune_code}",
            ]
            db.session.remove()
        return ["/", "/en/", "/categories/tea?sort=price_up", "/search?q=che", "/sitemaps/products-1.xml", *pages]

    def _sku(self) -> Sku:
        return self.cast.sku(self.chance.choice(GOODS))

    def price(self) -> None:
        """A seller sets another price."""
        with writing():
            sku = self._sku()
            set_price(sku, self.chance.randrange(50, 300) * 1000, sku.price, self.cast.member, "changed")

    def stock(self) -> None:
        """A seller counts; sometimes there is none left."""
        with writing():
            sku = self._sku()
            count(sku, sku.held + self.chance.choice((0, 3, 20)), sku.on_hand, self.cast.member)

    def order(self) -> None:
        """A buyer's packs are promised, where there are any."""
        with writing():
            sku = self._sku()
            if sku.free:
                self.number += 1
                self.held.append(f"LC{self.number:08d}")
                hold({sku.id: 1}, self.held[-1])

    def free(self) -> None:
        """An order is cancelled, or handed over."""
        if self.held:
            how = self.chance.choice((HoldState.FREED, HoldState.SOLD))
            with writing():
                end_hold(self.held.pop(), how, self.cast.member)

    def approval(self) -> None:
        """An officer approves other words."""
        if self.cast.cooperative().state != "active":
            return
        with writing():
            tea = sent_edit(self.cast, name=f"Chè số {self.chance.randrange(10_000)}", story="Một lời khác.")
        decided(self.cast, tea, Verdict.APPROVE)

    def shelf(self) -> None:
        """A seller takes goods from the shelf, or puts them back."""
        with writing():
            tea = self.cast.product()
            (services.pause if tea.shelf == "on_sale" else services.resume)(tea, self.cast.member)

    def seller(self) -> None:
        """An officer suspends a seller, or brings it back."""
        with writing():
            one = self.cast.cooperative()
            if one.state == "active":
                standing.suspend(one, self.cast.officer, "Một lời")
            else:
                standing.restore(one, self.cast.officer)

    def days(self) -> None:
        """A seller says on which days it sends."""
        with writing():
            rules = Rules(days=self.chance.randrange(1, 128))
            dispatch.set_rules(self.cast.cooperative(), rules, self.cast.member)
