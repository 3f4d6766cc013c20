"""Money, numbers, quantities and times as people read them: all by Babel, in the language that speaks."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask

from shop.core import clock, quantity
from shop.core.days import local
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.money import in_words
from shop.core.phones import show_phone

# English is British: its dates are day first and its clock has 24 hours, as everywhere else here.
_LOCALES = {"vi": "vi", "en": "en_GB", "hi": "hi"}
_DATES = {"vi": "d/M/y", "en": "d MMM y", "hi": "d MMM y"}
_DATETIMES = {"vi": "HH:mm d/M/y", "en": "d MMM y, HH:mm", "hi": "d MMM y, HH:mm"}
_DAYMONTHS = {"vi": "d/M", "en": "d MMM", "hi": "d MMM"}
_MONTHS = {"vi": "'tháng' M/y", "en": "MMMM y", "hi": "MMMM y"}
_RECENT = timedelta(days=7)
_JUST_NOW = timedelta(minutes=1)


def register(app: Flask) -> None:
    """Give templates money, number, tenths, quantity, date, datetime, daymonth, month, ago, phone and words."""
    app.jinja_env.filters.update(
        money=show_money,
        number=show_number,
        tenths=show_tenths,
        quantity=show_quantity,
        date=show_date,
        datetime=show_datetime,
        daymonth=show_daymonth,
        month=show_month,
        ago=show_ago,
        phone=show_phone,
        words=show_words,
    )


def show_money(amount: int) -> str:
    """Return đồng as "1.250.000 ₫" (with U+00A0), "₫1,250,000" or "₫12,50,000"."""
    return _money(amount, current_language())


def show_number(number: int) -> str:
    """Return a whole number with the separators of the language."""
    return format_decimal(number, locale=_LOCALES[current_language()])


def show_tenths(tenths: int) -> str:
    """Return tenths with one digit behind the comma of the language: "4,3"."""
    return format_decimal(Decimal(tenths) / 10, "0.0", locale=_LOCALES[current_language()])


def show_quantity(amount: int, base_unit: str) -> str:
    """Return an amount in g, ml or piece as "500 g", "1,5 kg"."""
    return quantity.shown(amount, base_unit, current_language())


def show_permille(tenths: int) -> str:
    """Return tenths of a percent as "40%", "12,5%"."""
    return format_percent(Decimal(tenths) / 1000, "#,##0.#%", locale=_LOCALES[current_language()])


def show_words(amount: int) -> str:
    """Return đồng spelled out: "bảy mươi nghìn đồng"."""
    return in_words(amount, current_language())


def show_date(day: date | None) -> str:
    """Return "9/3/2026" or "9 Mar 2026"; a moment is turned into the local day, None into nothing."""
    return _by(_DATES, day)


def show_daymonth(day: date | None) -> str:
    """Return "9/3" or "9 Mar"; a moment is turned into the local day, None into nothing."""
    return _by(_DAYMONTHS, day)


def show_month(day: date | None) -> str:
    """Return the month of a day: "tháng 3/2026" or "March 2026"; None becomes nothing."""
    return _by(_MONTHS, day)


def show_datetime(moment: datetime | None) -> str:
    """Return "14:05 9/3/2026" or "9 Mar 2026, 14:05", local time of Việt Nam; None becomes nothing."""
    if moment is None:
        return ""
    language = current_language()
    return format_datetime(local(moment), _DATETIMES[language], locale=_LOCALES[language])


def show_ago(moment: datetime | None) -> str:
    """Return how long ago a moment was, "2 giờ trước"; after seven days its date; None becomes nothing."""
    if moment is None:
        return ""
    passed = clock.now() - moment.astimezone(UTC)
    if abs(passed) < _JUST_NOW:
        return _("just now")
    if abs(passed) >= _RECENT:
        return show_date(moment)
    # threshold: 52 minutes are 52 minutes, not an hour.
    return format_timedelta(-passed, threshold=1, add_direction=True, locale=_LOCALES[current_language()])


@lru_cache(maxsize=4096)
def _money(amount: int, language: str) -> str:
    return format_currency(amount, "VND", locale=_LOCALES[language])


def _by(patterns: dict[str, str], day: date | None) -> str:
    if day is None:
        return ""
    language = current_language()
    if isinstance(day, datetime):
        day = local(day).date()
    return format_date(day, patterns[language], locale=_LOCALES[language])
