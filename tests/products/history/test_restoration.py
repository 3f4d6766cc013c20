"""The words of an old revision as a new draft; nothing that was written meanwhile is silently lost."""

import random

import pytest
from sqlalchemy import select

from cooperatives.photos.models import PhotoUse
from products import queries, services
from products.comparison import Comparison
from products.edits.models import RevisionEdit
from products.history.queries import numbered
from products.history.services import restore
from products.models import Product
from products.photos import services as photos
from products.review.models import Verdict
from products.written import written
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict
from tests.cast import make_photo
from tests.products.complete import DETAILS
from tests.products.drafts.test_door import put
from tests.products.history.lives import approved, draft, price_now, save, send
from tests.products.review.sent import decided, sent_goods

PACKS = {"more1_unit": "kg", "more1_price": "900k", "more1_quantity": "3"}


@pytest.fixture
def member(browser, cast):
    browser.sign_in(cast.member)
    return browser


def again(browser, cast, number, **fields):
    return browser.post(f"/my/products/{cast.product().code}/history/{number}/restoration", **fields)


def differs(cast, number):
    """What tells the open draft from a revision: labels of fields, photos and price."""
    old, new = numbered(cast.product(), number, drafts=True), draft(cast)
    held = queries.photos_of([old.id, new.id])
    return Comparison(old, new, held, old.proposed_price).labels


def test_an_old_revision_becomes_a_draft_beside_what_is_live(member, cast):
    approved(cast, name="Chè hai", **DETAILS)
    approved(cast, name="Chè ba", story="", season=[])
    answer = again(member, cast, 2)
    assert answer.location.endswith("/edit")
    assert differs(cast, 2) == []
    assert draft(cast).number == 4
    assert cast.product().approved.name == "Chè ba", "buyers see it after a new review"
    member.get(answer.location)
    assert member.says("The words of version %(number)s are in the draft. Look, then send it.", number=2)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "restored")).one()
    assert (entry.facts["revision"], entry.facts["source"]) == (4, 2)
    assert {"name", "story", "season"} <= set(entry.facts["fields"])


def test_the_price_is_proposed_against_the_present_one(member, cast):
    price_now(cast, 150_000)
    approved(cast, name="Chè hai")
    price_now(cast, 160_000)
    again(member, cast, 1)
    assert (draft(cast).proposed_price, draft(cast).base_price) == (120_000, 160_000)
    number = send(cast)
    decided(cast, cast.product(), Verdict.APPROVE)
    assert cast.sku().price == 120_000
    price_now(cast, 170_000)
    again(member, cast, number)
    send(cast)
    price_now(cast, 175_000)
    decided(cast, cast.product(), Verdict.APPROVE)
    assert cast.sku().price == 175_000, "changed meanwhile: that price stays"


def test_an_open_draft_is_not_replaced_before_somebody_looked(member, cast):
    approved(cast, name="Chè hai")
    save(cast, story="Chuyện đang viết")
    answer = again(member, cast, 1)
    assert answer.status_code == 409
    assert "Chuyện đang viết" in member.one("dl.changes").text_content()
    assert draft(cast).text("vi").story == "Chuyện đang viết"
    seen = member.one("main input[name=seen]").get("value")
    save(cast, "second_member", summary="Vừa thêm")
    assert again(member, cast, 1, seen=seen).status_code == 409, "it changed since"
    assert "Vừa thêm" in member.one("dl.changes").text_content()
    assert again(member, cast, 1, seen=member.one("main input[name=seen]").get("value")).status_code == 302
    assert differs(cast, 1) == []
    last = db.session.scalars(select(RevisionEdit).order_by(RevisionEdit.id.desc())).first()
    assert last.restored_number == 1
    assert last.changes["story"] == ["Chuyện đang viết", ""]


def test_a_draft_that_would_lose_nothing_asks_nothing(member, cast):
    save(cast, name="Khác")
    again(member, cast, 1, seen=str(draft(cast).version))
    assert again(member, cast, 1).status_code == 302
    assert differs(cast, 1) == []


def test_a_draft_that_says_it_already_stays_as_it_is(member, cast):
    """What changes nothing is not kept as a change (reliability, I20), and no open page becomes an old one."""
    save(cast, name="Khác")
    again(member, cast, 1, seen=str(draft(cast).version))
    version = draft(cast).version
    assert again(member, cast, 1).location.endswith("/edit")
    assert draft(cast).version == version
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "restored")).all()) == 1


def test_a_returned_revision_is_kept_when_an_older_one_takes_its_place(member, cast):
    approved(cast, name="Chè hai")
    save(cast, name="Chè ba")
    send(cast)
    decided(cast, cast.product(), Verdict.RETURN, "Thiếu nhãn")
    seen = str(draft(cast).version)
    assert again(member, cast, 1, seen=seen).status_code == 302
    assert draft(cast).number == 4
    assert numbered(cast.product(), 3, drafts=False).name == "Chè ba"
    assert again(member, cast, 3, seen=str(draft(cast).version)).status_code == 302
    assert draft(cast).name == "Chè ba"


def test_not_while_an_officer_reads(member, cast):
    save(cast, name="Chè hai")
    send(cast)
    before = written(draft(cast))
    answer = again(member, cast, 1, seen="1")
    assert answer.location.endswith("/history")
    member.get(answer.location)
    assert member.says("An officer is reading this now. Take it back first, then change it.")
    assert written(draft(cast)) == before


def test_not_when_withdrawn(member, cast):
    with writing():
        services.withdraw(cast.product(), cast.member)
    member.get(again(member, cast, 1).location)
    assert member.says("These goods were withdrawn. Add them as new goods.")
    assert queries.open_revision(cast.product()) is None


def test_the_draft_itself_is_nothing_to_go_back_to(member, cast):
    save(cast, name="Nháp")
    with writing(), pytest.raises(Conflict):
        restore(cast.product(), 2, cast.member)
    assert again(member, cast, 2).location.endswith("/history")


def test_others_may_not(browser, cast):
    assert again(browser, cast, 1).status_code == 401
    for who, status in (("buyer", 403), ("officer", 403), ("stranger", 404)):
        other = type(browser)(browser.app)
        other.sign_in(cast.user(who))
        assert again(other, cast, 1).status_code == status
    browser.sign_in(cast.member)
    assert again(browser, cast, 7).status_code == 404


@pytest.mark.parametrize("seen", ["x", "-1", "99999999999999999999", "٣", ""])
def test_what_is_no_version_confirms_nothing(member, cast, seen):
    save(cast, name="Nháp")
    assert again(member, cast, 1, seen=seen).status_code == 409
    assert draft(cast).name == "Nháp"


def test_a_phone_with_older_words_does_not_write_over_it(member, cast):
    approved(cast, name="Chè hai")
    key = f"p-{cast.product().code}"
    put(member, key, page="phone", name=("Của máy", 1))
    again(member, cast, 1, seen=str(draft(cast).version))
    assert put(member, key, page="phone", name=("Của máy cũ", 1)).json["lost"] == ["name"]
    assert draft(cast).name == "Chè Shan tuyết Bình Lư"


def test_photos_that_are_held_no_more_are_left_out_and_said(member, cast):
    with writing():
        make_photo(cast.cooperative(), cast.member, "cd" * 32)
        photos.add(cast.product(), "cd" * 32, cast.member, 0)
    approved(cast, name="Chè hai")
    approved(cast, name="Chè ba")
    with writing():
        db.session.delete(db.session.scalars(select(PhotoUse).where(PhotoUse.digest == "cd" * 32)).one())
    answer = again(member, cast, 2)
    assert [photo.digest for photo in draft(cast).photos] == [f"{cast.ids['tea']:064x}"]
    member.get(answer.location)
    assert "1 ảnh của bản cũ nay không còn." in member.text


def test_new_goods_take_their_pack_and_their_other_packs_again(cast):
    with writing():
        key = sent_goods(cast, **PACKS, **DETAILS).id
        services.take_back(db.session.get_one(Product, key), cast.member)
        product = db.session.get_one(Product, key)
        services.save_draft(
            services.editable(product, cast.member), {"unit": "kg", "more1_unit": "", "more1_price": ""}, cast.member
        )
    product = db.session.get_one(Product, key)
    sent = written(numbered(product, 1, drafts=False))
    with writing():
        product = db.session.get_one(Product, key)
        restore(product, 1, cast.member, queries.open_revision(product).version)
    db.session.expire_all()
    assert written(queries.open_revision(db.session.get_one(Product, key))) == sent


def test_whatever_was_written_in_between_the_draft_says_what_the_revision_said(cast):
    """Twelve lives with random words: a draft restored from any number differs in nothing from it."""
    chance, fields = random.Random(7), [*DETAILS]
    for step in range(12):
        some = {
            field: DETAILS[field] if chance.random() < 0.6 else _nothing(field) for field in chance.sample(fields, 8)
        }
        save(cast, name=f"Chè {step}", price=f"{100 + step}k", **some | _whole())
        number = send(cast)
        decided(cast, cast.product(), chance.choice([Verdict.APPROVE, Verdict.RETURN]), "Xem lại")
        old = chance.randrange(1, number + 1)
        opened = queries.open_revision(cast.product())
        with writing():
            restore(cast.product(), old, cast.member, opened.version if opened else 0)
        assert differs(cast, old if old != number or opened is None else number + 1) == [], (step, old)


def _nothing(field):
    return [] if field in {"season", "allergens"} else ""


def _whole():
    """Details that say nothing without their other half are given together."""
    sides = {side: DETAILS[side] for side in ("length", "width", "height")}
    names = {name: DETAILS[name] for name in ("name_en", "name_hi")}
    weights = {"net_weight": "500 g", "packed_weight": "0,65 kg"}
    return sides | names | weights
