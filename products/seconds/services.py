"""Saying the first yes to goods that need two, and taking it back while nobody has decided."""

from sqlalchemy import update

from products import queries as product_queries
from products.models import Product, ProductRevision
from products.review import queries as review
from products.risk import needs_second
from products.seconds import queries
from products.seconds.models import FirstLook
from shop.accounts.models import Role, User
from shop.accounts.queries import holders
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, NotFound
from shop.core.i18n import lazy_gettext as _l
from shop.notices import services as notices

NEEDED = "second_officer_needed"  # the kind of notice


def say_yes(product: Product, revision: ProductRevision, officer: User) -> FirstLook | None:
    """Keep the officer's yes where it is the first that the goods need; None where he may decide.

    The caller holds the product's row and has asked whether the officer may decide at all. Raises Conflict where
    he is the one who said the first yes: the second is another's.
    """
    if not needs_second(revision.category, revision.ship_class):
        return None
    look = queries.standing(revision.id, revision.number)
    if look is not None and not queries.still_counts(look, product):
        _withdraw(look, None)
        audit.record("first_look_withdrawn", product, None, revision=revision.number)
        look = None
    if look is None:
        return _first(product, revision, officer)
    if look.officer_id == officer.id:
        raise Conflict(_l("You have said yes already. The second yes is another officer's."))
    return None


def take_back(product: Product, number: int, officer: User) -> FirstLook:
    """Withdraw the officer's own first yes while nobody has decided; the row stays.

    Raises NotFound where he has none on this number, Conflict once somebody decided.
    """
    product_queries.lock(product)
    revision = review.as_sent(product, number)
    look = queries.standing(revision.id, number) if revision is not None else None
    if look is None or look.officer_id != officer.id:
        raise NotFound(_l("There is nothing of yours to undo here."))
    if review.standing(product, number) is not None or not _withdraw(look, officer):
        raise Conflict(_l("Somebody has decided already. Your yes cannot be taken back any more."))
    audit.record("first_look_undone", product, officer, revision=number)
    return look


def _first(product: Product, revision: ProductRevision, officer: User) -> FirstLook:
    look = FirstLook(revision_id=revision.id, number=revision.number, officer_id=officer.id, said_at=clock.now())
    db.session.add(look)
    audit.record("first_look", product, officer, revision=revision.number)
    if queries.is_lonely(revision.id):
        _tell_admins(product)
    return look


def _tell_admins(product: Product) -> None:
    """Tell each admin once, as long as something waits there, that a commune needs a second officer."""
    commune = product.cooperative.commune
    url = f"/staff/second-officers#commune-{commune.code}"
    for admin in holders(Role.ADMIN):
        if not queries.told_already(admin, NEEDED, url, commune.code):
            notices.tell(admin, NEEDED, url, commune=commune.name)


def _withdraw(look: FirstLook, officer: User | None) -> bool:
    """Take a first yes back by one guarded UPDATE; returns False where it was not there any more."""
    values = {"withdrawn_at": clock.now(), "withdrawn_by_id": officer.id if officer else None}
    still = FirstLook.id == look.id, FirstLook.withdrawn_at.is_(None)
    done = changed(update(FirstLook).where(*still).values(**values).execution_options(synchronize_session=False)) == 1
    db.session.refresh(look)
    return done
