"""The topics of a session: found language by language, few enough that each of them can be shown."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import MOST_ALSO_HEARD
from cop_bot.summariser.reading.labels import labels
from cop_bot.summariser.reading.meaning import Meaning
from cop_bot.summariser.words.languages import LANGUAGES, SIGN, content_words, likely, most_common
from cop_bot.summariser.words.unknown_languages import UNKNOWN, by_script, is_unknown, parted, runs_as_elsewhere

_FEWEST_TOPICS = 7
_FOR_OBJECTORS = 2
"""Places beyond the topics that are left for those who object."""
_BEYOND_DOUBT = 8.0
"""Log odds: about what six words of a language come to."""


@dataclass(frozen=True, slots=True)
class TopicRead:
    """Contributions on one thing in one language, the most central first, with how central each is (0 to 1)."""

    voices: tuple[Voice, ...]
    centrality: tuple[float, ...]
    language: str = ""
    words: tuple[str, ...] = ()
    """What sets it apart, as the members wrote it, the strongest first."""
    label: str = ""
    """A phrase that members used, and where: "" if it has none."""
    named_in: tuple[int, ...] = ()


def languages_of(voices: Sequence[Voice], summary: str = "") -> dict[int, str]:
    """number -> the language it is in, "" where nobody could tell.

    A few words may look like any language: they are in one only if somebody spoke it beyond doubt. Of the languages
    that have no name here, the most frequent one is that of the `summary` if this is none of ours either.
    """
    found = {voice.number: likely(voice.text) for voice in voices}
    spoken = {language for language, sure in found.values() if sure >= _BEYOND_DOUBT}
    languages = {number: one if sure >= SIGN and one in spoken else "" for number, (one, sure) in found.items()}
    languages |= _of_others(voices)
    unnamed = most_common(language for language in languages.values() if is_unknown(language))
    if unnamed and summary and summary.partition("-")[0] not in LANGUAGES:
        languages = {number: summary if language == unnamed else language for number, language in languages.items()}
    return languages


def _of_others(voices: Sequence[Voice]) -> dict[int, str]:
    """number -> the language, of those that are in none of ours."""
    others = {voice.number: script for voice in voices if (script := by_script(voice.text))}
    in_ours = [voice for voice in voices if voice.number not in others]
    if surely := {voice.number: UNKNOWN for voice in in_ours if runs_as_elsewhere(voice.text)}:
        others |= {voice.number: UNKNOWN for voice in in_ours if runs_as_elsewhere(voice.text, surely=False)}
    return others | surely


def topics_of(
    voices: Mapping[int, Voice], languages: Mapping[int, str], known: frozenset[str], lines: int, meaning: Meaning
) -> tuple[TopicRead, ...]:
    """Topics never cross languages: too few words are the same. What gave no sign goes with the language of most.

    `known` are the words of the session's own title: they stand everywhere and tell nothing apart. So many topics at
    most that with `lines` points each can have one or be heard too.
    """
    most_topics = max(_FEWEST_TOPICS, lines + MOST_ALSO_HEARD - _FOR_OBJECTORS)
    main = most_common(languages.values())
    unnamed = [number for number in voices if languages[number] == UNKNOWN]
    part = dict(zip(unnamed, parted([voices[number].text for number in unnamed]), strict=True))
    by_language: defaultdict[tuple[str, int], list[Voice]] = defaultdict(list)
    for number, voice in voices.items():
        by_language[languages[number] or main, part.get(number, 0)].append(voice)
    counts = _counts({language: len(own) for language, own in by_language.items()}, most_topics)
    found = [
        ranked
        for language, own in by_language.items()
        for ranked in enumerate(_in_one_language(own, language[0], known, counts[language], meaning))
    ]
    # The place within its own language first, so that no language waits for the second topic of another.
    found.sort(key=lambda ranked: (ranked[0], -len(ranked[1].voices)))
    return tuple(topic for _, topic in found)


def _counts(sizes: Mapping[tuple[str, int], int], most_topics: int) -> dict[tuple[str, int], int]:
    """How many topics to look for in each language: the square root of half its contributions, all within the most."""
    counts = Counter({language: max(1, round(math.sqrt(size / 2))) for language, size in sizes.items()})
    while counts.total() > max(most_topics, len(counts)):
        most = max(counts, key=lambda language: (counts[language], -sizes[language]))
        counts[most] -= 1
    return dict(counts)


def _in_one_language(
    voices: Sequence[Voice], language: str, known: frozenset[str], count: int, meaning: Meaning
) -> list[TopicRead]:
    texts = [voice.text for voice in voices]
    stems = [[word for word in content_words(text) if word not in known] for text in texts]
    clusters = meaning.topics(texts, stems, count)
    spelling = [[texts[at] for at in cluster.members] for cluster in clusters]
    words = labels([[stems[at] for at in cluster.members] for cluster in clusters], spelling, language)
    found = []
    for cluster, own, phrase in zip(clusters, words, meaning.phrases(spelling, language, known), strict=True):
        own_voices = tuple(voices[at] for at in cluster.members)
        named_in = tuple(own_voices[at].number for at in phrase.found_in)
        found.append(TopicRead(own_voices, cluster.centrality, language, own, phrase.text, named_in))
    return found
