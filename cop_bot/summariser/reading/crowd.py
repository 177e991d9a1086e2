"""Sentences that tell of the members instead of the matter: who agreed, how many, what the discussion was about.

Nobody counted, so nobody may say so; what a member says of others herself may be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable

from cop_bot.summariser.words.languages import words

_CROWD = {
    language: frozenset(listed.split())
    for language, listed in {
        "en": """members participants contributors respondents discussion agree agreed agrees agreement consensus
            unanimous unanimously everyone everybody majority most""",
        "nl": "leden deelnemers discussie eens akkoord consensus unaniem iedereen meerderheid meeste",
        "da": """medlemmer medlemmerne deltagere deltagerne diskussionen enige enighed konsensus flertal flertallet
            fleste""",
        "fr": "membres participants participantes discussion accord consensus unanimité unanimes majorité plupart",
        "pt": "membros participantes discussão concordam concordaram concordância consenso unanimidade maioria",
        "es": "miembros participantes discusión debate acuerdo coinciden consenso unanimidad mayoría",
        "de": """mitglieder teilnehmer teilnehmende teilnehmenden diskussion einig einigkeit konsens einstimmig mehrheit
            meisten""",
    }.items()
}
_ALL = frozenset().union(*_CROWD.values())


def tells_of_the_crowd(text: str, language: str, sources: Iterable[str]) -> bool:
    """Whether the text says of all, of most or of "the members" what its sources don't, in the same words or in another
    language's.
    """
    own = _CROWD.get(language.partition("-")[0], frozenset())
    told = own.intersection(words(text))
    said = {word for source in sources for word in words(source)}
    return bool(told) and not told <= said and not said & (_ALL - own)
