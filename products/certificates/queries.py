"""The goods of certificates and the certificates of goods."""

from typing import NamedTuple

from sqlalchemy import func, or_, select

from cooperatives.certificates import queries as certificates
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, in_force
from cooperatives.models import Cooperative
from products.certificates.models import CertificateProduct
from products.lifecycle import Shelf
from products.models import Product, ProductRevision, RevisionText
from shop.accounts.models import User
from shop.core.db import db

MOST_GOODS = 300  # a certificate's own list; no seller of the province has more
MOST_WAITING = 100


class Named(NamedTuple):
    """Goods by their id and name."""

    id: int
    code: str
    name: str


def goods_of(cooperative: Cooperative) -> list[Named]:
    """Return the goods of a seller that have a name and are not withdrawn, by name."""
    newest = select(func.max(ProductRevision.id)).where(ProductRevision.product_id == Product.id).scalar_subquery()
    shown = func.coalesce(Product.approved_revision_id, newest)
    found = (
        select(Product.id, Product.code, RevisionText.name)
        .join(RevisionText, (RevisionText.revision_id == shown) & (RevisionText.lang == "vi"))
        .where(Product.cooperative_id == cooperative.id, Product.shelf != Shelf.WITHDRAWN, RevisionText.name != "")
        .order_by(RevisionText.name, Product.id)
        .limit(MOST_GOODS)
    )
    return [Named(*row) for row in db.session.execute(found)]


def links_of(certificate: Certificate) -> dict[int, CertificateProduct]:
    """Return what a certificate is linked with, by the id of the goods."""
    found = select(CertificateProduct).where(CertificateProduct.certificate_id == certificate.id)
    return {link.product_id: link for link in db.session.scalars(found)}


def waiting_for(officer: User) -> tuple[list[Certificate], int]:
    """Return the oldest certificates that wait for this officer, and how many wait in all.

    Those sent, and those in force to which their seller added goods since.
    """
    unchecked = select(CertificateProduct.certificate_id).where(CertificateProduct.decision_id.is_(None))
    waits = or_(
        Certificate.state == CertificateState.SUBMITTED,
        in_force() & Certificate.whole_seller.is_(False) & Certificate.id.in_(unchecked),
    )
    found = certificates.in_communes_of(officer).where(waits)
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = found.order_by(Certificate.added_at, Certificate.id).limit(MOST_WAITING)
    return list(db.session.scalars(rows)), total
