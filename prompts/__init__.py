"""What the model reads: one Markdown file a prompt, with `$names` to fill in.

Neither a name without a value nor a value without a name passes, so a prompt cannot lose a part unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template


class PromptError(Exception):
    """A prompt's file and the values handed to it don't fit each other."""


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
            raise PromptError(f"{self.name}: missing or unknown: {', '.join(sorted(wrong))}")
        return Template(self.text).substitute(values)


def read(name: str, content: bytes) -> Prompt:
    """The prompt in a file's content (UTF-8). Raises PromptError for a `$` that begins no name (write `$$`)."""
    text = content.decode("utf-8").strip()
    template = Template(text)
    if not template.is_valid():
        raise PromptError(f"{name}: a $ that begins no name; write $$ for the sign itself")
    return Prompt(name, text, sha256(content).hexdigest())


@cache
def load(name: str) -> Prompt:
    """The prompt `NAME.md` of this package. Raises PromptError if there is none."""
    file = files(__name__).joinpath(f"{name}.md")
    if not file.is_file():
        raise PromptError(f"there is no prompt {name}")
    return read(name, file.read_bytes())
