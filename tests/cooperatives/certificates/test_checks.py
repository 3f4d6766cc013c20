"""`flask verify` finds what the database would have refused, had its guards been off."""

import pytest
from sqlalchemy import delete, update

from cooperatives.certificates import checks, scans, triggers
from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict
from cooperatives.certificates.queries import public
from products.certificates import checks as of_goods
from products.certificates.models import CertificateProduct
from shop.core.db import db, writing
from tests import photos
from tests.cooperatives.certificates.sending import found, verified

ALL = (*checks.CHECKS, *of_goods.CHECKS)


@pytest.fixture
def code(session, cast) -> str:
    """A verified one that holds in every way; the guards are off from then on."""
    made = verified(cast, picture=photos.jpeg(320, 240, seed=78))
    assert [sentence for check in ALL for sentence in check()] == []
    with writing():
        triggers.drop(db.session.connection())
    return made


def problems() -> list[str]:
    return [sentence for check in ALL for sentence in check()]


def test_counted_without_a_decision(code: str) -> None:
    with writing():
        db.session.execute(delete(CertificateProduct))
        db.session.execute(delete(CertificateDecision))
    assert problems() == [f"certificate {code} counts or counted without a decision"]


def test_decided_by_one_of_its_own(code: str, cast) -> None:
    with writing():
        db.session.execute(update(CertificateDecision).values(officer_id=cast.second_member.id))
    assert problems() == [f"certificate {code} was decided by one of its own"]


def test_goods_of_another_seller_or_by_a_return(code: str, cast) -> None:
    with writing():
        db.session.execute(update(CertificateProduct).values(product_id=cast.ids["honey"]))
        db.session.execute(update(CertificateDecision).values(verdict=CertificateVerdict.WITHDRAW, note="x"))
    told = problems()
    assert f"certificate {code} stands for goods of another seller: {cast.product('honey').code}" in told
    assert f"certificate {code} has goods that no fitting decision named" in told


def test_told_without_its_photo(code: str, storage) -> None:
    assert db.session.scalars(public(Certificate.code)).all() == [code]
    scans.delete(storage, found(code).digest)
    assert problems() == [f"certificate {code} is told to buyers, but its photo is gone"]
