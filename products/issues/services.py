"""Opening what is to be mended in a revision, and closing it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import exists, select, update

from cooperatives import queries as cooperatives
from cooperatives.photos.models import Photo
from products import queries
from products.fields import LABELS
from products.issues.models import Outcome, RevisionIssue, Source
from products.issues.queries import open_for
from products.issues.recheck import is_mended
from products.issues.refusals import meaning
from products.issues.rules import OTHER, RULES
from products.models import Product, ProductRevision
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.notices import services as notices


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
    sentence; `seen` among them says that a machine sees it too, and so can tell when it is mended. Raises as
    `check` does.
    """
    check(field, rule, note)
    issue = RevisionIssue(
        revision_id=revision.id,
        source=source,
        field=field or RULES[rule].field,
        rule=rule,
        params=params or {},
        note=note,
        lang=lang,
    )
    if source is Source.OFFICER and is_mended(issue, revision, _photos(revision)) is False:
        issue.params = issue.params | {"seen": True}
    db.session.add(issue)
    return issue


def check(field: str, rule: str, note: str) -> None:
    """Raise Invalid("reasons") for a rule or field that is none, Invalid("note") for `other` without words."""
    if rule not in RULES or (field and field not in LABELS):
        raise Invalid("reasons", _l("Choose a reason from the list."))
    if rule == OTHER and not note:
        raise Invalid("note", _l("Say what is to be mended."))


def look_again(revision: ProductRevision, fields: Iterable[str], actor: User) -> None:
    """Close what the seller mended, after these fields changed: what a machine saw, once it sees it no more.

    The rest is closed once its field changed, for whoever asked to look at; what a machine still sees stays open.
    The caller holds the product's row.
    """
    still_open = open_for(revision)
    changed, photos = set(fields), _photos(revision) if still_open else []
    found: dict[Outcome, list[RevisionIssue]] = {Outcome.MENDED: [], Outcome.CHANGED: []}
    for issue in still_open:
        mended = is_mended(issue, revision, photos)
        if mended and issue.params.get("seen"):
            found[Outcome.MENDED].append(issue)
        elif mended is not False and issue.field in changed:
            found[Outcome.CHANGED].append(issue)
    for outcome, issues in found.items():
        if issues:
            _close(revision, [RevisionIssue.id.in_([issue.id for issue in issues])], outcome, actor)


def resolve(
    revision: ProductRevision, field: str | None, actor: User | None, outcome: Outcome = Outcome.CHANGED
) -> int:
    """Close the open issues of one field, or of all (None); returns how many. The caller holds the product's row."""
    return _close(revision, [] if field is None else [RevisionIssue.field == field], outcome, actor)


def settle(product: Product, actor: User | None) -> None:
    """Close all that is open about goods, in whatever revision: an officer approved what buyers see from now on.

    A channel that still refuses opens its own again. The caller holds the product's row.
    """
    mine = select(ProductRevision).where(ProductRevision.product_id == product.id)
    has_open = exists().where(RevisionIssue.revision_id == ProductRevision.id, RevisionIssue.resolved_at.is_(None))
    for revision in db.session.scalars(mine.where(has_open)):
        resolve(revision, None, actor, Outcome.SETTLED)


def refused(product: Product, channel: str, code: str, said: str = "") -> RevisionIssue:
    """Keep that a channel did not take what is live, and tell the members; the approval stands.

    `channel` and `code` are those of products/data/refusals.json, or any other: an unknown code is kept and shown
    as it came, with what the channel `said`. The same refusal again is the one that is open already. Raises Conflict
    for goods that are not live. The caller holds the product's row.
    """
    live = product.approved
    if live is None:
        raise Conflict(_l("Only goods that are approved go to other shops."))
    rule, field, place = meaning(channel, code)
    params = {"place": place, "channel": channel, "code": code, "said": said or code}
    same = [one for one in open_for(live) if (one.params.get("channel"), one.params.get("code")) == (channel, code)]
    if same:
        return same[0]
    issue = open_issue(live, Source.CHANNEL, field, rule, params=params)
    audit.record("channel_refused", product, None, revision=live.number, channel=channel, code=code)
    url = f"/my/products/{product.code}/edit{issue.anchor}"
    for membership in cooperatives.members(product.cooperative):
        with use_language(membership.user.language):
            words = issue.sentence
        notices.tell(membership.user, "channel_refused", url, product=live.name, place=place, said=words)
    return issue


def taken(product: Product, channel: str) -> int:
    """Close what a channel had refused, for it took the goods now; returns how many. The caller holds the row."""
    live = product.approved
    mine = [one.id for one in (open_for(live) if live else []) if one.params.get("channel") == channel]
    return _close(live, [RevisionIssue.id.in_(mine)], Outcome.SETTLED, None) if live and mine else 0


def _close(revision: ProductRevision, which: Sequence[Any], outcome: Outcome, actor: User | None) -> int:
    still_open = [RevisionIssue.revision_id == revision.id, RevisionIssue.resolved_at.is_(None), *which]
    closed = (
        update(RevisionIssue)
        .where(*still_open)
        .values(resolved_at=clock.now(), outcome=outcome.value)
        .returning(RevisionIssue.field)
    )
    fields = db.session.scalars(closed).all()
    if fields:
        facts: dict[str, Any] = {"fields": sorted(set(fields)), "outcome": outcome.value}
        audit.record("issues_resolved", revision.product, actor, revision=revision.number, **facts)
    return len(fields)


def _photos(revision: ProductRevision) -> Sequence[Photo]:
    return queries.photos_of([revision.id]).get(revision.id, [])
