"""What the model reads: one Markdown file a prompt, with `$names` to fill in.

Neither a name without a value nor a value without a name passes, so a prompt cannot lose a part unnoticed. Whoever runs
the bot may put files of the same names in a folder of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from string import Template

_ENDING = ".md"


class PromptError(Exception):
    """A prompt's file can't be used as it stands; the message names the file and says what to write."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt as it stands in its file; `version` is the SHA-256 of the file, in hexadecimal."""

    name: str
    text: str
    version: str

    @property
    def names(self) -> frozenset[str]:
        """The names that have to be filled in."""
        return frozenset(Template(self.text).get_identifiers())

    def render(self, **values: str) -> str:
        """The prompt with each name replaced by its value; what the values contain is never read as a name.

        Raises PromptError unless exactly the names of the file are given.
        """
        if wrong := self.names ^ values.keys():
            raise PromptError(f"{self.name}{_ENDING}: missing or unknown: {', '.join(sorted(wrong))}")
        return Template(self.text).substitute(values)


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts, by the names of their files without the ending."""

    by_name: Mapping[str, Prompt]

    @classmethod
    def shipped(cls) -> Prompts:
        """Those of this package."""
        return _shipped()

    @classmethod
    def of(cls, folder: Path | None) -> Prompts:
        """Those of this package, and in their stead the files of the folder that have the same names.

        Everything in the folder is checked at once. Raises PromptError for a file that is none of ours, lacks one of
        its `$names` or has one that we can't fill in, holds a lone `$`, or is not UTF-8.
        """
        if folder is None:
            return cls.shipped()
        if not folder.is_dir():
            raise PromptError(f"{folder} is no folder; name one that holds prompts, or none to use those of the bot")
        own = [_own(file) for file in sorted(folder.iterdir()) if not file.name.startswith(".")]
        return cls({**cls.shipped().by_name, **{prompt.name: prompt for prompt in own}})

    def load(self, name: str) -> Prompt:
        """The prompt `NAME.md`. Raises PromptError if there is none."""
        if name not in self.by_name:
            raise PromptError(f"there is no prompt {name}")
        return self.by_name[name]


def read(name: str, content: bytes) -> Prompt:
    """The prompt in a file. Raises PromptError if that is not UTF-8 or empty, or has a `$` that begins no name."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError:
        raise PromptError(f"{name}{_ENDING} is not in UTF-8; save it in that encoding") from None
    if not text:
        raise PromptError(f"{name}{_ENDING} is empty; write the prompt, or take the file away to use the bot's own")
    if not Template(text).is_valid():
        raise PromptError(f"{name}{_ENDING} has a $ that begins no name; write $$ for the sign itself")
    return Prompt(name, text, sha256(content).hexdigest())


@cache
def _shipped() -> Prompts:
    found = (file for file in files(__name__).iterdir() if file.name.endswith(_ENDING))
    prompts = [read(file.name.removesuffix(_ENDING), file.read_bytes()) for file in found]
    return Prompts({prompt.name: prompt for prompt in prompts})


def _own(file: Path) -> Prompt:
    shipped = _shipped().by_name
    name = file.name.removesuffix(_ENDING)
    if name not in shipped or not file.name.endswith(_ENDING) or not file.is_file():
        known = ", ".join(sorted(f"{one}{_ENDING}" for one in shipped))
        raise PromptError(f"{file.name} is none of the prompts; name it one of: {known}")
    prompt = read(name, file.read_bytes())
    if missing := shipped[name].names - prompt.names:
        raise PromptError(f"{file.name} lacks {_names(missing)}; write it where its value belongs")
    if unknown := prompt.names - shipped[name].names:
        raise PromptError(
            f"{file.name} has {_names(unknown)}, which nothing fills in;"
            f" it knows {_names(shipped[name].names) or 'no names'}, and $$ stands for the sign itself"
        )
    return prompt


def _names(names: frozenset[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))
