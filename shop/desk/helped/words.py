"""What a helper did, in the words of the household."""

from collections.abc import Mapping
from typing import Any

from cooperatives.history.words import actions
from cooperatives.history.words import sentence as of_seller
from products.history.words import event_sentence
from shop.audit.models import AuditEntry
from shop.core.codes import shown
from shop.core.i18n import lazy_gettext as _l

_DONE: dict[str, Any] = {
    "draft_created": _l("Began new goods"),
    "draft_saved": _l("Wrote in the draft"),
    "submitted": _l("Sent to the officer"),
    "photos_changed": _l("Changed the photos"),
    "issues_resolved": _l("Mended what the officer asked"),
    "dispatch_rules_set": _l("Set the sending days"),
    "closed_days_set": _l("Set closed days"),
    "closed_days_cancelled": _l("Took closed days back"),
    "low_line_set": _l("Set when goods run low"),
    "lesson_finished": _l("Finished a lesson"),
    "order_accept": _l("Accepted an order"),
    "order_pack": _l("Packed an order"),
    "order_hand_over": _l("Handed an order over"),
    "order_deliver": _l("Noted that an order arrived"),
    "order_refuse": _l("Noted that an order was not taken"),
    "order_cancel": _l("Cancelled an order"),
    "talked": _l("Wrote to the officer"),
    "officer_asked": _l("Asked the officer"),
}


def sentence(entry: AuditEntry, packs: Mapping[str, str]) -> str:
    """Say what an audit row tells; an order with its code, a price or number with what it was before.

    `packs` are the packs of the goods in words, by the code of their SKU.
    """
    done = _DONE.get(entry.action)
    if done is None:
        return of_seller(entry, {}) if entry.action in actions() else event_sentence(entry, packs)
    code = entry.facts.get("code", "") if entry.action.startswith("order_") else ""
    return f"{done} {shown(code)}".strip()
