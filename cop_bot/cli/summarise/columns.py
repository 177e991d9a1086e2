"""Which column holds what: as it was named, or guessed where the name leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cop_bot.cli.summarise.table import Table, listed
from cop_bot.domain.errors import OperatorMistake


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns; None: there is none, or (when they are asked for) it may be guessed."""

    text: str | None = None
    id: str | None = None
    author: str | None = None
    time: str | None = None
    kind: str | None = None


# Each in lower case with hyphens. The first words leave less doubt than the second.
_TEXT = (
    "text texte texto tekst",
    """comment-text comment-body statement-text post-text message-text txt body comment comments statement message
    contribution content opinion response answer idea post reactie opmerking bijdrage antwoord kommentar bidrag svar
    commentaire réponse comentario aporte respuesta mensaje comentário contribuição resposta mensagem beitrag""",
)
_ID = ("id", "comment-id", "statement-id", "contribution-id", "message-id", "post-id", "response-id")
_AUTHOR = ("author-id", "author", "user-id", "user", "username", "participant-id", "participant", "member-id", "member",
           "respondent-id", "respondent", "auteur", "autor", "forfatter")  # fmt: skip
_TIME = ("timestamp", "posted-at", "created-at", "submitted-at", "time", "datetime", "date", "created", "posted",
         "submitted", "datum", "dato", "fecha", "data")  # fmt: skip
_KIND = ("kind",)


def text_column(table: Table, named: str | None) -> str:
    """The column of the statements. Raises OperatorMistake with the columns there are."""
    if named is not None:
        return named_column(table, named, "--text-column")
    for words in _TEXT:
        found = [column for column in table.columns if _plain(column) in words.split()]
        if len(found) > 1:
            raise OperatorMistake(
                f"{table.name}: which column holds the text, {listed(found)}? Say --text-column NAME."
            )
        if found:
            return named_column(table, found[0], "--text-column")
    raise OperatorMistake(
        f"{table.name} has no column that is surely the text. Its columns are: {table.listed()}. "
        "Say --text-column NAME; if the first line is a statement already, put a header above it, such as: text"
    )


def named_column(table: Table, named: str, option: str) -> str:
    """The column of this name, capitals and blanks around it apart. Raises OperatorMistake."""
    same = [column for column in table.columns if column == named] or [
        column for column in table.columns if column.strip().casefold() == named.strip().casefold()
    ]
    if not same:
        raise OperatorMistake(f"{option}: {table.name} has no column “{named}”. Its columns are: {table.listed()}.")
    if len(same) > 1 or same[0] in table.twice:
        raise OperatorMistake(
            f"{option}: {table.name} has more than one column “{same[0]}”; give them different names."
        )
    return same[0]


def guesses(table: Table, what: str) -> list[str]:
    """Columns that may hold the "id", the "author", the "time" or the "kind", the likeliest first."""
    words: Sequence[str] = {"id": _ID, "author": _AUTHOR, "time": _TIME, "kind": _KIND}[what]
    found = [column for column in table.columns if _plain(column) in words and column not in table.twice]
    return sorted(found, key=lambda column: words.index(_plain(column)))


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", "-", column.strip().casefold())
