"""What `flask verify` proves about products: pointers, words, codes, one open draft."""

import re
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from products.lifecycle import OPEN_STATES, RevisionState
from products.models import Product, ProductRevision, RevisionText, Sku
from shop.core.db import db

SKU_CODE = re.compile(r"[!-~]{1,50}")
FORBIDDEN = set('"*^~<>/|')


def approved_pointer_is_true() -> Iterator[str]:
    """What is public is an approved revision of the product itself."""
    revision = aliased(ProductRevision)
    wrong: ColumnElement[bool] = or_(revision.product_id != Product.id, revision.state != RevisionState.APPROVED)
    rows = select(Product.code).join(revision, revision.id == Product.approved_revision_id).where(wrong)
    for code in db.session.scalars(rows):
        yield f"product {code}: its public revision is another product's or was not approved"


def approved_revisions_speak_vietnamese() -> Iterator[str]:
    """Every approved revision has a Vietnamese name."""
    rows = (
        select(Product.code, ProductRevision.number)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .outerjoin(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .where(ProductRevision.state == RevisionState.APPROVED, func.coalesce(RevisionText.name, "") == "")
    )
    for code, number in db.session.execute(rows):
        yield f"product {code}: revision {number} is approved without a Vietnamese name"


def public_products_are_sold() -> Iterator[str]:
    """What is public has a SKU."""
    rows = (
        select(Product.code)
        .outerjoin(Sku, Sku.product_id == Product.id)
        .where(Product.approved_revision_id.is_not(None), Sku.id.is_(None))
    )
    for code in db.session.scalars(rows):
        yield f"product {code}: public, but nothing of it is sold"


def sku_codes_fit_every_channel() -> Iterator[str]:
    """SKU codes are printable ASCII of at most 50 signs, without space or any of "*^~<>/|."""
    for code in db.session.scalars(select(Sku.code)):
        if not SKU_CODE.fullmatch(code) or FORBIDDEN & set(code):
            yield f"SKU {code!r}: not a code that channels take"


def one_open_revision() -> Iterator[str]:
    """A product has at most one revision that is written or under review."""
    rows = (
        select(Product.code, func.count())
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .where(ProductRevision.state.in_(OPEN_STATES))
        .group_by(Product.id, Product.code)
        .having(func.count() > 1)
    )
    for code, number in db.session.execute(rows):
        yield f"product {code}: {number} open revisions"


CHECKS: list[Callable[[], Iterable[str]]] = [
    approved_pointer_is_true,
    approved_revisions_speak_vietnamese,
    public_products_are_sold,
    sku_codes_fit_every_channel,
    one_open_revision,
]
