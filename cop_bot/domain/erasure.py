"""What happens to each table when somebody is forgotten, a contribution is withdrawn, time is up, or the record leaves.

One map over all tables: `forget`, `withdraw`, `purge` and `export` run over it, and a test fails for a table, or for a
column that points to a member or a contribution, which is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from sqlmodel import SQLModel

from cop_bot.domain import model_answer
from cop_bot.domain.anchor import Anchor
from cop_bot.domain.audit import Audited
from cop_bot.domain.command import KEPT as COMMANDS_KEPT
from cop_bot.domain.command import TakenCommand
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.correction import Correction
from cop_bot.domain.gathering import Gathering
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.model_answer import ModelAnswer, TokenUse
from cop_bot.domain.notice import Notice
from cop_bot.domain.objection import Objection
from cop_bot.domain.place import Place, Presence
from cop_bot.domain.programme import Programme
from cop_bot.domain.publication import Publication, PublishedPart
from cop_bot.domain.reminder import Reminded, Reminder
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary
from cop_bot.domain.workspace import Workspace


class To(Enum):
    """What a column points to."""

    MEMBER = auto()
    """Erased when this member asks to be forgotten."""
    CONTRIBUTION = auto()
    """Erased when this contribution is withdrawn, by whomever and however."""


class Fate(Enum):
    """What happens to a row when what it points to is erased."""

    ROW_GOES = auto()
    CLEARED = auto()
    """The row stays and no longer says of whom or of what it was."""
    BY_STEP = auto()
    """A step of its own erases more than the pointer: the words of the row."""
    STAYS = auto()
    """The bare pointer stays; `why` says what for."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that points to a member or a contribution: by our id, or by the number within the programme.

    `holds`: a member whom such a row points to is not a stranger, and not purged. `export`: the name under which the
    row stands with its contribution in the export; empty: it is left out.
    """

    column: str
    to: To
    fate: Fate
    why: str = ""
    holds: bool = False
    export: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """Rows are purged when the wall time in this column is so long ago."""

    column: str
    kept: timedelta


class Purge(Enum):
    """When the rows of a table are purged, where no time is up for each by itself."""

    WITH_PROGRAMME = auto()
    """A programme whose time is up takes them along: the database does it (ON DELETE CASCADE)."""
    WITH_MEMBER = auto()
    """They go with the last that holds the member."""
    STAYS = auto()
    """No person is in them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is to be known about one table."""

    purge: Purge | After
    pointers: tuple[Pointer, ...] = ()


ERASURE: Mapping[type[SQLModel], Rule] = {
    Anchor: Rule(Purge.STAYS),
    Audited: Rule(
        Purge.WITH_PROGRAMME,
        (Pointer("member_id", To.MEMBER, Fate.CLEARED), Pointer("person_id", To.MEMBER, Fate.CLEARED)),
    ),
    TakenCommand: Rule(After("taken_at", COMMANDS_KEPT)),
    Contribution: Rule(
        Purge.WITH_PROGRAMME,
        (
            Pointer("member_id", To.MEMBER, Fate.BY_STEP, holds=True, export="member"),
            Pointer("parent", To.CONTRIBUTION, Fate.STAYS, "a number that says nothing any more", export="parent"),
        ),
    ),
    Correction: Rule(
        Purge.WITH_PROGRAMME,
        (
            Pointer("member_id", To.MEMBER, Fate.BY_STEP),
            Pointer("line", To.CONTRIBUTION, Fate.BY_STEP),
            Pointer("said", To.CONTRIBUTION, Fate.BY_STEP),
        ),
    ),
    Facilitator: Rule(
        Purge.WITH_PROGRAMME,
        (Pointer("member_id", To.MEMBER, Fate.STAYS, "who facilitates is a role, not a word of theirs", holds=True),),
    ),
    Gathering: Rule(Purge.WITH_PROGRAMME),
    Member: Rule(Purge.WITH_MEMBER, (Pointer("id", To.MEMBER, Fate.BY_STEP),)),
    ModelAnswer: Rule(After("kept_at", model_answer.KEPT), (Pointer("numbers", To.CONTRIBUTION, Fate.BY_STEP),)),
    Notice: Rule(
        Purge.WITH_PROGRAMME,
        (Pointer("member_id", To.MEMBER, Fate.BY_STEP),),
    ),
    Objection: Rule(
        Purge.WITH_PROGRAMME,
        (
            Pointer("member_id", To.MEMBER, Fate.BY_STEP),
            Pointer("answered_by", To.MEMBER, Fate.BY_STEP),
            Pointer("cites", To.CONTRIBUTION, Fate.BY_STEP),
        ),
    ),
    Place: Rule(Purge.STAYS),
    Presence: Rule(
        Purge.WITH_MEMBER,
        (Pointer("member_id", To.MEMBER, Fate.STAYS, "so that no reminder reaches them", holds=True),),
    ),
    Programme: Rule(Purge.WITH_PROGRAMME),
    Publication: Rule(
        Purge.WITH_PROGRAMME,
        (
            Pointer("member_id", To.MEMBER, Fate.STAYS, "so that what others withdraw leaves what they were told"),
            Pointer("contribution_id", To.CONTRIBUTION, Fate.BY_STEP),
        ),
    ),
    PublishedPart: Rule(Purge.WITH_PROGRAMME),
    Reminded: Rule(Purge.WITH_PROGRAMME, (Pointer("member_id", To.MEMBER, Fate.ROW_GOES),)),
    Reminder: Rule(Purge.WITH_PROGRAMME),
    Session: Rule(Purge.WITH_PROGRAMME),
    Summary: Rule(Purge.WITH_PROGRAMME, (Pointer("content", To.CONTRIBUTION, Fate.BY_STEP),)),
    TokenUse: Rule(Purge.WITH_PROGRAMME),
    Workspace: Rule(Purge.STAYS),
}


def pointers(to: To, erasure: Mapping[type[SQLModel], Rule] = ERASURE) -> list[tuple[type[SQLModel], Pointer]]:
    """Every column that points to it, with its table."""
    return [(table, pointer) for table, rule in erasure.items() for pointer in rule.pointers if pointer.to is to]
