"""What is logged: ids, states and times; never what members write, nor tokens or addresses."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|sk-[\w-]{8,}|(?<![\w.+-])[\w.+-]{1,100}@[\w-]+\.[\w.]+")


class Unbreakable:
    """A stream for the log. What can't be written (its reader has gone, the disk is full) is lost and counted: a log
    line is never a reason to stop working.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost = 0

    def write(self, text: str) -> int:
        """Write it, or lose it."""
        try:
            if self.lost:
                self._stream.write(f"({self.lost} pieces of the log could not be written.)\n")
            written = self._stream.write(text)
        except (OSError, ValueError):
            self.lost += 1
            return len(text)
        self.lost = 0
        return written

    def flush(self) -> None:
        """Hand it over, or lose it."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()

    def isatty(self) -> bool:
        """Whether people read it as it comes."""
        return self._stream.isatty()


_GIVEN = re.compile(r"input_value=.*?, input_type=", re.DOTALL)
"""What pydantic repeats of a value that it refuses."""


def set_up_logs(level: str) -> None:
    """One line an entry: for people on a terminal, else JSON. What looks like a token or an e-mail address is blotted
    out.

    Of the packages we use, warnings and worse are logged alone, whatever they are told by variables of their own: what
    they say beside that are whole requests.
    """
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _blot,
    ]
    stream: Any = Unbreakable(sys.stderr)
    logging.raiseExceptions = False  # the standard library would print a traceback where the log can't be written
    for_people = stream.isatty()
    renderer: Any = structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    handler.setLevel(max(number, logging.WARNING))
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)


def _blot(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in entry.items():
        if isinstance(value, str):
            entry[name] = _SECRET.sub("[…]", _GIVEN.sub("input_value=[…], input_type=", value))
    return entry
