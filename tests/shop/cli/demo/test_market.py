"""The demo market as rows: nothing that verify objects to, and never on top of anything else."""

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
from shop.app import create_app
from shop.cli.db import bring_up
from shop.cli.demo.catalogue import make
from shop.cli.demo.certificates import lay_papers
from shop.cli.demo.command import fill
from shop.cli.demo.pictures import Drawn
from shop.cli.verify import violations
from shop.core.db import db
from shop.orders.models import Order
from tests.cast import make_cast
from tests.conftest import settings_for
from tests.shelves import lay_masters


@pytest.fixture
def market(tmp_path: Path) -> Flask:
    """An empty market of its own, on SQLite."""
    app = create_app(settings_for(tmp_path, database_url=f"sqlite:///{tmp_path / 'm.db'}"))
    with app.app_context():
        bring_up()
    return app


def test_the_demo_market_adds_up(market: Flask) -> None:
    plan = make()
    keys = sorted({key for goods in plan.goods for key in goods.photos})
    drawn = {key: Drawn(key, f"{place:064x}", 1000) for place, key in enumerate(keys)}
    with market.app_context():
        fill(plan, drawn, 2026, lay_papers(market.extensions["storage"], plan))
        lay_masters(market)
        assert violations() == []
        assert db.session.scalar(select(func.count()).select_from(public(Product.id).subquery())) == 2000
        assert db.session.scalar(select(func.count(Order.id))) == 500
        waiting = select(func.count(ProductRevision.id)).where(ProductRevision.state == "submitted")
        assert db.session.scalar(waiting) == 40
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


def test_it_refuses_a_database_with_people(market: Flask) -> None:
    with market.app_context():
        make_cast()
    answer = market.test_cli_runner().invoke(args=["demo"])
    assert answer.exit_code != 0
    assert "real people" in answer.output
    assert market.test_cli_runner().invoke(args=["demo", "--if-empty"]).exit_code == 0
