"""How long a platform asks to be left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(hours=1)


def retry_after(headers: Mapping[str, str]) -> timedelta:
    """The header in seconds or as a date (RFC 9110); half a minute when it says neither."""
    value = next((str(text) for name, text in headers.items() if name.lower() == "retry-after"), "")
    wait = timedelta(seconds=30)
    try:
        if value.strip().isdigit():
            wait = timedelta(seconds=int(value))
        elif value:
            wait = parsedate_to_datetime(value) - datetime.now(UTC)
    except (ValueError, OverflowError, TypeError):
        pass
    return min(max(wait, timedelta(0)), _LONGEST)
