"""Sweeps, an officer, the seller and the admin at the same moment: one decision, and no more a day than allowed."""

import pytest
from sqlalchemy import func, select

from products import services as products
from products.automatic import services as automatic
from products.automatic.models import ApprovalRule, AutomaticLook
from products.automatic.tasks import approve_by_rules
from products.models import Product, ProductRevision
from products.review import services as review
from products.review.models import Decision, Verdict
from shop.accounts.models import User
from shop.core.db import db, writing
from shop.core.errors import DomainError
from tests.products.automatic.trusted import IN_COMPANY, Lot, edit, rule
from tests.races.starting import every_round, together
from tests.server import Market
from tests.shelves import lay_masters

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
SWEEPS, GOODS, A_DAY = 3, 4, 2


@pytest.fixture(autouse=True)
def lot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automatic, "_LOT", Lot(99))


def as_they_may(work: str, key: int, market: Market, code: str) -> str:
    """One of the people, or the sweep; what the service refuses is an answer too."""
    with market.app.app_context():
        product = select(Product).where(Product.code == code)
        try:
            if work == "sweep":
                approve_by_rules()
            elif work == "officer":
                with writing():
                    officer = db.session.get_one(User, market.cast.ids["officer"])
                    review.decide(db.session.scalars(product).one(), 2, officer, Verdict.APPROVE)
            elif work == "seller":
                with writing():
                    products.take_back(
                        db.session.scalars(product).one(), db.session.get_one(User, market.cast.ids["member"])
                    )
            else:
                with writing():
                    admin = db.session.get_one(User, market.cast.ids["admin"])
                    automatic.end_rule(db.session.get_one(ApprovalRule, key), admin)
        except DomainError as problem:
            return str(problem.sentence)
        finally:
            db.session.remove()
    return ""


@every_round
def test_one_decision_on_the_same_words(market: Market, round_: int) -> None:
    with market.app.app_context():
        key = rule(market.cast, f"Đua {round_}", **IN_COMPANY).id
        code = edit(market.cast, f"Chè đua {round_}")
        lay_masters(market.app)
        db.session.remove()
    works = ["sweep"] * SWEEPS + ["officer", "seller"] + ["end"] * (round_ % 2)

    together(lambda work: as_they_may(work, key, market, code), works)

    market.ten_seconds_pass()
    with market.app.app_context():
        ours = (
            select(ProductRevision.id)
            .join(Product, Product.id == ProductRevision.product_id)
            .where(Product.code == code)
        )
        kept = db.session.scalars(select(Decision).where(Decision.revision_id.in_(ours), Decision.number == 2)).all()
        assert len([one for one in kept if one.withdrawn_at is None]) <= 1
        assert len([one for one in kept if one.rule_id]) <= 1
        still = db.session.get_one(ApprovalRule, key)
        if still.ended_at is None:
            with writing():
                automatic.end_rule(still, db.session.get_one(User, market.cast.ids["admin"]))
        db.session.remove()
    market.assert_sound()


@every_round
def test_sweeps_at_once_keep_to_the_day(market: Market, round_: int) -> None:
    """Many sweeps, many goods of one seller: as many approvals as the rule allows a day, each drawn once."""
    with market.app.app_context():
        standing = Decision.rule_id.is_not(None), Decision.withdrawn_at.is_(None)
        already = db.session.scalar(select(func.count(Decision.id)).where(*standing)) or 0
        key = rule(market.cast, f"Ngày {round_}", **IN_COMPANY, per_day=already + A_DAY).id
        for place in range(GOODS):
            edit(market.cast, f"Chè ngày {round_} {place}")
        lay_masters(market.app)
        db.session.remove()

    together(lambda _place: as_they_may("sweep", key, market, ""), range(SWEEPS))

    market.ten_seconds_pass()
    with market.app.app_context():
        ours = db.session.scalars(select(Decision).where(Decision.rule_id == key)).all()
        assert len(ours) == A_DAY
        drawn = select(func.count()).select_from(AutomaticLook).where(AutomaticLook.rule_id == key)
        assert db.session.scalar(drawn) == len(ours), "drawn only for what is decided"
        with writing():
            automatic.end_rule(
                db.session.get_one(ApprovalRule, key), db.session.get_one(User, market.cast.ids["admin"])
            )
        db.session.remove()
    market.assert_sound()
