"""Proposing an edit, taking it, declining it."""

from typing import Any

from cooperatives import queries as cooperatives
from products import policies as product_policies
from products import queries as product_queries
from products import services as products
from products.catalogue import CATEGORIES, UNITS
from products.fields import LABEL_TEXTS, LABELS, LONGEST, WORDS
from products.issues.queries import open_for as open_issues
from products.lifecycle import OPEN_STATES, RevisionState
from products.models import Product, ProductRevision
from products.reading import complaint
from products.review import queries
from products.review import services as review
from products.suggestions.models import Answer, Suggestion
from products.suggestions.queries import open_for
from products.written import written
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.notices import services as notices

FIELDS = (*WORDS, *LABEL_TEXTS, "category", "unit", "price")  # small things: what one can say better in one line
_LATE = _l("This was changed meanwhile. Look at it again.")


def suggest(  # noqa: PLR0917 - what a proposal is made of
    product: Product, number: int, officer: User, field: str, new: str, note: str = ""
) -> Suggestion:
    """Propose another value for a field of what waits under this number, and tell the members.

    `new` is what one would type into the form. Raises Invalid("new") for a value that is none or the same,
    NotAllowed for an officer who may not decide on it, Conflict when it does not wait any more. A proposal for the
    same field that is still open gives way to this one.
    """
    product_queries.lock(product)
    revision = queries.as_sent(product, number)
    if revision is None or revision.state is not RevisionState.SUBMITTED or queries.standing(product, number):
        raise Conflict(_LATE)
    why_not = review.refusal(product, revision, officer)
    if why_not is not None:
        raise NotAllowed(why_not)
    old = str(written(revision).get(field, ""))
    _sensible(product, revision, field, old, new)
    for earlier in db.session.query(Suggestion).filter_by(revision_id=revision.id, field=field, answer=None):
        db.session.delete(earlier)
    db.session.flush()
    made = Suggestion(revision=revision, number=number, officer_id=officer.id, field=field, old=old, new=new, note=note)
    db.session.add(made)
    audit.record("suggestion_made", product, officer, revision=number, field=field)
    for membership in cooperatives.members(product.cooperative):
        with use_language(membership.user.language):
            label = str(LABELS[field])
        url = f"/my/products/{product.code}/preview#suggestions"
        notices.tell(membership.user, "suggestion_made", url, product=revision.name, field=label)
    return made


def take(suggestion: Suggestion, actor: User) -> bool:
    """Write a proposal into the draft as the seller's own change; returns whether it was sent at once.

    What waited for the officer waits again; what had come back goes to the officer once nothing else is asked.
    Raises Conflict where it was answered already or the field says something else by now.
    """
    product = suggestion.revision.product
    _hold(suggestion, product)
    revision = product_queries.open_revision(product)
    if revision is None or revision.id != suggestion.revision_id or revision.state not in OPEN_STATES:
        raise Conflict(_LATE)
    if written(revision).get(suggestion.field, "") != suggestion.old:
        raise Conflict(_LATE)
    before = revision.state
    if before is RevisionState.SUBMITTED:
        products.take_back(product, actor)
    draft = products.editable(product, actor)
    products.save_draft(draft, {suggestion.field: suggestion.new}, actor)
    _answer(suggestion, Answer.TAKEN, actor)
    audit.record("suggestion_taken", product, actor, revision=draft.number, field=suggestion.field)
    done = not open_issues(draft) and not open_for(draft)
    complete = not product_policies.problems(draft, sold_already=bool(product.skus))
    sends = complete and (before is RevisionState.SUBMITTED or (before is RevisionState.RETURNED and done))
    if sends:
        products.submit(product, actor)
    _tell(suggestion, "suggestion_taken", draft.number if sends else suggestion.number, actor)
    return sends


def decline(suggestion: Suggestion, actor: User, words: str) -> None:
    """Keep why the seller does not want it, and tell the officer; raises Invalid("words") without any words."""
    product = suggestion.revision.product
    _hold(suggestion, product)
    if not words:
        raise Invalid("words", _l("Say in a few words why not."))
    suggestion.words = words
    _answer(suggestion, Answer.DECLINED, actor)
    audit.record("suggestion_declined", product, actor, revision=suggestion.number, field=suggestion.field)
    _tell(suggestion, "suggestion_declined", suggestion.number, actor, words=words)


def _sensible(product: Product, revision: ProductRevision, field: str, old: str, new: str) -> None:
    if field not in FIELDS or (field == "unit" and product.skus):
        raise Invalid("field", _l("This field cannot be changed here."))
    if new == old:
        raise Invalid("new", _l("Write what should stand there instead."))
    if (field == "category" and new not in CATEGORIES) or (field == "unit" and new not in UNITS):
        raise Invalid("new", _l("Choose one of the list."))
    if field == "name" and sum(letter.isalpha() for letter in new) < 2:
        raise Invalid("new", _l("Enter the product name"))
    if len(new) > LONGEST.get(field, 100):
        raise Invalid("new", _l("Use at most %(number)s characters.", number=LONGEST.get(field, 100)))
    if field == "price" and (sentence := complaint(field, new, revision.pack_word)) is not None:
        raise Invalid("new", sentence)


def _hold(suggestion: Suggestion, product: Product) -> None:
    product_queries.lock(product)
    db.session.refresh(suggestion)
    if suggestion.answer is not None:
        raise Conflict(_l("This was answered already."))


def _answer(suggestion: Suggestion, answer: Answer, actor: User) -> None:
    suggestion.answer, suggestion.answered_at, suggestion.answered_by_id = answer, clock.now(), actor.id


def _tell(suggestion: Suggestion, kind: str, number: int, actor: User, **more: Any) -> None:
    product = suggestion.revision.product
    url = f"/review/products/{product.code}/{number}/decision"
    said = {"person": actor.name, "product": suggestion.revision.name} | more
    notices.tell(suggestion.officer, kind, url, **said)
