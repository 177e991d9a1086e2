"""Which channel is meant: by its link, by its id, by "Team/Channel", or by its own name."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import structlog

from cop_bot.chat.teams.graph import Graph, GraphError
from cop_bot.dress.teams_json import Said, text_in
from cop_bot.dress.teams_posts import place_of
from cop_bot.ports import PlaceFound

log = structlog.get_logger()

_ID = re.compile(r"[0-9a-fA-F-]{36}/[^/\s]+")
_LINK = re.compile(r"/l/channel/([^/]+)/?([^/]*)")
_HOSTS = ("teams.microsoft.com", "teams.cloud.microsoft")


async def find_place(graph: Graph, teams: set[str], name: str) -> PlaceFound | None:
    """The channel, or None if it is unknown; by its name alone it is only looked for in teams that we have met.

    Raises ChatUnavailable.
    """
    known = _from_link(name) or (_named_by_id(name) if _ID.fullmatch(name) else None)
    if known is not None:
        return await _by_id(graph, teams, *known)
    team, slash, channel = name.removeprefix("#").rpartition("/")
    found = [
        place_of(group, text_in(one, "id"))
        for group in sorted(teams)
        if not slash or text_in(await graph.team(group), "displayName").casefold() == team.strip().casefold()
        for one in await graph.channels(group)
        if text_in(one, "displayName").casefold() == channel.strip().casefold()
    ]
    if len(found) > 1:
        log.warning("several teams have a channel of this name; put the channel's link into the programme file")
    return await _by_id(graph, teams, *found[0].split("/", 1)) if len(found) == 1 else None


def _from_link(name: str) -> tuple[str, str] | None:
    """What "Get link to channel" gives."""
    parts = urlsplit(name)
    found = _LINK.match(parts.path)
    group = parse_qs(parts.query).get("groupId", [""])[0]
    if parts.hostname not in _HOSTS or not found or not group:
        return None
    return group, unquote(found[1])


def _named_by_id(name: str) -> tuple[str, str]:
    group, _, channel = name.partition("/")
    return group, channel


async def _by_id(graph: Graph, teams: set[str], group: str, channel: str) -> PlaceFound | None:
    try:
        found = await graph.channel(group, channel)
    except GraphError as refused:
        if refused.status in (401, 403):
            log.warning("the app is not in this team, or may not read it; an owner has to add it", team=group)
            return PlaceFound(place_of(group, channel), "", bot_is_in=False)
        if refused.status in (400, 404):
            return None
        raise
    teams.add(group)
    return PlaceFound(place_of(group, channel), text_in(found, "displayName"), bot_is_in=_is_open(found))


def _is_open(channel: Said) -> bool:
    if channel.get("membershipType") in ("private", "shared"):
        log.warning(
            "this channel is private or shared, where apps can't read along; choose a standard channel of the team",
            channel=text_in(channel, "id"),
        )
        return False
    return channel.get("isArchived") is not True
