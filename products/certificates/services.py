"""Verbs on the goods of a certificate: the seller chooses, the officer's decision makes them count."""

from collections.abc import Collection

from cooperatives.certificates import services as certificates
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict
from cooperatives.queries import lock
from products.certificates.models import CertificateProduct
from products.certificates.queries import goods_of, links_of
from shop.accounts.models import User
from shop.audit.services import record
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l

OPEN = (CertificateState.SUBMITTED, CertificateState.VERIFIED)


def choose(certificate: Certificate, product_ids: Collection[int], actor: User) -> None:
    """Say which goods of the seller a certificate stands for; what is new waits for the officer.

    Conflict for one that came back or ended. Goods that are not the seller's are passed over.
    """
    if certificate.state not in OPEN or certificate.is_over:
        raise Conflict(certificates.DONE_ALREADY)
    lock(certificate.cooperative)
    links, known = links_of(certificate), {one.id for one in goods_of(certificate.cooperative)}
    wanted = known.intersection(product_ids)
    for product_id in links.keys() - wanted:
        db.session.delete(links[product_id])
    for product_id in sorted(wanted - links.keys()):
        db.session.add(CertificateProduct(certificate_id=certificate.id, product_id=product_id, added_by_id=actor.id))
    if wanted != links.keys():
        code, chosen = certificate.code, sorted(wanted)
        record("certificate_goods_chosen", certificate.cooperative, actor, certificate=code, goods=chosen)


def decide(
    certificate: Certificate,
    officer: User,
    verdict: CertificateVerdict,
    *,
    product_ids: Collection[int] = (),
    seen_ids: Collection[int] | None = None,
    field: str = "",
    note: str = "",
) -> CertificateDecision:
    """Decide on a certificate, and with VERIFY or GOODS on each of its goods: those not named are taken off it.

    What the seller added after the officer opened the page is none of `seen_ids` and waits on.
    Invalid("goods") where it would stand for nothing; else raises as cooperatives.certificates.services.decide.
    """
    links = {key: one for key, one in links_of(certificate).items() if seen_ids is None or key in seen_ids}
    kept = links.keys() & set(product_ids)
    about_goods = verdict in {CertificateVerdict.VERIFY, CertificateVerdict.GOODS} and not certificate.whole_seller
    if verdict is CertificateVerdict.VERIFY and links and not kept and not certificate.whole_seller:
        raise Invalid("goods", _l("Tick the goods it stands for, or return it."))
    decision = certificates.decide(certificate, officer, verdict, field, note)
    if about_goods:
        for product_id, link in links.items():
            if product_id not in kept:
                db.session.delete(link)
            elif link.decision_id is None:
                link.decision_id = decision.id
        code, stays = certificate.code, sorted(kept)
        record("certificate_goods_checked", certificate.cooperative, officer, certificate=code, goods=stays)
    return decision
