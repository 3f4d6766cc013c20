"""What is sold now of what a purchase held, line by line."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select

from products import queries as products
from products.catalogue import orderable
from products.models import Product, ProductRevision, RevisionText, Sku
from products.packs import Steps
from products.season import is_over
from products.views import said
from shop.cart.services import CALL_TO_ORDER, MOST_PACKS, NOT_SOLD, SEASON_OVER
from shop.core.db import db
from shop.core.i18n import lazy_gettext as _l
from shop.orders.models import OrderLine, Purchase

OTHER_PACKS = _l("This pack is no longer sold. Look at the other packs.")
NONE_LEFT = _l("Out of stock for now")


class Again(NamedTuple):
    """One line of a purchase as it can be bought today; `packs` 0 where it cannot, and `why` says so."""

    line: OrderLine
    sku_code: str
    name: str
    price: int  # đồng a pack, today
    pack: tuple[str, int]  # word and amount of today
    wanted: int  # packs of then
    packs: int
    why: Any  # a sentence, '' where there is none
    place: tuple[str, str] | None  # slug and code of the page of the goods, where there is one

    @property
    def told(self) -> str:
        """What the page shows of it, to compare with when the button is pressed."""
        return f"{self.sku_code}:{self.packs}:{self.price if self.packs else 0}"


def again(purchase: Purchase, lang: str) -> list[Again]:
    """Return the lines of a purchase as they stand today, in their order; goods of two lines stand once, added up."""
    lines: dict[int, list[OrderLine]] = {}
    for order in purchase.orders:
        for line in order.lines:
            lines.setdefault(line.sku_id, []).append(line)
    found = _found(lines)
    names = _names([row.ProductRevision.id for row in found.values()], lang)
    return [_one(same, found.get(key), names) for key, same in lines.items()]


def seen(rows: Iterable[Again]) -> str:
    """Return what the page shows, as the button sends it back."""
    return " ".join(row.told for row in rows)


def _one(same: list[OrderLine], row: Any, names: dict[int, str]) -> Again:
    line, wanted = same[0], sum(one.quantity for one in same)
    if row is None:
        return Again(line, "", line.name, line.price, (line.pack_word, line.pack_amount), wanted, 0, NOT_SOLD, None)
    sku, revision = row.Sku, row.ProductRevision
    steps = Steps.of(revision.least_packs, revision.step_packs)
    packs = steps.near(wanted, min(sku.free, MOST_PACKS))
    why = _why_not(row, packs)
    name, pack = names.get(revision.id, line.name), (sku.pack_word, sku.pack_amount)
    return Again(line, sku.code, name, sku.price, pack, wanted, 0 if why else packs, why, (row.slug, row.code))


def _why_not(row: Any, packs: int) -> Any:
    if row.Sku.retired_at is not None:
        return OTHER_PACKS
    if not orderable(row.ProductRevision.ship_class, row.ProductRevision.type_code):
        return CALL_TO_ORDER
    if is_over(row.season_word):
        return SEASON_OVER
    return "" if packs else NONE_LEFT


def _found(sku_ids: Iterable[int]) -> dict[int, Any]:
    chosen = products.public(Sku, ProductRevision, Product.season_word, Product.slug, Product.code)
    chosen = chosen.join(Sku, Sku.product_id == Product.id).where(Sku.id.in_(list(sku_ids)))
    return {row.Sku.id: row for row in db.session.execute(chosen)}


def _names(revision_ids: list[int], lang: str) -> dict[int, str]:
    chosen = select(RevisionText.revision_id, RevisionText.lang, RevisionText.name)
    chosen = chosen.where(RevisionText.revision_id.in_(revision_ids), RevisionText.lang.in_((lang, "vi")))
    found = {(key, words): name for key, words, name in db.session.execute(chosen)}
    return {key: said(found.get((key, lang)), found.get((key, "vi")), lang).text for key in revision_ids}
