"""What is particular to a language: one file each, complete in all parts, read once.

`<code>.toml` can be read and mended by whoever speaks the language; this module gives its parts names. In phrases a
light notation stands for patterns: see `pattern`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SEVERAL = re.compile(r"~(\d+) ")


PROVING = (
    "half",
    "third",
    "none",
    "double",
    "triple",
    "quarter",
    "only",
    "all",
    "because",
    "since",
    "would",
    "might",
    "should",
    "wishing",
    "states",
    "still",
    "saying",
    "members",
    "passive",
)


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `rank`: which comes first where two fit as well; `spoken`: the bot speaks it, else it only reads.

    Words are in lower case. Phrases are in the notation of `pattern`.
    """

    code: str
    name: str
    rank: int
    spoken: bool
    reviewed: bool
    letters: frozenset[str]
    """Letters that only some languages use, this one among them."""
    runs_at_least: float
    """How usual its runs of three letters are in a plain sentence at the least (log odds). Higher where relatives that
    are none of ours are many, as those of Swahili."""
    function_words: frozenset[str]
    everyday: frozenset[str]
    """Words that stand in any conversation and name no topic."""
    of_the_summary: tuple[str, ...]
    """How people speak of the summary, of whoever writes it, and of the others' contributions."""
    linking: frozenset[str]
    """Articles, and what stands between the parts of a name: "the", "of"."""
    capital_nouns: bool
    """Whether every noun has a capital, so that what ends without one is no name of a thing."""
    verbs: frozenset[str]
    """Common ones: what they begin or end is no name of a thing."""
    infinitives: tuple[str, ...]
    """How verbs end where many do and few nouns."""
    numerals: Mapping[str, str]
    """Word -> figures."""
    no: frozenset[str]
    """Words that say no."""
    without: frozenset[str]
    ambiguous: frozenset[str]
    """Those among them that mean something else as often: where the language isn't known they say nothing."""
    turns_what_follows: frozenset[str]
    """Words that turn what follows round (avoid, against); beside a "not" they turn it back."""
    turning_phrases: tuple[str, ...]
    """Several words that do the same: turn down, put an end to."""
    instead: tuple[str, ...]
    and_not: tuple[str, ...]
    saying_no: tuple[str, ...]
    longer: tuple[str, ...]
    """As in "no longer"."""
    proving: Mapping[str, tuple[str, ...]]
    """What a line may say only if its source does (`PROVING`) -> the phrases that say it."""
    months: tuple[str, ...]
    but: tuple[str, ...]
    however: tuple[str, ...]
    though: tuple[str, ...]
    softening: tuple[str, ...]
    greetings: tuple[str, ...]
    thanks: tuple[str, ...]
    nods: tuple[str, ...]
    towards: tuple[str, ...]
    """As in "thanks to Amina", "hello to all"."""
    about_oneself: tuple[str, ...]
    """How people tell who they are: age, home, job."""
    replying: tuple[str, ...]
    """How somebody begins who answers somebody: alone it can't be understood."""
    insults: tuple[str, ...]
    courtesy: tuple[str, ...]
    """Greetings, thanks, nods and wishes as whole posts consist of."""
    arranging: tuple[str, ...]
    """How people speak of being there, being late, and of what to do where."""
    logistics: tuple[str, ...]
    """Calls, links, files: with what happens to them (`happening`) such a sentence, alone not."""
    happening: tuple[str, ...]
    talk_words: frozenset[str]
    """Further words that may stand in such posts."""
    weighty: frozenset[str]
    """Words that no such post has: with them somebody says what they think."""
    closings: tuple[str, ...]
    """What may stand beneath a question without making it something else."""
    ranked: frozenset[str]
    """What may come first or second, as in "#1 priority": behind a number such words are no reply to it."""
    wondering: tuple[str, ...]
    objecting: tuple[str, ...]
    self: tuple[str, ...]
    refusal: tuple[str, ...]
    proposing: tuple[str, ...]
    could: tuple[str, ...]
    doing: tuple[str, ...]
    """What may follow `could`."""
    kinds: Mapping[str, tuple[str, ...]]
    """Kind of a contribution -> what people may call it."""
    yes: tuple[str, ...]
    withdraw: tuple[str, ...]
    out: tuple[str, ...]
    say: tuple[str, ...]
    add: tuple[str, ...]
    """As in `summary draft 3 out`, `3 say …`, `add …`."""
    findings: tuple[str, ...]
    families: Mapping[str, tuple[str, ...]]
    """First word of commands -> other words for it."""
    aliases: Mapping[str, tuple[str, ...]]
    """Command -> other words for it."""


@cache
def every() -> Mapping[str, Language]:
    """All languages by their code, those of the first rank first."""
    found = [file for file in files(__name__).iterdir() if file.name.endswith(".toml")]
    read = [_language(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))) for file in found]
    return {language.code: language for language in sorted(read, key=lambda one: one.rank)}


@cache
def spoken() -> tuple[str, ...]:
    """The codes of those that the bot speaks, English first."""
    return tuple(code for code, language in every().items() if language.spoken)


def pattern(phrases: Iterable[str]) -> str:
    """Phrases as one regular expression, without a capturing group.

    `*` any letters or none, `**` at least one, `~ ` one word or none, `~3 ` up to three, `(a|b)` one or the other.
    Letters in brackets and the question mark behind a letter or a group mean what they mean there.
    """
    return "|".join(_expanded(phrase) for phrase in phrases)


def _expanded(phrase: str) -> str:
    phrase = _SEVERAL.sub(lambda found: r"(?:\w+ ){0," + found[1] + "}", phrase).replace("~ ", r"(?:\w+ )?")
    phrase = re.sub(r"\((?!\?)", "(?:", phrase)
    return phrase.replace("**", "\0").replace("*", r"\w*").replace("\0", r"\w+")


def _language(code: str, parts: Mapping[str, Any]) -> Language:
    recognising, denying, commands = parts["recognising"], parts["denying"], parts["commands"]
    talk = parts["talk"]
    listed = {
        name: tuple(parts[part][name])
        for part, names in (
            ("denying", ("turning_phrases", "instead", "and_not", "saying_no", "longer")),
            ("turning", ("but", "however", "though", "softening")),
            ("opening", ("greetings", "thanks", "nods", "towards")),
            ("standing", ("about_oneself", "replying", "insults")),
            ("asking", ("wondering",)),
            ("objecting", ("self", "refusal")),
            ("proposing", ("could", "doing")),
            ("commands", ("yes", "withdraw", "out", "say", "add", "findings")),
        )
        for name in names
    }
    return Language(
        code=code,
        name=parts["name"],
        rank=parts["rank"],
        spoken=parts["spoken"],
        reviewed=parts["reviewed"],
        letters=frozenset(recognising["letters"]),
        runs_at_least=recognising["runs_at_least"],
        function_words=frozenset(recognising["function_words"].split()),
        everyday=frozenset(recognising["everyday"].split()),
        of_the_summary=tuple(parts["framing"]["of_the_summary"]),
        linking=frozenset(parts["naming"]["linking"].split()),
        verbs=frozenset(parts["naming"]["verbs"].split()),
        capital_nouns=parts["naming"]["capital_nouns"],
        infinitives=tuple(parts["naming"]["infinitives"].split()),
        numerals={word: figures for figures, words in parts["numerals"].items() for word in words},
        no=frozenset(denying["no"]),
        without=frozenset(denying["without"]),
        ambiguous=frozenset(denying["ambiguous"]),
        turns_what_follows=frozenset(denying["turning"].split()),
        proving={name: tuple(parts["proving"][name]) for name in PROVING},
        months=tuple(parts["proving"]["months"].split()),
        courtesy=_phrases(talk["courtesy"]),
        arranging=_phrases(talk["arranging"]),
        logistics=_phrases(talk["logistics"]),
        happening=_phrases(talk["happening"]),
        talk_words=frozenset(talk["words"].split()),
        weighty=frozenset(talk["weighty"].split()),
        ranked=frozenset(talk["ranked"].split()),
        closings=_phrases(talk["closings"]),
        objecting=tuple(parts["objecting"]["plainly"]),
        proposing=tuple(parts["proposing"]["plainly"]),
        kinds={kind: tuple(words) for kind, words in parts["kinds"].items()},
        families={first: tuple(words) for first, words in commands["families"].items()},
        aliases={path: tuple(words) for path, words in commands["aliases"].items()},
        **listed,
    )


def _phrases(several: str) -> tuple[str, ...]:
    return tuple(phrase for one in several.split(",") if (phrase := " ".join(one.split())))
