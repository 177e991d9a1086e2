"""Which channel is meant: by its id, which its link contains, by `#Team/Channel`, or by its own name."""

from __future__ import annotations

import re

import structlog

from cop_bot.platforms.teams.fields import Said, text_in
from cop_bot.platforms.teams.graph import Graph, GraphError
from cop_bot.platforms.teams.parse import place_of, split_place
from cop_bot.ports import PlaceFound

log = structlog.get_logger()

_NOT_OURS = (401, 403)
_NOT_IN = (*_NOT_OURS, 404)
_ID = re.compile(r"[0-9a-fA-F-]{36}/[^/\s]+")


async def find_place(graph: Graph, teams: set[str], name: str) -> PlaceFound | None:
    """The channel, or None if it is unknown; by its name alone it is only looked for in teams that we have met.

    Raises ChatUnavailable.
    """
    if _ID.fullmatch(name):
        return await _by_id(graph, teams, *split_place(name))
    team, slash, channel = name.removeprefix("#").rpartition("/")
    found = [
        place_of(group, text_in(one, "id"))
        for group in sorted(teams)
        for one in await _channels_of(graph, group, team.strip() if slash else None)
        if text_in(one, "displayName").casefold() == channel.strip().casefold()
    ]
    if len(found) > 1:
        log.warning("several teams have a channel of this name; put the channel's link into the programme file")
    return await _by_id(graph, teams, *split_place(found[0])) if len(found) == 1 else None


async def _channels_of(graph: Graph, group: str, team: str | None) -> list[Said]:
    """The channels of a team, if it has this name; none if the app is not there any more."""
    try:
        if team is not None and text_in(await graph.team(group), "displayName").casefold() != team.casefold():
            return []
        return await graph.channels(group)
    except GraphError as refused:
        if refused.status in _NOT_IN:
            return []
        raise


async def _by_id(graph: Graph, teams: set[str], group: str, channel: str) -> PlaceFound | None:
    try:
        found = await graph.channel(group, channel)
    except GraphError as refused:
        if refused.status in _NOT_OURS:
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
