"""One mapping of the file, read key by key: what is asked for is known, what is left over is a mistake."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cop_bot.programme_file.mistakes import Margin, Mistake, Spot, shown
from cop_bot.programme_file.tree import Listing, Mapping, Node, Scalar

T = TypeVar("T")
Kind = Callable[[Node, str, Margin], T | None]
"""Reads one value: (node, the key it stands under, margin) -> the value, or None after noting the mistake."""


Shape = dict[str, Any]
"""What a value may be, in JSON Schema (draft 2020-12)."""
_SHAPES: WeakKeyDictionary[Callable[..., Any], Callable[[], Shape]] = WeakKeyDictionary()


def shaped(kind: Kind[T], shape: Callable[[], Shape] | Shape) -> Kind[T]:
    """The same kind, which can tell an editor what it takes."""
    _SHAPES[kind] = shape if callable(shape) else lambda: shape
    return kind


def shape_of(kind: Kind[Any]) -> Shape:
    """What a kind takes. Raises KeyError for one that was not `shaped`."""
    return _SHAPES[kind]()


class Section:
    """The keys of one mapping, for the length of a `with` block; its end reports the keys nobody asked for."""

    def __init__(self, mapping: Mapping, margin: Margin) -> None:
        self.spot = mapping.spot
        self.name = ".".join(margin.path)
        self.margin = margin
        self._nodes: dict[str, tuple[Scalar, Node]] = {}
        self._asked: dict[str, None] = {}
        self._wrong: set[str] = set()
        for key, node in mapping.pairs:
            if key.text in self._nodes:
                first = self._nodes[key.text][0].spot.line
                margin.wrong(key.spot, f"{shown(key.text)} stands twice, first in line {first}", "keep one of them")
            else:
                self._nodes[key.text] = (key, node)

    def __enter__(self) -> Section:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for key, _ in self._nodes.values():
            if key.text not in self._asked:
                self._note_unknown(key)

    def read(self, key: str, kind: Kind[T]) -> T | None:
        """The value under the key, or None when it is absent, null or wrong (then it is noted)."""
        self._asked[key] = None
        node = self._node(key)
        if node is None:
            return None
        value = kind(node, key, self.margin)
        if value is None:
            self._wrong.add(key)
        return value

    def were_right(self, *keys: str) -> bool:
        """Whether none of these keys was read in vain: absent is right, wrong is not."""
        return self._wrong.isdisjoint(keys)

    def need(self, key: str, kind: Kind[T], example: str) -> T | None:
        """As `read`, but noted when absent or null; `example` shows what to write."""
        value = self.read(key, kind)
        if self._node(key) is None:
            what = f"`{key}` has no value" if key in self._nodes else f"`{key}` is missing{self._inside()}"
            self.margin.wrong(self.spot_of(key), what, f"write `{key}: {example}`")
        return value

    def later(self, key: str, kind: Kind[T]) -> None:
        """Checks a key that has no effect yet, and lists it as such."""
        self.read(key, kind)
        if self._node(key) is not None:
            self.margin.not_acted_on[f"{self.name}.{key}".lstrip(".")] = None

    def promise(self, key: str, kind: Kind[str], *harmless: str) -> None:
        """As `later`, for a key that people would rely on: any value but the harmless ones promises what isn't kept."""
        value = self.read(key, kind)
        if value is None or value in harmless:  # it is so anyway
            return
        name = f"{self.name}.{key}".lstrip(".")
        spot = self.spot_of(key)
        what = f"`{name}: {value}` promises people something that this version does not do"
        instead = f"take it out, or write `{key}: {harmless[0]}`" if harmless else "take it out"
        self.margin.promises[name] = Mistake(spot.line, spot.column, what, instead)

    def has(self, key: str) -> bool:
        """Whether something is written under the key."""
        return self._node(key) is not None

    def spot_of(self, key: str) -> Spot:
        """Where the value stands; without one its key, or the beginning of the section."""
        node = self._node(key)
        if node is not None:
            return node.spot
        return self._nodes[key][0].spot if key in self._nodes else self.spot

    def _node(self, key: str) -> Node | None:
        node = self._nodes[key][1] if key in self._nodes else None
        return None if isinstance(node, Scalar) and node.is_null else node

    def _inside(self) -> str:
        return f" in `{self.name}`" if self.name else ""

    def _note_unknown(self, key: Scalar) -> None:
        known = list(self._asked)
        close = nearest(key.text, known)
        instead = f"write `{close}`" if close else f"use {listed(known)}"
        self.margin.wrong(key.spot, f"{shown(key.text)} is not a key{self._inside() or ' of a programme'}", instead)


class _Sketch(Section):
    """An empty section that notes which keys are asked for, and of which kind."""

    def __init__(self) -> None:
        super().__init__(Mapping(Spot(1, 1), []), Margin())
        self.properties: dict[str, Shape] = {}
        self.required: list[str] = []

    def read(self, key: str, kind: Kind[T]) -> T | None:
        self.properties[key] = _or_nothing(shape_of(kind))
        return None

    def need(self, key: str, kind: Kind[T], example: str) -> T | None:
        self.required.append(key)
        self.properties[key] = shape_of(kind)
        return None

    def later(self, key: str, kind: Kind[T]) -> None:
        self.read(key, kind)
        self.properties[key] |= {"description": "Checked, and without effect yet."}


def _or_nothing(shape: Shape) -> Shape:
    """The shape, or a key without a value, which is as good as absent."""
    if "anyOf" in shape:
        return shape | {"anyOf": [*shape["anyOf"], {"type": "null"}]}
    if "enum" in shape:
        return shape | {"enum": [*shape["enum"], None]}
    types = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    return shape | {"type": [*types, "null"]}


def shape_of_section(read: Callable[[Section], Any]) -> Shape:
    """The keys that a section asks for, those that it needs, and no others."""
    sketch = _Sketch()
    read(sketch)
    needed = {"required": sketch.required} if sketch.required else {}
    return {"type": "object", "properties": sketch.properties, "additionalProperties": False} | needed


def mapping_of(read: Callable[[Section], T]) -> Kind[T]:
    """A mapping, read by `read`; its name is the key."""

    def kind(node: Node, key: str, margin: Margin) -> T | None:
        if not isinstance(node, Mapping):
            margin.wrong(node.spot, f"`{key}` must be a mapping, not {what_is(node)}", f"write its keys below `{key}:`")
            return None
        margin.path.append(key)
        try:
            with Section(node, margin) as section:
                return read(section)
        finally:
            margin.path.pop()

    return shaped(kind, lambda: shape_of_section(read))


def list_of(kind: Kind[T], most: int = 50, least: int = 0) -> Kind[list[T]]:
    """A list of so many values of one kind; the wrong ones are noted and left out."""

    def listing(node: Node, key: str, margin: Margin) -> list[T] | None:
        if not isinstance(node, Listing):
            margin.wrong(node.spot, f"`{key}` must be a list, not {what_is(node)}", "write `- ` before each value")
            return None
        if len(node.nodes) > most:
            what = f"`{key}` has {len(node.nodes)} values, more than {most}"
            margin.wrong(node.spot, what, f"keep at most {most}")
            return None
        if len(node.nodes) < least:
            margin.wrong(node.spot, f"`{key}` is empty", "write `- ` and a value in the next line")
            return None
        values = [_value(kind, one, key, margin) for one in node.nodes]
        return [value for value in values if value is not None]

    fewest = {"minItems": least} if least else {}
    return shaped(listing, lambda: {"type": "array", "items": shape_of(kind), "maxItems": most} | fewest)


def _value(kind: Kind[T], node: Node, key: str, margin: Margin) -> T | None:
    if isinstance(node, Scalar) and node.is_null:
        margin.wrong(node.spot, f"nothing is written in this line of `{key}`", "write a value or take the line out")
        return None
    return kind(node, key, margin)


def what_is(node: Node) -> str:
    """What stands there, for a sentence."""
    if isinstance(node, Scalar):
        return shown(node.text)
    return "a list" if isinstance(node, Listing) else "a mapping"


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that was probably meant, or None."""
    by_lower = {one.lower(): one for one in known}
    found = difflib.get_close_matches(word.lower()[:60], by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None


def listed(words: Iterable[str], joint: str = "or") -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{word}`" for word in words]
    return f" {joint} ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
