"""What a sale may be: pure questions about a price and two days."""

from datetime import date, timedelta

LONGEST_DAYS = 92  # a lower price for longer than a quarter is the price
FARTHEST_DAYS = 366  # who plans beyond a year mistypes the year

# Decree 81/2018/ND-CP, article 7, caps a promotional discount at 50 % of the price just before; fresh and raw food is
# exempt there. To be confirmed by the province's lawyer, so it is a question here and no refusal.
DEEPEST_PERCENT = 50


def is_deep(price: int, usual: int) -> bool:
    """Say whether a sale price takes off more than the decree allows in general, so that the seller is asked."""
    return price * 100 < usual * (100 - DEEPEST_PERCENT)


def is_sensible(starts_on: date, ends_on: date, today: date) -> bool:
    """Say whether the days of a sale lie in order, not in the past, and not unbelievably far or long."""
    return today <= starts_on <= ends_on <= starts_on + timedelta(days=LONGEST_DAYS - 1) and starts_on <= (
        today + timedelta(days=FARTHEST_DAYS)
    )
