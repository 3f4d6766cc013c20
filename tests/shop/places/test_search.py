import unicodedata
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from shop.core.db import db
from shop.core.i18n import use_language
from shop.places import queries

pytestmark = pytest.mark.usefixtures("session")
HOME = "12"


def names_for(text, province=HOME):
    return [match.commune.name for match in queries.one_for_search(text, province)]


def notes_for(text, name):
    match = next(match for match in queries.one_for_search(text, HOME) if match.commune.name == name)
    with use_language("en"):
        return " ".join(str(note) for note in match.notes)


def test_provinces_in_vietnamese_order():
    found = [province.short_name for province in queries.provinces()]
    assert len(found) == 34
    assert found[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    assert found.index("Đà Nẵng") == found.index("Cao Bằng") + 2  # after Cần Thơ, before Đắk Lắk


def test_communes_of_one_province():
    found = queries.communes_of(HOME)
    assert len(found) == 38
    assert [one.short_name for one in found[:4]] == ["Bản Bo", "Bình Lư", "Bum Nưa", "Bum Tở"]
    assert queries.communes_of("99") == []


def test_one_by_code():
    assert queries.commune("03390").name == "Xã Bình Lư"
    assert queries.commune("3390") is None
    assert queries.commune("0339\x00") is None
    assert queries.province("12").name == "Tỉnh Lai Châu"
    assert queries.province("13") is None


@pytest.mark.parametrize(
    "text",
    ["Bình Lư", "xã bình lư", "BINH LU", "binhlu", "  binh   lu ", "Bình-Lư", unicodedata.normalize("NFD", "Bình Lư"),
     "bình l", "binhf luw", "bình nư"],
)  # fmt: skip
def test_a_commune_of_today(text):
    assert names_for(text)[0] == "Xã Bình Lư"


def test_a_former_district_offers_its_communes():
    found = names_for("Tam Đường")
    assert found[0] == "Xã Bình Lư"  # the town of that name
    assert set(found) == {"Xã Bình Lư", "Xã Sin Suối Hồ", "Xã Tả Lèng", "Phường Tân Phong", "Xã Bản Bo", "Xã Khun Há"}
    assert set(names_for("huyen tam duong")) == set(found)
    assert notes_for("Tam Đường", "Xã Tả Lèng") == "Formerly in huyện Tam Đường."
    assert names_for("thị trấn Tam Đường")[0] == "Xã Bình Lư"


def test_a_former_commune_offers_the_one_of_today():
    assert names_for("Giang Ma") == ["Xã Tả Lèng"]
    assert notes_for("giang ma", "Xã Tả Lèng") == "Xã Giang Ma (huyện Tam Đường) is now in xã Tả Lèng."


def test_a_later_word_is_found_after_beginnings():
    assert names_for("lư")[1] == "Xã Bình Lư"  # the first begins with it: the former Lùng Thàng


def test_the_trap_of_muong_than():
    assert names_for("Mường Than")[:2] == ["Xã Mường Than", "Xã Than Uyên"]
    assert notes_for("mường than", "Xã Mường Than") == "Not the former xã Mường Than, which is now in xã Than Uyên."
    assert notes_for("mường than", "Xã Than Uyên") == (
        "Xã Mường Than (huyện Than Uyên) is now in xã Than Uyên. Today's Mường Than is another place."
    )


def test_the_trap_of_the_town_muong_te():
    assert names_for("thị trấn Mường Tè")[0] == "Xã Bum Tở"
    assert names_for("Mường Tè")[0] == "Xã Mường Tè"
    assert "Xã Bum Tở" in names_for("muong te")


def test_names_that_differ_in_one_mark():
    assert names_for("Nậm Chà")[:2] == ["Xã Mường Mô", "Xã Nậm Tăm"]
    assert names_for("Nậm Cha")[:2] == ["Xã Nậm Tăm", "Xã Mường Mô"]
    assert notes_for("nậm chà", "Xã Mường Mô").endswith("Another place has a name like this. Check the marks.")


@pytest.mark.parametrize("text", ["", "  ", "???", "xyzt", "x" * 200, "\x00", "%", "_"])
def test_nothing_is_found(text):
    assert names_for(text) == []


def test_only_in_the_chosen_province():
    assert names_for("Bình Lư", "01") == []
    assert names_for("Ba Đình", "01") == ["Phường Ba Đình"]
    assert len(names_for("a", "79")) <= 12


def test_searching_takes_two_queries(count_queries):
    with count_queries() as seen:
        queries.one_for_search("Tam Đường", HOME)
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 2


def test_home_communes_under_their_former_districts():
    groups = queries.home_communes(HOME)
    assert [group.heading for group in groups][-1] == "Thành phố Lai Châu"
    assert sum(len(group.communes) for group in groups) == 38
    under = {one.short_name: group.heading for group in groups for one in group.communes}
    assert under["Bình Lư"] == "Huyện Tam Đường"
    assert under["Đoàn Kết"] == under["Tân Phong"] == "Thành phố Lai Châu"
    assert under["Sin Suối Hồ"] == "Huyện Phong Thổ"


def test_another_home_province_needs_no_older_names():
    (group,) = queries.home_communes("15")
    assert group.heading is None
    assert len(group.communes) == 99


@pytest.fixture
def count_queries():
    @contextmanager
    def counting():
        seen = []

        def note(*call):
            seen.append(call[2])

        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)

    return counting
