"""What `flask verify` proves about the goods of certificates: they are their seller's, and a decision named them."""

from collections.abc import Iterable

from sqlalchemy import select

from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict
from products.certificates.models import CertificateProduct
from products.models import Product
from shop.core.db import db


def of_their_seller() -> Iterable[str]:
    """No certificate stands for goods of another seller."""
    found = (
        select(Certificate.code, Product.code)
        .join(CertificateProduct, CertificateProduct.certificate_id == Certificate.id)
        .join(Product, Product.id == CertificateProduct.product_id)
        .where(Product.cooperative_id != Certificate.cooperative_id)
    )
    for code, product in db.session.execute(found):
        yield f"certificate {code} stands for goods of another seller: {product}"


def checked_by_a_fit_decision() -> Iterable[str]:
    """Goods count by a decision that verifies, or one about goods; never by a return or a withdrawal."""
    fit = (CertificateVerdict.VERIFY, CertificateVerdict.GOODS)
    found = (
        select(Certificate.code)
        .join(CertificateProduct, CertificateProduct.certificate_id == Certificate.id)
        .join(CertificateDecision, CertificateDecision.id == CertificateProduct.decision_id)
        .where(CertificateDecision.verdict.not_in(fit))
        .distinct()
    )
    for code in db.session.scalars(found):
        yield f"certificate {code} has goods that no fitting decision named"


CHECKS = [of_their_seller, checked_by_a_fit_decision]
