"""What became of a call to the Teams service, judged by how it failed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx

from cop_bot.platforms.teams.identity import NoTokenError
from cop_bot.platforms.waiting import retry_after
from cop_bot.ports import Later, Refused, Shut, Unknown

# ValueError and KeyError: the SDK stumbles over an answer that is not what it expects.
FAILURES = (httpx.HTTPError, httpx.InvalidURL, NoTokenError, OSError, TimeoutError, ValueError, KeyError)
"""Everything that a call by the SDK raises when Teams, or what stands between, does not answer as it should."""

_NOT_SENT = timedelta(seconds=5)
_TO_BE_MENDED = timedelta(minutes=5)

# Microsoft's "Rate limiting for bots" counts these with the server's errors: nobody knows whether it was taken.
_UNCERTAIN = (408, 409, 412)


def outcome_of(failure: Exception) -> Refused | Shut | Later | Unknown:
    """Refused, Shut or Later only when Teams certainly did not take it."""
    if isinstance(failure, httpx.HTTPStatusError):
        return _answered(failure)
    if isinstance(failure, NoTokenError):
        return Later(_TO_BE_MENDED, str(failure))
    if isinstance(failure, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return Later(_NOT_SENT, "no connection")
    return Unknown(type(failure).__name__)


def status_of(failure: Exception) -> int:
    """The HTTP status that Teams answered with, or 0."""
    return failure.response.status_code if isinstance(failure, httpx.HTTPStatusError) else 0


def error_of(failure: httpx.HTTPStatusError) -> str:
    """Teams' own word for what was wrong, such as BotNotInConversationRoster."""
    try:
        answer: Any = failure.response.json()
    except ValueError:
        answer = None
    error = answer.get("error") if isinstance(answer, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return str(code or f"HTTP {failure.response.status_code}")


def _answered(failure: httpx.HTTPStatusError) -> Refused | Shut | Later | Unknown:
    status, error = status_of(failure), error_of(failure)
    if status == 429:
        return Later(retry_after(failure.response.headers), error)
    if status >= 500 or status < 400 or status in _UNCERTAIN:
        return Unknown(error)
    if status == 401:
        return Later(_TO_BE_MENDED, error)
    # The app was removed, blocked by an administrator, or the channel is gone: somebody can mend it.
    return Shut(error) if status in (403, 404) else Refused(error)
