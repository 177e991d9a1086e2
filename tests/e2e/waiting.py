"""Waiting for what other processes do: looked for again and again, until it is there or too late."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

_EVERY_S = 0.05
_PATIENCE = 3
"""Machines are shared, and what is waited for comes in the end: the times given are those of a quiet one."""


def until(look: Callable[[], Found], what: str, seconds: float) -> Found:
    """What `look` finds, as soon as it finds something."""
    late = time.monotonic() + _PATIENCE * seconds
    while not (found := look()):
        assert time.monotonic() < late, f"{what}: not within {_PATIENCE * seconds} s"
        time.sleep(_EVERY_S)
    return found


async def soon(look: Callable[[], Found], what: str, seconds: float) -> Found:
    """The same for tests that serve something themselves meanwhile."""
    late = time.monotonic() + _PATIENCE * seconds
    while not (found := look()):
        assert time.monotonic() < late, f"{what}: not within {_PATIENCE * seconds} s"
        await asyncio.sleep(_EVERY_S)
    return found
