"""What a search text was understood to ask, in words."""

from products.search.reading import Reading
from shop.core.formats import show_money
from shop.core.i18n import gettext as _


def price_asked(reading: Reading) -> str:
    """Return the price a text names: "from 100,000 ₫ to 200,000 ₫"; '' where it names none."""
    least, most = (show_money(amount) if amount is not None else "" for amount in (reading.least, reading.most))
    if least and most:
        return _("from %(least)s to %(most)s", least=least, most=most)
    if most:
        return _("up to %(most)s", most=most)
    return _("from %(least)s", least=least) if least else ""
