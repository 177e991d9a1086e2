"""Whether a member proposes something to be done: only that may be called a next step."""

from __future__ import annotations

import re

from cop_bot.summariser.quotes import sentences

_ASKS = re.compile(r"[?？؟]\W*$")
_PROPOSES = re.compile(
    r"\b(?:"
    # What somebody suggests, in en, nl, da, fr, pt, es and de.
    r"(?:i|we)(?: would| 'd)? (?:propose|suggest|recommend)|let(?:'s| us)"
    r"|(?:we|they|you|donors|partners|someone) (?:should|could|must|need to|ought to)|next step|why don't we"
    r"|(?:ik|wij|we) stel(?:len)? voor|laten we|(?:we|wij) (?:moeten|zouden|kunnen)|volgende stap"
    r"|(?:jeg|vi) foreslår|lad os|vi (?:bør|skal|burde|kunne)|næste skridt"
    r"|(?:je|nous) propos(?:e|ons)|(?:nous|on) (?:devrions|devrait|pourrions|pourrait|devons|doit)|il faut|il faudrait"
    r"|prochaine étape"
    r"|(?:eu |nós )?prop(?:onho|omos)|sugiro|sugerimos|(?:deveríamos|devemos|poderíamos|podíamos|vamos)|próximo passo"
    r"|(?:yo )?propon(?:go|emos)|sugiero|sugerimos|(?:deberíamos|debemos|podríamos|habría que|hay que)|próximo paso"
    r"|ich schlage (?:\w+ ){0,4}vor|wir schlagen|lasst uns|wir (?:sollten|müssen|könnten)|nächster schritt"
    r")\b",
    re.IGNORECASE,
)


def proposes(text: str) -> bool:
    """Whether one of its sentences that is no question proposes something."""
    return any(_PROPOSES.search(one.replace("’", "'")) and not _ASKS.search(one) for one in sentences(text))
