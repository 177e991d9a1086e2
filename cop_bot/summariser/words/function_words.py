"""The words that hold sentences together, language by language: they tell which language it is, and nothing else.

They are the most frequent words of closed classes: articles, pronouns, prepositions, auxiliaries, conjunctions.
"""

from __future__ import annotations

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """the of and to in a is that for it as was with be by on not he i this are or his from at which but have
            an had they you were there one all we can her has been if more when will would who so no she my our
            their what up out do any your how should them than its into about because could does did us most must
            every these those where why only very just also some other such then over under before after between
            while through many much make well both each don't doesn't isn't i'm it's we're""",
        "nl": """de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog naar door
            over ze hij je we ik die dit wat kan wordt worden deze meer wel geen hun ons onze of heeft hebben moet
            al moeten kunnen zou waar hoe wie wij jullie mijn zonder omdat tussen alle iets heel onder tot veel
            waarom""",
        "da": """og i at det er en et til af på for med de den som ikke har der var vi jeg kan om fra så men vil være
            også hvis skal eller man sig ud op ved nu mere når hvor kun blive bliver deres os hvad hvordan hvem
            mellem uden mange noget alle dette disse skulle kunne efter fordi vores hvorfor""",
        "fr": """le la les de des du un une et à en est que qui dans pour pas sur par au aux ce cette ces il elle on
            nous vous ils je ne se sont avec plus ou mais son sa ses leur leurs être a ont été c'est d'un
            d'une qu'il qu'on notre nos votre vos comment très sans sous aussi quand tout tous faut entre comme y où
            pourquoi""",
        "pt": """o a os as de do da dos das um uma e em no na nos nas para por com que não se é mais como mas foi ao à
            aos às ou ser são sua seu ele ela eu nós já está isso este esta muito quando pelo pela até só também
            nosso nossa sem entre eles elas porque quem têm devem deve qual vocês aqui há""",
        "es": """el la los las de del un una y en que es por con para no se su lo al como más pero sus le ya o este sí
            porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos ni ser son está
            han yo eso nuestro nuestra cómo qué debe deben tiene tienen ellos ellas fue cada""",
        "de": """der die das und in zu den von mit ist im für nicht auf eine ein sich des dem es an werden als auch aus
            bei sind oder dass nach wird man wir ich sie er hat noch wie um aber einen einer nur mehr über so kann
            soll sollen zum zur keine unser unsere ohne zwischen diese dieser muss müssen können was wer""",
    }.items()
}
