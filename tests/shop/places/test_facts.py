import json
from collections import Counter

import pytest

from shop.core.text import fold, nfc
from shop.places import facts, names

PROVINCES, COMMUNES, ALIASES = facts.provinces(), facts.communes(), facts.aliases()
HOME = [row for row in COMMUNES if row["province_code"] == "12"]
FORMER = json.loads((facts.FOLDER / "former_12.json").read_text(encoding="utf-8"))["former"]


def test_the_country():
    assert len(PROVINCES) == len({row["code"] for row in PROVINCES}) == 34
    assert len(COMMUNES) == len({row["code"] for row in COMMUNES}) == 3321
    assert Counter(row["kind"] for row in PROVINCES) == {"tinh": 28, "thanh_pho": 6}
    assert Counter(row["kind"] for row in COMMUNES) == {"xa": 2621, "phuong": 687, "dac_khu": 13}


def test_codes_are_text_with_leading_zeros():
    assert all(len(row["code"]) == 2 and row["code"].isdecimal() for row in PROVINCES)
    assert all(len(row["code"]) == 5 and row["code"].isdecimal() for row in COMMUNES)
    assert {"03388", "03390"} <= {row["code"] for row in HOME}


def test_names_are_nfc_and_split():
    for row in PROVINCES + COMMUNES:
        assert row["name"] == nfc(row["name"]) == " ".join(row["name"].split())
        assert row["name"].endswith(row["short_name"])
    assert all(row["folded"] == fold(row["short_name"]) for row in COMMUNES)


def test_lai_chau_has_36_communes_and_2_wards():
    assert Counter(row["kind"] for row in HOME) == {"xa": 36, "phuong": 2}


def test_106_former_units_went_into_38():
    assert len(FORMER) == len({row[0] for row in FORMER}) == 106
    assert {row[3] for row in FORMER} == {row["code"] for row in HOME}
    assert Counter(names.split(row[1]).kind for row in FORMER) == {"xa": 94, "phuong": 5, "thi_tran": 7}
    assert len({row[2] for row in FORMER}) == 8


def test_every_trap_is_marked():
    """A former name that today belongs to another place must warn."""
    today = {row["short_name"]: row["code"] for row in HOME}
    traps = {(row[1], row[3]) for row in FORMER if today.get(names.split(row[1]).short, row[3]) != row[3]}
    assert traps == {("Xã Mường Than", "03595"), ("Thị trấn Mường Tè", "03433")}
    assert {(row[1], row[3]) for row in FORMER if row[4:] == ["elsewhere"]} == traps


def test_names_alike_are_marked():
    alike = {row[1] for row in FORMER if row[4:] == ["alike"]}
    assert {"Xã Nậm Cha", "Xã Nậm Chà"} <= alike


def test_older_names_lead_to_communes_of_today():
    assert {row["commune_code"] for row in ALIASES} <= {row["code"] for row in COMMUNES}
    assert len({(row["commune_code"], row["name"], row["former_district"]) for row in ALIASES}) == len(ALIASES)


@pytest.mark.parametrize("path", sorted(facts.FOLDER.glob("*.json")), ids=lambda path: path.name)
def test_shipped_data_says_where_it_comes_from(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    assert all(data[key] for key in ("source", "date", "licence"))
