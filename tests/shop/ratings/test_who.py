"""Who sells, who decides, whose it is: each condition by itself."""

from datetime import timedelta

import pytest

from cooperatives.helping.models import Scope
from cooperatives.models import MemberRole, Membership
from shop.accounts.models import OfficerCommune, Role
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.outbox import OutgoingMail
from shop.orders.models import Order
from shop.ratings import policies, queries, routes, services
from shop.ratings.models import Rating
from shop.ratings.reports import queries as reports
from shop.ratings.reports import services as deciding
from shop.ratings.reports.models import RatingDecision, RatingReport, Verdict, Why
from shop.ratings.services import Told
from tests.cast import SIN_SUOI_HO
from tests.cooperatives.helping import helped
from tests.shop.orders.buying import act
from tests.shop.payments.changing.asking import accepted, order_of
from tests.shop.ratings.bought import delivered, hide, page_of, rated, violations

MAIL = "anh@example.com"


def reported(key):
    with writing():
        deciding.report(db.session.get_one(Rating, key), Why.OTHER, "")
    return db.session.get_one(Rating, key)


def decides(person, *roles):
    return [one.id for one in db.session.scalars(reports.waiting(person, set(roles)))]


def test_who_sells_it(cast):
    order = delivered(cast)
    assert not queries.sells_it(order, None)
    assert queries.sells_it(order, cast.member)
    assert not queries.sells_it(order, cast.stranger)
    with writing():
        order = db.session.get_one(Order, order.id)
        order.purchase.buyer_id = cast.ids["second_member"]
    assert queries.sells_it(order, None)
    with writing():
        order.purchase.buyer_id, order.purchase.phone = None, cast.second_member.phone
    assert queries.sells_it(order, None)


@pytest.mark.parametrize(("seller", "sells"), [("cooperative", True), ("other_cooperative", False)])
def test_the_number_of_the_shop_is_its_own(cast, seller, sells):
    order = delivered(cast)
    with writing():
        cast.cooperative(seller).contact_phone = order.purchase.phone
    assert queries.sells_it(db.session.get_one(Order, order.id), None) is sells


def test_a_number_that_was_erased_is_nobodys(cast):
    order = delivered(cast)
    with writing():
        cast.cooperative().contact_phone = cast.member.phone = ""
        order = db.session.get_one(Order, order.id)
        order.purchase.phone = ""
    assert not queries.sells_it(order, None)


def test_who_decides(cast):
    """Officers of the commune and admins; not a person without the role, nor who was of the seller or helped it."""
    tea, honey = rated(cast, 1).id, rated(cast, 1, goods="honey").id
    for key in (tea, honey):
        reported(key)
    with writing():
        for row in db.session.query(OfficerCommune).filter_by(user_id=cast.ids["officer"], commune_code=SIN_SUOI_HO):
            db.session.delete(row)
    assert decides(cast.officer, Role.OFFICER) == [tea]
    assert decides(cast.officer, Role.HELPER) == []
    assert decides(cast.officer, Role.OFFICER, Role.ADMIN) == [tea, honey]
    assert decides(cast.admin, Role.ADMIN) == [tea, honey]
    assert decides(cast.admin) == []


@pytest.mark.parametrize("how", ["member", "left", "helped"])
def test_who_had_to_do_with_the_seller_decides_about_others_alone(cast, how):
    tea, honey = rated(cast, 1).id, rated(cast, 1, goods="honey").id
    for key in (tea, honey):
        reported(key)
    now = clock.now()
    if how == "helped":
        helped.team(cast)
        helped.consent(cast, Scope.GOODS)
    else:
        place = {"cooperative_id": cast.ids["cooperative"], "user_id": cast.ids["helper"], "role": MemberRole.MEMBER}
        gone = now - timedelta(days=1) if how == "left" else None
        with writing():
            db.session.add(Membership(**place, joined_at=now - timedelta(days=9), left_at=gone))
    assert decides(cast.helper, Role.ADMIN) == [honey]
    assert decides(cast.admin, Role.ADMIN) == [tea, honey], "it concerns nobody else"


def test_the_list_of_what_waits_and_of_what_is_hidden(cast):
    waits, secret, plain = (rated(cast, 1).id for _ in range(3))
    reported(waits)
    hide(cast, secret)
    assert decides(cast.officer, Role.OFFICER) == [waits]
    hidden = reports.hidden(cast.officer, {Role.OFFICER})
    assert [one.id for one in db.session.scalars(hidden)] == [secret]
    assert db.session.scalars(reports.hidden(cast.officer_elsewhere, {Role.OFFICER})).all() == []
    with writing():
        deciding.decide(db.session.get_one(Rating, waits), cast.officer, Verdict.KEEP, "")
    assert decides(cast.officer, Role.OFFICER) == []
    assert reports.reports_of([waits, secret, plain]) == {}
    reported(waits)
    assert [one.rating_id for one in reports.reports_of([waits])[waits]] == [waits]


def test_a_later_report_is_told_again_and_kept(cast):
    from shop.notices.models import Notice

    key = rated(cast, 1).id
    for _ in range(2):
        reported(key)
        with writing():
            deciding.decide(db.session.get_one(Rating, key), cast.officer, Verdict.KEEP, "")
    assert db.session.query(Notice).filter_by(kind="rating_reported").count() == 2
    assert db.session.query(AuditEntry).filter_by(action="rating_reported").count() == 2
    with pytest.raises(Conflict), writing():
        deciding.decide(db.session.get_one(Rating, key), cast.officer, Verdict.KEEP, "")


def test_what_is_hidden_is_not_kept(cast):
    """Reported, then hidden: a decision to keep it comes too late."""
    key = rated(cast, 1).id
    hide(cast, key)
    with writing():
        db.session.add(RatingReport(rating_id=key, why=Why.OTHER, note=""))
    with pytest.raises(Conflict), writing():
        deciding.decide(db.session.get_one(Rating, key), cast.officer, Verdict.KEEP, "")


def test_its_author_is_told_that_it_is_shown_again(cast):
    key = rated(cast, 1, email=MAIL).id
    hide(cast, key)
    with writing():
        deciding.decide(db.session.get_one(Rating, key), cast.officer, Verdict.SHOW_AGAIN, "Xem lại.")
    events = [one.event.split(":")[0].rsplit("_", 1)[0] for one in db.session.query(OutgoingMail)]
    assert [one for one in events if one.startswith("rating_")] == ["rating_hidden", "rating_shown"]


@pytest.mark.parametrize(("joined", "left", "sound"), [(9, None, False), (9, 1, False), (9, 5, True), (1, None, True)])
def test_a_decision_by_the_sellers_own_people_is_found(cast, joined, left, sound):
    """Three days ago, by who belongs to the seller since `joined` days and until `left` days ago."""
    key, now = rated(cast, 1).id, clock.now()
    hide(cast, key)
    place = {"cooperative_id": cast.ids["cooperative"], "user_id": cast.ids["officer"], "role": MemberRole.MEMBER}
    ended = now - timedelta(days=left) if left else None
    with writing():
        db.session.query(RatingDecision).one().at = now - timedelta(days=3)
        db.session.add(Membership(**place, joined_at=now - timedelta(days=joined), left_at=ended))
    assert (violations() == []) is sound


def test_kept_it_is_no_decision_that_moved_it(cast):
    key = rated(cast, 1).id
    reported(key)
    with writing():
        deciding.decide(db.session.get_one(Rating, key), cast.officer, Verdict.KEEP, "")
    hide(cast, key)
    assert violations() == []


def test_the_own_ratings_of_a_person(cast):
    mine, _other = rated(cast).id, rated(cast).id
    with writing():
        db.session.get_one(Rating, mine).order.purchase.buyer_id = cast.ids["buyer"]
    assert [one.id for one in queries.of_buyer(cast.buyer)] == [mine]


def test_each_order_and_code_has_its_own(cast):
    first, second = rated(cast), rated(cast)
    assert db.session.scalars(queries.shown_one(second.code)).one().id == second.id
    assert [key for key, _product in queries.of_orders([second.order_id])] == [second.order_id]
    assert db.session.scalars(queries.of_line(first.line)).one().id == first.id


def test_two_kinds_of_one_order_have_their_own(cast):
    code = accepted(cast)
    for action in ("pack", "hand_over", "deliver"):
        act(order_of(code).id, action)
    first, second = order_of(code).lines
    with writing():
        kept = services.rate(first, Told(5, "Thơm.", named=True, language="vi"), None).id
    assert db.session.scalars(queries.of_line(order_of(code).lines[0])).one().id == kept
    assert db.session.scalars(queries.of_line(order_of(code).lines[1])).first() is None
    with writing():
        assert services.rate(order_of(code).lines[1], Told(1, "Ẩm.", named=True, language="vi"), None).id != kept
    assert first.sku_id != second.sku_id


def test_writing_has_a_bound_an_hour(browser, cast, monkeypatch):
    monkeypatch.setattr(routes, "WRITES_AN_HOUR", 1)
    paths = [page_of(delivered(cast)) for _ in range(2)]
    assert [browser.post(path, stars="5", shown_as="nobody").status_code for path in paths] == [302, 429]


def test_pages_of_a_rating_that_is_not_there(browser, cast):
    path = page_of(delivered(cast))
    assert (browser.get(f"{path}/withdrawal").status_code, browser.post(f"{path}/withdrawal").status_code) == (404, 404)
    assert browser.get(f"{path}?change=1").status_code == 200
    assert browser.post(f"{path}?change=1", stars="5", shown_as="nobody").status_code == 302, "the first time, even so"


def test_the_form_remembers_under_which_name(browser, cast):
    unnamed = rated(cast)
    path, key = page_of(unnamed.order), unnamed.id
    with writing():
        services.change(db.session.get_one(Rating, key), Told(5, "Thơm.", named=False, language="vi"), None)
    browser.get(f"{path}?change=1")
    assert browser.one("input[name=shown_as][checked]").get("value") == "nobody"
    browser.get(page_of(delivered(cast)))
    assert browser.one("input[name=shown_as][checked]").get("value") == "name"


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("vi", "", ""),
        ("en", "O'Neil Smith", "O'Neil"),
        ("en", "Anne-Marie Smith", "Anne-Marie"),
        ("hi", "प्रिया", "प्रिया"),
        ("vi", "Lan2", ""),
        ("vi", "-'-", ""),
        ("vi", "A" * 21, ""),
        ("vi", "A" * 20, "A" * 20),
    ],
)
def test_what_is_a_given_name(cast, language, name, shown):
    purchase = delivered(cast).purchase
    purchase.name, purchase.language = name, language
    assert policies.given_name(purchase) == shown
    db.session.rollback()
