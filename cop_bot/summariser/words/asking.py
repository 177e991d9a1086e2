"""Who asks without a question mark: "I wonder who …", "does anyone know …", in our languages."""

from __future__ import annotations

import re

from cop_bot.summariser.words.languages import plain

_WONDERS = re.compile(
    r"\b(?:i wonder|wondering (?:who|how|what|why|whether|if)|(?:i'd|i would) (?:like|love) to know"
    r"|any(?:one|body) know|curious (?:to know|who|how|what|why|whether)"
    r"|ik vraag me af|ik zou graag (?:willen )?weten|weet iemand|benieuwd"
    r"|gad vide|vil gerne vide|undrer mig|ved nogen"
    r"|je me demande|(?:j'aimerais|je voudrais) savoir|quelqu'un sait"
    r"|gosta(?:va|ria) de saber|queria saber|pergunto-me|me pergunto|alguém sabe"
    r"|me pregunto|me gustaría saber|quisiera saber|alguien sabe"
    r"|ich frage mich|ich wüsste gern|ich würde gern wissen|mich würde interessieren|weiß jemand)\b"
)


def wonders(text: str) -> bool:
    """Whether somebody asks in so many words."""
    return _WONDERS.search(plain(text).casefold().replace("’", "'")) is not None
