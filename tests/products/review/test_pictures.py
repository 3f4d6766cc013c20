"""Pictures are public exactly as long as something public shows them."""

from io import BytesIO

import pytest
from PIL import Image

from cooperatives.photos import services as photos
from cooperatives.photos.models import Photo
from cooperatives.photos.names import EXTENSIONS, photo_view, widths_of
from cooperatives.standing import services as market_standing
from products import services
from products.models import Product
from products.photos import services as draft_photos
from products.review import effect, tasks
from products.review.models import UNDO, Verdict, Withdrawal
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.images import make_master
from shop.core.present import media_key
from tests.products.complete import draft_of
from tests.products.review.sent import decisions_on, path_of, taken, ten_seconds_pass


def sweep():
    return [one() for one in tasks.SWEEPS]


@pytest.fixture
def master():
    data = BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((240, 180)).save(data, "JPEG")
    return make_master(data.getvalue())


@pytest.fixture
def goods(cast, storage, master):
    """New goods that wait, with one small real photo."""
    photos.save_files(storage, master)
    with writing():
        product = draft_of(cast)
        draft_photos.remove(product, "ab" * 32, cast.member)
        photos.add(cast.cooperative(), cast.member, master)
        draft_photos.add(product, master.digest, cast.member)
        services.submit(product, cast.member)
    sweep()  # the cast's photos have no files
    yield product.id
    photos.delete_public(storage, media_key(), master.digest, master.width)  # files outlive the test's transaction


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def the(key):
    return db.session.get_one(Product, key)


def answers(browser, master):
    """What every public address of the photo answers."""
    view = photo_view(master.digest, master.width, master.height)
    urls = [view.url(width, ext) for width in widths_of(master.width) for ext in EXTENSIONS]
    return {browser.get(url).status_code for url in urls}


def member_does(cast, key, verb):
    with writing():
        verb(the(key), cast.member)


def carried_out_alone(cast, key):
    """An approval whose pictures nobody copied."""
    decision = taken(cast, the(key), Verdict.APPROVE)
    clock.pass_for_tests(UNDO)
    with writing():
        effect.carry_out(decision.id)


def test_public_with_the_approval(goods, desk, master):
    assert answers(desk, master) == {404}
    assert desk.post(path_of(the(goods)), verdict="approve").status_code == 302
    assert answers(desk, master) == {404}
    ten_seconds_pass()
    assert answers(desk, master) == {200}
    assert db.session.get_one(Photo, master.digest).public_since is not None
    assert sweep() == [0, 0]
    assert answers(desk, master) == {200}


@pytest.mark.parametrize(
    "answer", [{"verdict": "return", "reasons": "photo_dark"}, {"verdict": "reject", "note": "Không"}]
)
def test_what_is_not_approved_was_never_public(goods, desk, master, answer):
    desk.post(path_of(the(goods)), **answer)
    ten_seconds_pass()
    assert answers(desk, master) == {404}
    sweep()
    assert answers(desk, master) == {404}


@pytest.mark.parametrize("verb", [services.withdraw, services.pause])
def test_off_the_shelf_is_off_the_net(goods, desk, cast, master, verb):
    desk.post(path_of(the(goods)), verdict="approve")
    ten_seconds_pass()
    member_does(cast, goods, verb)
    assert sweep() == [1, 0]
    assert answers(desk, master) == {404}
    assert db.session.get_one(Photo, master.digest).public_since is None
    assert sweep() == [0, 0]


def test_resumed_goods_show_their_pictures_again(goods, desk, cast, master):
    desk.post(path_of(the(goods)), verdict="approve")
    ten_seconds_pass()
    member_does(cast, goods, services.pause)
    sweep()
    member_does(cast, goods, services.resume)
    assert sweep() == [0, 1]
    assert answers(desk, master) == {200}


def test_suspended_and_restored_sellers(goods, desk, cast, master):
    desk.post(path_of(the(goods)), verdict="approve")
    ten_seconds_pass()
    with writing():
        market_standing.suspend(cast.cooperative(), cast.admin, "Kiểm tra")
    assert sweep()[0] >= 1
    assert answers(desk, master) == {404}
    with writing():
        market_standing.restore(cast.cooperative(), cast.admin)
    sweep()
    assert answers(desk, master) == {200}


def test_a_picture_that_an_edit_left_out_goes(goods, desk, cast, master):
    desk.post(path_of(the(goods)), verdict="approve")
    ten_seconds_pass()
    with writing():
        draft_photos.add(the(goods), "ab" * 32, cast.member)
        draft_photos.remove(the(goods), master.digest, cast.member)
        services.submit(the(goods), cast.member)
    sweep()
    assert answers(desk, master) == {200}, "the live revision still shows it"
    carried_out_alone(cast, goods)
    sweep()
    assert answers(desk, master) == {404}


def test_the_photo_of_an_active_seller_stays(goods, desk, cast, master):
    with writing():
        cast.cooperative().photo_digest = master.digest
    sweep()
    assert answers(desk, master) == {200}
    with writing():
        market_standing.suspend(cast.cooperative(), cast.admin, "Kiểm tra")
    sweep()
    assert answers(desk, master) == {404}


def test_copies_of_an_approval_that_failed_go(goods, desk, cast, master, monkeypatch):
    """The seller takes it back between the copying and the effect."""
    copy = photos.publish

    def slow_copy(*args):
        copy(*args)
        member_does(cast, goods, services.take_back)

    monkeypatch.setattr(tasks.photos, "publish", slow_copy)
    desk.post(path_of(the(goods)), verdict="approve")
    ten_seconds_pass()
    assert decisions_on(goods)[0].withdrawn_why is Withdrawal.TAKEN_BACK
    sweep()
    assert answers(desk, master) == {404}


def test_approved_without_copies_is_healed(goods, desk, cast, master):
    carried_out_alone(cast, goods)
    assert answers(desk, master) == {404}
    assert sweep()[1] == 1
    assert answers(desk, master) == {200}


def test_a_sweep_that_died_is_done_again(goods, desk, cast, master, monkeypatch):
    desk.post(path_of(the(goods)), verdict="approve")
    ten_seconds_pass()
    member_does(cast, goods, services.pause)

    def die(_digest):
        raise Conflict("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(tasks.photos, "mark_private", die)
        with pytest.raises(Conflict):
            tasks.hide_unused()
    assert answers(desk, master) == {404}
    assert tasks.hide_unused() == 1
    member_does(cast, goods, services.resume)
    sweep()
    assert answers(desk, master) == {200}
