"""May this officer decide on this revision? Maker and checker are never one person (reliability, rows 16 to 18)."""

from collections.abc import Collection, Iterable
from typing import Any

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Membership
from products.models import ProductRevision
from shop.core.i18n import lazy_gettext as _l

SUSPENDED = _l("This seller is suspended. The goods wait until they are back.")
_ELSEWHERE = _l("This commune is not yours any more. Another officer decides.")
_OWN_COOPERATIVE = _l("You belong to this cooperative. Another officer decides.")
_HELPED = _l("You have helped this seller. Another officer decides.")
_OWN_WORK = _l("You wrote or sent this yourself. Another officer decides.")


def refusal(
    officer_id: int,
    revision: ProductRevision,
    commune_code: str,
    *,
    communes: Collection[str],
    memberships: Iterable[Membership],
    helped: bool,
) -> Any:
    """Return the sentence that says why this officer may not decide, or None when he may.

    `communes` are those he answers for now, `memberships` all he has or had in the cooperative: one that began
    after the sending counts, and so does one that ended before it, for leaving is no way round the second pair
    of eyes. `helped`: he ever had this seller's consent to act for it.
    """
    if any(membership.user_id == officer_id for membership in memberships):
        return _OWN_COOPERATIVE
    if helped:
        return _HELPED
    if officer_id in {revision.created_by_id, revision.submitted_by_id}:
        return _OWN_WORK
    if commune_code not in communes:
        return _ELSEWHERE
    return None


def sells(cooperative: Cooperative) -> bool:
    """Say whether the seller is on the market; what a suspended one has sent stays pending (reliability, row 20)."""
    return cooperative.state is CooperativeState.ACTIVE
