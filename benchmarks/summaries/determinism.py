"""Q14: the same contributions give the same brief, byte by byte, in another process with other hash seeds."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from hashlib import sha256

from benchmarks.summaries.datasets import bowling_green, data_folder, madrid, six_languages
from benchmarks.summaries.figures import Share
from benchmarks.summaries.samples import Sitting, typical
from cop_bot.domain.brief import Brief, to_json


def digest(brief: Brief) -> str:
    """Of the whole object as it is stored."""
    return sha256(json.dumps(to_json(brief), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sessions() -> list[Sitting]:
    """Some sessions of every source."""
    folder = data_folder()
    return [one for pile in (bowling_green(folder), madrid(folder), six_languages(folder)) for one in typical(pile, 2)]


async def digests() -> list[str]:
    """What the offline summariser makes of them in this process."""
    from cop_bot.summariser.offline import OfflineSummariser

    return [digest(await OfflineSummariser().summarise(one.assignment)) for one in sessions()]


def in_other_processes() -> Share:
    """Sessions that came out the same in two processes with different hash seeds."""
    runs = [
        subprocess.run(
            [sys.executable, "-m", "benchmarks.summaries.determinism"],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout.split()
        for seed in ("1", "2")
    ]
    names = [one.name for one in sessions()]
    bad = tuple(name for name, one, other in zip(names, *runs, strict=True) if one != other)
    return Share(len(names) - len(bad), len(names), bad)


if __name__ == "__main__":
    print("\n".join(asyncio.run(digests())))
