"""Taking a seller off the market and bringing it back: one guarded move each, kept, and told to its people."""

from sqlalchemy import update

from cooperatives import queries as cooperatives
from cooperatives.lifecycle import LIFECYCLE
from cooperatives.models import Cooperative
from cooperatives.services import needs_manager
from cooperatives.standing import queries
from shop.accounts.models import User
from shop.audit.services import record
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.notices.services import tell


def suspend(cooperative: Cooperative, actor: User | None, note: str) -> None:
    """Take a seller off the market for the reason in `note`, which its people read; None: a rule of the admin does.

    Nothing is copied down: each product keeps its own state, what waits for an officer goes on waiting, open orders
    are fulfilled. Raises Invalid("note") without words, NotAllowed for one's own seller, Conflict when it does not
    sell now.
    """
    if not note:
        raise Invalid("note", _l("Say why, so that they can put it right."))
    _move(cooperative, actor, "suspend")
    record("cooperative_suspended", cooperative, actor, note=note)
    _tell(cooperative, "cooperative_suspended", note)


def restore(cooperative: Cooperative, actor: User) -> None:
    """Bring a suspended seller back, with every product as it was; raises as `suspend` does."""
    _move(cooperative, actor, "restore")
    record("cooperative_restored", cooperative, actor)
    _tell(cooperative, "cooperative_restored", "")


def close(cooperative: Cooperative, actor: User) -> None:
    """Close a seller for good, by its own manager; Conflict when it is closed. shop.desk.closing settles the rest."""
    needs_manager(cooperative, actor)
    _change(cooperative, "close")
    record("cooperative_closed", cooperative, actor)


def _move(cooperative: Cooperative, actor: User | None, action: str) -> None:
    if actor is not None and queries.ever_member(actor, cooperative):
        raise NotAllowed(_l("You belong to this cooperative. Another officer decides."))
    _change(cooperative, action)


def _change(cooperative: Cooperative, action: str) -> None:
    moved = changed(
        update(Cooperative)
        .where(Cooperative.id == cooperative.id, Cooperative.state.in_(LIFECYCLE.sources(action)))
        .values(state=LIFECYCLE.moves[action][1], version=Cooperative.version + 1)
    )
    if moved != 1:
        raise Conflict(_l("Somebody decided this already. Open the page again."))
    db.session.refresh(cooperative)


def _tell(cooperative: Cooperative, kind: str, note: str) -> None:
    for one in cooperatives.members(cooperative):
        tell(one.user, kind, f"/cooperatives/{cooperative.code}", name=cooperative.name, note=note)
