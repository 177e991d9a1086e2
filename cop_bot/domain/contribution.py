"""A contribution: a post kept in a session, with a number and a kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import false
from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint

from cop_bot.domain import columns
from cop_bot.domain.columns import known
from cop_bot.domain.numbered import leading_number, without_number
from cop_bot.domain.post import Post
from cop_bot.domain.session import Session
from cop_bot.domain.visible import clean, normal

_PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})

_BY_COMMAND = "command/"
FOR_GOOD = "~"
"""Comes after every stamp of a platform."""


class Kind(StrEnum):
    """What a contribution is."""

    IDEA = "idea"
    RESOURCE = "resource"
    QUESTION = "question"
    FEEDBACK = "feedback"
    LESSON = "lesson"
    TALK = "talk"
    """Words around the work: greetings, thanks, arrangements. In the record, and nobody's contribution to a summary."""


class Mark(StrEnum):
    """Where the quiet mark on the message stands."""

    NONE = "none"
    WANTED = "wanted"
    SET = "set"
    UNWANTED = "unwanted"


class Contribution(SQLModel, table=True):
    """One message of a place that a session keeps. A withdrawn one stays as an empty row, so that it can't come back.

    `message` is the platform's id of the message, unique in the place; `posted_at` is the programme's time of the post.
    """

    __table_args__ = (
        UniqueConstraint("place_id", "message"),
        UniqueConstraint("programme_id", "number"),
        Index("ix_contribution_session_posted", "session_id", "posted_at"),
        Index("ix_contribution_mark", "mark"),
        Index("ix_contribution_thread", "place_id", "thread"),
    )

    id: int | None = Field(default=None, primary_key=True)
    place_id: int = Field(foreign_key="place.id")
    message: str = Field(max_length=200)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE")
    session_id: int = Field(foreign_key="session.id", ondelete="CASCADE")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="SET NULL", index=True)
    number: int | None = None
    kind: Kind = Field(default=Kind.IDEA, sa_type=columns.one_of(Kind))
    kind_is_chosen: bool = False
    """A person said what kind it is; an edit doesn't change it any more."""
    answers: int | None = None
    """The guiding question of its session (from 1) that a person filed it under."""
    filed_at: datetime | None = None
    """Wall time of the last word on that: one that is read again later changes nothing."""
    text: str = ""
    """Its author's own words, the title first."""
    quoted: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Words of others that the message shows: kept as context, never quoted as its author's."""
    links: list[str] = Field(default_factory=list, sa_type=JSON)
    files: list[str] = Field(default_factory=list, sa_type=JSON)
    parent: int | None = None
    """The number of the contribution of the same programme that it replies to."""
    thread: str | None = Field(default=None, max_length=200)
    posted_at: datetime
    edited: str = Field(default="", max_length=60)
    whole: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """It was read from the platform's own copy; what was told at once may have been a part of it."""
    standing: str = Field(default="", max_length=60)
    """Orders deletions and restorations as `edited` orders edits; FOR_GOOD once a person has withdrawn it."""
    late: bool = False
    withdrawn_at: datetime | None = None
    permalink: str | None = None
    mark: Mark = Field(default=Mark.NONE, sa_type=columns.one_of(Mark))
    recorded_at: datetime
    """Wall time."""

    @classmethod
    def kept(
        cls, post: Post, place_id: int, session: Session, *, late: bool, posted_at: datetime, wall: datetime
    ) -> Contribution:
        """A post that this session keeps; number, parent and member are given by the caller."""
        return cls(
            place_id=place_id,
            message=post.message,
            programme_id=session.programme_id,
            session_id=known(session.id),
            thread=post.thread,
            links=[],  # given: pydantic inspects a factory anew at every call, which took half of the time
            files=[],
            posted_at=columns.in_utc(posted_at),
            late=late,
            recorded_at=columns.in_utc(wall),
        )

    @property
    def own_words(self) -> str:
        """Its words without the number that they answer, as in "#12 We do that too"."""
        answers = self.parent is not None and leading_number(self.text) == self.parent
        return without_number(self.text) if answers else self.text

    def say(self, post: Post, text: str) -> None:
        """Take over what the message says now; what only the platform's own copy tells stays until that is read."""
        part = not post.whole and self.whole
        self.text, self.quoted, self.links = clean(text), clean(post.quoted), list(post.links)
        self.files = self.files if part and not post.files else list(post.files)
        self.edited, self.whole = post.edited, post.whole

    def is_newer(self, post: Post) -> bool:
        """Whether the post says later what the message says, or more of it."""
        if self.is_withdrawn:
            return self.standing < post.edited
        if post.edited > self.edited:
            return True
        return post.whole and not self.whole and bool(post.edited) == bool(self.edited)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words are gone."""
        return self.withdrawn_at is not None

    @property
    def is_tombstone(self) -> bool:
        """Whether only its deletion ever arrived: it has no number and says nothing until it comes back."""
        return self.is_withdrawn and self.number is None

    def withdraw(self, now: datetime, standing: str = FOR_GOOD) -> None:
        """Erase what it said; the row stays so that a late delivery can't bring it back.

        `standing` is the platform's stamp of a deletion, which a later restoration undoes; nothing undoes a person's
        word.
        """
        self.standing = max(self.standing, standing)
        self.text, self.quoted, self.links, self.files, self.permalink = "", "", [], [], None
        self.withdrawn_at = columns.in_utc(now)
        self.mark = Mark.UNWANTED if self.mark is Mark.SET else Mark.NONE

    def may_change_standing(self, post: Post) -> bool:
        """Whether this deletion or restoration is later than what is known of the message."""
        return stamp_of(post) > self.standing

    def restore(self, standing: str) -> None:
        """The platform undid its deletion; what the message says is taken over by the caller."""
        self.standing, self.withdrawn_at = standing, None

    def choose_kind(self, kind: Kind) -> None:
        """A person says what it is."""
        was_talk = self.kind is Kind.TALK
        self.kind, self.kind_is_chosen = kind, True
        if was_talk is not (kind is Kind.TALK):
            self.mark_again()

    def file(self, question: int | None, at: datetime) -> None:
        """A person says (at this wall time) which guiding question it answers, or that it answers none."""
        self.answers, self.filed_at = question, columns.in_utc(at)

    def mark_again(self) -> None:
        """The quiet mark is wanted on what counts, and not on talk; what already is as wanted stays."""
        if self.kind is not Kind.TALK:
            self.mark = self.mark if self.mark is Mark.SET else Mark.WANTED
        else:
            self.mark = Mark.UNWANTED if self.mark in (Mark.SET, Mark.UNWANTED) else Mark.NONE


def message_by_command(token: str) -> str:
    """The id of what was contributed by a command that no message carries; the bot says it in the place."""
    return f"{_BY_COMMAND}{token}"


def said_by_us(message: str) -> bool:
    """Whether the bot says it for its author, so that no message of theirs stands on the platform."""
    return message.startswith(_BY_COMMAND)


def stamp_of(post: Post) -> str:
    """The stamp of a deletion or a restoration; a platform that has none for deletions can't undo them."""
    return post.edited or FOR_GOOD


def folded(text: str) -> str:
    """The text as a search compares it: without capitals and accents, and with ø, æ, ß and ł as typed plainly."""
    plain = normal("NFKD", text.casefold().translate(_PLAIN_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def session_for(
    sessions: Iterable[Session], moment: datetime, parent_session: int | None = None
) -> tuple[Session | None, bool]:
    """The session that a post of this moment belongs to, and whether it comes late.

    The session open at the post's own time, else one that closed within the day before: for a reply its parent's, else
    the last.
    """
    candidates = list(sessions)
    for session in candidates:
        if session.covers(moment):
            return session, False
    late = sorted((s for s in candidates if s.is_late(moment)), key=lambda s: (s.id == parent_session, s.closes_at))
    return (late[-1], True) if late else (None, False)
