"""What the invented members do, and when; it stands in the YAML files beside this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from cop_bot.domain import wall_clock
from cop_bot.domain.plan import Plan, SessionPlan


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(_Read):
    """An invented member."""

    id: str
    name: str
    home: str
    zone: str
    language: str
    email: str = ""


class Line(_Read):
    """One thing that a member does on the `day`-th day of a session (1: its opening), at a time of its zone.

    `says` writes in the place or, with `under`, in the thread of a labelled message. `edits` and `deletes` name a
    labelled message; `says` is then its new text. `types` is what follows `/cop`, `tells` what the bot alone hears.
    """

    day: int
    at: time
    who: str
    label: str = ""
    says: str = ""
    under: str = ""
    edits: str = ""
    deletes: str = ""
    types: str = ""
    tells: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A line and its moment in UTC."""

    at: datetime
    line: Line


def programme_file() -> bytes:
    """The programme that is played: the worked example."""
    return files("cop_bot.demo").joinpath("programme.yaml").read_bytes()


def people() -> list[Person]:
    """The invented members."""
    return TypeAdapter(list[Person]).validate_python(_scene("members"))


def cues(plan: Plan) -> list[Cue]:
    """All lines of all sessions, in the order of their moments."""
    return sorted((cue for session in plan.sessions for cue in _cues_of(session, plan.zone)), key=lambda cue: cue.at)


def _cues_of(session: SessionPlan, zone: str) -> list[Cue]:
    first_day = wall_clock.local_time(session.opens_at, zone).date()
    lines = TypeAdapter(list[Line]).validate_python(_scene(session.slug))
    return [Cue(_moment(datetime.combine(first_day, line.at), line.day, zone), line) for line in lines]


def _moment(first_day: datetime, day: int, zone: str) -> datetime:
    return wall_clock.on_wall(first_day + timedelta(days=day - 1), zone)


def _scene(name: str) -> Any:
    from ruamel.yaml import YAML

    text = files("cop_bot.demo").joinpath("scenes", f"{name}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)
