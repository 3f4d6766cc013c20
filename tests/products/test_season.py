"""Seasons in words, over New Year too."""

from datetime import UTC, datetime

import pytest

from products import season
from shop.core import clock
from shop.core.i18n import use_language


def mask(*months):
    return sum(season.month_bit(month) for month in months)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((), ""),
        ((9,), "tháng 9"),
        ((3, 4, 5, 6, 9), "tháng 3 đến tháng 6, tháng 9"),
        ((11, 12, 1, 2), "tháng 11 đến tháng 2"),
        ((12, 1, 6), "tháng 6, tháng 12 đến tháng 1"),
        ((1, 12), "tháng 12 đến tháng 1"),
    ],
)
def test_in_words(app, months, words):
    with app.app_context(), use_language("vi"):
        assert season.season_text(mask(*months)) == words


def test_in_other_languages(app):
    with app.app_context(), use_language("en"):
        assert season.season_text(mask(3, 4, 9)) == "March to April, September"


def test_next_season_is_the_month_after_this_one(app):
    with app.app_context(), use_language("vi"):
        assert season.next_season(mask(3, 9), 3) == "tháng 9"
        assert season.next_season(mask(3, 9), 11) == "tháng 3"
        assert season.next_season(mask(5), 5) == "tháng 5"
        assert season.next_season(0, 5) == ""


def test_the_month_is_that_of_vietnam():
    clock.set_for_tests(datetime(2026, 6, 30, 17, 0, tzinfo=UTC))
    assert season.this_month() == 7
    assert season.in_season(mask(7), 7)
    assert not season.in_season(0, 7)
