"""What buyers are told of certificates: those in force today, beside the goods and beside their seller."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select

from cooperatives.certificates import queries as certificates
from cooperatives.certificates.kinds import SHOWN
from cooperatives.certificates.models import Certificate, in_force
from products.certificates.models import CertificateProduct
from products.models import Product
from shop.core.db import db
from shop.core.i18n import use_language


class Shown(NamedTuple):
    """A certificate as pages, feeds and search engines may tell it until its last day."""

    code: str
    kind: str
    badge: str
    grade: int | None
    number: str
    issuer: str
    scope: str
    issued_on: date
    expires_on: date | None

    @property
    def photo(self) -> str:
        """Return the path of the photo that buyers may open."""
        return f"/certificates/{self.code}/photo.jpg"


def _shown(one: Certificate) -> Shown:
    words = one.known.badge(one.grade), one.grade, one.number, one.issuer, one.scope
    return Shown(one.code, one.kind, *words, one.issued_on, one.expires_on)


_ORDER = (Certificate.whole_seller, Certificate.kind, Certificate.id)  # of these goods first, then of the place


def has_any(day: Any = None) -> ColumnElement[bool]:
    """Say of a Product whether there may be something to tell of it on a day: then one asks, else one need not."""
    link = CertificateProduct.certificate_id == Certificate.id
    named = link & (CertificateProduct.product_id == Product.id) & CertificateProduct.decision_id.is_not(None)
    ours = (Certificate.cooperative_id == Product.cooperative_id) & Certificate.kind.in_(SHOWN) & in_force(day)
    chosen = select(Certificate.id).where(ours, or_(Certificate.whole_seller, exists().where(named)))
    return chosen.correlate(Product).exists()


def of_product(product_id: int, cooperative_id: int) -> list[Shown]:
    """Return what may be said of these goods today, by one query."""
    linked = select(CertificateProduct.certificate_id).where(
        CertificateProduct.product_id == product_id, CertificateProduct.decision_id.is_not(None)
    )
    ours = Certificate.cooperative_id == cooperative_id
    stands_for_it = ours & or_(Certificate.whole_seller, Certificate.id.in_(linked))
    found = db.session.scalars(certificates.public(Certificate).where(stands_for_it).order_by(*_ORDER))
    return [_shown(one) for one in found]


def of_seller(cooperative_id: int) -> list[Shown]:
    """Return every certificate of a seller that may be told today; of goods, those that name some."""
    named = select(CertificateProduct.certificate_id).where(CertificateProduct.decision_id.is_not(None))
    ours = (Certificate.cooperative_id == cooperative_id) & or_(Certificate.whole_seller, Certificate.id.in_(named))
    return [_shown(one) for one in db.session.scalars(certificates.public(Certificate).where(ours).order_by(*_ORDER))]


def by_goods() -> dict[str, list[Shown]]:
    """Return {code of a product: what may be said of it today} in Vietnamese, the language of feeds, by one query.

    Goods without any are left out.
    """
    link = (CertificateProduct.certificate_id == Certificate.id) & CertificateProduct.decision_id.is_not(None)
    joined = (
        certificates.public(Product.code, Certificate)
        .join(Product, Product.cooperative_id == Certificate.cooperative_id)
        .outerjoin(CertificateProduct, link & (CertificateProduct.product_id == Product.id))
        .where(or_(Certificate.whole_seller, CertificateProduct.product_id.is_not(None)))
        .order_by(Product.id, *_ORDER)
    )
    found: dict[str, list[Shown]] = {}
    with use_language("vi"):
        for code, one in db.session.execute(joined):
            found.setdefault(code, []).append(_shown(one))
    return found
