import pytest

from shop.core.quantity import BadCount, parse_count, price_per_base, shown, unit_word


@pytest.mark.parametrize(
    ("text", "count"),
    [("12", 12), (" 0 ", 0), ("１２", 12), ("१२", 12), ("007", 7), ("1.200", 1200), ("1,200", 1200), ("1 200", 1200),
     ("1.200.000", 1_200_000), ("10000000", 10_000_000)],
)  # fmt: skip
def test_whole_packs(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1.5",
        "1,5",
        "-1",
        "+1",
        "500 g",
        "mười",
        "1.20",
        "1.200,000",
        "1e3",
        "10000001",
        "9" * 5000,
        "²",
        "½",
        "1/2",
        "nan",
    ],
)
def test_what_is_no_whole_number(text):
    with pytest.raises(BadCount):
        parse_count(text)


@pytest.mark.parametrize(
    ("amount", "unit", "lang", "text"),
    [(500, "g", "vi", "500 g"), (1500, "g", "vi", "1,5 kg"), (1500, "g", "en", "1.5 kg"), (1500, "g", "hi", "1.5 kg"),
     (1000, "g", "vi", "1 kg"), (1001, "g", "vi", "1,001 kg"), (999, "g", "vi", "999 g"), (750, "ml", "vi", "750 ml"),
     (1500, "ml", "vi", "1,5 lít"), (2000, "ml", "en", "2 L"), (10, "piece", "vi", "10 cái"),
     (1, "piece", "en", "1 piece"),
     (12, "piece", "en", "12 pieces"), (12, "piece", "hi", "12 नग"), (1_250_000, "g", "vi", "1.250 kg"),
     (125_000_000, "g", "hi", "1,25,000 kg"), (0, "g", "vi", "0 g")],
)  # fmt: skip
def test_shown_with_a_space_that_does_not_break(amount, unit, lang, text):
    assert shown(amount, unit, lang) == text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("price", "amount", "unit", "per"),
    [(70_000, 500, "g", (140_000, "kg")), (100_000, 300, "g", (333_333, "kg")), (50_000, 3000, "g", (16_667, "kg")),
     (90_000, 750, "ml", (120_000, "l")), (30_000, 10, "piece", (3_000, "piece")), (5, 2, "piece", (3, "piece"))],
)  # fmt: skip
def test_price_per_kilogram_litre_or_piece(price, amount, unit, per):
    assert price_per_base(price, amount, unit) == per


def test_words_of_units():
    assert [unit_word("l", lang) for lang in ("vi", "en", "hi")] == ["lít", "L", "L"]
