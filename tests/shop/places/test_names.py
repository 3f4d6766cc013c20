from types import SimpleNamespace

import pytest
from flask import Flask
from flask_babel import Babel

from shop.core.i18n import use_language
from shop.places import names


def place(name):
    kind, short = names.split(name)
    return SimpleNamespace(name=name, short_name=short, kind=kind)


@pytest.mark.parametrize(
    ("name", "kind", "short", "english"),
    [("Xã Bình Lư", "xa", "Bình Lư", "Bình Lư Commune"), ("Phường Đoàn Kết", "phuong", "Đoàn Kết", "Đoàn Kết Ward"),
     ("Đặc khu Trường Sa", "dac_khu", "Trường Sa", "Trường Sa Special Zone"),
     ("Tỉnh Lai Châu", "tinh", "Lai Châu", "Lai Châu Province"), ("Thành phố Huế", "thanh_pho", "Huế", "Huế City")],
)  # fmt: skip
def test_names_of_today(name, kind, short, english):
    assert names.split(name) == (kind, short)
    assert names.english(name) == english


def test_kinds_that_ended_have_no_english():
    with pytest.raises(ValueError, match="no place of today"):
        names.english("Huyện Tam Đường")
    with pytest.raises(ValueError, match="no kind"):
        names.split("Tam Đường")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("xã Bình Lư", ("xa", "binh lu")), ("TT. Tam Đường", ("thi_tran", "tam duong")),
     ("Tam Đường", (None, "tam duong")),
     ("thị trấn", (None, "thi tran")), ("xa", (None, "xa")), ("TP Lai Châu", ("thanh_pho", "lai chau")),
     ("P. Tân Phong", ("phuong", "tan phong")),
     ("", (None, ""))],
)  # fmt: skip
def test_what_people_type(typed, parts):
    assert names.split_typed(typed) == parts


def test_districts():
    assert [names.is_district(name) for name in ("Huyện Than Uyên", "Thành phố Lai Châu", "Thị trấn Tam Đường")] == [
        True,
        True,
        False,
    ]


def test_an_address_runs_from_small_to_large():
    commune, province = place("Xã Bình Lư"), place("Tỉnh Lai Châu")
    assert names.address_line("Số 5, bản X", commune, province) == "Số 5, bản X, xã Bình Lư, tỉnh Lai Châu"
    assert names.address_line(" , ", commune, province) == "xã Bình Lư, tỉnh Lai Châu"
    assert (
        names.address_line("Số 1", place("Đặc khu Phú Quốc"), place("Thành phố Hồ Chí Minh"))
        == "Số 1, đặc khu Phú Quốc, thành phố Hồ Chí Minh"
    )


@pytest.mark.parametrize("name", ["Xã Bình Lư", "Phường Tân Phong", "Đặc khu Lý Sơn", "Tỉnh Lai Châu", "Thành phố Huế"])
def test_the_shown_name_follows_the_language(name):
    app = Flask("names")
    Babel(app, default_locale="vi")
    with app.app_context():
        with use_language("vi"):
            assert names.shown_name(place(name)) == name
        with use_language("en"):
            assert names.shown_name(place(name)) == names.english(name)
