"""The doors of a buyer without an account: what the phone keeps, and keeping name and address after an order."""

from tests.architecture import things
from tests.architecture.doors import ALL, Door

BUYING = {
    "storefront_offline.worker": Door(ALL),
    "storefront_offline.offline": Door(ALL),
    "cart_kept.worker": Door(ALL),
    "cart_kept.offline": Door(ALL),
    "saving.begin": Door(ALL, things.purchase),  # the link is the key, and the code goes to the order's phone alone
    "saving.code": Door(ALL, things.purchase),
}
