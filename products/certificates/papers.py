"""Which papers goods have: what they need and what their words claim, against certificates that are in force."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import or_, select

from cooperatives.certificates.kinds import KINDS
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, in_force
from products import policies
from products.certificates.models import CertificateProduct
from products.models import Product, ProductRevision
from products.requirements import PAPERS, asked_of
from products.search.prepare import marked
from shop.core.db import db


class Paper(NamedTuple):
    """A paper that goods need; `kinds` are the certificates that would be it (none: it is looked at on the goods)."""

    code: str
    kinds: tuple[str, ...]
    proof: Certificate | None  # in force
    waits: Certificate | None  # with the officer

    def name(self, lang: str) -> str:
        """Return its name in a language."""
        return PAPERS[self.code][lang]


class Claim(NamedTuple):
    """A word of a text that only a certificate of this kind allows, and there is none in force."""

    kind: str
    word: str
    field: str


def held(product: Product) -> list[Certificate]:
    """Return the certificates in force, or with the officer, that stand for these goods; one query.

    Of those in force, goods count that an officer has decided on; of the others, those the seller chose.
    """
    linked = select(CertificateProduct.certificate_id).where(CertificateProduct.product_id == product.id)
    checked = linked.where(CertificateProduct.decision_id.is_not(None))
    waits = Certificate.state == CertificateState.SUBMITTED
    stands = or_(
        in_force() & or_(Certificate.whole_seller, Certificate.id.in_(checked)),
        waits & or_(Certificate.whole_seller, Certificate.id.in_(linked)),
    )
    ours = Certificate.cooperative_id == product.cooperative_id
    return list(db.session.scalars(select(Certificate).where(ours, stands).order_by(Certificate.id)))


def needed(revision: ProductRevision, certificates: list[Certificate]) -> list[Paper]:
    """Return the papers that goods need by their kind and words, each with the certificate that is it."""
    return [_paper(code, certificates) for code in asked_of(revision).papers]


def _paper(code: str, certificates: list[Certificate]) -> Paper:
    kinds = tuple(kind.code for kind in KINDS.values() if code in kind.answers)
    found = {one.state: one for one in certificates if one.kind in kinds}
    return Paper(code, kinds, found.get(CertificateState.VERIFIED), found.get(CertificateState.SUBMITTED))


def unproved(revision: ProductRevision, certificates: list[Certificate]) -> list[Claim]:
    """Return what the texts of a revision claim without a certificate in force, each kind once a field.

    OCOP with more stars than the certificate has is such a claim too.
    """
    proved = {one.kind: one.grade for one in certificates if one.state is CertificateState.VERIFIED}
    return [
        Claim(kind.code, word, field)
        for field, text in policies.texts_of(revision).items()
        for kind in KINDS.values()
        for word in _claimed(kind.claims, kind.unless, text)[:1]
        if kind.code not in proved or _more_stars(text, proved[kind.code])
    ]


def _claimed(claims: tuple[str, ...], unless: tuple[str, ...], text: str) -> list[str]:
    plain = f" {marked(text)} "
    for words in unless:
        plain = plain.replace(f" {marked(words)} ", " | ")
    return [word for word in claims if f" {marked(word)} " in plain]


def _more_stars(text: str, grade: int | None) -> bool:
    plain = marked(text).split()
    return grade is not None and any(stars > grade for stars in _stars(plain))


def _stars(words: list[str]) -> Iterator[int]:
    for place, word in enumerate(words[1:], 1):
        if word in {"sao", "star", "stars"} and words[place - 1].isdecimal():
            yield int(words[place - 1])
