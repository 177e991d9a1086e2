"""One activity that came through the door: who did what where, and the service through which to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.platforms.teams.fields import Said, inner, text_in
from cop_bot.platforms.teams.parse import NAME, channel_and_root, place_of
from handlers.gesture import Gesture

if TYPE_CHECKING:
    from microsoft_teams.api import ActivityBase, ApiClient
    from microsoft_teams.apps import ActivityContext

_MOST_TEAMS = 1_000
_OUT_OF_BOUNDS = ("private", "shared")


@dataclass(frozen=True, slots=True)
class Heard:
    """`said` is the activity as JSON, `group` the Entra group of its team, empty outside of teams."""

    said: Said
    group: str
    api: ApiClient

    @property
    def conversation(self) -> str:
        """Where it stands, with its thread."""
        return text_in(inner(self.said, "conversation"), "id")

    @property
    def is_alone(self) -> bool:
        """Whether it was said to the bot alone."""
        return text_in(inner(self.said, "conversation"), "conversationType") == "personal"

    @property
    def is_private(self) -> bool:
        """Whether it was said in a channel for the bot's eyes only, as slash commands are."""
        return inner(self.said, "recipient").get("isTargeted") is True

    @property
    def is_out_of_bounds(self) -> bool:
        """Whether it comes from a channel of a kind in which Teams lets no bot read or post by itself."""
        return text_in(inner(inner(self.said, "channelData"), "channel"), "type") in _OUT_OF_BOUNDS

    @property
    def person(self) -> str:
        """Who did it: their Entra id."""
        account = inner(self.said, "from")
        return text_in(account, "aadObjectId") or text_in(account, "id")

    @property
    def place(self) -> str | None:
        """The channel, or None in a direct conversation."""
        channel, _ = channel_and_root(self.said)
        if self.is_alone:
            return None
        return place_of(self.group, channel) if self.group else channel

    @property
    def value(self) -> Said:
        """What a button, a dialog or an extension carries."""
        return inner(self.said, "value")

    def gesture(self, *, carries_text: bool) -> Gesture:
        """Who asks, and where. `carries_text`: the message with the command stands there for others to read."""
        message = text_in(self.said, "id")
        _, root = channel_and_root(self.said)
        thread = root if root != message and not self.is_alone else None
        visible = message if carries_text and message else None
        return Gesture(NAME, self.person, self.place, thread, visible, delivery=message or None)


@dataclass(slots=True)
class Hearing:
    """Makes sense of activities, and remembers which team is which group."""

    met: set[str]
    """The groups of the teams that have been heard of; the way out looks for channels in them."""
    _groups: dict[str, str] = field(default_factory=dict)

    async def heard(self, ctx: ActivityContext[Any], *, ask: bool = True) -> Heard:
        """Raises ChatUnavailable when a team can't be asked for its group. Without `ask` that may stay unknown."""
        said = as_json(ctx.activity)
        return Heard(said, await self._group(said, ctx.api, ask), ctx.api)

    async def _group(self, said: Said, api: ApiClient, ask: bool) -> str:
        """Teams says it with the first activity of a team and with few others; it never changes."""
        team = inner(inner(said, "channelData"), "team")
        group, team_id = text_in(team, "aadGroupId"), text_in(team, "id")
        if not team_id:
            return group
        if ask and not group and team_id not in self._groups:
            try:
                group = (await api.teams.get_by_id(team_id)).aad_group_id or ""
            except Exception as failure:
                raise ChatUnavailable("Teams does not say which group a team has.") from failure
        if group and len(self._groups) < _MOST_TEAMS:
            self._groups[team_id] = group
            self.met.add(group)
        return group or self._groups.get(team_id, "")


def as_json(activity: ActivityBase) -> Said:
    """The activity as it came."""
    dump: Callable[..., dict[str, Any]] = activity.model_dump
    return dump(by_alias=True, exclude_none=True, mode="json")
