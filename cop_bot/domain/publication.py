"""A publication: a document of the record as one audience reads it, and where its parts stand on the platform.

The record is the truth and a publication a view of it: it holds no words. Whoever changes the record marks what rests
on it stale; it is composed anew from the record as it is then, compared with what stands, and said where it differs.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from cop_bot.domain import columns, message
from cop_bot.domain.message import Message
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member, to_place

TRIED_AGAIN = timedelta(minutes=1)
"""Wall time until one that could not be composed, by a mistake of ours, is tried again."""


class Publication(SQLModel, table=True):
    """One document for one audience: a place or a member. All its times are wall time.

    `about` is what it is about in one word (`session/1`), as in the key on the wire; the ids beside it say the same for
    queries. `version` is that of the summary whose draft or warnings it shows, 0 where it shows the newest. `language`
    is empty for the document's own. `revision` counts how often it was said anew.
    """

    __table_args__ = (
        UniqueConstraint("about", "kind", "version", "language", "audience", "request"),
        Index("ix_publication_stale", "stale_since"),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    about: str = Field(max_length=40)
    kind: NoticeKind = Field(sa_type=columns.one_of(NoticeKind))
    version: int = 0
    language: str = Field(default="", max_length=20)
    audience: str = Field(max_length=40)
    request: str = Field(default="", max_length=20)
    session_id: int | None = Field(default=None, foreign_key="session.id", ondelete="CASCADE", index=True)
    objection_id: int | None = Field(default=None, foreign_key="objection.id", ondelete="CASCADE", index=True)
    contribution_id: int | None = Field(default=None, foreign_key="contribution.id", ondelete="CASCADE", index=True)
    place_id: int | None = Field(default=None, foreign_key="place.id")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE", index=True)
    revision: int = 0
    stale_since: datetime | None = None
    """Since when the record may say something else than what stands; None when it was compared since."""
    not_before: datetime | None = None

    @classmethod
    def for_place(
        cls,
        kind: NoticeKind,
        about: str,
        programme_id: int,
        place_id: int,
        *,
        session_id: int | None = None,
        contribution_id: int | None = None,
        language: str = "",
    ) -> Publication:
        """What everybody in a place reads."""
        return cls(
            kind=kind,
            about=about,
            programme_id=programme_id,
            place_id=place_id,
            audience=to_place(place_id),
            session_id=session_id,
            contribution_id=contribution_id,
            language=language,
        )

    @classmethod
    def for_member(
        cls,
        kind: NoticeKind,
        about: str,
        programme_id: int,
        member_id: int,
        *,
        session_id: int | None = None,
        objection_id: int | None = None,
        language: str = "",
        version: int = 0,
        request: str = "",
    ) -> Publication:
        """What one member reads alone."""
        return cls(
            kind=kind,
            about=about,
            programme_id=programme_id,
            member_id=member_id,
            audience=to_member(member_id),
            session_id=session_id,
            objection_id=objection_id,
            language=language,
            version=version,
            request=request,
        )

    def mark_stale(self, wall: datetime) -> None:
        """The record has changed under it."""
        self.stale_since = self.stale_since or columns.in_utc(wall)

    def compared(self) -> None:
        """What stands, or is on its way, says what the record says."""
        self.stale_since = self.not_before = None

    def compose_later(self, wall: datetime) -> None:
        """It could not be composed."""
        self.not_before = columns.in_utc(wall) + TRIED_AGAIN

    def key(self, database_id: str, revision: int, part: int) -> NoticeKey:
        """The key of one part in one revision."""
        return NoticeKey(
            database_id,
            self.about,
            self.kind,
            audience=self.audience,
            version=self.version,
            request=self.request,
            revision=revision,
            language=self.language,
            part=part,
        )


class PublishedPart(SQLModel, table=True):
    """One message of a publication: `place` and `message` are the platform's ids of where it stands, `digest` is that
    of what stands there. Without `message` it stands nowhere yet.
    """

    __table_args__ = (
        UniqueConstraint("publication_id", "part"),
        Index("ix_publishedpart_message", "message"),
    )

    id: int | None = Field(default=None, primary_key=True)
    publication_id: int = Field(foreign_key="publication.id", ondelete="CASCADE")
    part: int
    place: str = Field(default="", max_length=200)
    message: str = Field(default="", max_length=200)
    digest: str = Field(default="", max_length=64)
    """Empty: what stands there is not known."""
    permalink: str = ""

    @property
    def stands(self) -> bool:
        """Whether it stands on the platform."""
        return bool(self.message)

    def posted(self, place: str, message_id: str, digest: str) -> None:
        """It stands there, and says that."""
        self.place, self.message, self.digest = place, message_id, digest


def digest_of(said: Message) -> str:
    """The same for the same words: SHA-256, from which nothing of them can be read."""
    return hashlib.sha256(json.dumps(message.to_json(said), sort_keys=True).encode()).hexdigest()
