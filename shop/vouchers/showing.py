"""Vouchers in a few words, for templates and pages."""

from flask import Flask

from shop.core import clock
from shop.core.formats import show_money
from shop.core.i18n import gettext as _
from shop.core.i18n import ngettext
from shop.vouchers.lifecycle import VoucherState
from shop.vouchers.models import Reach, Voucher, VoucherKind


def less(amount: int) -> list[tuple[str, int]]:
    """Return the line of a sum for what vouchers take off, or none."""
    return [(_("Vouchers"), -amount)] if amount else []


def takes_off(voucher: Voucher) -> str:
    """Say what it takes off: "20.000 ₫ off", "10% off, at most 50.000 ₫"."""
    if voucher.kind is VoucherKind.AMOUNT:
        return _("%(amount)s off", amount=show_money(voucher.value))
    if voucher.most is None:
        return _("%(percent)s%% off", percent=voucher.value)
    return _("%(percent)s%% off, at most %(most)s", percent=voucher.value, most=show_money(voucher.most))


def rules(voucher: Voucher) -> list[str]:
    """Say for which goods and whom it counts, a sentence each."""
    found = [for_whom(voucher)]
    if voucher.least_goods:
        found.append(_("From %(least)s of goods on.", least=show_money(voucher.least_goods)))
    if voucher.first_only:
        found.append(_("For a first order only."))
    times = voucher.person_most
    found.append(ngettext("%(num)s time for each person.", "%(num)s times for each person.", times))
    return found


def for_whom(voucher: Voucher) -> str:
    """Say whose goods it counts for."""
    if voucher.reach is Reach.ALL:
        return _("For the goods of every seller here.")
    if voucher.reach is Reach.OWN:
        return _("For the goods of %(sellers)s.", sellers=voucher.cooperative.name if voucher.cooperative else "")
    if voucher.reach is Reach.COMMUNES:
        names = ", ".join(one.commune.name for one in voucher.reaches if one.commune)
        return _("For goods from %(communes)s.", communes=names)
    names = ", ".join(one.cooperative.name for one in voucher.reaches if one.cooperative)
    return _("For the goods of %(sellers)s.", sellers=names)


def standing(voucher: Voucher) -> tuple[str, str]:
    """Return the word for how it stands now, and its kind of sign."""
    now = clock.now()
    if voucher.state is VoucherState.ENDED:
        return _("Ended"), "off"
    if voucher.ends_at <= now:
        return _("Over"), "off"
    if voucher.uses >= voucher.uses_most:
        return _("Used up"), "warn"
    if now < voucher.starts_at:
        return _("Planned"), "todo"
    return _("Counts now"), "ok"


def init_app(app: Flask) -> None:
    """Give the templates `less`, `takes_off`, `voucher_rules` and `voucher_standing`."""
    app.jinja_env.globals.update(less=less, takes_off=takes_off, voucher_rules=rules, voucher_standing=standing)
