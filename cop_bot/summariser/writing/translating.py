"""Lines in further languages. The original is what counts; a translation that fails a check is left out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from pydantic import BaseModel

from cop_bot.domain.brief import Point
from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.server.answer import LONGEST_TEXT, Rows, Unusable, one_of, words
from cop_bot.summariser.server.fenced import json_line, tokens
from cop_bot.summariser.server.model_client import Conversation, ModelRequest, fenced, language_name
from cop_bot.summariser.words.languages import language_of, plain
from cop_bot.summariser.words.literals import hard
from cop_bot.summariser.words.prompt_injection import looks_like_an_instruction
from cop_bot.summariser.writing.checks import same_language, told
from cop_bot.summariser.writing.cleaning import clean
from cop_bot.summariser.writing.redaction import masked, restored

_SHORTEST, _LONGEST = 0.4, 2.5
"""How much shorter or longer than the line a translation may be; scripts that write words as signs need less."""
_SHORTEST_IN_SIGNS = 0.1
_SIGNS = frozenset({"zh", "ja", "ko"})
_SLACK = 15
"""Signs by which a short line may differ all the same."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is shown: its text, its language, what it rests on, and what it is called in other languages."""

    text: str
    language: str
    numbers: tuple[int, ...]
    is_quote: bool
    translations: Mapping[str, str]

    @classmethod
    def of(cls, point: Point) -> Line:
        """A point as a line."""
        return cls(point.text, point.language, point.cites, point.quote, point.translations)


class Translated(BaseModel):
    """One line as the model translated it."""

    id: str
    text: str


def wanted(lines: Sequence[Line], language: str, further: Sequence[str]) -> dict[str, list[int]]:
    """Which lines (by their places) lack which language.

    All lines are wanted in the `further` languages, and members' own words also in the `language` of the summary.
    """
    targets = dict.fromkeys((*further, language))
    found = {target: [at for at, line in enumerate(lines) if _lacks(line, target, further)] for target in targets}
    return {target: places for target, places in found.items() if places}


def _lacks(line: Line, target: str, further: Sequence[str]) -> bool:
    if target in line.translations or not any(sign.isalpha() for sign in line.text):
        return False
    if same_language(line.language, target):
        return False
    return target in further or (line.is_quote and bool(line.language))


async def translated(
    conversation: Conversation, lines: Sequence[Line], language: str, further: Sequence[str]
) -> list[dict[str, str]]:
    """For each line its translations, those it had before among them. Without an answer there are fewer."""
    found = [dict(line.translations) for line in lines]
    asked = wanted(lines, language, further)
    conversation.expect(len(asked))
    answers = await asyncio.gather(
        *(_into(conversation, target, [lines[at] for at in asked[target]]) for target in asked)
    )
    for (target, places), texts in zip(asked.items(), answers, strict=True):
        for at, text in zip(places, texts, strict=True):
            if text is not None:
                found[at][target] = text
    return found


def request(target: str, lines: Sequence[Line]) -> ModelRequest[Translated]:
    """What to ask so that these lines are translated."""
    ids = [f"l{at}" for at in range(1, len(lines) + 1)]
    sent = "\n".join(json_line(id=key, text=masked(line.text)) for key, line in zip(ids, lines, strict=True))
    rows = Rows("lines", Translated, {"id": one_of(ids), "text": words(2 * LONGEST_TEXT)}, len(ids))
    values = fenced(sent) | {"count": str(len(ids)), "language": language_name(target)}
    numbers = frozenset(number for line in lines for number in line.numbers)
    return ModelRequest("translate", values, rows, numbers, 100 + 3 * tokens(sent))


async def _into(conversation: Conversation, target: str, lines: Sequence[Line]) -> list[str | None]:
    texts: list[str | None] = [None] * len(lines)
    try:
        answers = await conversation.ask(request(target, lines))
    except (SummariserFailed, Unusable) as failure:
        log.warning("no translation", language=target, why=str(failure) or "unusable answer")
        return texts
    for answer in answers:
        at = int(answer.id[1:]) - 1 if answer.id[:1] == "l" and answer.id[1:].isdecimal() else -1
        if 0 <= at < len(lines):
            texts[at] = _held(answer.text, lines[at], target)
    return texts


def _held(text: str, line: Line, target: str) -> str | None:
    """The translation, if nothing speaks against it: numbers and addresses, its language, its length, markup."""
    text = plain(text).strip()
    if "…" in line.text:
        text = text.replace("...", "…")
    source = masked(line.text)
    if not text or text.casefold() == plain(source).casefold() or _unspaced(clean(text)) != _unspaced(text):
        return None
    if looks_like_an_instruction(text) or not _is_sane(len(text), len(source), target):
        return None
    if told(target) and not same_language(language_of(text) or target, target):
        return None
    if hard(text, target) != hard(source, line.language):
        return None
    return restored(text, line.text)


def _unspaced(text: str) -> str:
    """French has a blank before "?" and "!", and so has a line before "…"."""
    return "".join(text.split())


def _is_sane(length: int, original: int, target: str) -> bool:
    shortest = _SHORTEST_IN_SIGNS if target.partition("-")[0] in _SIGNS else _SHORTEST
    return shortest * original - _SLACK <= length <= _LONGEST * original + _SLACK
