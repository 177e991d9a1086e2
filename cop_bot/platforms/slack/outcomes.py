"""What became of a call to Slack, judged by how it failed."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from cop_bot.platforms.waiting import retry_after
from cop_bot.ports import Later, Refused, Shut, Unknown

# AttributeError and ValueError: slack_sdk stumbles over an answer that is no JSON object.
FAILURES = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, AttributeError, ValueError)
"""Everything that a call by slack_sdk raises when Slack, or what stands between, does not answer as it should."""

# Slack's reference of methods: "the operation might have or might not have succeeded".
_UNCERTAIN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})

# Nothing is wrong with the message: the app has to be repaired, or Slack has to have a rest, and it can go.
_PASSING = {
    **dict.fromkeys(("ratelimited", "rate_limited", "message_limit_exceeded"), timedelta(seconds=30)),
    **dict.fromkeys(("team_added_to_org", "org_login_required", "accesslimited"), timedelta(minutes=5)),
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope"),
        timedelta(minutes=5),
    ),
    **dict.fromkeys(("access_denied", "ekm_access_denied", "no_permission"), timedelta(minutes=5)),
}

# Nothing is wrong with the message either: somebody has to invite the app, or to unarchive the channel.
_SHUT = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "restricted_action_read_only_channel"}
)

_NOT_SENT = timedelta(seconds=5)


def outcome_of(failure: Exception) -> Refused | Shut | Later | Unknown:
    """Refused, Shut or Later only when Slack certainly did not take it."""
    if isinstance(failure, SlackApiError):
        return _answered(failure)
    if isinstance(failure, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Later(_NOT_SENT, "no connection")
    return Unknown(type(failure).__name__)


def error_of(failure: Exception) -> str:
    """Slack's own word for what was wrong, or the name of what happened to the connection."""
    if isinstance(failure, SlackApiError) and isinstance(failure.response, AsyncSlackResponse):
        answer = failure.response.data
        word = answer.get("error") if isinstance(answer, dict) else None
        return str(word or f"HTTP {failure.response.status_code}")
    return type(failure).__name__


def _answered(failure: SlackApiError) -> Refused | Shut | Later | Unknown:
    response, error = failure.response, error_of(failure)
    if not isinstance(response, AsyncSlackResponse):
        return Unknown("unreadable answer")
    if response.status_code == 429:
        return Later(retry_after(response.headers), "ratelimited")
    if response.status_code >= 500 or error in _UNCERTAIN or error.startswith("HTTP 2"):
        return Unknown(error)
    if error in _PASSING:
        return Later(_PASSING[error], error)
    return Shut(error) if error in _SHUT else Refused(error)
