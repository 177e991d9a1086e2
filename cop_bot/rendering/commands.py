"""How commands are spelled where a platform has no spelling of its own: in files, on terminals, in mails."""

from __future__ import annotations

from collections.abc import Callable

Spell = Callable[[str], str]
"""A command (`status`) as people give it there."""


def with_slash(command: str) -> str:
    """`/cop status`; Slack's own form too."""
    return f"/cop {command}"
