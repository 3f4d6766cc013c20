"""Why a buyer is called before packing, as a seller reads it."""

from shop.core.i18n import lazy_gettext as _l
from shop.orders.models import Why

WHYS = {
    Why.REFUSED: _l("Cash orders to this number are confirmed first."),
    Why.AMOUNT: _l("It is a dear order, paid only at the door."),
    Why.FIRST: _l("Nobody with this number has bought here before."),
}
