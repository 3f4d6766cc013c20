"""What a line of the cart says about itself."""

from products.packs import steps_sentence
from shop.cart.services import CALL_TO_ORDER, NOT_SOLD, SEASON_OVER, only_left
from shop.cart.view import Line, Problem
from shop.core.formats import show_money
from shop.core.i18n import gettext as _


def said(line: Line) -> str:
    """Say in one sentence each what must be mended in a line; '' where nothing must."""
    return " ".join(_sentence(problem, line) for problem in line.problems)


def _sentence(problem: Problem, line: Line) -> str:
    if problem is Problem.PRICE_CHANGED:
        return _("The price changed: %(old)s → %(new)s", old=show_money(line.price_seen), new=show_money(line.price))
    if problem is Problem.OVER_STOCK:
        return only_left(line.free)
    if problem is Problem.UNEVEN:
        return steps_sentence(line.steps)
    plain = {Problem.GONE: NOT_SOLD, Problem.CALL: CALL_TO_ORDER, Problem.SEASON_OVER: SEASON_OVER}
    return str(plain.get(problem) or _("Out of stock for now"))
