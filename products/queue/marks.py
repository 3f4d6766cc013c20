"""The marks of a row in the queue: a word and a shape each, so that the eye finds what needs care."""

from typing import Any

from products.catalogue import orderable, price_band
from products.queue.workdays import TARGET, waited
from products.risk import is_risky
from shop.accounts.models import User
from shop.core import clock
from shop.core.days import local
from shop.core.i18n import gettext as _
from shop.core.i18n import ngettext

Mark = tuple[str, str]  # a word, and the kind of status that gives its shape


def marks(row: Any, officer: User) -> list[Mark]:
    """Return the marks of a row of `queries.shown`, for this officer."""
    waiting = row.WaitingRevision
    found = [(_("Change of goods on sale"), "doing") if waiting.is_edit else (_("New goods"), "todo"), _age(waiting)]
    if row.claimant_id is not None:
        until = f"{local(row.expires_at):%H:%M}"
        theirs = _("%(name)s has it until %(time)s", name=row.claimant, time=until)
        found.append(
            (_("Yours until %(time)s", time=until), "doing") if row.claimant_id == officer.id else (theirs, "off")
        )
    if row.is_own:
        found.append((_("Your own cooperative"), "off"))
    if is_risky(waiting.category, waiting.ship_class):
        found.append((_("Risky kind of goods"), "bad"))
    if row.first_id == officer.id:
        found.append((_("You said yes; another officer goes on"), "off"))
    elif row.first_id is not None:
        found.append((_("Needs a second officer: %(name)s said yes", name=row.first), "doing"))
    if waiting.new_seller:
        found.append((_("First goods of this seller"), "warn"))
    if waiting.came_back:
        found.append((_("Mended, back again"), "doing"))
    if row.photos < 2:
        found.append((_("Only one photo"), "warn"))
    if _unusual(row):
        found.append((_("Unusual price"), "warn"))
    if not orderable(waiting.ship_class, row.type_code):
        found.append((_("Buyers must call"), "warn"))
    return found


def _age(waiting: Any) -> Mark:
    """How long it has waited, against the working days it may wait."""
    days = waited(waiting.submitted_at, clock.now())
    if days >= TARGET:
        return ngettext("Waits too long: %(num)s working day", "Waits too long: %(num)s working days", days), "bad"
    return _("Working day %(day)s of %(target)s", day=days + 1, target=TARGET), "ok" if days + 1 < TARGET else "warn"


def _unusual(row: Any) -> bool:
    band = price_band(row.type_code, row.pack_word, row.pack_amount or 0)
    return bool(band and row.proposed_price and not band[0] <= row.proposed_price <= band[1])
