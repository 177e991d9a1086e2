"""The text of `.env.example`, made from the settings so that it can't fall behind them."""

from __future__ import annotations

import textwrap
from itertools import groupby

from pydantic.fields import FieldInfo

from cop_bot.config import Settings

_HEAD = (
    "Settings of the bot. Copy this file to `.env`, in the folder where you start the bot, and take away the # before "
    "what you set. The values that stand here are the defaults. The environment goes before `.env`.",
    "Every setting may also be given as NAME_FILE, the path of a file that holds the value, as secrets often are: "
    "SLACK_BOT_TOKEN_FILE instead of SLACK_BOT_TOKEN.",
)
_GROUPS = {
    "COP": "The bot itself",
    "SLACK": "Slack: a bot token, and either an app token (Socket Mode) or a signing secret (HTTP)",
    "TEAMS": "Microsoft Teams",
    "GRAPH": "Microsoft Graph, which reads for Teams",
    "OPENAI": "A model for the summaries: a key, or the address of a server of your own; without either there is none",
}
"""The beginning of the names -> what they have in common."""


def env_example() -> str:
    """Every setting, commented out, with its default and what it is for. Secrets are empty."""
    paragraphs = [_comment(text) for text in _HEAD]
    for beginning, fields in groupby(Settings.model_fields.values(), key=_beginning):
        paragraphs.append(f"# --- {_GROUPS[beginning]} ---")
        paragraphs += [f"{_comment(field.description or '')}\n#{_name(field)}={_default(field)}" for field in fields]
    return "\n\n".join(paragraphs) + "\n"


def _name(field: FieldInfo) -> str:
    return str(field.validation_alias)


def _beginning(field: FieldInfo) -> str:
    return _name(field).partition("_")[0]


def _default(field: FieldInfo) -> str:
    return "" if field.default is None else str(field.default)


def _comment(text: str) -> str:
    return "\n".join(f"# {line}" for line in textwrap.wrap(text, 110))
