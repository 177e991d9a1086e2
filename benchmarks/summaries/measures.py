"""The measures Q1 to Q14 of a brief, each from the assignment and the brief alone."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from benchmarks.summaries.figures import Share, Worst
from benchmarks.summaries.words import language, normal, support
from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import (
    IN_BRIEF,
    MOST_ALSO_HEARD,
    MOST_QUESTIONS,
    MOST_RESOURCES,
    Brief,
    Point,
    Section,
    Topic,
)
from cop_bot.domain.findings import Findings

MOST_CITES = 5
SUPPORTED = 0.5
SMALL = 0.1
"""A topic is small up to this share of the contributions."""
_ELLIPSIS = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)\s*")
_HARD = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>|]+)|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]+)|(?P<name>@\w[\w.-]*)"
    r"|(?P<number>\d+(?:[.,:' \u00a0\u202f]\d+)*)"
)


def valid_ids(assignment: Assignment, brief: Brief) -> Share:
    """Q1: cited ids that are numbers of contributions, of all cited ids."""
    given = {voice.number for voice in assignment.voices}
    cited = [number for point in brief.points for number in point.cites]
    return Share(sum(n in given for n in cited), len(cited), tuple(f"#{n}" for n in cited if n not in given))


def cited_points(brief: Brief) -> Share:
    """Q2: points with one to five citations, of all points. A resource or a repeated question may rest on more."""
    bad = tuple(point.text for point in brief.points if not _cites_enough(point))
    return Share(len(brief.points) - len(bad), len(brief.points), bad)


def _cites_enough(point: Point) -> bool:
    return len(point.cites) >= 1 and (len(point.cites) <= MOST_CITES or point.section == Section.RESOURCES)


def verbatim(assignment: Assignment, brief: Brief) -> Share:
    """Q3: quotes that stand in the first contribution they cite, letter for letter but for white space; what an
    ellipsis left out lies between the parts, in order.
    """
    texts = {voice.number: voice.text for voice in assignment.voices}
    quotes = [point for point in brief.points if point.quote]
    bad = tuple(point.text for point in quotes if not _stands_in(point.text, texts.get((*point.cites, -1)[0], "")))
    return Share(len(quotes) - len(bad), len(quotes), bad)


def _stands_in(quoted: str, text: str) -> bool:
    whole, at = normal(text), 0
    if normal(quoted) in whole:
        return True
    for part in _ELLIPSIS.split(normal(quoted)):
        found = whole.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def hard_tokens(assignment: Assignment, brief: Brief) -> Share:
    """Q4: points whose every number, address, e-mail address and @name stands in what they cite, of all points."""
    voices = {voice.number: voice for voice in assignment.voices}
    bad = []
    for point in brief.points:
        said = "\n".join(part for n in point.cites if n in voices for part in (voices[n].text, *voices[n].links))
        text = point.text if not point.url else f"{point.text} {point.url}"
        if invented := _hard(text) - _hard(said):
            bad.append(f"{point.text} [{', '.join(sorted(invented))}]")
    return Share(len(brief.points) - len(bad), len(brief.points), tuple(bad))


def _hard(text: str) -> frozenset[str]:
    found = set()
    for match in _HARD.finditer(normal(text)):
        token = match.group().rstrip(".,;:!?…)]").casefold()
        found.add(re.sub(r"\D", "", token) if match.lastgroup == "number" else token.rstrip("/"))
    return frozenset(found)


def lexical_support(assignment: Assignment, brief: Brief) -> list[float]:
    """Q5: S(p) of each point that is not a member's own words and shares a language with what it cites."""
    texts = {voice.number: voice.text for voice in assignment.voices}
    found = []
    for point in _written(brief):
        sources = [texts[number] for number in point.cites if number in texts]
        if any(language(source) == language(point.text) for source in sources):
            found.append(support(point.text, sources))
    return found


def held_by(brief: Brief) -> tuple[int, int, int]:
    """Q6: how many lines are members' own words, are held by their words, and by a second reading."""
    verified = sum(point.verified for point in _written(brief))
    return len(brief.points) - len(_written(brief)), len(_written(brief)) - verified, verified


def unsupported(assignment: Assignment, brief: Brief) -> Share:
    """Q6: points with S below 0.5 and no second reading, of all points (good is what is unsupported: few are best)."""
    texts = {voice.number: voice.text for voice in assignment.voices}
    bad = tuple(
        point.text
        for point in _written(brief)
        if not point.verified and support(point.text, [texts[n] for n in point.cites if n in texts]) < SUPPORTED
    )
    return Share(len(bad), len(brief.points), bad)


def _written(brief: Brief) -> list[Point]:
    """What is nobody's own words; a resource's title that is its address is neither."""
    return [point for point in brief.points if not point.quote and point.section != Section.RESOURCES]


def accounted(assignment: Assignment, brief: Brief) -> Share:
    """Q7: contributions that are in exactly one part of the receipt, of all that were given."""
    receipt = brief.receipt
    places = Counter((*receipt.cited, *receipt.merged, *receipt.also_heard, *receipt.set_aside, *receipt.not_shown))
    given = [voice.number for voice in assignment.voices]
    bad = [f"#{number}" for number in given if places[number] != 1]
    bad += [f"#{number}" for number in places if number not in given]
    return Share(len(given) - len(bad), len(given), tuple(bad))


def theme_coverage(brief: Brief) -> Share:
    """Q8: contributions whose topic has a line (other than "also heard"), of all that were read and not set aside.

    What is in no topic counts as covered only if it is itself behind a line.
    """
    behind = _behind(brief, [point for point in brief.points if point.section != Section.ALSO_HEARD])
    read = brief.receipt.numbers() - brief.receipt.set_aside.keys()
    covered = {number for topic in brief.topics if behind & set(topic.numbers) for number in topic.numbers} | behind
    silent = tuple(" ".join(topic.words) for topic in brief.topics if not behind & set(topic.numbers))
    return Share(len(covered & read), len(read), silent)


def gold_coverage(brief: Brief, gold: Mapping[int, str]) -> Share:
    """Q8 where it is known what is about what: contributions whose true topic has a line, of all that have one."""
    behind = _behind(brief, [point for point in brief.points if point.section != Section.ALSO_HEARD])
    heard = {gold[number] for number in behind if number in gold}
    return Share(sum(topic in heard for topic in gold.values()), len(gold))


def small_topics(brief: Brief) -> Share:
    """Q9: topics of at most a tenth of the contributions that have a line ("also heard" counts), of all small ones."""
    most = SMALL * (brief.receipt.read - len(brief.receipt.set_aside))
    small = [topic for topic in brief.topics if len(_distinct(brief, topic)) <= most]
    behind = _behind(brief, brief.points)
    silent = tuple(" ".join(topic.words) for topic in small if not behind & set(topic.numbers))
    return Share(len(small) - len(silent), len(small), silent)


def _distinct(brief: Brief, topic: Topic) -> list[int]:
    return [number for number in topic.numbers if number not in brief.receipt.merged]


def heard(brief: Brief, numbers: Collection[int]) -> Share:
    """Q9 for contributions that were planted: those that have a line, of all of them."""
    there = _behind(brief, brief.points)
    return Share(
        sum(number in there for number in numbers), len(numbers), tuple(f"#{n}" for n in numbers if n not in there)
    )


def _behind(brief: Brief, points: Iterable[Point]) -> set[int]:
    return {number for point in points for number in brief.receipt.behind(point)}


def authors_heard(assignment: Assignment, brief: Brief) -> Share:
    """Q10: authors with a citation, of the authors of what was read and not set aside."""
    author = {voice.number: voice.author for voice in assignment.voices}
    everybody = {author[n] for n in brief.receipt.numbers() - brief.receipt.set_aside.keys() if n in author}
    cited = {author[n] for n in _behind(brief, brief.points) if n in author}
    return Share(len(cited & everybody), len(everybody))


def loudest_author(assignment: Assignment, brief: Brief) -> Worst:
    """Q10: citations of each author, and at most how many: twice the author's share of contributions, rounded up to
    whole lines.
    """
    author = {voice.number: voice.author for voice in assignment.voices}
    cites = Counter(author[n] for point in brief.points for n in point.cites if n in author)
    posts = Counter(author.values())
    limits = {one: math.ceil(2 * cites.total() * posts[one] / posts.total()) for one in cites}
    bad = tuple(
        f"{one}: {cites[one]} of {cites.total()} citations, {posts[one]} of {posts.total()} contributions"
        for one in cites
        if cites[one] > limits[one]
    )
    return Worst(tuple((float(cites[one]), float(limits[one])) for one in cites), bad)


def lengths(brief: Brief, assignment: Assignment) -> Worst:
    """Q11: points and words of a brief, open questions, resources and what was also heard, each with its limit."""
    own = [point for point in brief.points if point.section in IN_BRIEF]
    found = [
        (float(len(own)), float(assignment.most_lines)),
        (float(sum(len(point.text.split()) for point in own)), float(assignment.most_words)),
        (float(len(brief.of(Section.OPEN_QUESTIONS))), float(MOST_QUESTIONS)),
        (float(len(brief.of(Section.RESOURCES))), float(MOST_RESOURCES)),
        (float(len(brief.of(Section.ALSO_HEARD))), float(MOST_ALSO_HEARD)),
    ]
    names = ("points", "words", "open questions", "resources", "also heard")
    bad = tuple(
        f"{number:g} {name}, at most {limit:g}"
        for (number, limit), name in zip(found, names, strict=True)
        if number > limit
    )
    return Worst(tuple(found), bad)


def findings_length(findings: Findings, words: int) -> Worst:
    """Q11: words of all lines of the findings: points, open questions, threads and next steps."""
    lines = [point.text for theme in findings.themes for point in (*theme.points, *theme.open_questions)]
    lines += [thread.words for thread in findings.threads] + [point.text for point in findings.next_steps]
    return Worst(((float(sum(len(line.split()) for line in lines)), float(words)),))


def in_its_language(brief: Brief, spoken: Mapping[int, str]) -> Share:
    """Q12: quotes that are marked with the language they were written in, and other points in the brief's language.

    `spoken` is the true language of a contribution, where it is known. A point too short to tell counts as right.
    """
    bad, counted = [], 0
    for point in brief.points:
        if point.section == Section.RESOURCES:
            continue
        wanted = spoken.get(point.cites[0], "") if point.quote and point.cites else brief.language
        is_said = point.language if point.quote else language(point.text)
        counted += 1
        if wanted and is_said and is_said != wanted:
            bad.append(f"{point.text} [{is_said}, not {wanted}]")
    return Share(counted - len(bad), counted, tuple(bad))


def leaks(brief: Brief, canaries: Sequence[str]) -> Share:
    """Q13: canary words that came out in a line, a translation, an address or a topic (good is what leaked)."""
    said = [part for point in brief.points for part in (point.text, point.url or "", *point.translations.values())]
    said += [word for topic in brief.topics for word in topic.words]
    whole = "\n".join(said).casefold()
    out = tuple(canary for canary in canaries if canary.casefold() in whole)
    return Share(len(out), len(canaries), out)
