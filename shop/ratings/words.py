"""How stars and people are said."""

from typing import Any

from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l

MEANT: dict[int, Any] = {
    5: _l("Very good"),
    4: _l("Good"),
    3: _l("All right"),
    2: _l("Not good"),
    1: _l("Bad"),
}


def who(name: str, province: str) -> str:
    """Name who rated as everybody reads it: a given name, or none, and the province."""
    if name:
        return _("%(name)s, %(province)s", name=name, province=province)
    return _("A buyer, %(province)s", province=province)
