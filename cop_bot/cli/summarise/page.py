"""The summary of a file as a message: the brief, and for a page below it every statement in full."""

from __future__ import annotations

from cop_bot.cli.summarise.statement import Pile, Statement
from cop_bot.domain.brief import Brief
from cop_bot.domain.message import Block, Bullets, Heading, Message, Note, Spans, Words
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, speak
from cop_bot.texts.summaries import body, maker


def page(pile: Pile, brief: Brief, theme: str, *, languages: tuple[str, ...], in_full: bool) -> Message:
    """The brief in its own language, then in each further one that a model gave lines in; `in_full` with all statements
    below. A statement's own name in the file stands behind its number.
    """
    _ = speak(brief.language)
    counts = [
        names.people(_, brief.people) if brief.people else "",
        names.contributions(_, len(pile.statements)),
        maker(_, brief.maker),
    ]
    return _.message(
        Heading(" · ".join([theme, _("summary")])),
        Note((Words(" · ".join(part for part in counts if part)),)),
        *body(brief, {}),
        *(block for language in languages for block in _translated(brief, language)),
        *([_all(_, pile)] if in_full else []),
    )


def _translated(brief: Brief, language: str) -> tuple[Block, ...]:
    if not any(language in point.translations for point in brief.points):
        return ()
    name = names.language(speak(language), language)
    return (Heading(name[:1].upper() + name[1:]), *body(brief, {}, language=language))


def _all(_: Speech, pile: Pile) -> Bullets:
    return Bullets(tuple(_listed(_, statement) for statement in pile.statements), _("All contributions"))


def _listed(_: Speech, statement: Statement) -> Spans:
    called = f" ({statement.id})" if statement.id is not None and statement.id != str(statement.number) else ""
    head = f"#{statement.number}{called} · {names.kind(_, statement.kind)}"
    return (Words(f"{head}: {statement.text}"),)
