"""Q16: ROUGE-1 of an extract of the usual length with a person's summary. A smoke alarm, nothing to tune on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.summaries.clusters import SENTENCE_END
from benchmarks.summaries.datasets import Statement, Thread
from benchmarks.summaries.figures import mean
from benchmarks.summaries.samples import Sitting, sitting
from benchmarks.summaries.words import STEM, words
from cop_bot.domain.brief import IN_BRIEF, Brief

WORDS = 66
GIVE = 9


def by_chance(threads: Sequence[Thread]) -> float:
    """What sentences drawn by chance, 66 words of them, come to on the same discussions."""
    found = []
    for at, thread in enumerate(threads):
        drawn = [sentence for message in thread.messages for sentence in SENTENCE_END.split(message)]
        random.Random(at).shuffle(drawn)
        found.append(rouge_1(" ".join(" ".join(drawn).split()[:WORDS]), thread.summary))
    return mean(found)


def rouge_1(found: str, wanted: str) -> float:
    """The harmonic mean of precision and recall over single words, inflections taken together."""
    own, theirs = (Counter(word[:STEM] for word in words(text)) for text in (found, wanted))
    shared = (own & theirs).total()
    return 2 * shared / (own.total() + theirs.total()) if shared else 0.0


def of_threads(threads: Sequence[Thread]) -> list[tuple[Sitting, str]]:
    """Each discussion as a session with a brief of 66 words, and the person's summary. A message is an idea whatever
    addresses stand in its signature.
    """
    found = []
    for at, thread in enumerate(threads):
        said = [Statement(message, "", "en") for message in thread.messages]
        one = sitting(f"e-mail {at}", said, language="en", words=WORDS)
        voices = tuple(replace(voice, kind="idea", links=()) for voice in one.assignment.voices)
        found.append((replace(one, assignment=replace(one.assignment, voices=voices)), thread.summary))
    return found


def extract(brief: Brief) -> str:
    """The brief's own lines, then what follows them, until there are 57 words; cut at 75."""
    taken: list[str] = []
    lines = [p for p in brief.lines() if p.section in IN_BRIEF] + [
        p for p in brief.lines() if p.section not in IN_BRIEF
    ]
    for point in lines:
        if len(taken) < WORDS - GIVE:
            taken += point.text.replace("…", " ").split()
    return " ".join(taken[: WORDS + GIVE])
