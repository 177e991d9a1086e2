"""The summariser that needs nothing: no model, no network, no key. It writes nothing of its own, it chooses quotes."""

from __future__ import annotations

import asyncio

from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.domain.brief import Brief, Point, Section
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.ports import Estimate, Progress
from cop_bot.summariser.by_rule import also_heard, in_their_words, open_questions, resources
from cop_bot.summariser.findings import collect
from cop_bot.summariser.languages import content_words, negations
from cop_bot.summariser.quotes import quote
from cop_bot.summariser.reading import Reading, Theme, read
from cop_bot.summariser.vectors import weigh

MOST_POINTS = 6
MOST_IDEAS = 5
_WEIGHT = {"lesson": 1.15, "idea": 1.0, "feedback": 0.9}
"""How much a kind speaks for a theme: a lesson sums up, feedback leans on what it replies to.

Other kinds have sections of their own."""
_ECHO = 0.6
"""The share of common words above which two contributions would make the same line twice."""
_NEARLY_AS_GOOD = 0.7
"""A member who has no line yet is preferred to one who has, down to this share of the best one's worth."""


class OfflineSummariser:
    """Chooses the most central quote of each theme; the same contributions always give the same brief."""

    name = "offline"

    async def estimate(self, assignment: Assignment) -> Estimate:
        """Nothing: no model is asked."""
        del assignment
        return Estimate()

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        """The brief, in the members' own words. Who contradicts whom is left to the reader rather than guessed."""
        brief = await asyncio.to_thread(write, assignment)
        if progress:
            progress(1, 1)
        return brief

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        """The first lines of each brief, as they stand there."""
        return collect(assignment)


def write(assignment: Assignment) -> Brief:
    """What `OfflineSummariser` does, without waiting for a thread."""
    reading = read(assignment)
    points = _lines(reading, assignment.words)
    points += [*open_questions(reading), *resources(reading)]
    points += also_heard(reading, points)
    return Brief(tuple(points), reading.receipt(points), OfflineSummariser.name, assignment.language, reading.people)


def _lines(reading: Reading, words: int) -> list[Point]:
    """One main point a theme, then one idea a theme and so on, until the sections are full."""
    used: list[Voice] = []
    for theme in reading.themes:
        if len(used) < MOST_POINTS and (voice := _speaker(theme, used, tuple(_WEIGHT))):
            used.append(voice)
    main = len(used)
    for theme in (*reading.themes, *reading.themes):
        if len(used) - main < MOST_IDEAS and (voice := _speaker(_without_echoes(theme, used), used, ("idea",))):
            used.append(voice)
    length = max(15, min(40, words // max(1, main)))
    return [
        in_their_words(
            reading, Section.MAIN_POINTS if at < main else Section.IDEAS, voice, _quoted(voice, length, reading)
        )
        for at, voice in enumerate(used)
    ]


def _without_echoes(theme: Theme, used: list[Voice]) -> Theme:
    """The theme without those who say, in other words, what is already a line. A "not" makes no echo."""
    pairs = zip(theme.voices, theme.centrality, strict=True)
    fresh = [pair for pair in pairs if not any(_echoes(pair[0], other) for other in used)]
    return Theme(tuple(voice for voice, _ in fresh), tuple(centrality for _, centrality in fresh))


def _echoes(voice: Voice, other: Voice) -> bool:
    own, theirs = set(content_words(voice.text)), set(content_words(other.text))
    return len(own & theirs) > _ECHO * len(own | theirs) and negations(voice.text) == negations(other.text)


def _speaker(theme: Theme, used: list[Voice], kinds: tuple[str, ...]) -> Voice | None:
    """Whose words stand for the theme, of those not used yet; None if there is nobody of these kinds."""
    worth = {
        voice.number: (centrality + 0.01) * _WEIGHT[voice.kind] * _length_worth(voice)
        for voice, centrality in zip(theme.voices, theme.centrality, strict=True)
        if voice.kind in kinds and voice not in used and voice.text.strip()
    }
    if not worth:
        return None
    heard = {voice.author for voice in used}
    good = [voice for voice in theme.voices if worth.get(voice.number, 0) >= _NEARLY_AS_GOOD * max(worth.values())]
    return min(good, key=lambda voice: (voice.author in heard, -worth[voice.number], voice.number))


def _length_worth(voice: Voice) -> float:
    words = len(voice.text.split())
    return 0.7 if words < 6 else 1.0 if words <= 40 else 0.85


def _quoted(voice: Voice, words: int, reading: Reading) -> str:
    """From a long contribution the sentence nearest to what the theme has in common."""
    theme = next(theme for theme in reading.themes if voice in theme.voices)
    common = weigh([[word for other in theme.voices[:20] for word in content_words(other.text)]])[0]
    return quote(voice.text, words, common)
