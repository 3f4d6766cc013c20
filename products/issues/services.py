"""Opening what is to be mended in a revision, and closing it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, select, update

from products.fields import LABELS
from products.issues.models import RevisionIssue, Source
from products.issues.rules import OTHER, RULES
from products.models import Product, ProductRevision
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l


class Reason(NamedTuple):
    """Why a revision goes back: a rule of products.issues.rules, a field other than the rule's own, own words.

    `lang` is the language of the words; "" where the rule's own sentence says it all.
    """

    rule: str
    field: str = ""
    note: str = ""
    lang: str = ""


def open_all(revision: ProductRevision, reasons: Iterable[Reason], officer: User) -> None:
    """Open one issue for each reason an officer gives; words without a language are in the officer's own."""
    for rule, field, note, lang in reasons:
        open_issue(revision, Source.OFFICER, field, rule, note=note, lang=lang or officer.language)


def open_issue(
    revision: ProductRevision,
    source: Source,
    field: str,
    rule: str,
    *,
    params: dict[str, Any] | None = None,
    note: str = "",
    lang: str = "vi",
) -> RevisionIssue:
    """Keep one thing to mend; the caller's audit row names it.

    `field` is one of `products.fields.LABELS`, "" takes the rule's own. `params` fill the places of the rule's
    sentence. Raises Invalid("reasons") for a rule or field that is none, Invalid("note") for `other` without words.
    """
    if rule not in RULES or (field and field not in LABELS):
        raise Invalid("reasons", _l("Choose a reason from the list."))
    if rule == OTHER and not note:
        raise Invalid("note", _l("Say what is to be mended."))
    issue = RevisionIssue(
        revision_id=revision.id,
        source=source,
        field=field or RULES[rule].field,
        rule=rule,
        params=params or {},
        note=note,
        lang=lang,
    )
    db.session.add(issue)
    return issue


def resolve(revision: ProductRevision, field: str | None, actor: User | None) -> int:
    """Close the open issues of one field, or of all (None); returns how many. The caller holds the product's row."""
    still_open = [RevisionIssue.revision_id == revision.id, RevisionIssue.resolved_at.is_(None)]
    if field is not None:
        still_open.append(RevisionIssue.field == field)
    mended = update(RevisionIssue).where(*still_open).values(resolved_at=clock.now()).returning(RevisionIssue.field)
    fields = db.session.scalars(mended).all()
    if fields:
        audit.record("issues_resolved", revision.product, actor, revision=revision.number, fields=sorted(set(fields)))
    return len(fields)


def settle(product: Product, actor: User | None) -> None:
    """Close all that is open about goods, in whatever revision: an officer approved what buyers see from now on.

    A channel that still refuses opens its own again. The caller holds the product's row.
    """
    mine = select(ProductRevision).where(ProductRevision.product_id == product.id)
    for revision in db.session.scalars(mine.where(_has_open())):
        resolve(revision, None, actor)


def _has_open() -> ColumnElement[bool]:
    return exists().where(RevisionIssue.revision_id == ProductRevision.id, RevisionIssue.resolved_at.is_(None))
