"""The last message to somebody who was erased."""

from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.core.present import settings


def farewell(language: str) -> tuple[str, str]:
    """Return subject and body in the person's language."""
    with use_language(language):
        market = settings().market_name
        return (
            _("Your data at %(market)s is erased", market=market),
            _("%(market)s erased what it kept about you. Past orders stay without your name.", market=market),
        )
