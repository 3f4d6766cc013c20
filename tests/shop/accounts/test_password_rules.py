"""Which passwords are taken: any characters, long ones, no common ones, not one's own name."""

import pytest

from shop.accounts.own_words import own_words
from shop.accounts.passwords import COMMON, check_new, hashed, is_outdated, matches
from shop.core.errors import Invalid

PERSON = ("Giàng Thị Máy", "+84912000101", "may.giang@example.com")


@pytest.mark.parametrize(
    "password",
    [
        "chè ngon uống sớm",
        "x" * 64,
        "y" * 200,
        "        k",
        "🍵🍯🌾🫖🍵🍯🌾🫖",
        "क्षमा करें जी",
        "'; DROP TABLE--",
        "<script>alert(1)",
        "84719305",
        "Giàng ơi ta cùng đi chợ",
        "!!!???!!!",
    ],
)
def test_taken_as_typed(session, password: str) -> None:
    check_new(password, *own_words(*PERSON))
    assert matches(hashed(password), password)
    assert not matches(hashed(password), password + " ")


@pytest.mark.parametrize(
    "password",
    [
        "ngắn quá"[:7],
        "z" * 201,
        "password",
        "PassWord1",
        "12345678",
        "matkhau123",
        "anhyeuem",
        "iloveyou",
        "Giàng Thị Máy",
        "giangthimay1990",
        "0912000101",
        "0912 000 101",
        "912000101!!",
        "may.giang@example.com",
        "may.giang99",
        "chophien2026",
        "Chợ Phiên 1",
        "LaiChau2026",
    ],
)
def test_refused_with_a_sentence(session, password: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_new(password, *own_words(*PERSON))
    assert refused.value.field == "password"
    assert str(refused.value.sentence)


def test_every_password_of_the_list_is_refused() -> None:
    assert len(COMMON) > 3000
    assert all(len(word) >= 8 and word == word.casefold() for word in COMMON)
    for word in COMMON:
        with pytest.raises(Invalid):
            check_new(word)


def test_hashes_are_argon2id_of_todays_figures() -> None:
    made = hashed("chè ngon uống sớm")
    assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not is_outdated(made)
    assert is_outdated(
        "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$KPsNFh3hR0bmXqHcOgYHhZ2lAs9lxGvFPSzBCmTvVJk"
    )
