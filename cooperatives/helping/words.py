"""How both names stand on what a helper did."""

from shop.core.i18n import gettext as _


def both_names(helper: str, asked_by: str | None) -> str:
    """Return the helper's name with that of who asked for the help; the one name where there is no other."""
    return _("%(helper)s, for %(person)s", helper=helper, person=asked_by) if asked_by else helper
