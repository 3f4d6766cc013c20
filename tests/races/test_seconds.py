"""Two officers say yes to risky goods at the same moment: one yes is the first, and the other's is the second."""

import pytest
from sqlalchemy import func, select

from products.models import Product, ProductRevision
from products.review.models import Decision
from products.seconds.models import FirstLook
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU
from tests.products.review.sent import sent_goods
from tests.products.seconds.risky import RISKY
from tests.races.starting import every_round, person, together
from tests.server import Market
from tests.shelves import give_files

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
AT_ONCE = 8  # requests released together, half of each officer


@every_round
def test_two_first_looks_at_once_are_a_first_and_a_decision(market: Market, round_: int) -> None:
    path = _risky(market, f"seconds {round_}")
    names = ["officer" if place % 2 else "officer_elsewhere" for place in range(AT_ONCE)]
    officers = [person(market, name) for name in names]

    done = together(lambda place: officers[place].post(path, verdict="approve"), range(AT_ONCE))

    assert {name for name, answer in zip(names, done, strict=True) if answer.status == 302} == set(names)
    assert {answer.status for answer in done} <= {302, 409}
    market.ten_seconds_pass()
    with market.app.app_context():
        looks, decisions = _kept(path)
        assert len(looks) == len(decisions) == 1
        assert looks[0].officer_id != decisions[0].officer_id
        assert looks[0].said_at <= decisions[0].decided_at
        db.session.remove()
    market.assert_sound()


@every_round
def test_taken_back_and_decided_at_once(market: Market, round_: int) -> None:
    """Either the yes is taken back and the other's is a first one, or the decision stands and so does the yes."""
    path = _risky(market, f"taken back {round_}")
    first, second = (person(market, who) for who in ("officer", "officer_elsewhere"))
    assert first.post(path, verdict="approve").status == 302
    back = path.replace("decision", "first-look/withdrawal")

    asked = [lambda: first.post(back), lambda: second.post(path, verdict="approve")]
    taken, said = together(lambda place: asked[place](), range(2))

    assert said.status == 302
    market.ten_seconds_pass()
    with market.app.app_context():
        looks, decisions = _kept(path)
        standing = [one for one in looks if one.withdrawn_at is None]
        assert len(standing) == 1
        assert len(decisions) == (0 if taken.status == 302 else 1)
        assert taken.status in {302, 409}
        db.session.remove()
    market.assert_sound()


def _risky(market: Market, key: str) -> str:
    with market.app.app_context():
        with writing():
            code = sent_goods(market.cast, key, **RISKY).code
            second, start = market.cast.ids["officer_elsewhere"], clock.after(days=-1)
            mine = select(func.count()).where(OfficerCommune.user_id == second, OfficerCommune.commune_code == BINH_LU)
            if not db.session.scalar(mine):
                db.session.add(OfficerCommune(user_id=second, commune_code=BINH_LU, valid_from=start))
        give_files(market.app)
        db.session.remove()
    return f"/review/products/{code}/1/decision"


def _kept(path: str) -> tuple[list[FirstLook], list[Decision]]:
    ours = select(ProductRevision.id).join(Product, Product.id == ProductRevision.product_id)
    ours = ours.where(Product.code == path.split("/")[3])
    looks = db.session.scalars(select(FirstLook).where(FirstLook.revision_id.in_(ours))).all()
    return list(looks), list(db.session.scalars(select(Decision).where(Decision.revision_id.in_(ours))))
