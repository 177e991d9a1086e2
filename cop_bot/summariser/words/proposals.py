"""Who proposes to do something together: "let us …", "we could set up …", "I propose …", in our languages.

What others ought to do is an opinion and no next step. Better one missed than one that nobody proposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cop_bot.summariser.words.languages import plain
from cop_bot.summariser.words.quotes import sentences
from cop_bot.summariser.words.stance_words import SAYS_NO

_PROPOSING: Mapping[str, str] = {
    "en": (
        r"let us (?!know|say|down|hope|be|imagine|assume|suppose)\w+|let's (?!say|hope|be|face|not|imagine|"
        r"assume|take|see|suppose|get)\w+|i (?:\w+ )?(?:propose|"
        r"suggest) (?:that|to|we|an?|the|one|our|some|\w+ing)|"
        r"we (?:propose|suggest) (?:that|to|an?|the|one|\w+ing)|my (?:proposal|suggestion)|why don't we|"
        r"how about we|shall we|what if we|"
        r"(?:i|we) (?:offer|volunteer) to|i would like to (?:propose|suggest)"
    ),
    "nl": (
        r"laten we|laten wij|laat ons (?!weten)|ik stel (?:\w+ ){0,4}voor|(?:wij|we) stellen (?:\w+ ){0,4}voor|"
        r"(?:mijn|ons) voorstel is|zullen we|"
        r"waarom (?:maken|beginnen|organiseren|starten|schrijven|delen|doen) we niet|wat als we"
    ),
    "da": (
        r"lad os (?!vide|håbe|sige)\w+|jeg (?:vil gerne )?foreslår?e?|vi foreslår|(?:mit|vores) forslag er|"
        r"skal vi (?:ikke )?|hvad med at|"
        r"hvad hvis vi"
    ),
    "fr": (
        r"je (?:vous )?propose (?:de|d'|que|qu'|un|une|la|le)|nous proposons (?:de|d'|que|qu'|un|une|la|le)|"
        r"je suggère|nous suggérons|"
        r"(?:ma|notre) proposition|et si (?:on|nous)|pourquoi ne pas|"
        r"(?:créons|mettons|lançons|organisons|écrivons|commençons|partageons|essayons|réunissons|préparons|"
        r"demandons|échangeons|rédigeons|"
        r"faisons|établissons) "
    ),
    "pt": (
        r"propon(?:ho|hamos)|propomos|sugiro|sugerimos|(?:a )?(?:minha|nossa) proposta é|que tal|(?:façamos|"
        r"comecemos|criemos|organizemos|"
        r"partilhemos|compartilhemos)|vamos (?:criar|fazer|organizar|começar|escrever|convidar|partilhar|"
        r"compartilhar|testar|experimentar|"
        r"reunir|preparar|montar|juntar|lançar)"
    ),
    "es": (
        r"propon(?:go|emos)(?! que (?:te |(?!los |las |nos )\w+(?<!mo)s ))|sugiero|sugerimos|(?:mi|"
        r"nuestra) propuesta es|qué tal si|y si (?:hacemos|creamos|"
        r"organizamos|empezamos|formamos)|"
        r"(?:hagamos|organicemos|empecemos|formemos|compartamos|pongamos|escribamos|preparemos|invitemos)|"
        r"vamos a (?:crear|hacer|organizar|"
        r"empezar|escribir|invitar|compartir|probar|reunir|preparar|formar|lanzar)"
    ),
    "de": (
        r"lasst uns|lass uns|lassen sie uns|ich schlage (?:\w+ ){0,12}vor|wir schlagen (?:\w+ ){0,12}vor|"
        r"(?:mein|unser) vorschlag (?:ist|wäre)|"
        r"wie wäre es|warum (?:machen|gründen|beginnen|organisieren|schreiben|teilen|treffen) wir (?:uns )?nicht"
    ),
}
_COULD: Mapping[str, tuple[str, str]] = {
    "en": (
        r"we (?:could|should|might|can|ought to)(?! have) (?:\w+ )?",
        r"set up|create|start|organi[sz]e|build|write|invite|form|pool|share|draft|develop|launch|test|try|"
        r"pilot|agree on|collect|hold|plan|"
        r"establish|publish|translate|train|meet|map|review|adopt|introduce|begin|bring together|put together|"
        r"work out|draw up|prepare|send|"
        r"appoint|compare|exchange|visit|design|make a|keep a|open a|run a|ask",
    ),
    "nl": (
        r"(?:we|wij) (?:kunnen|moeten|zouden)|(?:kunnen|moeten|zouden) (?:we|wij)",
        r"opzetten|maken|beginnen|organiseren|starten|schrijven|uitnodigen|delen|oprichten|afspreken|testen|"
        r"proberen|ontwikkelen|verzamelen|"
        r"plannen|vertalen|bundelen|opstellen|uitwerken|samenbrengen|vastleggen|uitwisselen|inrichten|regelen|"
        r"oefenen|bespreken|sturen",
    ),
    "da": (
        r"vi (?:kunne|kan|bør|burde|skal|skulle)|(?:kunne|kan|bør|burde) vi",
        r"oprette|lave|starte|begynde|organisere|skrive|invitere|dele|aftale|prøve|teste|udvikle|samle|"
        r"planlægge|oversætte|udarbejde|holde|"
        r"etablere|mødes|udveksle|sende|besøge|udpege",
    ),
    "fr": (
        r"(?:on|nous) (?:pourrait|pourrions|devrait|devrions|peut|pouvons)",
        r"créer|mettre|lancer|organiser|faire|écrire|inviter|former|partager|rédiger|développer|tester|essayer|"
        r"commencer|réunir|établir|"
        r"préparer|traduire|ouvrir|demander|échanger|convenir|adopter|publier|nommer|construire|élaborer|"
        r"envoyer|planifier|constituer",
    ),
    "pt": (
        r"(?:podíamos|poderíamos|devíamos|deveríamos|podemos|devemos)",
        r"criar|fazer|organizar|começar|escrever|convidar|partilhar|compartilhar|testar|experimentar|reunir|"
        r"preparar|montar|juntar|lançar|"
        r"desenvolver|traduzir|publicar|adotar|enviar|planear|planejar|trocar|estabelecer|elaborar",
    ),
    "es": (
        r"(?:podríamos|deberíamos|podemos|debemos|tendríamos que)",
        r"crear|hacer|organizar|empezar|escribir|invitar|compartir|probar|reunir|preparar|formar|lanzar|"
        r"desarrollar|traducir|publicar|adoptar|"
        r"enviar|planificar|intercambiar|establecer|elaborar|redactar|montar|juntar",
    ),
    "de": (
        r"wir (?:sollten|könnten|müssten)|(?:sollten|könnten) wir",
        r"gründen|machen|beginnen|anfangen|organisieren|starten|schreiben|einladen|teilen|einrichten|verabreden|"
        r"testen|ausprobieren|probieren|"
        r"entwickeln|sammeln|planen|übersetzen|bündeln|erstellen|ausarbeiten|zusammenbringen|festlegen|"
        r"austauschen|vorbereiten|schicken|"
        r"einführen|aufbauen|veröffentlichen|besuchen|treffen",
    ),
}
"""What we could do: the words of possibility, and the verbs of doing that have to follow in the same clause."""
_ITS_OWN = r"(?<!que )(?<!qu')(?<!nous )(?<!dat )(?<!dass )(?<!that )"
"""What somebody else said that we do, or what we do already, is no proposal."""
_BY_THE_WAY = 35
"""Words."""
_CLAUSE = r"[^.;:!?,]{0,80}?"


def proposes(text: str) -> bool:
    """Whether a sentence of it proposes that we do something."""
    return any(proposal(sentence) for sentence in sentences(text))


def proposal(sentence: str) -> bool:
    """Whether this sentence proposes that we do something. To propose not to do it is an opinion, and in a long
    sentence such words are said by the way.
    """
    folded = plain(sentence).casefold().replace("’", "'")
    if len(folded.split()) > _BY_THE_WAY:
        return False
    return any(plainly.search(folded) or _could(folded, could, no) for plainly, could, no in _patterns())


def _could(sentence: str, could: re.Pattern[str], no: re.Pattern[str]) -> bool:
    found = could.search(sentence)
    return found is not None and no.search(sentence[max(0, found.start() - 4) : found.end()]) is None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            re.compile(rf"{_ITS_OWN}\b(?:{_PROPOSING[language]})"),
            re.compile(
                rf"\b(?:{_COULD[language][0]})\b{'' if language == 'en' else _CLAUSE}\b(?:{_COULD[language][1]})\b"
            ),
            re.compile(rf"\b(?:{SAYS_NO[language]})\b"),
        )
        for language, (could, doing) in _COULD.items()
    )
