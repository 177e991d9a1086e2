"""Sentences beside their sources, for a model to look at both: to verify, to repair, to revise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cop_bot.domain.brief import Point
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.fenced import fence, json_line, tokens
from cop_bot.summariser.words.languages import content_words
from cop_bot.summariser.words.quotes import sentences
from cop_bot.summariser.writing.redaction import masked

_LEAST = 300
"""Signs of a source that are shown at least."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`sources`: id in the request (c1, c2, …) -> number; `keys`: id of a sentence (p1, p2, …) -> its place."""

    sources: Mapping[str, int]
    keys: Mapping[str, int]
    source_lines: str
    sentence_lines: str

    def values(self) -> dict[str, str]:
        """The values that quote both to the model."""
        return {
            "fence": fence(self.source_lines + self.sentence_lines),
            "contributions": self.source_lines,
            "sentences": self.sentence_lines,
        }


def sheet(points: Sequence[Point], extra: Sequence[Mapping[str, object]], reading: Reading, budget: int) -> Sheet:
    """These points with all they cite, in about `budget` tokens: of long sources what is nearest to the points.

    `extra` are further fields of each point's line.
    """
    numbers = list(dict.fromkeys(number for point in points for number in point.cites))
    ids = {number: f"c{at}" for at, number in enumerate(numbers, start=1)}
    texts = {number: masked(" ".join(reading.voices[number].text.split())) for number in numbers}
    if sum(map(tokens, texts.values())) > budget:
        room = max(_LEAST, budget * 2 // len(numbers))
        texts = {number: _excerpt(text, _citing(number, points), room) for number, text in texts.items()}
    return Sheet(
        {key: number for number, key in ids.items()},
        {f"p{at}": at - 1 for at in range(1, len(points) + 1)},
        "\n".join(json_line(id=ids[number], text=text) for number, text in texts.items()),
        "\n".join(
            json_line(id=f"p{at}", sources=[ids[number] for number in point.cites], **more, text=masked(point.text))
            for at, (point, more) in enumerate(zip(points, extra, strict=True), start=1)
        ),
    )


def _citing(number: int, points: Sequence[Point]) -> str:
    return " ".join(point.text for point in points if number in point.cites)


def _excerpt(text: str, towards: str, room: int) -> str:
    """The sentences of a long text that share most with another, in their order."""
    if len(text) <= room:
        return text
    parts, wanted = sentences(text), set(content_words(towards))
    ranked = sorted(range(len(parts)), key=lambda at: -len(wanted & set(content_words(parts[at]))))
    kept: list[int] = []
    for at in ranked:
        if not kept or sum(len(parts[one]) for one in (*kept, at)) <= room:
            kept.append(at)
    return " […] ".join(parts[at][:room] for at in sorted(kept))
