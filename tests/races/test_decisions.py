"""Officers and sellers at the same goods at the same moment: one decision, on the words its officer has read (I19)."""

from collections.abc import Callable
from itertools import cycle, islice, product

import pytest
from lxml import html
from sqlalchemy import func, select

from products import queries
from products.lifecycle import RevisionState, Shelf
from products.models import Product
from products.review.models import Decision, Verdict, Withdrawal
from products.review.queries import history
from shop.accounts.models import OfficerCommune
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU
from tests.products.review.sent import sent_goods
from tests.races.starting import HUNDRED, person, together
from tests.server import Market
from tests.shelves import lay_masters
from tests.visitor import Answer, Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(900)]
SAID = {"approve": {}, "return": {"reasons": "photo_dark"}, "reject": {"note": "Chưa bán được ở đây."}}
OFFICERS = ("officer", "officer_elsewhere")


@pytest.fixture(scope="module")
def two_officers(market: Market) -> None:
    """The officer of another commune answers for this one too."""
    with market.app.app_context(), writing():
        second = market.cast.ids["officer_elsewhere"]
        db.session.add(OfficerCommune(user_id=second, commune_code=BINH_LU, valid_from=clock.after(days=-1)))


def waiting(market: Market, key: str) -> str:
    """The code of goods that wait under number 1."""
    with market.app.app_context():
        with writing():
            code = sent_goods(market.cast, f"key of {key}", name=f"Miến {key}").code
        lay_masters(market.app)
        db.session.remove()
    return code


def click(officer: Visitor, code: str, verdict: str) -> Answer:
    """Decide on number 1."""
    return officer.post(f"/review/products/{code}/1/decision", verdict=verdict, **SAID[verdict])


def the(code: str) -> Product:
    return db.session.scalars(select(Product).where(Product.code == code)).one()


def audited(goods: Product, action: str) -> int:
    rows = AuditEntry.subject_kind == Product.__tablename__, AuditEntry.subject_id == goods.id
    return db.session.scalar(select(func.count(AuditEntry.id)).where(*rows, AuditEntry.action == action)) or 0


@pytest.mark.usefixtures("two_officers")
def test_two_officers_and_one_decision(market: Market) -> None:
    """Every verdict against every other: one is kept, the second officer reads who was first."""
    officers = [person(market, who) for who in OFFICERS]
    with market.app.app_context():
        names = [market.cast.user(who).name for who in OFFICERS]
    for place, verdicts in enumerate(islice(cycle(product(SAID, SAID)), 1, HUNDRED + 1)):
        code = waiting(market, f"two officers {place}")
        done = together(lambda one: click(one[0], code, one[1]), list(zip(officers, verdicts, strict=True)))  # noqa: B023
        assert sorted(answer.status for answer in done) == [302, 409], verdicts
        first = [answer.status for answer in done].index(302)
        assert names[first] in done[1 - first].words
        market.ten_seconds_pass()
        with market.app.app_context():
            goods, verdict = the(code), Verdict(verdicts[first])
            assert [(one.officer.name, one.verdict, one.number) for one in history(goods)] == [
                (names[first], verdict, 1)
            ]
            assert (audited(goods, "decided"), audited(goods, verdict.outcome)) == (1, 1)
            newest = queries.last_revision(goods)
            assert newest is not None
            assert newest.state is verdict.outcome
            assert len(goods.skus) == (1 if verdict is Verdict.APPROVE else 0)
            db.session.remove()
    market.assert_sound()


def take_back(seller: Visitor, code: str) -> list[Answer]:
    return [seller.post(f"/my/products/{code}/submission/cancellation")]


def edit(seller: Visitor, code: str) -> list[Answer]:
    """Take it back, and write other words."""
    done = take_back(seller, code)
    page = html.document_fromstring(seller.get(f"/my/products/{code}/edit").text)
    form = next(one for one in page.forms if "draft_key" in one.fields)
    fields = {name: value for name, value in form.form_values() if name != "csrf_token"}
    fields |= {"name": "Miến khác", "do": "save", "price_ok": "45000"}
    return [*done, seller.post(f"/my/products/{code}/edit", **fields)]


def send_anew(seller: Visitor, code: str) -> list[Answer]:
    return [*edit(seller, code), seller.post(f"/my/products/{code}/submission")]


def withdraw(seller: Visitor, code: str) -> list[Answer]:
    return [seller.post(f"/my/products/{code}/shelf", action="withdraw")]


# What the seller does, and what stands there in the end: number, state, shelf.
MEANWHILE: dict[Callable[[Visitor, str], list[Answer]], tuple[int, RevisionState, Shelf]] = {
    edit: (2, RevisionState.DRAFT, Shelf.ON_SALE),
    withdraw: (2, RevisionState.DRAFT, Shelf.WITHDRAWN),
    send_anew: (2, RevisionState.SUBMITTED, Shelf.ON_SALE),
}


VERDICTS = list(SAID)
PAIRS = [
    (what, VERDICTS[(turn - place - 1) % 3]) for turn in range(3) for place, what in enumerate(MEANWHILE)
]  # each with each; the newer words against the older yes are among the first three


def test_a_click_decides_on_the_words_it_saw(market: Market) -> None:
    """The seller changes what the officer reads: his click falls or is refused, and newer words are never decided."""
    officer, seller = person(market, "officer"), person(market, "member")
    for place, (what, verdict) in enumerate(islice(cycle(PAIRS), HUNDRED)):
        code = waiting(market, f"a click {place}")
        assert officer.get(f"/review/products/{code}/1/decision").status == 200
        acts: list[Callable[[], list[Answer]]] = [
            lambda: [click(officer, code, verdict)],  # noqa: B023
            lambda: what(seller, code),  # noqa: B023
        ]
        (clicked,), changes = together(lambda act: act(), acts)
        told = f"{what.__name__} {verdict}: {clicked.status}, {[one.status for one in changes]}"
        assert clicked.status in {302, 409}, told
        assert {one.status for one in changes} == {302}, told
        assert click(officer, code, verdict).status == 409, "that number is over"
        market.ten_seconds_pass()
        with market.app.app_context():
            goods = the(code)
            newest = queries.last_revision(goods)
            assert newest is not None
            assert (newest.number, newest.state, goods.shelf) == MEANWHILE[what], told
            assert goods.approved_revision_id is None, told
            fell = [(one.number, one.withdrawn_why) for one in history(goods)]
            assert fell == ([(1, Withdrawal.TAKEN_BACK)] if clicked.status == 302 else []), told
            assert db.session.scalar(select(func.count(Decision.id)).where(Decision.revision_id == newest.id)) == len(
                fell
            )
            db.session.remove()
    market.assert_sound()
