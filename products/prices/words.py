"""What a page says after a new price was typed."""

from products.prices.services import Outcome
from shop.core.formats import show_money
from shop.core.i18n import gettext as _


def outcome_sentence(outcome: Outcome, price: int) -> str:
    """Say what became of a new price and what buyers pay now."""
    money = show_money(price)
    if outcome is Outcome.SET:
        return _("The new price is %(price)s.", price=money)
    if outcome is Outcome.SENT:
        return _("An officer looks at %(price)s first. Until then buyers pay the old price.", price=money)
    return _("%(price)s is in your draft. Send it for review. Buyers pay the old price.", price=money)
