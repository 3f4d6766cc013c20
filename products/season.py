"""When goods are in season: months of the year, in words and against today."""

from babel.dates import get_month_names

from products.catalogue import months
from products.lifecycle import SeasonWord
from shop.core.days import today
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _

_EVERY_MONTH = 0b111111111111


def this_month() -> int:
    """Return the month (1 to 12) that it is in Việt Nam."""
    return today().month


def month_bit(month: int) -> int:
    """Return the bit of a month (1 to 12) in season_months."""
    return 1 << (month - 1)


def months_in_season(mask: int, word: SeasonWord) -> int:
    """Return the months as bits in which goods are in season now that the seller said `word`: all, none, or these."""
    return {SeasonWord.ON: _EVERY_MONTH, SeasonWord.OFF: 0}.get(word, mask)


def in_season(mask: int, month: int, word: SeasonWord = SeasonWord.BY_MONTH) -> bool:
    """Say whether goods with a season (0: none, all year) have it in this month; the seller's word goes first."""
    return bool(months_in_season(mask, word) & month_bit(month))


def is_over(word: SeasonWord) -> bool:
    """Say whether the seller said that there is none now: it can be seen, but not ordered."""
    return word is SeasonWord.OFF


def month_name(month: int) -> str:
    """Return the month as it stands in a sentence: tháng 9, September."""
    return str(get_month_names("wide", context="format", locale=current_language())[month])


def season_text(mask: int) -> str:
    """Return a season in words, "tháng 3 đến tháng 6, tháng 9"; '' for goods of the whole year."""
    parts = []
    for first, last in _runs(mask):
        if first == last:
            parts.append(month_name(first))
        else:
            parts.append(_("%(first)s to %(last)s", first=month_name(first), last=month_name(last)))
    return ", ".join(parts)


def next_season(mask: int, month: int) -> str:
    """Return the month in which goods come again after this one, in words; '' for goods of the whole year."""
    coming = [(month + ahead - 1) % 12 + 1 for ahead in range(1, 13)]
    return next((month_name(one) for one in coming if in_season(mask, one)), "")


def _runs(mask: int) -> list[tuple[int, int]]:
    """Return the unbroken runs of months; one that goes over New Year is one run, and comes last."""
    runs: list[tuple[int, int]] = []
    for month in months(mask):
        if runs and runs[-1][1] == month - 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][1] == 12:
        runs[-1] = (runs[-1][0], runs[0][1])
        runs.pop(0)
    return runs
