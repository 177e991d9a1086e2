"""A programme: a planned run of kick-off, sessions and plenary."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import JSON, Column, Field, Index, Integer, SQLModel, UniqueConstraint

from cop_bot.domain.plan import Plan, Settings

_VERSION = Column("version", Integer, nullable=False)


class Programme(SQLModel, table=True):
    """The aggregate: whoever changes anything planned of it changes its `version`, and two who do it at once can't both
    win.
    """

    __table_args__ = (UniqueConstraint("workspace_id", "slug"), Index("ix_programme_next_due", "next_due"))

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    slug: str = Field(max_length=100)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    zone: str = Field(max_length=64)
    place_id: int = Field(foreign_key="place.id", index=True)
    digest: str = Field(max_length=64)
    """SHA-256 of the programme file that was applied last."""
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    next_number: int = 1
    """The number of the next contribution; numbers are never reused."""
    next_due: datetime | None = None
    """The earliest moment at which anything of it is due; None when nothing is."""
    version: int = Field(default=1, sa_column=_VERSION)

    __mapper_args__ = {"version_id_col": _VERSION}

    @classmethod
    def planned(cls, plan: Plan, place_id: int, workspace_id: int = 0) -> Programme:
        """A programme as its file plans it; one that is to be stored needs its workspace."""
        programme = cls(workspace_id=workspace_id, slug=plan.slug, zone=plan.zone, place_id=place_id, digest="")
        programme.replan(plan)
        return programme

    def replan(self, plan: Plan) -> None:
        """Take over a changed file."""
        self.title, self.zone, self.digest = dict(plan.title), plan.zone, plan.digest
        self.settings = _settings().dump_python(plan.settings, mode="json")

    def learn_settings(self, plan: Plan) -> None:
        """Take over what an unchanged file says that was not kept before (breaks)."""
        self.settings = _settings().dump_python(plan.settings, mode="json")

    def decided(self) -> Settings:
        """What the programme decided about itself: languages, summaries, privacy."""
        return _settings().validate_python(self.settings)

    def name(self, language: str = "en") -> str:
        """Its title in this language, or in the nearest one it has."""
        return in_language(self.title, language)


def in_language(texts: dict[str, str], language: str) -> str:
    """The words in this language, else in English, else in the first language there is."""
    for wanted in (language, language.partition("-")[0], "en"):
        if wanted in texts:
            return texts[wanted]
    return next(iter(texts.values()), "")


@cache
def _settings() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)
