"""The text of `.env.example`, made from the settings so that it can't fall behind them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from pydantic.fields import FieldInfo

from cop_bot.config import Settings
from cop_bot.platforms import registry

_HEAD = (
    "Settings of the bot. Copy this file to `.env`, in the folder where you start the bot, and take away the # before "
    "what you set. The values that stand here are the defaults. The environment goes before `.env`.",
    "Every setting may also be given as NAME_FILE, the path of a file that holds the value, as secrets often are: "
    "SLACK_BOT_TOKEN_FILE instead of SLACK_BOT_TOKEN.",
)
_GROUPS = {
    "COP": "The bot itself",
    "OPENAI": "A model for the summaries: a key, or the address of a server of your own; without either there is none",
}
"""The beginning of the names -> what they have in common."""


def groups() -> Iterator[tuple[str, list[FieldInfo]]]:
    """What settings have in common, and their fields: the bot's, each platform's, the model's."""
    own = {beginning: list(fields) for beginning, fields in groupby(Settings.model_fields.values(), key=_beginning)}
    yield _GROUPS["COP"], own["COP"]
    for platform in registry.every().values():
        if platform.settings is not None:
            for beginning, fields in groupby(platform.settings.model_fields.values(), key=_beginning):
                yield platform.settings.headings[beginning], list(fields)
    yield _GROUPS["OPENAI"], own["OPENAI"]


def env_example() -> str:
    """Every setting, commented out, with its default and what it is for. Secrets are empty."""
    paragraphs = [_comment(text) for text in _HEAD]
    for heading, several in groups():
        paragraphs.append(f"# --- {heading} ---")
        paragraphs += [f"{_comment(field.description or '')}\n#{_name(field)}={_default(field)}" for field in several]
    return "\n\n".join(paragraphs) + "\n"


def fields() -> list[FieldInfo]:
    """Every setting there is."""
    return [field for _, several in groups() for field in several]


def _name(field: FieldInfo) -> str:
    return str(field.validation_alias)


def _beginning(field: FieldInfo) -> str:
    return _name(field).partition("_")[0]


def _default(field: FieldInfo) -> str:
    return "" if field.default is None else str(field.default)


def _comment(text: str) -> str:
    return "\n".join(f"# {line}" for line in textwrap.wrap(text, 110))
