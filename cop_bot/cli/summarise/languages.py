"""Which language the summary is written in, when nobody says so: the one that most people wrote."""

from __future__ import annotations

import re
from collections import defaultdict

from cop_bot.cli.summarise.statement import Pile
from cop_bot.domain.errors import OperatorMistake
from cop_bot.summariser.words.languages import language_of, most_common
from cop_bot.summariser.words.unknown_languages import by_script, is_unknown, runs_as_elsewhere

OTHERWISE = "en"
_LOOKED_AT = 2000
"""Statements, spread evenly over the file: enough to know what most people write."""
_CODE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")


def language_of_most(pile: Pile) -> str:
    """The language of most authors, each counted once; English where nothing gives a sign."""
    step = -(-len(pile.statements) // _LOOKED_AT)
    spoken: defaultdict[str, list[str]] = defaultdict(list)
    for statement in pile.statements[::step]:
        spoken[statement.author].append(_language(statement.text))
    return most_common(most_common(languages) for languages in spoken.values()) or OTHERWISE


def _language(text: str) -> str:
    """Nothing for a language that has no name here, however much it looks like one that has."""
    script = by_script(text)
    if script:
        return "" if is_unknown(script) else script
    return "" if runs_as_elsewhere(text) else language_of(text)


def language_code(written: str, option: str) -> str:
    """`PT-br` as "pt-br" and so on. Raises OperatorMistake for what can be no code of a language."""
    found = _CODE.fullmatch(written.strip())
    if not found:
        raise OperatorMistake(f"{option} {written}: write a language as its code, such as en, pt or pt-BR.")
    return found.group(1).lower() + found.group(2)
