"""Greetings, thanks and nods with which a contribution begins: polite, and not what its author came to say."""

from __future__ import annotations

import re

_TO = r"(?: (?:with|met|med|avec|com|con|mit|for|voor|pour|por|für|to|aan|til|à|a|au|de)\b[^.!?,:;]{0,40})?"
_GREETING = (
    r"(?:hi|hello|hey|hallo|hej|hoi|dag|bonjour|bonsoir|salut|olá|oi|bom dia|boa tarde|boa noite|hola|"
    r"buenos días|buenas"
    r"(?: tardes| noches)?|guten (?:tag|morgen|abend)|goedemorgen|goedemiddag|goddag|dear|beste|kære|chers?|chères?|"
    r"queridos?|queridas?|estimad[oa]s?|caros?|caras?|liebe[rs]?)\b[^.!?,:;]{0,30}"
)
_THANKS = (
    r"(?:many |dank je wel|muchas |muito |mange )?(?:thanks?(?: you)?|bedankt|dank|dank je|tak|merci|"
    r"obrigad[oa]|gracias|danke)\b[^.!?,:;]{0,60}"
)
_NODS = (
    r"yes|yeah|glad[^.!?]{0,40}|i'm glad[^.!?]{0,40}|yep|indeed|absolutely|exactly|true|right|okay|ok|agreed|"
    r"(?:good|great|excellent|nice) (?:point|"
    r"idea|question|thread)|"
    r"(?:i )?(?:fully |totally |completely |strongly |quite )?agree",
    r"ja|inderdaad|precies|klopt|goed (?:punt|idee)|(?:helemaal )?mee eens|(?:ik ben het )?(?:hier |er |"
    r"daar )?(?:helemaal )?(?:mee )?eens",
    r"præcis|netop|enig|(?:helt|jeg er|jeg er helt) enig|god (?:pointe|idé)|godt (?:punkt|forslag)",
    r"oui|exact|exactement|tout à fait|d'accord|(?:je suis )?(?:tout à fait |entièrement )?d'accord|"
    r"bonne (?:idée|remarque|question)",
    r"sim|exatamente|exactamente|exato|concordo(?: plenamente| totalmente)?|(?:estou )?de acordo|boa (?:ideia|"
    r"observação|pergunta)",
    r"sí|si|exacto|me alegro[^.!?]{0,40}|(?:estoy )?(?:totalmente |completamente |muy )?de acuerdo|"
    r"buena (?:idea|propuesta|"
    r"pregunta)|apoyo la (?:propuesta|idea)",
    r"genau|stimmt|einverstanden|ganz meine meinung|ich stimme (?:\w+ ){0,3}zu|guter (?:punkt|vorschlag)|"
    r"gute (?:idee|frage)",
)
_BUT = (
    r"(?:but|however|although|though|yet|maar|echter|toch|men|dog|mais|pourtant|cependant|mas|porém|pero|"
    r"aunque|sin embargo|aber|doch|jedoch)\b"
)
_OPENING = re.compile(
    rf"(?:(?:{_GREETING}|{_THANKS}|(?:{'|'.join(_NODS)}){_TO})(?:,\s*\w+(?=\s*[.!]))?\s*(?:[.!?,:;–—-]|\.\.\.)+\s+)+(?!{_BUT})",
    re.IGNORECASE,
)
_TURN = re.compile(_BUT, re.IGNORECASE)


def turns_round(sentence: str) -> bool:
    """Whether it begins with a "but": alone it loses what it objects to."""
    return _TURN.match(sentence) is not None


def opening(text: str) -> int:
    """Where what it says begins, after such words: 0 without any. A nod before a "but" belongs to what is said."""
    found = _OPENING.match(text)
    return found.end() if found else 0
