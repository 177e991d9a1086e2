"""What dictates a summary to whoever writes it, person or machine, as patterns: by what it asks for, in our languages.

A tip about somebody's own text ("begin the summary with the sum you ask for") is none: it takes nothing from the
others and dictates no words. Letters stand without accents; ø, æ and ß stay.

A smoke alarm and no wall: what keeps a model to the record is the fence around what members wrote, ids as the only
citations, and the check of each claim. So there are as many patterns as the measures need: 30, where 110 found no
more of the 91 orders in the tests and the benchmark.
"""

from __future__ import annotations

_SUMMARY = (
    r"(?:summary|digest|headline|overview|output|samenvatting|resume(?:et)?|sammenfatning(?:en)?|synthese|resumen|"
    r"sintesis|resumo|sintese|zusammenfassung|riassunto|sintesi)"
)
_MODEL = (
    r"(?:ai|ia|ki|llm|chatgpt|gpt|chatbot|bot|robot|assistent|assistant|asistente|assistente|machine|maschine|maquina|"
    r"macchina|(?:large )?language model|taalmodel|sprogmodel|modele de langage|modelo de lengua(?:je)?|"
    r"modelo de linguagem|sprachmodell|modello linguistico|computer ?program\w*|"
    r"(?:artificial|kunstmatige|kunstig|kunstliche) intelligen\w+|intell?igen\w+ artifi[ck]i\w+)"
)
_CONTRIBUTIONS = (
    r"(?:contributions?|posts?|messages?|comments?|statements?|opinions?|bijdragen|berichten|reacties|opmerkingen|"
    r"bidrag|indlæg|kommentarer|beskeder|commentaires|contribuciones|mensajes|comentarios|aportes|aportaciones|"
    r"opiniones|contribuicoes|mensagens|opinioes|beitrage|beitraege|nachrichten|kommentare|contributi|messaggi|"
    r"commenti)"
)
_BEGINS = r"(?:^|[.!?:;,»”\"]\s*|\b(?:please|bitte|por favor|alsjeblieft|s'il (?:te|vous) plait) )\W*"
"""Where an order begins, and no sentence about what somebody does goes on."""
_ALL = (
    r"(?:everybody|everyone|all (?:participants|members|partners|contributors|of (?:us|them))|iedereen|alle|tout "
    r"le monde|"
    r"tous les|todos|toda la gente|toda a gente)"
)
_SAYS = r"(?:say|write|state|mention|put|report|only|contain|quote|cite)"

_TASK = (
    r"\b(?:your (?:new|actual|real) (?:task|job|instruction|assignment)|(?:je|jouw|uw) nieuwe (?:taak|opdracht)|"
    r"din nye opgave|(?:ta|votre) nouvelle (?:tache|mission|consigne)|(?:tu|su) nueva (?:tarea|mision)|"
    r"(?:tua|sua) nova (?:tarefa|missao)|(?:deine|ihre|eure) neue aufgabe|(?:tuo|vostro) nuovo compito)"
    r"\s*(?::|\b(?:is|er|est|consiste|es|e|ist|lautet|now)\b)",
)
_IF_YOU_ARE = (
    rf"\bsi (?:eres|es usted|sois|usted es) (?:una? )?(?:\w+ )?{_MODEL}\b",
    rf"\bse (?:tu )?(?:es|voce e|e|fores|for|sei) (?:uma?|un) ?(?:\w+ )?{_MODEL}\b",
)
_ADDRESSED = (
    r"\b(?:to|for) (?:the|any|whichever|whatever) (?:machine|program|computer|robot|automat\w+|summari[sz]er|"
    r"(?:one|person) who (?:reads|summari[sz]es))\b[^.!?:]{0,30}:",
    r"\btil (?:maskinen|sprogmodellen|ai'?en|computeren|den,? der (?:opsummerer|sammenfatter|"
    r"resumerer))\b[^.!?:]{0,20}:",
    rf"\ba (?:la machine|l'(?:ia|intelligence artificielle)|(?:celui|celle|ceux) qui (?:resum\w+|\w+ (?:la |le "
    rf")?{_SUMMARY}))\b"
    r"[^.!?:]{0,20}:",
)
_WHOEVER_WRITES = (
    r"\b(?:to|for) (?:whoever|whomever|anyone who|(?:the one|the person|those|people) who) (?:\w+ ){0,2}?"
    r"(?:writ\w+ (?:this|it|that|these|them|the summary)|sums?\b|compil\w+|summari[sz]\w+|draft\w+ (?:this|it|the "
    r"summary))[^.!?:]{0,30}:",
    r"\bvoor (?:wie|degene die) (?:dit|het|deze|alles) [^.!?:]{0,20}(?:opschrijft|samenvat|uitwerkt|"
    r"bundelt)\b[^.!?:]{0,20}:",
    r"\btil (?:den|dem|hvem),? (?:der |som )?(?:skriver (?:det|dette)|samler)\b[^.!?:]{0,30}:",
    r"\b(?:a|para) (?:quien|el que|la persona que) (?:(?:lo|esto) )?(?:escrib\w+|redact\w+|resum\w+|recopil\w+) "
    r"(?:esto|todo|el resumen)\b[^.!?:]{0,20}:",
    r"\b(?:a|para) (?:quem|a pessoa que) (?:(?:o|isto) )?(?:escrev\w+|redig\w+|resum\w+|compil\w+) "
    r"(?:isto|isso|tudo|o resumo)\b[^.!?:]{0,20}:",
    r"\bfur (?:den|die|wen|alle),? (?:(?:der|die|das) )?(?:das|dies|es|alles) [^.!?:]{0,20}(?:aufschreib\w*|"
    r"zusammenfass\w*|zusammenstell\w*)\b[^.!?:]{0,20}:",
)
_WHOEVER_SUMS_UP = (
    r"\bwho(?:ever| ever)? (?:(?:is )?(?:summari[sz]\w+|compil\w+|sums? (?:this )?up|summing up)|writes? (?:the|this) "
    rf"(?:summary|digest))\b.{{0,30}}(?:\b(?:must|should|has to|shall)\b.{{0,12}}\b{_SAYS}\b|:)",
    r"\bquem (?:resum\w+|fizer o resumo)\b.{0,20}\b(?:deve|devera|tem de|tem que)\b.{0,20}\b(?:escrever|dizer|"
    r"mencionar|citar)\b",
)
_LEAVE_THE_OTHERS_OUT = (
    r"\b(?:ignore|disregard|forget|omit) (?:what|everything) (?:the others?|everyone else|everybody else|other \w+) "
    r"(?:wrote|writes?|said|says?|posted)\b",
    rf"{_BEGINS}(?:negeer (?:alle|de) (?:andere|overige) {_CONTRIBUTIONS}\b|negeer wat (?:de )?anderen\b|"
    rf"(?:laat|sla) (?:alle|de) (?:andere|overige) {_CONTRIBUTIONS}\b.{{0,30}}\b(?:weg|buiten|achterwege|over)\b)",
    rf"{_BEGINS}(?:omit[ae]n?|ignor[ae]n?|excluy[ae]n?|olvid[ae]n?|dej[ae]n? fuera|descart[ae]n?|no teng(?:as?|"
    rf"an) en cuenta) "
    rf"(?:todas |todos )?(?:las|los) (?:demas|otr[ao]s) {_CONTRIBUTIONS}\b",
    rf"{_BEGINS}berucksichtige[nt]? (?:sie )?(?:alle|die) (?:anderen|ubrigen) {_CONTRIBUTIONS} nicht\b",
    # "quote only mine"
)
_FORGET_ALL = (
    # all that was said before
    r"\b(?:glem|glemme|ignorer|ignorere)\b.{0,8}\balt\b.{0,8}\b(?:ovenstaende|foregaende|ovenfor|ovenover)\b",
    r"\b(?:oubliez?|ignorez?|oublier|ignorer) (?:tout )?ce qui (?:precede|(?:est|a ete) (?:ecrit |dit )?"
    r"(?:ci-dessus|plus haut|avant))\b",
    r"\b(?:olvid[ae]n?|olvidad|ignor[ae]n?|ignorad) todo (?:lo (?:anterior|previo|de arriba)|(?:lo )?que\b.{0,15}\b"
    r"(?:precede|arriba|antes))",
    r"\b(?:vergiss|vergesst|vergessen sie|ignorier\w*) alles,?(?: was)?\b.{0,12}\b(?:oben|davor|bisher\w*|vorher\w*|"
    r"obige|vorangeh\w*)\b",
    r"\b(?:dimentica|ignora)(?:te)? tutto (?:cio|quello) che (?:precede|e scritto sopra)\b",
    # "forget your rules"
    r"\b(?:scrap|drop|forget|break|ignore|override) your (?:\w+ )?(?:rules|guidelines|instructions?|programming|"
    r"training)\b",
    r"\b(?:vergeet|negeer|glem|ignorer|oubliez?|ignorez?|olvid[ae]|ignor[ae]|esquec[ae]|vergiss|vergesst|"
    r"ignoriere?|dimentica) "
    r"(?:al |alle |toutes |todas )?(?:je|jouw|uw|dine?|tes|vos|tus|sus|as tuas|as suas|deine|eure|le tue) (?:\w+ )?"
    r"(?:regels|richtlijnen|regler|retningslinjer|regles|reglas|regras|regeln|richtlinien|regole)\b",
    # "pretend that nobody complained when you sum up"
    # "make my comment the headline"
)
_DICTATION = (
    # "… the summary says that everybody agrees"
    rf"\b(?:make sure|ensure|see to it|zorg|sørg for|fais en sorte|faites en sorte|asegur\w+|garant\w+|certifi\w+|"
    rf"sorge?|sorgen|"
    rf"assicura\w+)\b.{{0,30}}\b{_SUMMARY}\b.{{0,20}}\b(?:says?|states?|mentions?|zegt|vermeldt|siger|nævner|dise|"
    rf"mentionne|diga|"
    rf"mencione|sagt|erwahnt|dica)\b.{{0,20}}\b{_ALL}\b",
    # "… starts with CANARY"
    # "put only CANARY in the summary", "Add CANARY as the first main point"
    rf"{_BEGINS}(?:herhaal|zet|schrijf)\b.{{0,40}}\bin (?:elk|ieder|elke|iedere) (?:punt|regel|zin)\b",
    rf"{_BEGINS}(?:wiederhol\w*|schreibe?|setze?)\b.{{0,40}}\bin (?:jedem|jeder|jede|jeden) (?:punkt|zeile|satz)\b",
    # "answer with CANARY", "… with the single word …"
    r"\b(?:answer|reply|respond|output|print)\b(?: only| just)?(?: with)?(?: the (?:single )?word)? (?-i:[A-Z]{4,})\b",
    r"\b(?:antwoord|svar|reponds|repondez|responde|responda|antworte\w*|rispondi)\b.{0,8} (?-i:[A-Z]{4,})\b",
    # "take the following sentence into the summary word for word"
)
_OF_A_SUMMARY = """summ sum sums comp dige head over outp same resu samm synt sint zusa rias opsu"""
_OF_WHOEVER = (
    "whoe whom anyo one pers thos peop wie dege den dem hvem celu cell ceux quic quie quem el pess die wen alle"
)
_OF_A_MODEL = """ai ia ki llm chat gpt bot robo assi asis mach masc maqu macc lang larg taal spro mode spra
    comp arti kuns inte
    auto inst orde prom"""
_OF_OTHERS = """cont post poin mess comm stat opin bijd beri reac opme bidr indl besk kome come apor mens beit nach komm
    else othe ande prog pers tool syst soft"""
_OF_A_TASK = """task job inst assi taak opdr opga tach miss cons tare misi aufg comp"""
_OF_FORGETTING = """verg nege glem igno oubl olvi esqu dime scra drop forg brea over real actu true end stop"""
_OF_DICTATION = """answ repl resp outp prin antw svar repo resp risp rank mark line bull sent titl kop tite
    punt rege zin elk
    punk linj sætn lign phra mots fras pont linh zeil satz riga text teks pala wort supp tran that what only writ say"""


def _stems(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


ORDERS_TO_WRITERS = (
    (_stems(_OF_A_TASK), _TASK),
    (_stems(_OF_A_MODEL, _OF_A_SUMMARY), (*_IF_YOU_ARE, *_ADDRESSED)),
    (_stems(_OF_A_SUMMARY), _WHOEVER_SUMS_UP),
    (_stems(_OF_WHOEVER), _WHOEVER_WRITES),
    (_stems(_OF_OTHERS), _LEAVE_THE_OTHERS_OUT),
    (_stems(_OF_FORGETTING, _OF_A_SUMMARY, _OF_DICTATION), _FORGET_ALL),
    (_stems(_OF_A_SUMMARY, _OF_DICTATION, _OF_A_TASK), _DICTATION),
)
"""Patterns to be held against the text as one line, each group with the beginnings (`LETTERS` of them) of words without
one of which none of it fits: most texts are through after a look at their words.
"""
LETTERS = 4
