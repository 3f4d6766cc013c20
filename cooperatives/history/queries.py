"""Reading what became of a seller, from the audit; for its members, its officers and the admin."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.audit.models import AuditEntry
from shop.core.db import db

PEOPLE = ("member", "helper")  # facts that name somebody by key


def entries(cooperative: Cooperative, actions: Iterable[str]) -> Select[Any, Any, Any]:
    """Select (audit row, actor's name, helped person's name) of these actions on a seller, newest first."""
    actor, helped = aliased(User), aliased(User)
    return (
        select(AuditEntry, actor.name, helped.name)
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .outerjoin(helped, helped.id == AuditEntry.on_behalf_of_id)
        .where(
            AuditEntry.subject_kind == Cooperative.__tablename__,
            AuditEntry.subject_id == cooperative.id,
            AuditEntry.action.in_(list(actions)),
        )
        .order_by(AuditEntry.number.desc())
    )


def names_in(rows: Iterable[AuditEntry]) -> dict[int, str]:
    """Return the names of the people whom the facts of these rows name, by key."""
    keys = {row.facts[fact] for row in rows for fact in PEOPLE if isinstance(row.facts.get(fact), int)}
    if not keys:
        return {}
    found = db.session.execute(select(User.id, User.name).where(User.id.in_(keys)))
    return {person.id: person.name for person in found}
