"""The text of a bank QR, against published samples, both ways."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.payments.transfers.vietqr import SERVICES, NotVietQR, Transfer, checksum, decode, encode

KNOWN = json.loads((Path(__file__).parent / "data" / "bank_qr.json").read_text(encoding="utf-8"))
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TRANSFERS = st.builds(
    Transfer,
    st.text("0123456789", min_size=6, max_size=6),
    st.text(LETTERS, min_size=1, max_size=19),
    st.none() | st.integers(1, 9_999_999_999_999),
    st.text(LETTERS + " ", max_size=95),
    st.sampled_from(SERVICES),
)


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [str(row["id"]) for row in rows]


def asked(row: dict[str, Any]) -> Transfer:
    said = row.get("input") or row["decoded"]
    memo = said.get("purpose") or said.get("reference") or ""
    return Transfer(said["bin"], said["account"], said.get("amount"), memo, said.get("service", "QRIBFTTA"))


def test_the_checksum_of_its_own_sample() -> None:
    assert checksum("123456789") == "29B1"


@pytest.mark.parametrize("row", KNOWN["generated"], ids=ids(KNOWN["generated"]))
def test_written_as_others_write_it(row: dict[str, Any]) -> None:
    if "reference" not in row["input"]:  # ours stands where banks show it: in the purpose
        assert encode(asked(row)) == row["payload"]
    assert decode(row["payload"]) == asked(row)


@pytest.mark.parametrize("row", KNOWN["spec_examples"], ids=ids(KNOWN["spec_examples"]))
def test_read_as_published(row: dict[str, Any]) -> None:
    assert decode(row["payload"]) == asked(row)
    assert encode(asked(row)) == row["payload"]


@pytest.mark.parametrize("row", KNOWN["invalid"], ids=ids(KNOWN["invalid"]))
def test_what_is_none_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(NotVietQR):
        decode(row["payload"])


@given(TRANSFERS)
def test_what_is_written_is_read(transfer: Transfer) -> None:
    assert decode(encode(transfer)) == transfer


@given(TRANSFERS, st.data())
def test_one_wrong_letter_is_noticed(transfer: Transfer, data: st.DataObject) -> None:
    payload = encode(transfer)
    place = data.draw(st.integers(0, len(payload) - 1))
    other = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != payload[place]))
    with pytest.raises(NotVietQR):
        decode(payload[:place] + other + payload[place + 1 :])


def test_marks_are_folded_and_the_case_stays() -> None:
    written = encode(Transfer("970405", "3607205123456", 250_000, "Đặt chè LC48172063"))
    assert decode(written).memo == "Dat che LC48172063"


@pytest.mark.parametrize(
    "transfer",
    [
        Transfer("97040", "3607205123456"),
        Transfer("970405", ""),
        Transfer("970405", "1" * 20),
        Transfer("970405", "12-34"),
        Transfer("970405", "1234", 0),
        Transfer("970405", "1234", -5),
        Transfer("970405", "1234", 10**13),
        Transfer("970405", "1234", 5, "x" * 96),
        Transfer("970405", "1234", 5, "mật ong 🍯"),
    ],
)
def test_what_has_no_room_is_refused(transfer: Transfer) -> None:
    with pytest.raises(NotVietQR):
        encode(transfer)
