"""The process: an assignment comes in, what was read or written goes out; both as pickles of our own."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable

from cop_bot.summariser.choosing.findings import collect
from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.process.told import meaning_of
from cop_bot.summariser.reading.reading import read

_LESS_URGENT = 5
"""How much it gives way to whoever answers members (`nice`)."""
_DOES: dict[str, Callable[..., object]] = {"read": read, "write": write, "collect": collect}


def main() -> None:
    """One piece of work from standard input to standard output."""
    os.nice(_LESS_URGENT)
    name, told, assignment = pickle.load(sys.stdin.buffer)  # noqa: S301 - the process that started this one wrote it
    done = _DOES[name](assignment, meaning_of(told))
    sys.stdout.buffer.write(pickle.dumps(done))


if __name__ == "__main__":
    main()
