"""The only reader of time."""

from datetime import UTC, datetime, timedelta

_fixed: datetime | None = None


def now() -> datetime:
    """Return the present moment as an aware datetime in UTC."""
    return _fixed or datetime.now(UTC)


def after(**parts: float) -> datetime:
    """Return the moment that lies the given timedelta parts (minutes=…, days=…) from now, in UTC."""
    return now() + timedelta(**parts)


def set_for_tests(moment: datetime | None) -> None:
    """Stop the clock at an aware moment, or let it run again with None."""
    global _fixed  # noqa: PLW0603 - one clock for the process
    _fixed = moment
