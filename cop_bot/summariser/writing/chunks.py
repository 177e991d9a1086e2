"""Contributions as the model gets them, in chunks it can read at once. Nothing is left out and nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cop_bot.domain.assignment import Voice
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.fenced import json_line, tokens
from cop_bot.summariser.writing.redaction import masked

_PART = 1500
"""Signs of a contribution in one line; a longer one comes in parts under the same id."""
_BRIM = 0.85
"""How full a chunk is at first."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is sent in one request: one JSON object a line. `ids`: id in the request (c1, c2, …) -> number.

    The ids count within the chunk, so that nothing in it changes with another chunk.
    """

    ids: Mapping[str, int]
    lines: str


def _chunks(voices: Sequence[Voice], budget: int) -> Iterator[Chunk]:
    """These contributions as one chunk; a single one that is too long for that as several."""
    ids = {voice.number: f"c{at}" for at, voice in enumerate(voices, start=1)}
    numbers = {key: number for number, key in ids.items()}
    lines = list(_lines(voices, ids))
    while lines:
        most = len(lines) if len(voices) > 1 else max(1, _fitting(lines, budget))
        yield Chunk(numbers, "\n".join(lines[:most]))
        lines = lines[most:]


def _fitting(lines: Sequence[str], budget: int) -> int:
    used = 0
    for at, line in enumerate(lines):
        used += tokens(line) + 1
        if used > budget:
            return at
    return len(lines)


def plan(reading: Reading, budget: int) -> list[list[int]]:
    """Which contributions (numbers) are read together, in chunks of at most `budget` tokens.

    One chunk if they fit, otherwise topic by topic. Chunks are not filled to the brim: what comes late has its place.
    """
    costs = _costs(reading)
    if sum(costs.values()) <= budget:
        return [sorted(costs)] if costs else []
    planned: list[list[int]] = [[]]
    used, brim = 0, int(budget * _BRIM)
    for topic in reading.topics:
        for number in sorted(voice.number for voice in topic.voices):
            if planned[-1] and used + costs[number] > brim:
                planned.append([])
                used = 0
            planned[-1].append(number)
            used += costs[number]
    return planned


def followed(planned: Sequence[Sequence[int]], reading: Reading, budget: int) -> list[Chunk]:
    """The chunks by a plan that may be older than some contributions: those join the chunk where their topic mostly is,
    those that are gone are left out, and only a chunk that has become too large is divided.
    """
    costs = _costs(reading)
    parts = [[number for number in part if number in costs] for part in planned]
    place = {number: at for at, part in enumerate(parts) for number in part}
    topic_of = reading.topic_of()
    for number in sorted(costs.keys() - place.keys()):
        topic = reading.topics[topic_of[number]]
        known = [place[voice.number] for voice in topic.voices if voice.number in place]
        at = max(sorted(set(known)), key=known.count) if known else len(parts) - 1
        parts[at].append(number)
    divided = (half for part in parts if part for half in _divided(sorted(part), costs, budget))
    return [one for part in divided for one in _chunks([reading.voices[number] for number in part], budget)]


def _divided(part: list[int], costs: Mapping[int, int], budget: int) -> Iterator[list[int]]:
    if len(part) == 1 or sum(costs[number] for number in part) <= budget:
        yield part
        return
    middle = len(part) // 2
    yield from _divided(part[:middle], costs, budget)
    yield from _divided(part[middle:], costs, budget)


def _costs(reading: Reading) -> dict[int, int]:
    return {
        number: tokens("\n".join(_lines([voice], {number: "c100"}))) + 1 for number, voice in reading.voices.items()
    }


def _lines(voices: Iterable[Voice], ids: Mapping[int, str]) -> Iterator[str]:
    for voice in voices:
        parts = list(_parts(masked(" ".join(voice.text.split()))))
        for at, part in enumerate(parts, start=1):
            line: dict[str, object] = {"id": ids[voice.number], "kind": voice.kind}
            if voice.said_to is not None and voice.said_to in ids:
                line["replies_to"] = ids[voice.said_to]
            if len(parts) > 1:
                line["part"] = f"{at} of {len(parts)}"
            yield json_line(**line, text=part)


def _parts(text: str) -> Iterator[str]:
    while len(text) > _PART:
        end = text.rfind(" ", _PART // 2, _PART)
        end = _PART if end < 0 else end
        yield text[:end]
        text = text[end:].lstrip()
    yield text
