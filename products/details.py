"""What makes goods sell better: each detail with what it is good for, and how many of them are given."""

from typing import Any, NamedTuple

from products import policies
from products.fields import GROUPS, MORE_PACKS, PACK_PARTS, SIZE, pack_field
from products.models import ProductRevision
from products.requirements import Asked, asked_of
from shop.core.i18n import lazy_gettext as _l

HINTS = {
    "summary": _l("Shown under the name"),
    "story": _l("Who makes it, where and how"),
    "season": _l("None chosen: all year"),
    "origin": _l("Buyers look for goods by their commune"),
    "net_weight": _l("To reckon the delivery, for example 500 g"),
    "packed_weight": _l("Carriers charge by it, for example 650 g"),
    "length": _l("In cm. Carriers and Shopee ask for all three"),
    "width": _l("In cm"),
    "height": _l("In cm"),
    "ingredients": _l("What the label lists, the most first"),
    "allergens": _l("Whoever must not eat it can choose in peace"),
    "shelf_life": _l("In days, or 6 months"),
    "storage": _l("For example: dry, away from the sun"),
    "usage": _l("For example: steep in hot water for 3 minutes"),
    "warning": _l("For whom it is not, or what to look out for"),
    "alcohol": _l("Only for drinks with alcohol, for example 40"),
    "min_order": _l("So that sending pays, for example 5. Empty: 1"),
    "order_step": _l("If sold by the carton, for example 6. Empty: 1"),
    "weighed": _l("For a whole chicken, a fish, a bunch: the buyer pays by the scales"),
    "name_en": _l("For buyers and channels abroad"),
    "name_hi": _l("For readers of Hindi"),
}
SCORED = (  # one point each; sides count together
    *(("summary",), ("story",), ("net_weight",), ("packed_weight",), SIZE),
    *(("ingredients",), ("allergens",), ("shelf_life",), ("storage",), ("usage",), ("name_en",), ("name_hi",)),
)


class Part(NamedTuple):
    """One group of details as the form shows it; `given` of its fields are filled."""

    heading: Any
    fields: tuple[str, ...]
    given: int
    open: bool


class Score(NamedTuple):
    """How many of the details that sell are given."""

    given: int
    all: int


def score(revision: ProductRevision | None) -> Score:
    """Count the details that a revision gives, of those that make sense for its goods; each is worth the same."""
    given = policies.given(revision) if revision else set()
    without = set(asked_of(revision).without) if revision else set()
    counted = [fields for fields in SCORED if not without.intersection(fields)]
    return Score(sum(given.issuperset(fields) for fields in counted), len(counted))


def parts(form: Any, issues: list[Any], asked: Asked) -> list[Part]:
    """Return the groups of the form; those with a fault, an open issue or something these goods need stand open.

    What makes no sense for these goods is left out, unless it is filled.
    """
    wanted = {issue.field for issue in issues} | {field for field in asked.sending if not form[field].data}
    found = []
    for group in GROUPS:
        fields = tuple(field for field in group.fields if field not in asked.without or form[field].data)
        filled = sum(bool(form[field].data) for field in fields)
        found.append(Part(group.heading, fields, filled, any(form[one].errors or one in wanted for one in fields)))
    return [part for part in found if part.fields]


class PackSlot(NamedTuple):
    """The four questions about another pack, by part; open where something stands in it."""

    number: int
    fields: dict[str, str]
    open: bool


def pack_slots(form: Any) -> list[PackSlot]:
    """Return the places for other packs as the form shows them."""
    slots = []
    for number in MORE_PACKS:
        fields = {part: pack_field(number, part) for part in PACK_PARTS}
        slots.append(PackSlot(number, fields, any(form[field].data or form[field].errors for field in fields.values())))
    return slots
