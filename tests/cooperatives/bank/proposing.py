"""A cooperative with an account in force, and one that waits."""

from cooperatives.bank import services
from cooperatives.models import BankAccount, MemberRole, Membership
from shop.core.db import db, writing
from tests.cast import Cast

FIRST, SECOND = "0123456789", "9876543210"


def proposed(cast: Cast, who: str = "member", numbers: tuple[str, ...] = (FIRST, SECOND)) -> str:
    """Propose these accounts one after the other; returns the code of the last."""
    code = ""
    for number in numbers:
        with writing():
            code = services.propose(cast.cooperative(), "970405", number, "HTX CHE BINH LU", cast.user(who)).code
    return code


def second_manager(cast: Cast) -> None:
    """Lò Văn Tâm becomes manager too."""
    with writing():
        place = db.session.query(Membership).filter_by(user_id=cast.ids["second_member"]).one()
        place.role = MemberRole.MANAGER


def numbers(cast: Cast) -> dict[str, str]:
    """Each account's number and how it stands."""
    rows = db.session.query(BankAccount).filter_by(cooperative_id=cast.ids["cooperative"]).order_by(BankAccount.id)
    return {row.number: _state(row) for row in rows}


def _state(row: BankAccount) -> str:
    if row.stopped_at:
        return "stopped"
    if row.in_force_at:
        return "replaced" if row.replaced_at else "in force"
    return "approved" if row.approved_at else "waiting"
