"""What people wrote into drafts is kept, also where somebody wrote over it."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from products.edits.models import RevisionEdit
from products.edits.services import TOGETHER
from products.edits.tasks import KEPT, forget_old_edits
from products.photos import services as photos
from products.review.models import Verdict
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import make_photo
from tests.products.drafts.test_door import KEY, put
from tests.products.history.lives import approved, draft, save, send
from tests.products.review.sent import decided


def kept():
    db.session.expire_all()
    return list(db.session.scalars(select(RevisionEdit).order_by(RevisionEdit.id)))


def test_a_save_keeps_old_and_new_of_each_field(cast):
    save(cast, name="Chè cổ thụ", season=[3, 4])
    (row,) = kept()
    assert row.changes == {"name": ["Chè Shan tuyết Bình Lư", "Chè cổ thụ"], "season": [[], [3, 4]]}
    assert (row.actor_id, row.revision_number, row.refused) == (cast.ids["member"], 2, {})


def test_a_save_that_changes_nothing_keeps_nothing(cast):
    save(cast, name="Chè Shan tuyết Bình Lư")
    assert kept() == []


def test_one_sitting_is_one_row_with_the_first_old_and_the_last_new(cast):
    for name in ("C", "Ch", "Chè", "Chè x"):
        save(cast, page="one", name=name)
    save(cast, page="one", story="Chuyện")
    (row,) = kept()
    assert row.changes == {"name": ["Chè Shan tuyết Bình Lư", "Chè x"], "story": ["", "Chuyện"]}


def test_a_field_that_is_what_it_was_drops_out_and_an_empty_row_goes(cast):
    save(cast, page="one", name="Khác", story="Chuyện")
    save(cast, page="one", name="Chè Shan tuyết Bình Lư")
    assert [list(row.changes) for row in kept()] == [["story"]]
    save(cast, page="one", story="")
    assert kept() == []


def test_another_page_another_person_and_another_quarter_of_an_hour_are_rows_of_their_own(cast):
    save(cast, page="one", name="A")
    save(cast, page="two", name="B")
    save(cast, "second_member", page="two", name="C")
    with time_machine.travel(clock.now() + TOGETHER + timedelta(seconds=1), tick=False):
        save(cast, page="two", name="D")
    assert [row.changes["name"] for row in kept()] == [
        ["Chè Shan tuyết Bình Lư", "A"], ["A", "B"], ["B", "C"], ["C", "D"],
    ]  # fmt: skip


def test_two_phones_on_one_field_keep_both_and_say_which_one_was_not_written(browser, cast):
    browser.sign_in(cast.member)
    put(browser, page="first", name=("Của máy một", 1))
    put(browser, page="second", name=("Của máy hai", 5))
    assert put(browser, page="first", name=("Đến muộn", 3), price=("45k", 3)).json["lost"] == ["name"]
    first, second = kept()
    assert second.changes == {"name": ["Của máy một", "Của máy hai"]}
    assert first.changes == {"name": ["", "Của máy một"], "price": ["", "45000"]}
    assert first.refused == {"name": "Đến muộn"}


def test_a_late_value_that_says_the_same_was_not_lost(browser, cast):
    browser.sign_in(cast.member)
    put(browser, page="first", name=("Chè", 1), price=("45000", 4))
    put(browser, page="second", name=("Chè", 5), price=("45k", 2))
    assert [row.refused for row in kept()] == [{}]
    assert KEY


def test_photos_are_kept_too(cast):
    with writing():
        make_photo(cast.cooperative(), cast.member, "cd" * 32)
        photos.add(cast.product(), "cd" * 32, cast.member)
    (row,) = kept()
    assert row.changes == {"photos": [[f"{cast.ids['tea']:064x}"], [f"{cast.ids['tea']:064x}", "cd" * 32]]}


def test_the_sweep_forgets_what_was_decided_long_ago_and_nothing_else(cast):
    approved(cast, name="Một")
    save(cast, name="Hai")
    send(cast)
    decided(cast, cast.product(), Verdict.RETURN, "Chưa rõ")
    assert len(kept()) == 2
    assert forget_old_edits() == 0
    with time_machine.travel(clock.now() + KEPT + timedelta(minutes=1)):
        assert forget_old_edits() == 1  # the returned one is still open
        assert forget_old_edits() == 0
    assert [row.changes["name"][1] for row in kept()] == ["Hai"]
    assert draft(cast).number == 3
