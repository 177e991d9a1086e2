"""Slack's own export of a workspace: a day file, a folder of them, or all in a zip (Slack's help, "How to read Slack
data exports").
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cop_bot.domain.mentions import named
from cop_bot.platforms.declaration import Exported
from cop_bot.platforms.slack.blocks import seen
from cop_bot.platforms.slack.parse import author_of, is_from_member, moment

_LISTS = ("users.json", "channels.json", "groups.json", "dms.json", "mpims.json", "integration_logs.json")


def read_export(files: Mapping[str, bytes]) -> list[Exported] | None:
    """What members said in these files (path -> content), oldest first; None if they are no export of Slack's.

    Joins, topics and programs are left out. Names come from `users.json`, and from what messages say of their authors.
    """
    lists = {path.rsplit("/", 1)[-1]: _listed(content) for path, content in files.items() if path.endswith(_LISTS)}
    messages = [
        message
        for path, content in sorted(files.items())
        if path.endswith(".json") and not path.endswith(_LISTS)
        for message in _listed(content)
        if message.get("type") == "message" and moment(str(message.get("ts") or "")) is not None
    ]
    if not messages:
        return None
    names = dict(_names(lists, messages))
    bots = {str(user["id"]) for user in lists.get("users.json", ()) if user.get("is_bot") is True and "id" in user}
    found = [_exported(message, names) for message in messages if _is_a_members(message, bots)]
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def _listed(content: bytes) -> list[dict[str, Any]]:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return []
    return [one for one in read if isinstance(one, dict)] if isinstance(read, list) else []


def _names(lists: Mapping[str, list[dict[str, Any]]], messages: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for message in messages:
        profile = message.get("user_profile")
        if isinstance(profile, dict):
            yield str(message.get("user")), _called(profile, profile)
    for user in lists.get("users.json", ()):
        profile = user.get("profile")
        yield str(user.get("id")), _called(profile if isinstance(profile, dict) else {}, user)
    for place in (*lists.get("channels.json", ()), *lists.get("groups.json", ())):
        yield str(place.get("id")), str(place.get("name") or "")


def _called(profile: Mapping[str, Any], user: Mapping[str, Any]) -> str:
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return str(next((name for name in names if name), ""))


def _is_a_members(message: Mapping[str, Any], bots: set[str]) -> bool:
    return is_from_member(message, "") and bool(author_of(message)) and author_of(message) not in bots


def _exported(message: Mapping[str, Any], names: Mapping[str, str]) -> Exported | None:
    shown, ts = seen(message), str(message["ts"])
    at, author, thread = moment(ts), author_of(message), message.get("thread_ts")
    if at is None:
        return None
    return Exported(
        id=ts,
        author=names.get(author) or author,
        text=named(shown.text, names) or ", ".join(shown.files),
        at=at,
        said_to=str(thread) if thread and thread != ts else None,
    )
