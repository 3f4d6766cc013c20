"""What a page may weigh on a first visit, as section 2.1 of the page designs has it: hard bounds."""

from typing import NamedTuple


class Budget(NamedTuple):
    """Bytes on the wire (br, 1 KB = 1000) and requests of a first visit, before anybody scrolls."""

    html: int
    css: int
    js: int
    images: int
    total: int
    requests: int


HOME = Budget(12_000, 10_000, 4_000, 50_000, 80_000, 14)
LIST = Budget(14_000, 10_000, 4_000, 50_000, 80_000, 14)
PRODUCT = Budget(10_000, 10_000, 4_000, 30_000, 75_000, 9)
ORDER = Budget(9_000, 10_000, 4_000, 12_000, 40_000, 8)  # cart, checkout, tracking, and whatever is but words
WORK = Budget(10_000, 10_000, 6_000, 12_000, 45_000, 8)
FORM = Budget(12_000, 10_000, 12_000, 1_000, 40_000, 12)  # modules stay apart; the one picture is the market's sign

STAFF = {  # pages of sellers and officers that are weighed
    "today": WORK,
    "orders": WORK,
    "form": FORM,
    "queue": Budget(18_000, 10_000, 8_000, 40_000, 80_000, 20),
    "review": Budget(16_000, 10_000, 8_000, 60_000, 100_000, 12),
}
PUBLIC = {  # pages of the public: those that are not named weigh what a cart may weigh
    "home": HOME,
    "product": PRODUCT,
    "ratings": PRODUCT,
    "form-offline": FORM,
    "orders-offline": FORM,  # its scripts are on the phone before anybody opens it
} | dict.fromkeys(
    [
        *("category", "category-open", "category-narrowed", "price-unread", "producer", "commune", "lessons"),
        *("search", "search-open", "search-mended", "search-nearest", "search-priced", "nothing-found"),
    ],
    LIST,
)
SCROLLED = {HOME: 130_000, LIST: 230_000}  # bytes in all after a scroll to the end
SHIFT = 0.02  # cumulative layout shift
BUYER_PATH = 350_000  # bytes that a phone receives from home to the thanks
