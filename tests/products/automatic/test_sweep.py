"""A rule approves what it covers of sellers it trusts, and leaves everything else to officers."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.standing import services as standing
from products import services as products
from products.automatic import services, tasks
from products.automatic.models import AutomaticLook
from products.bulk.models import BulkDraw
from products.lifecycle import RevisionState
from products.models import ProductRevision
from products.questions.services import ask_colleagues
from products.queue.models import WaitingRevision
from products.queue.services import claim
from products.review.models import Verdict
from shop.audit.models import AuditEntry
from shop.cli.rooms import checks
from shop.core import clock
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.cast import SIN_SUOI_HO, make_product
from tests.products.automatic.trusted import Lot, an_hour_passes, by_rules, edit, goods, rule, swept, waiting
from tests.products.review.sent import decided, sent_goods, taken, ten_seconds_pass


@pytest.fixture(autouse=True)
def lot(monkeypatch):
    monkeypatch.setattr(services, "_LOT", Lot(99))


def faults():
    rooms = ("products.review", "products.automatic", "products.queue", "products.stock")
    return [f"{name}: {fault}" for name, check in checks() if name.startswith(rooms) for fault in check()]


def test_without_a_rule_nothing_is_approved(cast):
    edit(cast)
    assert tasks.approve_by_rules() == 0
    assert by_rules() == []


def test_a_small_change_of_a_trusted_seller_is_approved_and_all_is_kept(cast):
    made, code = rule(cast), edit(cast)
    key = made.id
    assert swept() == [code]
    decision = by_rules()[0]
    assert (decision.rule_id, decision.officer_id, decision.verdict) == (key, None, Verdict.APPROVE)
    assert goods(code).approved.number == 1, "ten seconds first"
    assert ten_seconds_pass() == 1
    assert goods(code).approved.number == 2
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action.in_(["decided", "approved"]))).all()
    ours = [(one.action, one.actor_id) for one in entries if one.facts.get("rule") == decision.rule.code]
    assert ours == [("decided", None), ("approved", None)]
    assert faults() == []


def test_the_seller_is_told_that_no_person_did_it(cast):
    rule(cast)
    edit(cast)
    swept()
    ten_seconds_pass()
    told = db.session.scalars(select(Notice).where(Notice.kind == "revision_approved_by_rule")).all()
    assert sorted(one.user_id for one in told) == sorted([cast.member.id, cast.second_member.id])
    assert {(one.params["rule"], one.params["approvals"]) for one in told} == {("Mùa vụ", 1)}


def test_a_price_is_set_by_the_market_itself(cast):
    rule(cast, fields=["price"])
    with writing():
        told = {"category": "craft", "price": 100_000, "on_hand": 1, "pack": (1, "cai")}
        product = make_product(cast.cooperative(), cast.member, "Túi thổ cẩm", **told)
        product.approved.type_code = "LC-136"  # 70,000 to 380,000 đồng, and no paper
        code = product.code
        draft = products.start_edit(product, cast.member)
        products.save_draft(draft, {"price": "110000"}, cast.member)
        products.submit(product, cast.member)
    assert swept() == [code]
    ten_seconds_pass()
    assert goods(code).skus[0].price == 110_000
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "price_changed")).one()
    assert entry.actor_id is None


def talked(cast):
    product = sent_goods(cast, "key-of-a-talk")
    ask_colleagues(product, 1, cast.officer, "Có phải miến pha không")


def suspended_once(cast):
    standing.suspend(cast.cooperative(), cast.admin, "Kiểm tra")
    standing.restore(cast.cooperative(), cast.admin)


def suspended(cast):
    standing.suspend(cast.cooperative(), cast.admin, "Kiểm tra")


def worked_on(cast):
    for row in db.session.scalars(select(WaitingRevision)):
        claim(row.revision_id, row.number, cast.officer)


def came_back(_cast):
    db.session.execute(update(WaitingRevision).values(came_back=True))


def drawn_for_reading(cast):
    for row in db.session.scalars(select(WaitingRevision)):
        values = {"kind": "season", "sampled": True, "drawn_for_id": cast.officer.id}
        db.session.add(BulkDraw(revision_id=row.revision_id, number=row.number, **values))


@pytest.mark.parametrize("what", [talked, suspended_once, suspended, worked_on, came_back, drawn_for_reading])
def test_what_stands_in_the_way(cast, what):
    rule(cast)
    edit(cast)
    with writing():
        what(cast)
    assert swept() == []


@pytest.mark.parametrize(
    ("asked", "values", "kind"),
    [
        ({"approvals": 50}, {}, {}),
        ({"days": 90}, {}, {}),
        ({"communes": [SIN_SUOI_HO]}, {}, {}),
        ({"fields": ["storage"]}, {}, {}),
        ({}, {"name": "Chè khác"}, {}),
        ({}, {"season": [1], "ingredients": "Chè"}, {}),
        ({}, {"season": [1, 2], "category": "beverage"}, {}),
        ({}, {}, {"category": "beverage"}),
        ({"fields": ["price"]}, {"price": "110000"}, {}),  # no usual price is known: an officer looks
        ({"fields": ["storage"]}, {"storage": "Chữa khỏi bệnh tiểu đường"}, {}),
    ],
)
def test_what_no_rule_fits(cast, asked, values, kind):
    rule(cast, **asked)
    edit(cast, kind=kind, **values)
    assert swept() == []


def test_a_seller_whose_goods_went_back_is_not_trusted(cast):
    rule(cast, recent=5, returned_percent=20)
    for key in "ab":
        with writing():
            product = sent_goods(cast, f"key-of-what-went-back-{key}")
        decided(cast, product, Verdict.RETURN, "Thêm ảnh")
    code = edit(cast)
    assert swept() == [], "two of the last"
    for place in range(4):  # each of these was approved by the officer when it was made
        with writing():
            make_product(cast.cooperative(), cast.member, f"Chè {place}", category="tea", price=1000, on_hand=1)
    an_hour_passes()
    assert swept() == [code]


def test_what_rules_approved_builds_no_trust(cast):
    rule(cast, approvals=3)
    edit(cast)
    assert len(swept()) == 0
    edit(cast, "Chè khác")  # now officers approved three: the tea of the cast and these two
    assert len(swept()) == 1
    an_hour_passes()
    assert len(swept()) == 2
    rule(cast, "Khắt khe", fields=["usage"], approvals=4)
    with writing():
        draft = products.start_edit(cast.product(), cast.member)
        products.save_draft(draft, {"usage": "Pha với nước sôi"}, cast.member)
        products.submit(cast.product(), cast.member)
    assert len(swept()) == 2


def test_only_so_many_a_day(cast):
    rule(cast, per_day=2)
    for place in range(4):
        edit(cast, f"Chè {place}")
    assert len(swept()) == 2
    an_hour_passes()
    assert len(swept()) == 2
    clock.pass_for_tests(timedelta(hours=24))
    assert len(swept()) == 4


def test_one_in_ten_is_an_officers_and_stays_his(cast):
    rule(cast)
    for place in range(10):
        edit(cast, f"Chè {place}")
    assert len(swept()) == 9, "no lot fell on any, so the tenth is the officer's"
    an_hour_passes()
    assert len(swept()) == 9
    looks = db.session.scalars(select(AutomaticLook.sampled)).all()
    assert sorted(looks) == [False] * 9 + [True]


def test_the_lot_gives_one_to_an_officer_who_reads_it_alone(browser, cast, monkeypatch):
    rule(cast)
    code = edit(cast)
    monkeypatch.setattr(services, "_LOT", Lot(0))
    assert swept() == []
    browser.sign_in(cast.officer)
    browser.get("/review/products/alike")
    assert browser.all(".task-list a") == []
    taken(cast, goods(code), Verdict.APPROVE)
    assert ten_seconds_pass() == 1


def test_an_officer_who_was_first_is_not_asked_again(cast):
    rule(cast)
    code = edit(cast)
    taken(cast, goods(code), Verdict.RETURN, "Thêm ảnh")
    assert swept() == []
    ten_seconds_pass()
    assert waiting(code).state is RevisionState.RETURNED


def test_a_seller_who_edits_meanwhile_is_read_anew(cast):
    rule(cast)
    code = edit(cast)
    swept()
    with writing():
        products.take_back(goods(code), cast.member)
        draft = products.editable(goods(code), cast.member)
        products.save_draft(draft, {"name": "Chè khác hẳn"}, cast.member)
        products.submit(goods(code), cast.member)
    ten_seconds_pass()
    assert goods(code).approved.number == 1
    an_hour_passes()
    assert len(swept()) == 1, "the name is no small change"
    assert waiting(code).state is RevisionState.SUBMITTED


def test_a_seller_suspended_meanwhile_waits(cast):
    rule(cast)
    code = edit(cast)
    swept()
    with writing():
        suspended(cast)
    ten_seconds_pass()
    assert goods(code).approved.number == 1
    assert db.session.get_one(Cooperative, cast.cooperative().id).state is CooperativeState.SUSPENDED


def test_looked_at_once_and_then_after_an_hour(cast):
    rule(cast, approvals=50)
    edit(cast)
    assert tasks.approve_by_rules() == 1
    assert tasks.approve_by_rules() == 0
    an_hour_passes()
    assert tasks.approve_by_rules() == 1
    clock.pass_for_tests(timedelta(minutes=1))
    rule(cast, "Mới")
    assert tasks.approve_by_rules() == 1, "a new rule looks at all again"


def test_looking_at_many_costs_as_few_queries_as_at_one(cast):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    def cost():
        an_hour_passes()
        db.session.rollback()
        db.session.expunge_all()
        seen.clear()
        tasks.approve_by_rules()
        return len(seen)

    rule(cast, approvals=50)
    edit(cast, "Chè 0")
    event.listen(db.engine, "before_cursor_execute", note)
    few = cost()
    for place in range(1, 8):
        edit(cast, f"Chè {place}")
    many = cost()
    event.remove(db.engine, "before_cursor_execute", note)
    assert many == few <= 25
    assert db.session.scalar(select(ProductRevision.id).limit(1))
