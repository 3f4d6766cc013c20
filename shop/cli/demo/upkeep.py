"""From the plan to rows: sales that run and wait, low-stock lines, and sellers' words on the season."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from products.lifecycle import SeasonWord
from products.models import LOW_AT, Product
from products.sales.lifecycle import SaleState
from products.sales.models import Sale
from products.stock.models import PriceChange
from shop.cli.demo.market import Writer
from shop.cli.demo.market_types import Goods
from shop.core.days import day_of

EACH = 24  # of so many goods one has a sale, one a sale to come, one a word on the season …
SETTLED = timedelta(days=10)  # goods on the shelf for so long have had time for a sale
BEGAN = timedelta(days=2)
OFF = (90, 85, 80)  # percent of the usual price


class Upkeep:
    """Writes upkeep onto the sheet of a Writer that wrote products; the rows of SKUs and products are completed."""

    def __init__(self, writer: Writer, seed: int) -> None:
        self.writer, self.sheet, self.rng = writer, writer.sheet, Random(seed + 7)

    def write(self) -> None:
        """Write it for some of the goods on sale; all other rows get what a market begins with."""
        for row in self.sheet.rows["skus"]:
            row |= {"low_at": LOW_AT, "usual_price": None, "sale_until": None}
        for row in self.sheet.rows["products"]:
            row |= {"season_word": SeasonWord.BY_MONTH, "season_since": None}
        live = [one for one in self.writer.market.goods if one.key in self.writer.skus and one.age > SETTLED]
        for goods in self.rng.sample(live, len(live) * 4 // EACH):
            self.rng.choice((self._running, self._planned, self._low, self._season))(goods)

    def _sku(self, goods: Goods) -> dict[str, Any]:
        return self.sheet.rows["skus"][self.writer.skus[goods.key] - 1]

    def _sale(self, goods: Goods, state: SaleState, begins: datetime, days: int) -> dict[str, Any]:
        sku, manager = self._sku(goods), self.writer.managers[goods.seller]
        price = max(1_000, goods.price * self.rng.choice(OFF) // 100 // 1_000 * 1_000)
        first = day_of(begins)
        row = {"price": price, "starts_on": first, "ends_on": first + timedelta(days=days)}
        planned = min(begins, self.writer.now) - timedelta(days=1)
        began = begins if state is SaleState.RUNNING else None
        kept = {"sku_id": sku["id"], "state": state, "created_by_id": manager, "created_at": planned}
        self.sheet.add(Sale, **row, **kept, began_at=began, ended_at=None)
        facts = {"sku": sku["code"], "price": price}
        facts |= {"starts_on": first.isoformat(), "ends_on": (first + timedelta(days=days)).isoformat()}
        self.sheet.audit(Product, sku["product_id"], "sale_planned", manager, planned, **facts)
        return row

    def _running(self, goods: Goods) -> None:
        sku, at = self._sku(goods), self.writer.now - BEGAN
        if sku["price"] < 2_000:
            return
        row = self._sale(goods, SaleState.RUNNING, at, self.rng.randrange(5, 20))
        before, after = sku["price"], row["price"]
        sku |= {"price": after, "usual_price": before, "sale_until": row["ends_on"]}
        change = {"sku_id": sku["id"], "old_price": before, "new_price": after, "reason": "sale_began"}
        self.sheet.add(PriceChange, **change, actor_id=None, at=at)
        facts = {"sku": sku["code"], "before": before, "after": after, "reason": "sale_began"}
        self.sheet.audit(Product, sku["product_id"], "price_changed", None, at, **facts)

    def _planned(self, goods: Goods) -> None:
        if self._sku(goods)["price"] >= 2_000:
            self._sale(goods, SaleState.PLANNED, self.writer.now + timedelta(days=self.rng.randrange(3, 12)), 7)

    def _low(self, goods: Goods) -> None:
        sku, manager = self._sku(goods), self.writer.managers[goods.seller]
        sku["low_at"] = after = min(goods.stock + 2, 60)
        facts = {"sku": sku["code"], "before": LOW_AT, "after": after}
        if after != LOW_AT:
            self.sheet.audit(Product, sku["product_id"], "low_line_set", manager, self.writer.now - BEGAN, **facts)

    def _season(self, goods: Goods) -> None:
        product, at = self.writer.products[goods.key], self.writer.now - BEGAN
        word = self.rng.choice((SeasonWord.ON, SeasonWord.OFF))
        product |= {"season_word": word, "season_since": at}
        facts = {"before": SeasonWord.BY_MONTH.value, "after": word.value}
        self.sheet.audit(Product, product["id"], "season_said", self.writer.managers[goods.seller], at, **facts)
