"""What a cooperative does with its products: draft, send, take back, put on the shelf or take off it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from products import drafting, policies, queries, rounds
from products.edits import services as edits
from products.issues import services as issues
from products.issues.models import Outcome
from products.lifecycle import RevisionState, Shelf
from products.models import Product, ProductRevision, RevisionText
from products.search import services as search
from products.texts import services as texts
from products.written import written
from shop.accounts.models import User
from shop.accounts.queries import officers_of_commune
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import slugify
from shop.notices import services as notices


class ChangedMeanwhile(Conflict):
    """Somebody else saved this draft after the page was opened; nothing was overwritten."""


def create_draft(cooperative: Cooperative, actor: User, draft_key: str) -> Product:
    """Begin a product with an empty draft; the same `draft_key` (made by the form) gives the same product again.

    Raises NotFound when the key belongs to another cooperative's draft.
    """
    known = queries.by_draft_key(draft_key)
    if known is None:
        try:
            with db.session.begin_nested():
                known = Product(cooperative_id=cooperative.id, created_by_id=actor.id, draft_key=draft_key)
                db.session.add(known)
                db.session.flush()
            _new_revision(known, actor)
            audit.record("draft_created", known, actor)
        except IntegrityError:  # the twin of this request was a moment faster
            known = queries.by_draft_key(draft_key)
    if known is None or known.cooperative_id != cooperative.id:
        raise NotFound(_l("This draft is not yours."))
    return known


def editable(product: Product, actor: User, *, seen: int | None = None, page: str = "") -> ProductRevision:
    """Return the draft to write in, locked: a returned revision is opened again, a live product gets a draft beside it.

    `seen` is the version of the draft a page was made from (0: there was none yet) and `page` the page's own key:
    a page may save again and again, another page's change raises ChangedMeanwhile. Raises Conflict while an
    officer reads the revision, or once the product is withdrawn.
    """
    queries.lock(product)
    revision = queries.open_revision(product)
    if product.shelf is Shelf.WITHDRAWN:
        raise Conflict(_l("These goods were withdrawn. Add them as new goods."))
    if revision is None:
        return start_edit(product, actor)
    if revision.state is RevisionState.SUBMITTED:
        raise Conflict(_l("An officer is reading this now. Take it back first, then change it."))
    if seen is not None and seen not in drafting.known_versions(revision, page):
        raise ChangedMeanwhile(_l("This was changed on another page. Your text is still here: look, then save again."))
    if revision.state is RevisionState.RETURNED:
        audit.record("reopened", product, actor, revision=revision.number)
        rounds.begin_again(revision, "reopen")  # other words, another number: the decision names the one that was read
    return revision


def save_draft(
    revision: ProductRevision,
    values: Mapping[str, Any],
    actor: User,
    *,
    page: str = "",
    stamps: Mapping[str, int] | None = None,
    refused: Mapping[str, Any] | None = None,
) -> list[str]:
    """Keep what was typed, complete or not; returns the fields that changed.

    `values` are texts by field of the form (season: list of months); fields that are missing stay as they are.
    `stamps` are the counters a phone wrote these fields at; without them the fields that changed count as newest.
    `refused` are values that came too late to be written; they are kept beside what was (products.edits).
    Numbers that cannot be read wait in `facts["typed"]`. Raises Conflict when it is no draft any more.
    """
    if not policies.is_draft(revision):
        raise Conflict(_l("This was already handled. Open the page again to see how it stands now."))
    before = written(revision)
    changed = drafting.apply(revision, values, sold_already=bool(revision.product.skus))
    drafting.note_page(revision, page)
    if stamps is None:
        drafting.stamp(revision, changed)
    else:
        revision.stamps = (revision.stamps or {}) | dict(stamps)
    if changed:
        audit.record("draft_saved", revision.product, actor, revision=revision.number, fields=sorted(changed))
    mended(revision, changed, actor)
    edits.keep(revision, actor, before, page=page, refused=refused)
    return changed


def mended(revision: ProductRevision, fields: Iterable[str], actor: User) -> None:
    """Look again at what was asked: a machine sees some of it mended, the officer looks at the fields that changed."""
    issues.look_again(revision, fields, actor)


def start_edit(product: Product, actor: User) -> ProductRevision:
    """Make a draft beside what is live, a copy of it, remembering the price it was written against.

    Raises Conflict when one is open already.
    """
    queries.lock(product)
    if queries.open_revision(product) is not None:
        raise Conflict(_l("A change of these goods is open already."))
    draft = _new_revision(product, actor)
    audit.record("draft_created", product, actor, revision=draft.number)
    return draft


def submit(product: Product, actor: User) -> ProductRevision:
    """Send the draft to the officers of the commune.

    Raises Invalid for the first thing that is missing, Conflict where the cooperative is not admitted (yet).
    """
    revision = editable(product, actor)
    for field, sentence in policies.problems(revision, sold_already=bool(product.skus)):
        raise Invalid(field, sentence)
    if product.cooperative.state is not CooperativeState.ACTIVE:
        raise Conflict(_l("This seller is not admitted yet. The draft is kept: send it once the officer said yes."))
    drafting.forget_page(revision)
    issues.resolve(revision, None, actor, Outcome.SENT)
    revision.move("submit")
    revision.submitted_at, revision.submitted_by_id = clock.now(), actor.id
    texts.read(revision)
    if product.approved_revision_id is None:
        product.slug = slugify(revision.name)
    audit.record("submitted", product, actor, revision=revision.number)
    for officer in officers_of_commune(product.cooperative.commune_code):
        url = f"/review/products/{product.code}/{revision.number}/decision"
        notices.tell(officer, "revision_submitted", url, product=revision.name, cooperative=product.cooperative.name)
    return revision


def take_back(product: Product, actor: User) -> ProductRevision:
    """Take a sent revision back into a draft, as long as no officer has decided; raises Conflict otherwise."""
    queries.lock(product)
    revision = queries.open_revision(product)
    if revision is None:
        raise Conflict(_l("This was already handled. Open the page again to see how it stands now."))
    rounds.begin_again(revision, "take_back")  # whoever still reads the old number can decide nothing
    revision.submitted_at = revision.submitted_by_id = None
    audit.record("taken_back", product, actor, revision=revision.number - 1)
    return revision


def pause(product: Product, actor: User) -> None:
    """Take a product off the shelf for a while."""
    _shelve(product, "pause", actor)


def resume(product: Product, actor: User) -> None:
    """Put a paused product back on the shelf."""
    _shelve(product, "resume", actor)


def withdraw(product: Product, actor: User) -> None:
    """Take a product off the shelf for good; what waited for an officer is taken back."""
    queries.lock(product)
    revision = queries.open_revision(product)
    if revision is not None and revision.state is RevisionState.SUBMITTED:
        take_back(product, actor)
    _shelve(product, "withdraw", actor)
    product.withdrawn_at = clock.now()


def _shelve(product: Product, action: str, actor: User) -> None:
    queries.lock(product)
    product.move(action)
    audit.record(action, product, actor)
    search.refresh([product.id])


def _new_revision(product: Product, actor: User) -> ProductRevision:
    """Write the next draft: a copy of what is approved, else of the newest revision, else empty."""
    source = product.approved or queries.last_revision(product)
    number = queries.last_number(product) + 1
    draft = ProductRevision(product_id=product.id, number=number, created_by_id=actor.id, facts={})
    if source is None:
        draft.texts.append(RevisionText(lang="vi", name=""))
    else:
        drafting.copy(source, draft)
    if product.skus:
        draft.proposed_price = draft.base_price = product.skus[0].usual
    db.session.add(draft)
    db.session.flush()
    return draft
