"""How much a statement's file may hold."""

from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l

MAX_BYTES = 2_000_000
MOST_ROWS = 5_000
MOST_CELLS = 60  # in a row; what stands further right is no statement's
LONGEST = 1_000  # letters in a cell that is used
MOST_UNPACKED = 30_000_000  # bytes of a workbook
MOST_PARTS = 200  # files in a workbook


def too_many_rows() -> Invalid:
    """Return the refusal of a file that is too long."""
    return Invalid("file", _l("The file has more than %(rows)s rows. Choose a shorter time.", rows=MOST_ROWS))
