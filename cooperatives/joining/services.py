"""Verbs of joining: begin, settle in a place, send to the officer."""

from collections.abc import Iterable

from sqlalchemy import delete

from cooperatives import services
from cooperatives.identity.numbers import CITIZEN_LENGTH
from cooperatives.joining import queries
from cooperatives.joining.models import Beginning
from cooperatives.lifecycle import Task
from cooperatives.models import Cooperative, Kind
from cooperatives.requirements import services as requirements
from cooperatives.review.queries import open_issues
from cooperatives.review.services import mend
from cooperatives.services import Profile
from shop.accounts.models import User
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l


def begin(kind: Kind, name: str, actor: User) -> None:
    """Keep who somebody says to be until the place is told; told again, it is changed."""
    row = queries.beginning_of(actor)
    if row is None:
        row = Beginning(user_id=actor.id)
        db.session.add(row)
    row.kind, row.name = kind, name


def settle(commune_code: str, hamlet: str, phone: str, actor: User) -> Cooperative:
    """Make the seller of what was told and its place; buyers call `phone` (E.164). Conflict if nothing was told."""
    row = queries.beginning_of(actor)
    if row is None:
        raise Conflict(_l("Tell first who you are."))
    told = {"name": row.name, "kind": row.kind, "contact_name": actor.name, "contact_phone": phone}
    made = services.apply(Profile(commune_code=commune_code, hamlet=hamlet, **told), actor)  # type: ignore[arg-type]
    db.session.execute(delete(Beginning).where(Beginning.user_id == actor.id))
    return made


def change_kind(cooperative: Cooperative, kind: Kind, actor: User) -> None:
    """Change the legal shape before admission; a number that only another shape may have is dropped."""
    told: dict[str, str | None] = {"kind": kind}
    if kind is not Kind.COOPERATIVE and len(cooperative.registration_number or "") == CITIZEN_LENGTH:
        told["registration_number"] = None
    services.change(cooperative, told, actor)
    mend(cooperative, Task.WHO, actor)


def send(cooperative: Cooperative, ticked: Iterable[str], lang: str, actor: User) -> None:
    """Keep the sentences that were ticked, then send the application to the officers of the commune.

    Invalid names what is still missing. What an officer asked to mend counts as mended by sending it again.
    """
    requirements.attest(cooperative, ticked, lang, actor)
    listed = queries.task_list(cooperative)
    if listed.missing:
        what = ", ".join(line.requirement.title for line in listed.missing)
        raise Invalid("missing", _("Not told yet: %(what)s", what=what))
    if [line for line in listed.statements if line.stops_admission]:
        raise Invalid("ticked", _l("Tick each sentence, so that we may show your goods."))
    for task in open_issues(cooperative):
        mend(cooperative, task, actor)
    services.submit(cooperative, actor)
