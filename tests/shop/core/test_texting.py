"""One text costs one part, whatever the words: the link is never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.texting import one_text, parts_of, unaccented

LINK = "https://cho.example.vn/n/ABCD1234"


def test_vietnamese_loses_its_marks() -> None:
    assert (
        unaccented("Đơn hàng mới: 2 gói × 120.000 ₫ – “gửi ngay”…") == 'Don hang moi: 2 goi x 120.000 d - "gui ngay"...'
    )


def test_hindi_keeps_its_letters_and_is_cut_at_a_word() -> None:
    text = one_text("नया ऑर्डर LC 4817 2063. इसे सोमवार तक भेजें, जल्दी करें", LINK, "hi")
    assert text == f"नया ऑर्डर LC 4817 2063. इसे सोमवार.. {LINK}"
    assert parts_of(text) == ("ucs2", 1)


@pytest.mark.parametrize("language", ["vi", "en", "hi"])
@given(words=st.text(max_size=400))
def test_always_one_part_with_the_whole_link(language, words) -> None:
    text = one_text(words, LINK, language)
    assert text.endswith(LINK)
    assert parts_of(text)[1] == 1
