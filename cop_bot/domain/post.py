"""A post: any member's message as it arrives, before it is known whether a session keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Change(StrEnum):
    """What happened to the message."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Post:
    """One message, one edit of it, or its deletion.

    `place`, `message`, `thread` and `author` are the platform's ids; `message` is unique within the place. `at` is the
    platform's own time of the message (wall time, UTC), also for an edit or a deletion. `thread` is the id of the
    message it replies to, or None. `links` are the addresses in the text, `files` the names of attached files. `edited`
    orders the edits of one message: the greatest wins. `give` is how much later than `at` it may really have been
    posted, where the platform's time is not exact.
    """

    platform: str
    place: str
    message: str
    author: str
    at: datetime
    text: str = ""
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    thread: str | None = None
    edited: str = ""
    change: Change = Change.NEW
    give: timedelta = timedelta(0)
