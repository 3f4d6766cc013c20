"""The marks of a row in the queue: a word and a shape each, so that the eye finds what needs care."""

from datetime import timedelta
from typing import Any

from products.catalogue import orderable, price_band
from shop.core import clock
from shop.core.i18n import gettext as _

TARGET = timedelta(days=2)  # sellers are told: usually within two working days


def marks(row: Any) -> list[tuple[str, str]]:
    """Return (word, kind of status) for a row of `queries.waiting`."""
    found = [(_("Change of goods on sale"), "doing") if row.is_edit else (_("New goods"), "todo")]
    if row.is_own:
        found.append((_("Your own cooperative"), "off"))
    if clock.now() - row.submitted_at > TARGET:
        found.append((_("Waits too long"), "bad"))
    if row.new_seller:
        found.append((_("First goods of this seller"), "warn"))
    if row.came_back:
        found.append((_("Mended, back again"), "doing"))
    if row.photos < 2:
        found.append((_("Only one photo"), "warn"))
    if _unusual(row):
        found.append((_("Unusual price"), "warn"))
    if not orderable(row.ship_class, row.type_code):
        found.append((_("Buyers must call"), "warn"))
    return found


def _unusual(row: Any) -> bool:
    band = price_band(row.type_code, row.pack_word, row.pack_amount or 0)
    return bool(band and row.proposed_price and not band[0] <= row.proposed_price <= band[1])
