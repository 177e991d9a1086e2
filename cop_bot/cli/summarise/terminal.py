"""What only a terminal gets: lines that are folded between words, and a bar while it takes long."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cop_bot.ports import Progress

WIDEST = 100
"""Longer lines are hard to read."""
_MARK = re.compile(r"(?:\d+\.|•) ")


def folded(text: str) -> str:
    """The text in lines that fit on the terminal; those of a list are indented behind its mark."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    width = min(console.width, WIDEST)

    def fold(line: str) -> str:
        mark = found.group() if (found := _MARK.match(line)) else ""
        parts = Text(line[len(mark) :]).wrap(console, max(20, width - len(mark)))
        return mark + f"\n{' ' * len(mark)}".join(part.plain.rstrip() for part in parts)

    return "\n".join(fold(line) for line in text.split("\n"))


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A bar on standard error; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Summarising", total=None)
        yield lambda done, steps: bar.update(task, completed=done, total=steps)
