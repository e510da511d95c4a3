"""The one place that reads the clock, for the verbs that may."""

import datetime

from pbpmaturity.errors import UsageError
from pbpmaturity.model.date import PartialDate


def day_of(as_of: str | None) -> datetime.date:
    """Return the day that `--as-of DATE | today` means: today without it, the last day of a month."""
    if as_of is None or as_of.strip().lower() == "today":
        return datetime.date.today()
    try:
        return PartialDate.parse(as_of.strip()).last_day
    except ValueError as error:
        raise UsageError(f"--as-of {error}", "or write today") from None
