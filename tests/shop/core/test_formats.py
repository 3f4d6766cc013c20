from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from shop.core import clock, formats
from shop.core.i18n import use_language

MARKET_DAY = datetime(2026, 3, 8, 20, 5, tzinfo=UTC)  # 03:05 on 9 March in Việt Nam


@pytest.fixture
def render():
    app = Flask("formats")
    Babel(app, default_locale="vi")
    formats.register(app)

    def render(source, lang="vi", **values):
        with app.app_context(), use_language(lang):
            return app.jinja_env.from_string("{{ " + source + " }}").render(**values)

    return render


@pytest.fixture
def stopped():
    clock.set_for_tests(MARKET_DAY)
    yield
    clock.set_for_tests(None)


@pytest.mark.parametrize(
    ("source", "vi", "en", "hi"),
    [("1250000 | money", "1.250.000\u00a0₫", "₫1,250,000", "₫12,50,000"), ("0 | money", "0\u00a0₫", "₫0", "₫0"),
     ("1250000 | number", "1.250.000", "1,250,000", "12,50,000"),
     ("1500 | quantity('g')", "1,5\u00a0kg", "1.5\u00a0kg", "1.5\u00a0kg"),
     ("70000 | words", "bảy mươi nghìn đồng", "seventy thousand dong", "सत्तर हज़ार डोंग"),
     ("'+84912345678' | phone", "0912 345 678", "0912 345 678", "0912 345 678"),
     ("moment | date", "9/3/2026", "9 Mar 2026", "9 मार्च 2026"),
     ("day | date", "9/3/2026", "9 Mar 2026", "9 मार्च 2026"),
     ("moment | datetime", "03:05 9/3/2026", "9 Mar 2026, 03:05", "9 मार्च 2026, 03:05"),
     ("moment | daymonth", "9/3", "9 Mar", "9 मार्च"), ("none | date", "", "", ""), ("none | datetime", "", "", ""),
     ("none | daymonth", "", "", ""), ("none | ago", "", "", "")],
)  # fmt: skip
def test_filters_in_three_languages(render, source, vi, en, hi):
    for lang, text in (("vi", vi), ("en", en), ("hi", hi)):
        assert render(source, lang, moment=MARKET_DAY, day=date(2026, 3, 9)) == text


@pytest.mark.parametrize(
    ("passed", "vi", "en"),
    [(timedelta(minutes=5), "5 phút trước", "5 minutes ago"),
     (timedelta(minutes=55), "55 phút trước", "55 minutes ago"),
     (timedelta(hours=2), "2 giờ trước", "2 hours ago"), (timedelta(days=1), "1 ngày trước", "1 day ago"),
     (timedelta(days=6), "6 ngày trước", "6 days ago"), (timedelta(days=7), "2/3/2026", "2 Mar 2026"),
     (timedelta(days=400), "2/2/2025", "2 Feb 2025"), (-timedelta(hours=2), "sau 2 giờ nữa", "in 2 hours")],
)  # fmt: skip
@pytest.mark.usefixtures("stopped")
def test_ago(render, passed, vi, en):
    assert render("moment | ago", "vi", moment=MARKET_DAY - passed) == vi
    assert render("moment | ago", "en", moment=MARKET_DAY - passed) == en


@pytest.mark.usefixtures("stopped")
def test_just_now(render):
    assert render("moment | ago", "en", moment=MARKET_DAY - timedelta(seconds=20)) == "just now"


@pytest.mark.parametrize("source", ["moment | datetime", "moment | date"])
def test_a_moment_without_zone_is_refused(render, source):
    with pytest.raises(ValueError, match="naive"):
        render(source, moment=datetime(2026, 3, 9))  # noqa: DTZ001


def test_vietnamese_where_no_language_was_chosen():
    assert formats.show_money(1000) == "1.000\u00a0₫"
