"""Who typed or pressed something, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gesture:
    """One command or button, with the platform's own ids.

    `place` is None in a direct conversation. `thread` is the root message when it was typed in a thread. `message` is
    the id of the message that carries the command, where there is one (a mention, a direct message). `delivery`
    is the id of the delivery where there is no such message, or none that others can read. What has an id may come
    again, and is obeyed once.
    """

    platform: str
    person: str
    place: str | None = None
    thread: str | None = None
    message: str | None = None
    delivery: str | None = None
