"""The table of what people may ask for, and what obeys it."""

from __future__ import annotations

from cop_bot.texts.commands import COMMANDS
from handlers.commands.dispatch import VERBS


def test_every_command_of_the_table_is_obeyed_and_no_other() -> None:
    assert set(VERBS) == {command.path for command in COMMANDS}
