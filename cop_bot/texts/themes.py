"""The themes of a summary: what they are called, and how many contributions and people stand behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cop_bot.domain.brief import Brief, Topic
from cop_bot.domain.message import Chart, Paragraph, Span, Spans, Words
from cop_bot.texts import names
from cop_bot.texts.lines import Reader, is_same, line

_LARGE = 3
"""Those that are set in bold; the others are named."""
_MOST = 8


def overview(reader: Reader, brief: Brief) -> Iterator[Paragraph | Chart]:
    """The whole in a few sentences, as far as a model wrote any, and all themes with their weights."""
    _ = reader.speech
    told = [span for point in brief.overview for span in (Words(" "), *line(reader, point))]
    if told:
        yield Paragraph(tuple(told[1:]))
    themes = [brief.topics[at] for at in brief.themes()]
    if themes:
        title = _("Themes, by how many contributions: ")
        bars = tuple((name(reader, topic), len(topic.numbers)) for topic in themes[:_MOST])
        columns = (_("Theme"), _("Contributions"))
        yield Chart((Words(title), *_weights(reader, themes)), title.rstrip(": \u00a0"), columns, bars)


def _weights(reader: Reader, themes: list[Topic]) -> Iterator[Span]:
    for place, topic in enumerate(themes[:_MOST]):
        if place:
            yield Words(" · ")
        yield Words(name(reader, topic), bold=place < _LARGE)
        yield Words(f" {len(topic.numbers)}")


def largest(reader: Reader, topics: Sequence[Topic]) -> Spans:
    """Themes with their weights, in one line."""
    return tuple(_weights(reader, list(topics)))


def name(reader: Reader, topic: Topic) -> str:
    """What the theme is called; members' own words in another language than the reader's are marked."""
    label = names.on_one_line(topic.label)
    if topic.titled or not topic.language or is_same(topic.language, reader.language):
        return label
    return f"{label} ({names.language(reader.speech, topic.language)})"


def heading(reader: Reader, topic: Topic) -> str:
    """Above the lines of a theme: its name and its weight."""
    _ = reader.speech
    counts = [names.contributions(_, len(topic.numbers)), names.people(_, topic.people) if topic.people else ""]
    return " · ".join([name(reader, topic), ", ".join(part for part in counts if part)])
