"""Where a session is read: a large one in a process of its own, so that whoever posts meanwhile is not kept waiting."""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Callable
from typing import Literal, TypeVar, cast

import structlog

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.summariser.choosing.findings import collect
from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.reading.reading import Reading, read

Told = Literal["words", "model", "auto"]
"""By what it is told which contributions belong together; "auto": by the model, as long as that takes minutes at
most."""
Given = TypeVar("Given", Assignment, FindingsAssignment)
Result = TypeVar("Result", Reading, Brief, Findings)

_MOST = 2000
"""Contributions that the model of meaning reads in two minutes of one core."""
_FEW = 150
"""Contributions that are read in a thread, in less time than a process takes to start."""
_WORKER = "cop_bot.summariser.process.worker"

log = structlog.get_logger()


class NoResult(Exception):
    """The process ended without a result; says with which status."""


class Work:
    """Reads and writes beside the event loop. What a process can't do, a crash of the model's library among it, is done
    by words.
    """

    def __init__(self, told: Told = "words") -> None:
        self.told: Told = told

    async def read(self, assignment: Assignment) -> Reading:
        """`read`, with the meaning that is configured."""
        return await self._done(read, assignment, len(assignment.voices))

    async def write(self, assignment: Assignment) -> Brief:
        """`write`: the brief in the members' own words."""
        return await self._done(write, assignment, len(assignment.voices))

    async def collect(self, assignment: FindingsAssignment) -> Findings:
        """`collect`: the findings over all sessions."""
        return await self._done(collect, assignment, sum(len(brief.points) for _, brief in assignment.briefs))

    async def _done(self, how: Callable[[Given], Result], assignment: Given, size: int) -> Result:
        """`size`: how many texts are read."""
        told = self.told
        if told == "auto":
            told = "model" if size <= _MOST else "words"
        if told == "words" and size <= _FEW:
            return await asyncio.to_thread(how, assignment)
        try:
            return cast("Result", await _elsewhere(how.__name__, assignment, told))
        except (OSError, NoResult) as failure:
            log.warning("read without a process of its own", told=told, why=type(failure).__name__)
            return await asyncio.to_thread(how, assignment)


async def _elsewhere(name: str, assignment: Assignment | FindingsAssignment, told: Told) -> object:
    """The result, through pipes: no word of a member is written to a disk, and cancelling ends the process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        _WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        answer, _ = await process.communicate(pickle.dumps((name, told, assignment)))
    except asyncio.CancelledError:
        if process.returncode is None:
            process.kill()
        await process.wait()
        raise
    if process.returncode:
        raise NoResult(str(process.returncode))
    return pickle.loads(answer)  # noqa: S301 - our own process wrote it
