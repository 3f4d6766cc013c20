"""While they help: the one seller's pages, both names on every change, and not one of the closed doors."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from cooperatives.helping.models import Consent, Scope
from cooperatives.helping.scopes import ROOMS
from cooperatives.models import MemberRole, Membership
from products.models import Product, ProductRevision
from products.review.models import Decision, Verdict
from shop.accounts.models import OfficerCommune, Role, RoleGrant
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from tests.architecture import money, orders, test_access, things
from tests.architecture.helping import HELPING
from tests.browser import Browser
from tests.cast import BINH_LU
from tests.cooperatives.helping import helped
from tests.products.review.sent import sent_goods

FOREIGN = ("Tẩn Lở Mẩy", "Mật ong Sin Suối Hồ")


def kept(path: str, browser: Browser, key: str, **headers: str) -> Any:
    """What our own script would send: the name of new goods."""
    told = {"fields": {"name": {"v": "Nấm hương", "n": 1}}, "page": "p", "for": ""}
    headers = {"X-Draft-Key": key, "Origin": browser.origin, "Accept": "application/json"} | headers
    return browser.client.put(path, json=told, base_url=browser.origin, headers=headers)


def test_goods_are_begun_by_the_helper_for_the_household(browser: Browser, cast) -> None:
    code = helped.helping(browser, cast)
    key = "key-of-a-helping-phone"
    assert kept(f"/my/drafts/{key}", browser, key, **{"X-Owner": f"{cast.helper.id}-{code}"}).status_code == 200
    goods = db.session.scalars(select(Product).where(Product.draft_key == key)).one()
    revision = db.session.scalars(select(ProductRevision).where(ProductRevision.product_id == goods.id)).one()
    assert (goods.cooperative_id, goods.created_by_id) == (cast.cooperative().id, cast.helper.id)
    assert revision.created_by_id == cast.helper.id
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.actor_id == cast.helper.id)).all()
    of_goods = [row for row in rows if row.subject_kind == "products"]
    assert of_goods
    assert {(row.on_behalf_of_id, row.facts["consent"]) for row in of_goods} == {(cast.member.id, code)}


def test_both_names_stand_in_the_history(browser: Browser, cast) -> None:
    helped.helping(browser, cast)
    goods = cast.product().code
    assert browser.post(f"/my/products/{goods}/stock", on_hand="7", expected="10").status_code == 302
    browser.get(f"/my/products/{goods}/history")
    assert f"{cast.helper.name}, thay {cast.member.name}" in browser.text
    browser.sign_in(cast.member)
    browser.get("/helped")
    assert f"{cast.helper.name}, thay {cast.member.name}" in browser.text


def test_the_bar_says_for_whom_on_every_page(browser: Browser, cast) -> None:
    helped.helping(browser, cast)
    for path in ("/desk", "/my/products", "/my/products/new", "/my/orders", "/account", "/helping", "/notices"):
        assert browser.get(path).status_code == 200
        assert cast.cooperative().name in browser.one(".help-bar").text_content()
    browser.post("/helping/stop")
    browser.get("/desk")
    assert browser.all(".help-bar") == []
    assert browser.get("/my/products").status_code == 403


def test_without_taking_it_up_nothing_opens(browser: Browser, cast) -> None:
    helped.team(cast)
    helped.consent(cast)
    browser.sign_in(cast.helper)
    assert browser.get("/my/products").status_code == 403
    assert browser.get(f"/my/products/{cast.product().code}/edit").status_code == 403


@pytest.mark.parametrize("scope", [Scope.GOODS, Scope.ORDERS, Scope.REPLIES])
def test_only_what_was_asked_for(browser: Browser, cast, scope: Scope) -> None:
    helped.helping(browser, cast, scope)
    for path, opener in (("/my/products", Scope.GOODS), ("/my/orders", Scope.ORDERS)):
        assert browser.get(path).status_code == (200 if scope is opener else 403)


def test_every_door_of_a_seller_opens_or_stays_shut_as_written(browser: Browser, cast, storage: Any) -> None:
    """A seller's room that is not named in the list of the consent's rooms answers a helper as a stranger."""
    helped.helping(browser, cast)
    doors = {name: door for name, door in test_access.TABLE.items() if door.who & test_access.OURS and not door.script}
    with writing():
        cast.sku().on_hand = 500  # each thing that is bought takes some
    ordered = (
        things.order,
        things.draft,
        money.to_confirm,
        money.paid_in,
        orders.a_gift,
        orders.handed_over,
        orders.photographed,
        money.weighable,
    )  # before a crop fails
    once: dict[Any, Any] = {thing: thing(cast, storage) for thing in ordered}
    for endpoint, door in doors.items():
        if (
            endpoint in HELPING
            or "helper" in door.who
            or door.thing in {things.draft_seller, things.closed_days, things.sent}
        ):
            continue
        if door.thing not in once:
            once[door.thing] = door.thing(cast, storage)
        path = test_access.path_of(browser, endpoint, once[door.thing])
        open_room = endpoint.split(".")[0] in ROOMS
        for method in test_access.methods(browser.app, endpoint):
            if open_room and method != "GET":
                continue  # what these change is tried in their own rooms
            status = test_access.asked(browser, method, path, door).status_code
            assert (status not in test_access.REFUSED) is open_room, f"{method} {endpoint} {status}"


def test_nothing_of_anybody_else(browser: Browser, cast) -> None:
    helped.helping(browser, cast)
    other = cast.product("honey").code
    for path in ("/desk", "/my/products", "/my/orders", "/my/prices", "/my/channels", "/helping", "/helped"):
        browser.get(path)
        assert not [word for word in FOREIGN if word in browser.text], path
    for path in ("edit", "price", "stock", "history", "photos"):
        assert browser.get(f"/my/products/{other}/{path}").status_code == 404
    assert browser.get(f"/my/products/new?for={cast.cooperative('other_cooperative').code}").status_code == 200
    assert not [word for word in FOREIGN if word in browser.text]


def test_own_cooperative_is_closed_meanwhile(browser: Browser, cast) -> None:
    """Who is a member somewhere else sees that seller again when the help is put down."""
    helped.team(cast)
    with writing():
        other = cast.ids["other_cooperative"]
        db.session.add(Membership(cooperative_id=other, user_id=cast.helper.id, role=MemberRole.MEMBER))
    code = helped.consent(cast)
    browser.sign_in(cast.helper)
    mine = f"/my/products/{cast.product('honey').code}/price"
    assert browser.get(mine).status_code == 200
    browser.post(f"/helping/consents/{code}/begin")
    assert browser.get(mine).status_code == 404
    browser.post("/helping/stop")
    assert browser.get(mine).status_code == 200


def test_a_phone_that_speaks_for_another_household_is_refused(browser: Browser, cast) -> None:
    code = helped.helping(browser, cast)
    key = "key-of-a-helping-phone"
    for owner in (str(cast.helper.id), f"{cast.helper.id}-ANOTHER0", f"{cast.member.id}-{code}"):
        assert kept(f"/my/drafts/{key}", browser, key, **{"X-Owner": owner}).status_code == 401


def test_an_officer_who_helped_never_decides(browser: Browser, cast) -> None:
    helped.team(cast)
    helped.consent(cast)
    with writing():
        db.session.add(RoleGrant(user_id=cast.helper.id, role=Role.OFFICER, valid_from=clock.now()))
        db.session.add(OfficerCommune(user_id=cast.helper.id, commune_code=BINH_LU, valid_from=clock.now()))
        code = sent_goods(cast).code
    browser.sign_in(cast.helper)
    page = f"/review/products/{code}/1/decision"
    browser.get(page)
    assert browser.says("You have helped this seller. Another officer decides.")
    assert browser.post(page, verdict="approve", number="1").status_code in {403, 422}
    revision = db.session.scalars(select(ProductRevision.id).order_by(ProductRevision.id.desc())).first()
    with pytest.raises(DatabaseError), writing():
        db.session.add(Decision(revision_id=revision, number=1, officer_id=cast.helper.id, verdict=Verdict.APPROVE))


def test_the_officer_reads_who_wrote_it(browser: Browser, cast) -> None:
    helped.team(cast)
    helped.consent(cast)
    with writing():
        goods = sent_goods(cast)
        goods_code = goods.code
        revision = db.session.scalars(select(ProductRevision).where(ProductRevision.product_id == goods.id)).one()
        revision.submitted_by_id = cast.helper.id
    browser.sign_in(cast.officer)
    browser.get(f"/review/products/{goods_code}/1/decision")
    assert cast.helper.name in browser.text
    assert cast.member.name in browser.text


def test_the_database_takes_no_change_for_another_without_consent(cast) -> None:
    helped.team(cast)
    helped.consent(cast)
    with writing():
        db.session.add(entry(cast, 1))
    with writing() as session:
        session.execute(
            Consent.__table__.update().values(ended_at=clock.now(), ended_by_id=cast.member.id, end_reason="household")
        )
    with pytest.raises(DatabaseError, match="without consent"), writing():
        db.session.add(entry(cast, 2))


def entry(cast, number: int) -> AuditEntry:
    return AuditEntry(
        subject_kind="carts",
        subject_id=1,
        number=number,
        action="tried",
        actor_id=cast.helper.id,
        on_behalf_of_id=cast.member.id,
        facts={},
        previous="",
        digest=str(number),
    )
