"""Sentences that tell of the members instead of the matter: who agreed, how many, what the discussion was about.

Nobody counted, so nobody may say so; what two members say of all may be repeated, what one alone says of all is her
word. An agreement that partners sign, an agreed amount and the most powerful person are matters, and no crowd.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cop_bot.summariser.words.languages import plain

_HOW_IT_IS_DONE = r"(?!(?:should|must|to|can|could|may|might|will|would|not|have|need)\b)"
_CROWD = {
    language: re.compile(pattern)
    for language, pattern in {
        "en": (
            r"(?:^|\b(?:some|many|most|several|all|other|the|few|various|two|three|and) )"
            r"(?:members|participants|contributors|respondents)\b(?! of)|\bconsensus\b|\bunanimous(?:ly)?\b|"
            r"\bmajority\b(?! (?:vote|voting|decision|rule)\b)|"
            r"\bthe discussion\b|(?<!\bthe )(?<!\ba )(?<!\bour )(?<!\btheir )\bmost\b(?= \w)|"
            r"\b(?:everyone|everybody|all|many|several|some|they|people|partners|others)\b"
            rf"(?: {_HOW_IT_IS_DONE}\w+){{0,2}} agree[ds]?\b|"
            r"\b(?:everyone|everybody|all of us|we all|the (?:whole )?group) "
            rf"{_HOW_IT_IS_DONE}(?!in|of|with|from)\w+|"
            r"^all (?:think|say|want|agree|support|feel|believe)\b|"
            r"\bthere (?:is|was) (?:\w+ )?agreement\b|\b(?:broad|general|wide) agreement\b|\bit (?:is|was) agreed\b|"
            r"\bagreed that\b"
        ),
        "nl": (
            r"\b(?:leden|deelnemers)\b(?! van)|\bde discussie\b|\bhet (?:er )?(?:\w+ ){0,4}eens\b|\bconsensus\b|"
            r"\bunaniem\b|\bmeerderheid\b|(?<!\bmet )\bde meesten?\b|"
            r"\biedereen (?!moet|mag|kan|zou|in|van|met)\w+|\bwij allen\b|"
            r"\bwe zijn het allemaal\b|\bde (?:hele )?groep (?:vindt|wil|steunt|is)\b"
        ),
        "da": (
            r"\b(?:medlemmer|deltager)n?e\b|\bmedlemmer\b|\bdiskussionen\b|\benighed\b|\bkonsensus\b|\bflertal(?:let)?\b|"
            r"(?<!\bmed )\bde fleste\b|\b(?:er|var) (?:\w+ ){0,2}enige\b|\balle (?:synes|mener|vil|støtter|er)\b|"
            r"\b(?:hele )?gruppen (?:synes|mener|vil|støtter|er)\b"
        ),
        "fr": (
            r"(?:^|\b(?:les|des|certains|plusieurs|certaines) )(?:membres|participante?s)\b(?! d)|\bla discussion\b|"
            r"\b(?:sont|étaient|tous|toutes) (?:\w+ )?d'accord\b|\bil y a (?:un )?(?:\w+ )?accord\b|\bconsensus\b|"
            r"\bunanim|(?<!\bà )\bla majorité\b|\bla plupart\b|"
            r"\btout le monde (?!doit|devrait|peut|dans|de)\w+|\bnous tous\b|\ble groupe (?:veut|pense|soutient|est)\b"
        ),
        "pt": (
            r"(?:^|\b(?:os|as|alguns|vários|muitos|algumas) )(?:membros|participantes)\b(?! d)|\ba discussão\b|"
            r"\bconcorda(?:m|ram)\b|\b(?:estão|estavam|há|houve) (?:\w+ )?(?:de )?acordo\b|\bconsenso\b|"
            r"\bunanimidade\b|\ba maioria\b|"
            r"\b(?:toda a gente|todo (?:o )?mundo|todos nós) (?!deve|devia|pode|deveria|em|de)\w+|"
            r"\bo grupo (?:quer|apoia|acha|está)\b"
        ),
        "es": (
            r"(?:^|\b(?:los|las|algunos|varios|muchos|algunas) )(?:miembros|participantes)\b(?! d)|\bla discusión\b|"
            r"^el debate\b|\b(?:están|estaban|hay|hubo|todos|todas) (?:\w+ )?(?:de )?acuerdo\b|\bcoinciden\b|"
            r"\bconsenso\b|\bunanimidad\b|\bla mayoría\b|"
            r"\b(?:todo el mundo|todos nosotros) (?!debe|debería|puede|en|de)\w+|"
            r"\bel grupo (?:quiere|apoya|cree|está)\b"
        ),
        "de": (
            r"(?:^|\bdie |\b(?:viele|einige|mehrere|alle) )(?:mitglieder|teilnehmer|teilnehmenden?)\b(?! de[rs])|"
            r"\bdie diskussion\b|\bsich (?:\w+ ){0,4}einig\b|\beinigkeit\b|\bkonsens\b|\beinstimmig\b|\bdie mehrheit\b|"
            r"(?<!\bmit )\bdie meisten\b|\balle (?:sind|wollen|finden|unterstützen)\b|"
            r"\bjeder (?!muss|soll|sollte|kann|in)\w+|\bdie (?:ganze )?gruppe (?:will|findet|unterstützt|ist)\b"
        ),
    }.items()
}


_A_CROWD = 2
"""Authors who have to say so."""


def tells_of_the_crowd(text: str, language: str, sources: Iterable[str]) -> bool:
    """Whether the text says of all, of most or of "the members" what fewer than two of its sources say, in the same
    words or in another language's. `sources`: what each author said.
    """
    own = language.partition("-")[0]
    if not _found(text, own):
        return False
    return sum(any(_found(source, other) for other in _CROWD) for source in sources) < _A_CROWD


def _found(text: str, language: str) -> list[str]:
    pattern = _CROWD.get(language)
    return [match.group() for match in pattern.finditer(plain(text).casefold().replace("’", "'"))] if pattern else []
