"""What buyers are told of goods: those they received, and those they wait for."""

from shop.core.i18n import lazy_gettext as _l
from shop.notices.kind import Group, Kind

OF_GOODS: dict[str, Kind] = {
    "own_rating": Kind(  # in the words that the author's mail has
        "%(said)s", _l("Open it and read."), mail=False, group=Group.ORDERS
    ),
    "stock_back": Kind(
        _l("%(product)s is in again"),
        _l("There is some of %(product)s again. Who orders first gets it."),
        group=Group.ORDERS,
    ),
}
