"""A notice: something the bot has decided to say, waiting to be delivered, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel

from cop_bot.domain import columns, message
from cop_bot.domain import notice_key as audiences
from cop_bot.domain.message import Message
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.publication import Publication, PublishedPart

ATTEMPT = timedelta(seconds=30)
"""How long one attempt may take: a look through the history and a post."""
LEASE = timedelta(seconds=45)
SETTLE = timedelta(seconds=15)
"""How long a message whose fate is unknown may take to show up in the platform's history."""
OLD = timedelta(minutes=5)
"""A notice older than this at its first attempt may come from a restored backup: it is looked for first."""
GIVE_UP = timedelta(hours=24)
LONGEST_WAIT = timedelta(minutes=15)


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    SENDING = "sending"
    UNSURE = "unsure"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Notice(SQLModel, table=True):
    """One message to one audience. All its times but `not_after` are wall time.

    `key` is unique for ever and travels inside the message; it is made from `about`, `kind`, `revision`, `language`,
    `part` and `audience`, and nothing reads it. Notices to one audience are sent one by one, oldest first.

    What is said once has its words in `message`. A part of a publication (`part_id`) has none: it is composed when it
    is said, and `digest` is that of what the last attempt said.
    """

    __table_args__ = (
        Index("ix_notice_queue", "state", "not_before"),
        Index("ix_notice_audience", "audience", "state", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=200, unique=True)
    about: str = Field(default="", max_length=40)
    kind: NoticeKind = Field(sa_type=columns.one_of(NoticeKind))
    revision: int = 0
    language: str = Field(default="", max_length=20)
    part: int = 0
    audience: str = Field(max_length=40)
    programme_id: int | None = Field(default=None, foreign_key="programme.id", ondelete="CASCADE")
    place_id: int | None = Field(default=None, foreign_key="place.id")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE", index=True)
    part_id: int | None = Field(default=None, foreign_key="publishedpart.id", ondelete="CASCADE", index=True)
    digest: str = Field(default="", max_length=64)
    message: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: NoticeState = Field(default=NoticeState.WAITING, sa_type=columns.one_of(NoticeState))
    created_at: datetime
    not_before: datetime
    not_after: datetime | None = None
    """Programme time from which on it isn't worth saying any more."""
    first_try_at: datetime | None = None
    attempts: int = 0
    owner: str = Field(default="", max_length=60)
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    sent_place: str | None = Field(default=None, max_length=200)
    sent_message: str | None = Field(default=None, max_length=200)
    last_error: str = Field(default="", max_length=300)

    @classmethod
    def to_place(
        cls, key: NoticeKey, place_id: int, said: Message, wall: datetime, *, programme_id: int | None
    ) -> Notice:
        """Something to say in a place."""
        notice = cls._keyed(key, audiences.to_place(place_id), wall, programme_id)
        notice.place_id, notice.message = place_id, message.to_json(said)
        return notice

    @classmethod
    def to_member(
        cls,
        key: NoticeKey,
        member_id: int,
        said: Message,
        wall: datetime,
        *,
        programme_id: int | None = None,
        not_after: datetime | None = None,
    ) -> Notice:
        """Something to say to one member alone."""
        notice = cls._keyed(key, audiences.to_member(member_id), wall, programme_id)
        notice.member_id, notice.message, notice.not_after = member_id, message.to_json(said), not_after
        return notice

    @classmethod
    def of_part(cls, key: NoticeKey, publication: Publication, part: PublishedPart, wall: datetime) -> Notice:
        """A part of a publication that is to be said as it will be composed then."""
        notice = cls._keyed(key, publication.audience, wall, publication.programme_id)
        notice.place_id, notice.member_id, notice.part_id = publication.place_id, publication.member_id, part.id
        return notice

    @classmethod
    def _keyed(cls, key: NoticeKey, audience: str, wall: datetime, programme_id: int | None) -> Notice:
        return cls(
            key=str(key),
            about=key.about,
            kind=key.kind,
            revision=key.revision,
            language=key.language,
            part=key.part,
            audience=audience,
            programme_id=programme_id,
            created_at=columns.in_utc(wall),
            not_before=columns.in_utc(wall),
        )

    @property
    def said(self) -> Message:
        """What it says, if that was decided when it was made."""
        return message.from_json(self.message)

    def take(self, owner: str, wall: datetime) -> bool:
        """Begin an attempt under a lease; returns whether it has to be looked for first."""
        doubtful = self.state is not NoticeState.WAITING or (self.first_try_at is None and wall - self.created_at > OLD)
        self.state, self.owner, self.lease_until = NoticeState.SENDING, owner, wall + LEASE
        self.first_try_at = self.first_try_at or wall
        self.attempts += 1
        return doubtful

    def sent(self, place: str, message_id: str, wall: datetime) -> None:
        """It stands on the platform; its words are forgotten here, where a withdrawal would not find them."""
        self.message = {}
        self.state, self.sent_at, self.lease_until = NoticeState.SENT, wall, None
        self.sent_place, self.sent_message, self.last_error = place, message_id, ""

    def unsure(self, why: str, wall: datetime) -> None:
        """Nobody knows whether it stands there: look after a while."""
        self._again(NoticeState.UNSURE, why, wall, max(SETTLE, _back_off(self.attempts)))

    def later(self, why: str, wall: datetime, wait: timedelta) -> None:
        """It certainly does not stand there; try again after `wait`."""
        self._again(NoticeState.WAITING, why, wall, wait)

    def wait_for_place(self, why: str, until: datetime) -> None:
        """Its place is not open to us: it waits as if it had not been tried, however long that takes."""
        self.state, self.not_before, self.last_error = NoticeState.WAITING, until, why[:300]
        self.first_try_at, self.lease_until = None, None

    def refused(self, why: str) -> None:
        """The platform will never take it."""
        self._over(NoticeState.FAILED, why)

    def drop(self, why: str) -> None:
        """It isn't worth saying any more."""
        self._over(NoticeState.DROPPED, why)

    def _over(self, state: NoticeState, why: str) -> None:
        """What will never be said is not kept either."""
        self.state, self.last_error, self.lease_until, self.message = state, why[:300], None, {}

    def _again(self, state: NoticeState, why: str, wall: datetime, wait: timedelta) -> None:
        if self.first_try_at is not None and wall - self.first_try_at > GIVE_UP:
            self._over(NoticeState.FAILED, why)
        else:
            self.state, self.not_before, self.last_error, self.lease_until = state, wall + wait, why[:300], None


def _back_off(attempts: int) -> timedelta:
    return min(timedelta(seconds=15 * 2 ** min(max(attempts - 1, 0), 10)), LONGEST_WAIT)
