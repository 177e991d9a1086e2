"""What a programme file says, read and calculated: all times are aware and in UTC, all languages BCP 47 codes.

The values are made by `cop_bot.programme_file` and used by the use case `plan_programme`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from cop_bot.domain.breaks import Break

Texts = dict[str, str]
"""The same words in several languages: language -> words. A text without a language stands under the programme's first
working language.
"""


@dataclass(frozen=True, slots=True)
class StarterResource:
    """A resource that the opening post names."""

    title: str
    url: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """When quiet members are reminded: `at` is the earliest moment; `rule` is the file's own words ("midway", "before
    P2D").
    """

    at: datetime
    rule: str
    to: Literal["quiet", "all"] = "quiet"


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One theme and its window. `closes_at` is exclusive: `closes_at: "23:59"` in the file means that the session ends
    at 00:00.
    """

    slug: str
    title: Texts
    opens_at: datetime
    closes_at: datetime
    questions: tuple[Texts, ...] = ()
    resources: tuple[StarterResource, ...] = ()
    reminders: tuple[ReminderPlan, ...] = ()
    moved_because: str | None = None
    """Set when a break moved the session: the `why` of the break."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A day on which few people may come: a session opens on a holiday or a weekend of a zone. `name`: that of the
    holiday.
    """

    kind: Literal["holiday", "weekend"]
    session: SessionPlan
    day: date
    zone: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class GatheringPlan:
    """A live event. `announce_at` in ascending order, each before `starts_at`."""

    kind: Literal["kickoff", "plenary"]
    starts_at: datetime
    ends_at: datetime | None
    where: str = ""
    url: str | None = None
    announce_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySettings:
    """How summaries are made. `patience` is how long (programme time) a model may fail before the offline summariser
    writes.
    """

    languages: tuple[str, ...] = ("en",)
    review: Literal["none", "facilitator"] = "none"
    mode: Literal["auto", "offline"] = "auto"
    brief_words: int | None = None
    patience: timedelta = timedelta(hours=6)
    ratify: timedelta = timedelta(hours=72)
    """How long (programme time) members may object to a summary."""
    most_tokens: int | None = None
    """How many tokens a model may use for one session; None: as many as the operator allows."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a programme decides about itself besides its calendar; kept with the programme."""

    working_languages: tuple[str, ...] = ("en",)
    interface_languages: tuple[str, ...] = ("en",)
    purpose: Texts = field(default_factory=dict)
    host: str = ""
    contact: str = ""
    summary: SummarySettings = SummarySettings()
    keep: timedelta = timedelta(days=730)
    ai: bool = True
    """Whether contributions may be sent to a model."""
    breaks: tuple[Break, ...] = ()
    """In the order of their beginning."""
    every: int = 0
    """Days from one opening to the next; 0: each theme says itself when it opens."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole programme file. `digest` is the SHA-256 of its content; `not_acted_on` the keys without effect yet,
    `promises` those among them on which people would rely.
    """

    slug: str
    title: Texts
    zone: str
    channel: str
    digest: str
    sessions: tuple[SessionPlan, ...]
    gatherings: tuple[GatheringPlan, ...] = ()
    platform: str | None = None
    facilitators: tuple[str, ...] = ()
    settings: Settings = Settings()
    not_acted_on: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
