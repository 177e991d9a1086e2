"""A post: any member's message as it arrives, before it is known whether a session keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cop_bot.domain.visible import has_visible

AFTER_ALL_EDITS = "9999999999.999999"
"""The stamp of a deletion that no later edit undoes; it comes after every stamp of a platform, and before a person's
own word."""


class Change(StrEnum):
    """What happened to the message."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"
    RESTORED = "restored"
    """A deletion was undone, on a platform where that can be."""


@dataclass(frozen=True, slots=True)
class Post:
    """What a reader saw of one message, of one edit of it, or its deletion.

    `place`, `message`, `thread` and `author` are the platform's ids; `message` is unique within the place. `at` is the
    platform's own time of the message (wall time, UTC), also for an edit or a deletion. `thread` is the id of the
    message it replies to, or None. `edited` orders the edits of one message, and its deletions and restorations: the
    greatest wins. `give` is how much later than `at` it may really have been posted, where the platform's time is not
    exact.

    `text` is what its author says, the title as its first line, people and channels in it as `domain.mentions` has
    them; `quoted` is what it shows of others: quotations and forwarded messages. `links` are the addresses in it,
    `files` the names of files, pictures and recordings. `whole`: read from the platform's own copy, where what is told
    at once may be a part. `by_program`: a program sent it in the name of its author, who may be a program too.
    `asks_bot`: it mentions us.
    """

    platform: str
    place: str
    message: str
    author: str
    at: datetime
    text: str = ""
    quoted: str = ""
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    thread: str | None = None
    edited: str = ""
    change: Change = Change.NEW
    give: timedelta = timedelta(0)
    whole: bool = False
    by_program: bool = False
    asks_bot: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to see."""
        return not (self.links or self.files or has_visible(self.text) or has_visible(self.quoted))
