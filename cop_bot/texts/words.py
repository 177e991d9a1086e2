"""Every word that people may type, and what is understood by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from itertools import islice

from cop_bot.domain.contribution import Kind
from cop_bot.domain.correction import Change
from cop_bot.domain.mistakes import NotALength, NotANumber
from cop_bot.domain.wording import Manner
from cop_bot.languages import every, talk
from cop_bot.texts.commands import COMMANDS, CommandSpec, Role, families


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that was understood; `rest` is what follows it, as typed. `yes`: it was confirmed by its last word."""

    command: CommandSpec
    rest: str = ""
    yes: bool = False


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A word that is no command, and the path of the nearest one."""

    word: str
    nearest: str | None


@cache
def findings_words() -> frozenset[str]:
    """What stands for the findings where a theme could stand (case-folded)."""
    return _of_all("findings")


@cache
def withdraw_words() -> frozenset[str]:
    """What may stand in the place of an objection (case-folded) to take it back."""
    return _of_all("withdraw")


@cache
def _changes() -> Mapping[str, Change]:
    """The word (case-folded) -> what it does to a line of a draft."""
    named = {Change.OUT: "out", Change.SAY: "say", Change.ADD: "add"}
    return {word: change for change, part in named.items() for word in _of_all(part)}


@dataclass(frozen=True, slots=True)
class Correcting:
    """`risk 3 say Words #4`: the theme ("" for none), the line, what to do, and the words; for a new line also what it
    rests on.
    """

    theme: str
    change: Change
    line: int = 0
    words: str = ""
    cites: tuple[int, ...] = ()


def corrections(text: str) -> list[Correcting]:
    """Every way to read what follows `summary draft` as a correction, the likeliest first; none if it is none."""
    found = []
    for theme, line, rest in places(text):
        first, _, words = rest.partition(" ")
        change = _changes().get(first.casefold().strip(".:,"))
        if change in (Change.OUT, Change.SAY) and (change is Change.SAY or not words.strip()):
            found.append(Correcting(theme, change, line, words.strip()))
    for word in re.finditer(r"\S+", text):
        if _changes().get(word.group().casefold().rstrip(":")) is Change.ADD:
            words, cites = _cited(text[word.end() :].strip())
            found.append(Correcting(text[: word.start()].strip(), Change.ADD, words=words, cites=cites))
            break
    return found


def _cited(words: str) -> tuple[str, tuple[int, ...]]:
    """The words, and the numbers of contributions that stand behind them."""
    said = _CITED_BEHIND.search(words)
    if not said:
        return words, ()
    return words[: said.start()].strip(), tuple(int(number) for number in re.findall(r"\d+", said.group()))


@cache
def prefixes() -> Mapping[str, Kind]:
    """What may stand before the colon of a post: word (case-folded) -> what the post is."""
    return {word: kind for word, kind in kinds().items() if kind not in (Kind.FEEDBACK, Kind.TALK)}


@cache
def kinds() -> Mapping[str, Kind]:
    """The words for a kind in `kind #12 question`: word (case-folded) -> kind."""
    return {word: Kind(kind) for one in every().values() for kind, words in one.kinds.items() for word in words}


@cache
def manner() -> Manner:
    """How people write, in all languages."""
    return Manner(prefixes(), talk.is_talk, talk.is_aside, talk.is_ranked, talk.nods)


@cache
def _yes() -> frozenset[str]:
    return _of_all("yes")


def _of_all(part: str) -> frozenset[str]:
    return frozenset(word for one in every().values() for word in getattr(one, part))


@cache
def _by_words() -> Mapping[str, CommandSpec]:
    return {_phrase(words.split()): command for command in COMMANDS for words in (command.path, *command.aliases)}


@cache
def _first_of_two() -> frozenset[str]:
    return frozenset({path.split()[0] for path in _by_words() if " " in path} - _by_words().keys())


_GRAVE = ("settings on", "settings off", "settings resume", "settings pause", "settings forget", "withdraw")
_SURE = 0.86
_TICKS = "`'\"“”‘’«»"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SLASH = re.compile(r"^/?\s*cop(?:bot)?\s+(?=\S)|^/", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,3})\s*(d|w|days?|weeks?)\s*", re.IGNORECASE)
_PLACE = re.compile(r"(?<!\S)#?(\d{1,3})(?:[.:)]+)?(?!\S)", re.ASCII)
_MOST_PLACES = 20
_CITED_BEHIND = re.compile(r"(?:(?:^|(?<=\s))#\d{1,7}[\s,;.]*){1,50}\Z", re.ASCII)
_NUMBER = re.compile(r"\s*#?(\d{1,7})\b\s*", re.ASCII)


def parse(text: str) -> Typed | NotUnderstood:
    """What was typed as a command, or after the bot's name. Nothing asks for the home, the first word of two alone for
    help.

    What the bot prints is understood as it is printed: in backticks, with `/cop` before it, with a full stop behind.
    """
    text = _as_printed(text)
    words = text.split(maxsplit=2)
    if not words:
        return Typed(_by_words()["home"])
    for count in (2, 1):
        phrase = _phrase(words[:count])
        if len(words) >= count and phrase in _by_words():
            return _typed(_by_words()[phrase], _after(text, count))
    first = _phrase(words[:1])
    if first in _first_of_two() and len(words) == 1:
        return Typed(_by_words()["help"], first)
    return _not_understood(words, first in _first_of_two())


def _as_printed(text: str) -> str:
    bare = text.strip().strip(_UNSEEN).strip()
    bare = bare[:-1] if bare[-2:-1] == "`" and bare[-1:] in ".!," else bare
    if bare[:1] in _TICKS and bare[-1:] in _TICKS and len(bare) > 1:
        bare = bare[1:-1].strip()
    bare = _SLASH.sub("", bare)
    alone = bare.rstrip(".!`… ")
    return alone if _phrase(alone.split() or [""]) in _by_words() else bare


def _phrase(words: list[str]) -> str:
    first, *others = (word.casefold().rstrip(":") for word in words)
    return " ".join([families().get(first, first), *others])


def _after(text: str, count: int) -> str:
    """The text without its first words, its own line breaks untouched."""
    return re.sub(rf"^\s*(?:\S+\s*){{{count}}}", "", text).strip()


def _typed(command: CommandSpec, rest: str) -> Typed:
    if command.asks_first and rest:
        before, _, last = f" {rest}".rpartition(" ")
        if last.casefold().strip(".!") in _yes():
            return Typed(command, before.strip(), yes=True)
    return Typed(command, rest)


def _not_understood(words: list[str], is_first_of_two: bool) -> NotUnderstood:
    both, first = _phrase(words[:2]), _phrase(words[:1])
    near = get_close_matches(both, _by_words(), n=1, cutoff=0.6 if is_first_of_two else 0.75)
    near = near or get_close_matches(first, _by_words(), n=1, cutoff=0.7)
    path = _by_words()[near[0]].path if near else None
    word = " ".join(words[: 2 if is_first_of_two else 1])
    # A guess must never turn into its opposite, nor into what can't be undone.
    if path in _GRAVE and SequenceMatcher(None, both if " " in near[0] else first, near[0]).ratio() < _SURE:
        path = None
    return NotUnderstood(word, path)


def misspelt(command: CommandSpec, rest: str) -> NotUnderstood | None:
    """What was meant where the rest begins with a second word of another command, nearly: `summary objct 1 Not so`."""
    seconds = {path.split()[1]: path for path in _by_words() if path.startswith(f"{command.path} ")}
    first = rest.split(maxsplit=1)[0].casefold() if rest else ""
    near = get_close_matches(first, seconds, n=1, cutoff=0.75)
    return NotUnderstood(f"{command.path} {first}", _by_words()[seconds[near[0]]].path) if near else None


def commands_for(role: Role, topic: str = "") -> Iterator[CommandSpec]:
    """The commands that this role may use; with a topic, only those that it names."""
    wanted = families().get(topic.casefold(), topic.casefold())
    for command in COMMANDS:
        may = role == "facilitator" or command.role == "member"
        if may and (not wanted or wanted in (command.path, command.path.split()[0], *command.aliases)):
            yield command


def duration(text: str) -> timedelta:
    """`14d` or `2w` as a length of time, at least a day. Raises NotALength."""
    found = _LENGTH.fullmatch(text)
    if not found or int(found.group(1)) == 0:
        raise NotALength
    unit = timedelta(weeks=1) if found.group(2).lower().startswith("w") else timedelta(days=1)
    return int(found.group(1)) * unit


def number(text: str) -> int:
    """The number in `#12`. Raises NotANumber."""
    found, rest = split_number(text)
    if found is None or rest:
        raise NotANumber
    return found


def split_number(text: str) -> tuple[int | None, str]:
    """`#12 rest` as 12 and "rest"; without a number at the beginning, None and the text."""
    found = _NUMBER.match(text)
    return (int(found.group(1)), text[found.end() :].strip()) if found else (None, text.strip())


def places(text: str) -> list[tuple[str, int, str]]:
    """Every way to read `risk sharing 3 Words` as a theme, a place in a list and words, the likeliest first.

    The theme may be left out, and may have numbers in it itself; a text that begins with a number names none.
    """
    several = islice(_PLACE.finditer(text), _MOST_PLACES)
    found = [(text[: n.start()].strip(), int(n.group(1)), text[n.end() :].strip()) for n in several]
    return found[:1] if found and not found[0][0] else found
