"""Which column holds what: as it was named, or guessed where the name leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cop_bot.cli.summarise.cells import is_no_answer
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
    with_rejected: bool = False
    """Whether what moderators have rejected is read too."""


NONE = "none"
"""In place of a column's name: there is none."""
_OTHER_TEXT = ("summary", "description", "body", "comment", "message", "text", "content", "title")
"""Where the words may be that a column of texts lacks."""
_SURELY_NOT = re.compile(
    r"(?:.*\b(?:e-?mail|timestamp|token|seed|ip|url|address|phone|name|language|page|consent|date|rating|score)\b.*"
    r"|id|.* id)",
    re.IGNORECASE,
)
_ANSWER_WORDS = 2.0
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
_QUESTION = ("question", "guiding-question", "answers", "q")


_OF_LANGUAGE = re.compile(
    r"(?:body|text|comment|statement)(?:/[a-z]{2}|[_.(\[ -](?:en|fr|es|ca|eu|gl|pt|nl|de|da|sw|it|fi|sv|ro|ar)[)\]]?)",
    re.IGNORECASE,
)


def text_columns(table: Table, named: str | None) -> tuple[str, ...]:
    """The columns of the statements: the one that was named or is surely it; else all that hold answers in words, whose
    headers ask for them. Raises OperatorMistake with the columns there are.
    """
    if named is not None:
        return (named_column(table, named, "--text-column"),)
    try:
        return (text_column(table),)
    except OperatorMistake:
        answers = tuple(column for column in table.columns if _holds_answers(table, column))
        if not answers:
            raise
        return answers


def fallbacks(table: Table, column: str) -> list[str]:
    """Where the words of a row may be whose cell is empty: the same in other languages, else columns of words."""
    if _OF_LANGUAGE.fullmatch(column.strip()):
        return [one for one in table.columns if one != column and _OF_LANGUAGE.fullmatch(one.strip())]
    by_name = {_plain(one): one for one in table.columns}
    return [by_name[word] for word in _OTHER_TEXT if word in by_name and by_name[word] != column]


def _holds_answers(table: Table, column: str) -> bool:
    """Whether the column asks a question and is answered in words of people's own."""
    if column in table.twice or not column or _SURELY_NOT.fullmatch(column.strip()):
        return False
    cells = [str(row.cells.get(column) or "").strip() for row in table.rows]
    filled = [cell for cell in cells if cell and not is_no_answer(cell)]
    asks = column.rstrip().endswith(("?", "？", "]", ":")) or len(column.split()) >= 4
    return bool(filled) and asks and sum(len(cell.split()) for cell in filled) / len(filled) >= _ANSWER_WORDS


def text_column(table: Table) -> str:
    """The column that is surely that of the statements. Raises OperatorMistake with the columns there are."""
    of_languages = [column for column in table.columns if _OF_LANGUAGE.fullmatch(column.strip())]
    if of_languages:
        return of_languages[0]
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
    """Columns that may hold the "id", "author", "time", "kind" or "question" (q2), the likeliest first."""
    words: Sequence[str] = {"id": _ID, "author": _AUTHOR, "time": _TIME, "kind": _KIND, "question": _QUESTION}[what]
    found = [column for column in table.columns if _plain(column) in words and column not in table.twice]
    return sorted(found, key=lambda column: words.index(_plain(column)))


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", "-", column.strip().casefold())
