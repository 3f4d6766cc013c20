"""What helpers did for a person's cooperatives, out of the audit: nothing done for them is left out."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, false, select

from cooperatives.helping.models import Consent
from cooperatives.helping.words import both_names
from products.models import Product, ProductRevision, RevisionText, Sku
from products.packs import pack_text
from shop.accounts.models import User
from shop.audit.models import AuditEntry
from shop.core.db import db
from shop.core.i18n import current_language
from shop.desk.helped.words import sentence


class Deed(NamedTuple):
    """One thing that was done: when, by whom for whom, what, and on which goods."""

    at: Any
    who: str
    what: str
    about: str


def deeds(consents: Sequence[Consent]) -> Select[AuditEntry]:
    """Select the audit rows of everything done by these consents, newest first."""
    if not consents:
        return select(AuditEntry).where(false())
    return (
        select(AuditEntry)
        .where(
            AuditEntry.on_behalf_of_id.in_({one.given_by_id for one in consents}),
            AuditEntry.facts["consent"].as_string().in_([one.code for one in consents]),
        )
        .order_by(AuditEntry.id.desc())
    )


def told(entries: Sequence[AuditEntry]) -> list[Deed]:
    """Return audit rows as people read them: four queries, however many they are."""
    people = {key for one in entries for key in (one.actor_id, one.on_behalf_of_id) if key is not None}
    names = {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(people)))}
    goods = _names_of({one.subject_id for one in entries if one.subject_kind == Product.__tablename__})
    packs = _packs({one.facts["sku"] for one in entries if "sku" in one.facts})
    return [
        Deed(
            one.at,
            both_names(names.get(one.actor_id or 0, ""), names.get(one.on_behalf_of_id or 0, "")),
            sentence(one, packs),
            goods.get(one.subject_id, "") if one.subject_kind == Product.__tablename__ else "",
        )
        for one in entries
    ]


def _packs(sku_codes: Iterable[str]) -> dict[str, str]:
    lang = current_language()
    found = db.session.scalars(select(Sku).where(Sku.code.in_(list(sku_codes))))
    return {sku.code: pack_text(sku.pack_word, sku.pack_amount, lang) for sku in found}


def _names_of(product_ids: Iterable[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(ProductRevision.product_id, RevisionText.name)
        .join(RevisionText, RevisionText.revision_id == ProductRevision.id)
        .where(ProductRevision.product_id.in_(list(product_ids)), RevisionText.lang == "vi")
        .order_by(ProductRevision.number)
    )
    return {key: name for key, name in rows if name}
