"""Whatever people have, as a table: text, spreadsheet, folder, zip, or standard input."""

from __future__ import annotations

from pathlib import Path

from cop_bot.cli.summarise.chats import conversation_table, exported_table, files_in, files_of, plain_table
from cop_bot.cli.summarise.content import STDIN, bytes_of, is_packed, is_zip, name_of, text_of
from cop_bot.cli.summarise.csv_rows import csv_table
from cop_bot.cli.summarise.json_lines import json_table
from cop_bot.cli.summarise.spreadsheet import spreadsheet_table
from cop_bot.cli.summarise.table import Table
from cop_bot.domain.errors import OperatorMistake

_NO_EXPORT = "holds no export that can be read; it may be one of Slack's, or messages as Microsoft Graph lists them"


def table_of(source: str, encoding: str | None = None) -> Table:
    """The table in the source. Raises OperatorMistake."""
    name = name_of(source)
    if source != STDIN and Path(source).is_dir():
        return _must_be(exported_table(files_of(Path(source)), name), name)
    content = bytes_of(source)
    if is_zip(content):
        return _must_be(exported_table(files_in(content, name), name), name)
    if is_packed(content):
        return spreadsheet_table(content, name)
    text, remarks = text_of(content, name, encoding)
    table = _of_text(text, name, is_plain=Path(source).suffix.lower() in (".txt", ".text", ".log"))
    return table.remarked(*remarks)


def _must_be(table: Table | None, name: str) -> Table:
    if table is None:
        raise OperatorMistake(f"{name} {_NO_EXPORT}.")
    return table


def _of_text(text: str, name: str, *, is_plain: bool) -> Table:
    conversation = conversation_table(text, name)  # some begin with a bracket, as JSON does
    if conversation is not None:
        return conversation
    if text.lstrip()[:1] in ("{", "["):
        exported = exported_table({f"{name}.json": text.encode()}, name)
        return exported if exported is not None else json_table(text, name)
    return plain_table(text, name) if is_plain else csv_table(text, name)
