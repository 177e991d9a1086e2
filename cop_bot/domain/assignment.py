"""What a summariser is asked: the contributions of a session as voices without names, and how to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WORDS_A_LINE = 25
"""What a line of a summary has at most, on the average of all of them."""
_LINES = ((40, 6), (150, 10), (500, 15))
"""So many contributions -> so many lines; between these in proportion, and no more or fewer than at the ends."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One contribution as a summariser sees it: no author's name, only a stand-in that is equal for equal authors.

    `at` is the programme's time in UTC. `said_to` is the number of the contribution that it replies to, `answers` the
    guiding question (from 1) that its author filed it under.
    """

    number: int
    kind: str
    text: str
    author: str
    at: datetime
    links: tuple[str, ...] = ()
    said_to: int | None = None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A guiding question: `text` in the summary's language, `wordings` in all the languages it was asked in."""

    text: str
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objected:
    """What a member objects to a line of the published summary: its text, what it cited, and the member's words."""

    line: str
    cites: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The theme, its questions, the contributions of the session, and how to write."""

    theme: str
    voices: tuple[Voice, ...]
    questions: tuple[Question, ...] = ()
    language: str = "en"
    """The language of the summary."""
    translations: tuple[str, ...] = ()
    """Further languages in which the lines are wanted too."""
    words: int | None = None
    """Words of the points at most, open questions, resources and what was also heard not counted; None: as many as
    there is to say.
    """
    objections: tuple[Objected, ...] = ()
    subject: str = ""
    """What it is about, as `Summary.subject` says it: under this name a model's answers and costs are kept."""
    most_tokens: int | None = None
    """How many tokens its subject may cost in all, where the programme says so itself."""

    @property
    def most_lines(self) -> int:
        """How many points are shown at most: it grows with the contributions, or follows from the words."""
        return _lines_for(len(self.voices)) if self.words is None else max(1, self.words // WORDS_A_LINE)

    @property
    def most_words(self) -> int:
        """How many words these points may have together."""
        return self.most_lines * WORDS_A_LINE if self.words is None else self.words


def _lines_for(contributions: int) -> int:
    """40 -> 6, 150 -> 10, 500 -> 15."""
    (few, lines), *further = _LINES
    for many, most in further:
        if contributions <= many:
            return lines + round((most - lines) * max(0, contributions - few) / (many - few))
        few, lines = many, most
    return lines
