"""The code of a voucher: what may be written, and what is read as the same."""

import re

from shop.core.codes import read_public_code
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import compact

LEAST, MOST = 4, 20
_SIGNS = re.compile(rf"[A-Z0-9]{{{LEAST},{MOST}}}")


def code_of(typed: str) -> str:
    """Return the code as it is shown, from what its issuer wrote: "Tết Sìn Hồ" is TETSINHO; Invalid("code")."""
    code = compact(typed).upper()
    if not _SIGNS.fullmatch(code):
        raise Invalid("code", _l("Use 4 to 20 letters and digits, for example TETSINHO10."))
    return code


def key_of(typed: str) -> str:
    """Return what a code is found by, from what a buyer typed: marks, case, spaces, and I, L and O do not matter."""
    return read_public_code(compact(typed)[: 2 * MOST])
