"""The only reader of time."""

from datetime import UTC, datetime, timedelta

_fixed: datetime | None = None
_ahead = timedelta()


def now() -> datetime:
    """Return the present moment as an aware datetime in UTC."""
    return (_fixed or datetime.now(UTC)) + _ahead


def after(**parts: float) -> datetime:
    """Return the moment that lies the given timedelta parts (minutes=…, days=…) from now, in UTC."""
    return now() + timedelta(**parts)


def set_for_tests(moment: datetime | None) -> None:
    """Stop the clock at an aware moment, or let it run again with None; time that was let pass is taken back."""
    global _fixed, _ahead
    _fixed, _ahead = moment, timedelta()


def pass_for_tests(span: timedelta) -> None:
    """Let a span of time pass at once; the clock goes on from there, or stands there if it was stopped."""
    global _ahead  # noqa: PLW0603 - one clock for the process
    _ahead += span
