"""The photo of a parcel: one for each order, for both sides and a dispute, gone with the order's words."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.exc import IntegrityError

from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.pixels import MAX_BYTES
from shop.orders.models import Order, Purchase
from shop.orders.parcels import checks
from shop.orders.parcels.models import ParcelPhoto
from shop.orders.parcels.names import file_name
from shop.orders.parcels.tasks import clear_parcel_photos
from shop.privacy.erasing import erase, forget_gifts_to
from shop.privacy.files import own_files, places
from shop.privacy.periods.table import PERIODS
from shop.privacy.tasks import forget_what_is_old
from tests import photos
from tests.cooperatives.helping import helped
from tests.shop.orders.buying import act, at, ordered
from tests.shop.orders.gifts.giving import LAN, gift
from tests.shop.orders.parcels.photographing import disputed, handed_over, photograph, photographed
from tests.shop.storefront.counting import statements

NO_PHOTO = (b"khong phai anh", "This is not a photo. Choose JPEG, PNG, WebP or HEIC.")


def sent(browser, code, data=None):
    data = photos.jpeg(320, 240) if data is None else data
    return browser.post(f"/my/orders/{code}/photo", files={"photo": (BytesIO(data), "anh.jpg")}).status_code


def rows():
    return db.session.query(ParcelPhoto).order_by(ParcelPhoto.id).populate_existing().all()


def lies(storage, key):
    return storage.exists(file_name(key))


@pytest.fixture
def member(browser, cast):
    browser.sign_in(cast.member)
    return browser


@pytest.fixture
def parcel(cast, storage):
    return handed_over(cast)


def test_added_after_the_parcel_is_handed_over_and_seen_by_both(member, cast, parcel):
    code, token = parcel["code"], parcel["token"]
    member.get(f"/my/orders/{code}")
    assert member.all(f'a[href="/my/orders/{code}/photo"]')
    member.get(f"/my/orders/{code}/photo")
    assert member.one("main form").get("enctype") == "multipart/form-data"
    assert not member.all("main img")
    assert sent(member, code) == 302
    member.get(f"/my/orders/{code}/photo")
    assert member.one("main img").get("src") == f"/my/orders/{code}/photo.jpg"
    assert "Giàng Thị Máy" in member.text
    member.get(f"/purchases/{token}")
    assert member.all(f'a[href="/purchases/{token}/orders/{code}/photo.jpg"]')
    for path in (f"/my/orders/{code}/photo.jpg", f"/purchases/{token}/orders/{code}/photo.jpg"):
        answer = member.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "no-store"
    assert db.session.query(AuditEntry).filter_by(action="parcel_photo").one().actor_id == cast.member.id
    assert [problem for check in checks.CHECKS for problem in check()] == []


def test_where_it_was_taken_is_not_kept(member, storage, parcel):
    notes = Image.Exif()
    notes[0x010E] = "Bản Thẳm"
    assert sent(member, parcel["code"], photos.saved(photos.scene(320, 240), "JPEG", exif=notes)) == 302
    file = storage.get(file_name(rows()[0].key))
    assert "Thẳm".encode() not in file
    assert not Image.open(BytesIO(file)).getexif()


def test_another_takes_its_place_and_the_same_is_the_same(member, storage, parcel):
    code = parcel["code"]
    assert [sent(member, code, photos.jpeg(320, 240, seed=seed)) for seed in (1, 1, 2)] == [302] * 3
    first, second = rows()
    assert (first.removed_at is None, second.removed_at) == (False, None)
    keys = first.key, second.key
    assert (clear_parcel_photos(), clear_parcel_photos()) == (1, 0)
    assert [lies(storage, key) for key in keys] == [False, True]
    assert [one.key for one in rows()] == [keys[1]]


def test_the_database_knows_one_for_each_order(cast, parcel):
    photograph(cast, parcel["code"])
    first = rows()[0]
    again = {name: getattr(first, name) for name in ("order_id", "digest", "width", "height", "added_by_id")}
    with pytest.raises(IntegrityError), writing():
        db.session.add(ParcelPhoto(**again))


@pytest.mark.parametrize(
    ("data", "sentence"), [NO_PHOTO, (b"\xff\xd8\xff\xe0 cut", "The photo arrived incomplete. Send it again.")]
)
def test_a_wrong_file_gets_a_sentence_and_loses_nothing(member, storage, parcel, data, sentence):
    code = parcel["code"]
    assert sent(member, code) == 302
    kept = rows()[0].key
    assert sent(member, code, data) == 422
    assert member.says(sentence)
    assert member.one("main img") is not None
    assert ([one.key for one in rows()], lies(storage, kept)) == ([kept], True)


def test_none_two_and_too_heavy_a_one(member, parcel):
    path = f"/my/orders/{parcel['code']}/photo"
    assert member.post(path).status_code == 422
    assert member.says("Choose a photo first.")
    two = {"photo": [(BytesIO(photos.jpeg(seed=one)), f"{one}.jpg") for one in (1, 2)]}
    assert member.post(path, files=two).status_code == 422
    assert sent(member, parcel["code"], bytes(MAX_BYTES + 200_000)) == 413
    assert member.one("#photo-error") is not None
    assert rows() == []


@pytest.mark.parametrize("state", ["placed", "accepted", "packed", "cancelled"])
def test_not_before_it_is_handed_over(member, cast, state):
    order = ordered(cast, tea=1).orders[0]
    code = order.code
    at(order.id, state)
    member.get(f"/my/orders/{code}")
    assert not member.all(f'a[href="/my/orders/{code}/photo"]')
    member.get(f"/my/orders/{code}/photo")
    assert member.says("Add the photo once the parcel is handed over.")
    assert sent(member, code) == 409
    assert rows() == []


def test_it_ends_as_the_messages_do(member, cast, parcel):
    act(db.session.query(Order).one().id, "deliver")
    clock.set_for_tests(clock.now() + timedelta(days=29))
    member.sign_in(cast.member)
    assert sent(member, parcel["code"]) == 302
    clock.set_for_tests(clock.now() + timedelta(days=2))
    assert sent(member, parcel["code"], photos.jpeg(320, 240, seed=3)) == 409
    assert len(rows()) == 1


def test_nobody_elses_parcel(browser, cast, storage):
    found, other = photographed(cast), handed_over(cast)
    address = f"/my/orders/{found['code']}/photo"
    for who, status in (("stranger", 404), ("officer", 403), ("buyer", 403), ("admin", 403)):
        browser.sign_in(cast.user(who))
        assert {browser.get(path).status_code for path in (address, f"{address}.jpg")} == {status}
        assert sent(browser, found["code"]) == status
    assert browser.get(f"/purchases/{other['token']}/orders/{found['code']}/photo.jpg").status_code == 404
    assert browser.get(f"/purchases/{other['token']}/orders/{other['code']}/photo.jpg").status_code == 404
    assert len(rows()) == 1


def test_who_was_asked_to_help_with_orders(browser, cast, storage, parcel):
    helped.team(cast)
    consent = helped.consent(cast)
    browser.sign_in(cast.helper)
    browser.post(f"/helping/consents/{consent}/begin")
    assert sent(browser, parcel["code"]) == 302
    assert rows()[0].added_by_id == cast.helper.id


def test_the_staff_sees_it_where_the_payment_is_disputed(browser, cast, storage):
    plain, found = photographed(cast)["code"], disputed(cast)["code"]
    for who, status in (("officer", 200), ("admin", 200), ("officer_elsewhere", 404), ("member", 403), ("buyer", 403)):
        browser.sign_in(cast.user(who))
        assert browser.get(f"/disputes/orders/{found}/photo.jpg").status_code == status
        assert browser.get(f"/disputes/orders/{plain}/photo.jpg").status_code in {403, 404}
    read = [one.actor_id for one in db.session.query(AuditEntry) if "parcel photo" in str(one.facts)]
    assert read == [cast.ids["officer"], cast.ids["admin"]]
    theirs, own = f"/disputes/orders/{found}/photo.jpg", f"/my/orders/{found}/photo.jpg"
    for who, links in (("officer", [theirs]), ("admin", [theirs]), ("member", [own]), ("stranger", [])):
        browser.sign_in(cast.user(who))
        browser.get("/disputes")
        assert [one.get("href") for one in browser.all("a[href$='/photo.jpg']")] == links
        assert [browser.get(one).status_code for one in links] == [200] * len(links)


def test_it_goes_with_the_buyer_and_after_a_year(browser, cast, storage):
    found = photographed(cast)
    key = rows()[0].key
    act(db.session.query(Order).one().id, "deliver")
    with writing():
        db.session.query(Purchase).filter_by(token=found["token"]).one().buyer_id = cast.buyer.id
    assert f"parcels/{key}.jpg" in [one.path for one in own_files(cast.buyer)]
    assert places([f"parcels/{key}.jpg"]) == [(f"parcels/{key}.jpg", file_name(key))]
    with writing():
        erase(cast.buyer)
    assert browser.get(f"/purchases/{found['token']}/orders/{found['code']}/photo.jpg").status_code == 404
    assert (clear_parcel_photos(), lies(storage, key), rows()) == (1, False, [])
    photographed(cast)
    days = next(one.days for one in PERIODS if one.name == "parcel_photos")
    clock.set_for_tests(clock.now() + timedelta(days=days - 1))
    forget_what_is_old()
    assert clear_parcel_photos() == 0
    clock.set_for_tests(clock.now() + timedelta(days=2))
    forget_what_is_old()
    assert (clear_parcel_photos(), rows()) == (1, [])


def test_it_goes_with_who_received_a_gift(cast, storage):
    key = gift(cast).orders[0].id
    for action in ("pack", "hand_over", "deliver"):
        act(key, action)
    photograph(cast, db.session.get_one(Order, key).code)
    with writing():
        forget_gifts_to(LAN.phone)
    assert clear_parcel_photos() == 1


def test_more_parcels_cost_no_more_statements(browser, cast, storage):
    counts = []
    for goods in ({"tea": 1}, {"tea": 1, "honey": 1}):
        purchase = ordered(cast, **goods)
        token, parcels = purchase.token, [(order.id, order.code) for order in purchase.orders]
        for key, code in parcels:
            at(key, "handed_over")
            photograph(cast, code)
        browser.get(f"/purchases/{token}")
        with statements() as made:
            browser.get(f"/purchases/{token}")
        counts.append(len(made))
    assert counts[0] == counts[1]
    browser.sign_in(cast.member)
    path = f"/my/orders/{parcels[0][1]}/photo"
    browser.get(path)
    with statements() as made:
        browser.get(path)
    assert len(made) <= 9, made
