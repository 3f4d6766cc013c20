"""The demo market as rows: nothing that verify objects to, and never on top of anything else."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, in_force
from cooperatives.models import Cooperative
from cooperatives.requirements.queries import checklist
from products.certificates.models import CertificateProduct
from products.models import Product, ProductRevision
from products.queries import public
from products.sales.models import Sale
from shop.accounts.models import Role, User
from shop.app import create_app
from shop.cli.demo.catalogue import make
from shop.cli.demo.certificates import lay_papers
from shop.cli.demo.command import fill
from shop.cli.demo.market_types import DemoMarket
from shop.cli.demo.pictures import Drawn
from shop.cli.demo.ratings import lay_photos
from shop.cli.sandbox import bank_listeners
from shop.cli.verify import violations
from shop.core import clock
from shop.core.db import db
from shop.orders.changes.models import ChangeLine
from shop.orders.models import Method, Order
from shop.payments.credits.queries import to_send_back
from shop.payments.disputes.lifecycle import DisputeState
from shop.payments.disputes.queries import listed
from shop.payments.models import Payment, PaymentState
from shop.payments.takings.models import CashTaking, Remittance, TakingState
from shop.payments.transfers.models import CreditState, Doubt
from shop.payments.transfers.queries import bills_of, ended, queue
from shop.ratings.answers.models import RatingAnswer
from shop.ratings.models import Rating
from shop.ratings.photos.models import RatingPhoto
from shop.ratings.reports.models import RatingReport
from tests.cast import make_cast
from tests.conftest import settings_for
from tests.shelves import lay_masters


@pytest.fixture
def market(tmp_path: Path, bare_file: Path) -> Flask:
    """An empty market of its own, on SQLite."""
    return create_app(settings_for(tmp_path, database_url=f"sqlite:///{shutil.copy(bare_file, tmp_path / 'm.db')}"))


def test_the_demo_market_adds_up(market: Flask) -> None:
    plan = make()
    keys = sorted({key for goods in plan.goods for key in goods.photos})
    drawn = {key: Drawn(key, f"{place:064x}", 1000) for place, key in enumerate(keys)}
    with market.app_context():
        fill(plan, drawn, 2026, lay_papers(market.extensions["storage"], plan))
        lay_masters(market)
        lay_photos(market.extensions["storage"])
        assert violations() == []
        assert db.session.scalar(select(func.count()).select_from(public(Product.id).subquery())) == 2000
        assert db.session.scalar(select(func.count(Order.id))) == 500
        waiting = select(func.count(ProductRevision.id)).where(ProductRevision.state == "submitted")
        assert db.session.scalar(waiting) == 40
        rated = db.session.scalars(select(Rating)).all()
        assert {one.state for one in rated} == {"shown", "hidden"}
        stars = Counter(one.product_id for one in rated)
        assert {number >= 3 for number in stars.values()} == {True, False}
        for table in (RatingAnswer, RatingReport, RatingPhoto):
            assert db.session.scalar(select(func.count()).select_from(table)) >= 3, table
        sales = db.session.execute(select(Sale.state, func.count()).group_by(Sale.state)).all()
        assert {state for state, number in sales if number > 20} == {"running", "planned"}
        words = db.session.execute(select(Product.season_word, func.count()).group_by(Product.season_word)).all()
        assert {word for word, number in words if number > 10} == {"on", "off", "by_month"}
        selling = db.session.scalars(select(Cooperative).where(Cooperative.active_since.is_not(None))).all()
        certificates = db.session.scalars(select(Certificate)).all()
        assert {one.state for one in certificates} == set(CertificateState) - {CertificateState.TAKEN_BACK}
        verified = [one.days_left for one in certificates if one.state is CertificateState.VERIFIED]
        assert {days < 0 for days in verified} == {True, False}, "ended ones and ones in force"
        assert [days for days in verified if 0 <= days <= 7] and [days for days in verified if 7 < days <= 60]
        links = select(CertificateProduct.product_id).join(CertificateProduct.certificate)
        told = db.session.scalars(links.where(in_force(), CertificateProduct.decision_id.is_not(None))).all()
        assert len(set(told)) > 10, "several goods show what was verified"
        late = {line.requirement.code for seller in selling for line in checklist(seller) if line.is_late}
        assert late == set(), "nobody in the demo is reminded of anything"
        has_transfers_in_every_state(plan)
        offered = [one.change for one in db.session.scalars(select(ChangeLine).where(ChangeLine.before == 0))]
        assert sorted(one.state for one in offered) == ["agreed", "proposed"], "something else instead"
        has_cash_at_every_place_and_a_dispute(plan)


def has_cash_at_every_place_and_a_dispute(plan: DemoMarket) -> None:
    waits = select(Payment.id).where(Payment.method == Method.CASH, Payment.state == PaymentState.WAITING)
    assert db.session.scalars(waits.limit(1)).all(), "expected at the door"
    by_carrier = select(CashTaking.state).where(CashTaking.carrier != "").distinct()
    assert set(db.session.scalars(by_carrier)) == set(TakingState)
    sums = db.session.scalars(select(Remittance)).all()
    assert {one.seen_at is None for one in sums} == {True, False}
    assert any(one.short for one in sums)
    manager = db.session.scalars(select(User).where(User.phone == plan.sellers[0].manager.phone)).one()
    (dispute,) = listed(manager, {Role.MANAGER}, 10)
    assert (dispute.state, dispute.due_at > clock.now()) == (DisputeState.OPEN, True)


def has_transfers_in_every_state(plan: DemoMarket) -> None:
    states = db.session.scalars(select(Payment.state).where(Payment.method == Method.BANK_QR).distinct()).all()
    assert set(states) == set(PaymentState)
    manager = db.session.scalars(select(User).where(User.phone == plan.sellers[0].manager.phone)).one()
    assert {one.doubt for one in queue(manager)} == set(Doubt)
    assert {one.state for one in ended(manager, None, 50)} == set(CreditState) - {CreditState.WAITING, CreditState.CASH}
    assert len(to_send_back(manager)) == 1
    selling = {one.bank_number for one in plan.sellers if one.state == "active"}
    waits = select(Payment).where(Payment.state == PaymentState.WAITING, Payment.expires_at.is_not(None))
    assert {len(bills_of(one.purchase_id)) for one in db.session.scalars(waits)} == {1, 2}, "one with two sellers"
    assert set(bank_listeners()) == selling, "the test bank can tell of each of them"


def test_it_refuses_a_database_with_people(market: Flask) -> None:
    with market.app_context():
        make_cast()
    answer = market.test_cli_runner().invoke(args=["demo"])
    assert answer.exit_code != 0
    assert "real people" in answer.output
    assert market.test_cli_runner().invoke(args=["demo", "--if-empty"]).exit_code == 0
