"""The seller says whether there is some now; it holds at once for pages, cart, search and channels."""

from products import queries
from products.lifecycle import SeasonWord, Shelf
from products.models import Product
from products.search import services as search
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l


def say(product: Product, word: SeasonWord, actor: User) -> bool:
    """Keep the seller's word on the season and since when it holds; returns False when it was said already.

    Raises Conflict for goods that were withdrawn. No officer is asked: it is about today's harvest, not about
    what buyers read. Orders that stand are not touched.
    """
    queries.lock(product)
    if product.shelf is Shelf.WITHDRAWN:
        raise Conflict(_l("These goods were withdrawn. Add them as new goods."))
    before = product.season_word
    if word is before:
        return False
    product.season_word, product.season_since = word, clock.now()
    audit.record("season_said", product, actor, before=before.value, after=word.value)
    search.refresh([product.id])
    return True
