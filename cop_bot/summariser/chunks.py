"""Contributions as the model gets them, in chunks it can read at once. Nothing is left out and nobody is named."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from cop_bot.domain.assignment import Voice
from cop_bot.summariser.reading import Reading

_PART = 1500
"""Signs of a contribution in one line; a longer one comes in parts under the same id."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is sent in one request: one JSON object a line, and the ids in them in the order of the lines."""

    ids: tuple[str, ...]
    lines: str

    @property
    def fence(self) -> str:
        """A line that cannot stand in the lines, because it is made from them."""
        return f"==== {sha256(self.lines.encode()).hexdigest()[:16]} ===="


def ids_of(reading: Reading) -> dict[str, int]:
    """id in the request (c1, c2, …) -> number of the contribution."""
    return {f"c{at}": number for at, number in enumerate(reading.voices, start=1)}


def tokens(text: str) -> int:
    """At most so many tokens is the text for a model: 2.5 bytes each, the least that was measured in our languages."""
    return math.ceil(len(text.encode()) / 2.5)


def chunks(reading: Reading, budget: int) -> list[Chunk]:
    """All contributions in chunks of at most `budget` tokens: one in the order of posting, several theme by theme."""
    ids = {number: key for key, number in ids_of(reading).items()}
    whole = list(_lines(reading.voices.values(), ids))
    if tokens("\n".join(line for _, line in whole)) <= budget:
        return [_chunk(whole)] if whole else []
    by_theme = (voice for theme in reading.themes for voice in sorted(theme.voices, key=lambda voice: voice.number))
    found: list[list[tuple[str, str]]] = [[]]
    used = 0
    for key, line in _lines(by_theme, ids):
        cost = tokens(line) + 1
        if found[-1] and used + cost > budget:
            found.append([])
            used = 0
        found[-1].append((key, line))
        used += cost
    return [_chunk(lines) for lines in found]


def _chunk(lines: list[tuple[str, str]]) -> Chunk:
    return Chunk(tuple(dict.fromkeys(key for key, _ in lines)), "\n".join(line for _, line in lines))


def _lines(voices: Iterable[Voice], ids: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for voice in voices:
        parts = list(_parts(" ".join(voice.text.split())))
        for at, part in enumerate(parts, start=1):
            line = {"id": ids[voice.number], "kind": voice.kind, "text": part}
            if voice.said_to is not None and voice.said_to in ids:
                line["replies_to"] = ids[voice.said_to]
            if len(parts) > 1:
                line["part"] = f"{at} of {len(parts)}"
            # No angle bracket is left, so nothing in it opens or closes a tag.
            yield (
                ids[voice.number],
                json.dumps(line, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e"),
            )


def _parts(text: str) -> Iterator[str]:
    while len(text) > _PART:
        end = text.rfind(" ", _PART // 2, _PART)
        end = _PART if end < 0 else end
        yield text[:end]
        text = text[end:].lstrip()
    yield text
