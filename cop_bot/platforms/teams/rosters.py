"""Who is in the teams that the bot knows, by their rosters: no right over the tenant's whole directory is needed."""

from __future__ import annotations

from collections.abc import Iterable

from cop_bot.domain.member import Profile
from cop_bot.platforms.teams.fields import Said, text_in
from cop_bot.platforms.teams.graph import Graph, GraphError


class Rosters:
    """The teams' members as last read. All reading raises ChatUnavailable."""

    def __init__(self, graph: Graph, teams: set[str]) -> None:
        self._graph = graph
        self._teams = teams
        self._read: dict[str, dict[str, Said]] = {}

    async def read(self, group: str) -> list[str]:
        """Everybody in a team now."""
        members = await self._graph.members(group)
        self._read[group] = {person: one for one in members if (person := text_in(one, "userId"))}
        return list(self._read[group])

    async def profile(self, person: str) -> Profile | None:
        """Somebody of a team; an owner is an administrator here."""
        await self._read_missing()
        return _profile(person, self._rows(person))

    async def by_email(self, email: str) -> Profile | None:
        """Who has this address in a team."""
        await self._read_missing()
        for roster in self._read.values():
            for person, row in roster.items():
                if text_in(row, "email").casefold() == email.casefold():
                    return _profile(person, self._rows(person))
        return None

    async def owners(self) -> list[str]:
        """The owners of all teams."""
        await self._read_missing()
        return sorted({p for roster in self._read.values() for p, row in roster.items() if _owns(row)})

    async def team_of(self, person: str) -> str | None:
        """A team that this person is in."""
        await self._read_missing()
        return next((group for group, roster in self._read.items() if person in roster), None)

    async def _read_missing(self) -> None:
        for group in sorted(self._teams - self._read.keys()):
            try:
                await self.read(group)
            except GraphError as refused:
                if refused.status not in (403, 404):
                    raise
                self._teams.discard(group)  # the app is not there any more

    def _rows(self, person: str) -> list[Said]:
        return [roster[person] for roster in self._read.values() if person in roster]


def _profile(person: str, rows: Iterable[Said]) -> Profile | None:
    several = list(rows)
    if not several:
        return None
    name = next((name for row in several if (name := text_in(row, "displayName"))), "")
    return Profile(person, name, is_admin=any(_owns(row) for row in several))


def _owns(row: Said) -> bool:
    roles = row.get("roles")
    return isinstance(roles, list) and "owner" in roles
