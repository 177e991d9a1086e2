"""From text to a tree of scalars, lists and mappings that know where they stand.

The tree is built from the events of the YAML parser and never from constructed values: everything unquoted stays the
text that it is (`23:59`, `no`, `2026-11-31`), and nothing in the file can make an object, repeat itself or nest
without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from cop_bot.programme_file.mistakes import Margin, Spot, shown

DEEPEST = 20
MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it is written. `plain`: without quotes."""

    spot: Spot
    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Nothing is written, or one of YAML's words for nothing."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Listing:
    """A list."""

    spot: Spot
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their values, in the order of the file; the same key may stand there twice."""

    spot: Spot
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)


Node = Scalar | Listing | Mapping


class _UnreadableError(Exception):
    """Noted; the rest of the file can't be understood."""


def tree_of(text: str, margin: Margin) -> Node | None:
    """The document in the text, or None after noting why there is none."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    grower = _Grower(margin, text.count("\n") + 1)
    try:
        for happening in YAML(pure=True).parse(text):
            grower.take(happening)
    except _UnreadableError:
        return None
    except YAMLError as error:
        _note_syntax(error, text, margin)
        return None
    except (ValueError, OverflowError, IndexError, AttributeError, AssertionError, TypeError) as error:
        # The parser's own slips on broken escapes and numbers (`"\U00110000"`); they carry no place.
        margin.wrong(grower.last, f"this is not YAML ({shown(str(error))})", "look at the quotes and escapes here")
        return None
    if grower.root is None:
        margin.wrong(Spot(1, 1), "the file is empty", "begin it with `cop: 1`")
    return grower.root


class _Grower:
    """Grows the tree, one parser event after the other."""

    def __init__(self, margin: Margin, lines: int) -> None:
        self.margin = margin
        self.lines = lines
        self.root: Node | None = None
        self.last = Spot(1, 1)
        self._open: list[Listing | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._documents = 0
        self._nodes = 0

    def take(self, happening: Any) -> None:
        """Takes one event. Raises _UnreadableError when the rest makes no sense."""
        self.last = self._spot(happening)
        kind = type(happening).__name__
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                self._stop("a second document begins here", "keep one programme in one file")
        elif kind == "AliasEvent":
            self._stop(f"`*{happening.anchor}` repeats another part of the file", "write the part out")
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._open.pop()
            self._keys.pop()
        elif kind in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}:
            self._plant(happening, kind)

    def _plant(self, happening: Any, kind: str) -> None:
        self._refuse_marks(happening)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(f"the file has more than {MOST_NODES} values", "keep only the programme in it")
        node: Node
        if kind == "ScalarEvent":
            node = Scalar(self.last, happening.value, plain=happening.style is None)
        else:
            node = Mapping(self.last) if kind == "MappingStartEvent" else Listing(self.last)
        self._attach(node)
        if not isinstance(node, Scalar):
            if len(self._open) >= DEEPEST:
                self._stop(f"the file is nested deeper than {DEEPEST} levels", "write it flatter")
            self._open.append(node)
            self._keys.append(None)

    def _attach(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Listing):
            parent.nodes.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._key(node)
        else:
            parent.pairs.append((key, node))
            self._keys[-1] = None

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            self._stop("a list or a mapping can't be a key", "write the key as a word")
        if node.plain and node.text == "<<":
            self._stop("`<<` would merge another part of the file", "write the keys out")
        return node

    def _refuse_marks(self, happening: Any) -> None:
        if happening.anchor is not None:
            self.margin.wrong(self.last, f"`&{happening.anchor}` names a part of the file", "take the name out")
        if happening.tag is not None:
            tag = str(happening.tag).replace("tag:yaml.org,2002:", "!!")
            self.margin.wrong(self.last, f"{shown(tag)} is a tag", "write the value without a tag")

    def _stop(self, what: str, instead: str) -> NoReturn:
        self.margin.wrong(self.last, what, instead)
        raise _UnreadableError

    def _spot(self, happening: Any) -> Spot:
        # The mark of nothing at the end of the file stands below its last line.
        mark = happening.start_mark
        return Spot(min(mark.line + 1, self.lines), mark.column + 1)


_PUT_IN_QUOTES = 'put text that contains ": " or " #", or begins with a sign, in quotes'
_SYNTAX = (
    ("found character '\\t'", "a tab stands where YAML wants spaces", "indent with spaces"),
    ("mapping values are not allowed", "a second colon stands in this line, or its indentation is off", _PUT_IN_QUOTES),
    ("could not find expected ':'", "a key without its colon", "write `key: value`"),
    ("while scanning a quoted scalar", "a quote is opened and never closed", "close it"),
    ("found unexpected end of stream", "a quote or bracket is opened and never closed", "close it"),
    ("expected ',' or", "a bracket is never closed, or a comma is missing in it", "close it or add the comma"),
    ("expected <block end>", "the indentation does not fit the lines above", "align it with its neighbours"),
    ("found unknown escape", "after this backslash YAML knows no such escape", "use single quotes"),
    ("cannot start any token", "a sign that means something else in YAML begins this text", _PUT_IN_QUOTES),
    ("found undefined alias", "`*` begins a repetition in YAML", _PUT_IN_QUOTES),
)  # fmt: skip


def _note_syntax(error: Any, text: str, margin: Margin) -> None:
    lines = text.split("\n")
    words = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}".strip()
    what, instead = next(
        ((what, instead) for known, what, instead in _SYNTAX if known in words),
        (f"this is not YAML ({shown(words.splitlines()[0], 80)})", "look at the quotes and the indentation here"),
    )
    noticed, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    last = min(noticed.line, len(lines) - 1) if noticed is not None else 0
    first = opened.line if opened is not None else last
    # What is never closed is noticed at the end of the file; the mistake is where it was opened.
    mark = opened if opened is not None and "never closed" in what else noticed
    spot = Spot(min(mark.line, last) + 1, mark.column + 1) if mark is not None else Spot(1, 1)
    margin.wrong(spot, what, _comment_hint(lines[first : last + 1]) or instead)


def _comment_hint(suspects: list[str]) -> str | None:
    """A channel's name without quotes is a comment to YAML, and takes the closing bracket with it."""
    for suspect in suspects:
        if found := re.search(r"[{,][^#\"']*:\s+(#[^\s,}\]]+)", suspect):
            return f'put the name in quotes, `"{found.group(1)}"`: without them # begins a comment'
    return None
