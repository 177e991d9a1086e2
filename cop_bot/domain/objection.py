"""An objection: what a member holds against a line of a published summary, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import JSON, Field, Index, SQLModel

from cop_bot.domain import columns
from cop_bot.domain.assignment import Objected
from cop_bot.domain.mistakes import AnswerWithoutWords, MemberMistake, ObjectionTooLong, ObjectionWithoutWords
from cop_bot.domain.summary import Summary
from cop_bot.domain.visible import clean

MOST_SIGNS = 1000
"""How long an objection may be, and an answer to it."""


class Objection(SQLModel, table=True):
    """A member's words about one line of one version. Without `session_id` it is about the findings.

    `line` is the place of the line in that version, from 1; `said` and `cites` are what stood there. `objected_at`,
    `answered_at` and `withdrawn_at` are the programme's time. A withdrawn one stays as an empty row.
    """

    __table_args__ = (Index("ix_objection_subject", "subject", "withdrawn_at"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    session_id: int | None = Field(default=None, foreign_key="session.id", ondelete="CASCADE", index=True)
    subject: str = Field(max_length=40)
    version: int
    line: int
    said: str = ""
    cites: list[int] = Field(default_factory=list, sa_type=JSON)
    text: str = ""
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="SET NULL", index=True)
    objected_at: datetime
    answer: str = ""
    answered_by: int | None = Field(default=None, foreign_key="member.id", ondelete="SET NULL", index=True)
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @classmethod
    def made(
        cls, summary: Summary, line: int, said: str, cites: Sequence[int], text: str, member_id: int, now: datetime
    ) -> Objection:
        """What this member says now (programme time) about that line.

        Raises ObjectionWithoutWords, ObjectionTooLong.
        """
        return cls(
            programme_id=summary.programme_id,
            session_id=summary.session_id,
            subject=summary.subject,
            version=summary.version,
            line=line,
            said=clean(said),
            cites=list(cites),
            text=_short(text, ObjectionWithoutWords),
            member_id=member_id,
            objected_at=columns.in_utc(now),
        )

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words are gone."""
        return self.withdrawn_at is not None

    @property
    def objected(self) -> Objected:
        """What a summariser is told of it: no name."""
        return Objected(line=self.said, cites=tuple(self.cites), text=self.text)

    def reply(self, text: str, member_id: int, now: datetime) -> None:
        """A facilitator's answer; a later one takes its place. Raises AnswerWithoutWords, ObjectionTooLong."""
        self.answer = _short(text, AnswerWithoutWords)
        self.answered_by, self.answered_at = member_id, columns.in_utc(now)

    def withdraw(self, now: datetime) -> None:
        """Erase what it said, and what was answered; the summary is no longer asked to follow it."""
        self.text = self.said = self.answer = ""
        self.cites, self.answered_by, self.answered_at = [], None, None
        self.withdrawn_at = columns.in_utc(now)

    def forget(self, gone: Collection[int]) -> None:
        """These contributions don't exist any more: a line that rested on one of them may have said its words."""
        if set(self.cites) & set(gone):
            self.said, self.cites = "", [number for number in self.cites if number not in gone]

    def forget_member(self, member_id: int) -> None:
        """Nothing says any more that this member made or answered it; the words of an answer of theirs go too."""
        if self.member_id == member_id:
            self.member_id = None
        if self.answered_by == member_id:
            self.answer, self.answered_by, self.answered_at = "", None, None


def _short(text: str, nothing: type[MemberMistake]) -> str:
    words = clean(text)
    if not words:
        raise nothing
    if len(words) > MOST_SIGNS:
        raise ObjectionTooLong(most=MOST_SIGNS)
    return words
