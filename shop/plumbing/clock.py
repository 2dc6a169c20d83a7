"""The only place that knows what time it is."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    return now().date()
