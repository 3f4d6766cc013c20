"""The doors of the officer's desk: queue, decisions, what is approved together, keys."""

from tests.architecture import staff_things, things
from tests.architecture.doors import OFFICER, OFFICERS, Door

DESK = {
    "product_queue.index": Door(OFFICERS),
    "product_queue.claim": Door(OFFICER, things.sent, {"claim": "keep"}),
    "product_queue.step": Door(OFFICER, things.sent),
    "product_review.decision": Door(OFFICER, things.sent),
    "product_review.withdrawal": Door(OFFICER, things.decided),
    "product_seconds.withdrawal": Door(OFFICER, staff_things.first_yes),
    "product_bulk.index": Door(OFFICERS),
    "product_bulk.withdrawal": Door(OFFICER, staff_things.pressed),
    "accounts_keys.choice": Door(OFFICERS, fields={"keys": "alt"}),
    "product_presses.send": Door(OFFICER, things.sent, {"verdict": "approve"}, script=True),
    "product_bulk.group": Door(OFFICERS, staff_things.small_change),
}
