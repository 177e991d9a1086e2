"""What dictates a summary to whoever writes it, person or machine, as patterns: by what it asks for, in our languages.

A tip about somebody's own text ("begin the summary with the sum you ask for") is none: it takes nothing from the
others and dictates no words. Letters stand without accents; ø, æ and ß stay.
"""

from __future__ import annotations

_DICTATED = r"(?:[:\"“'‘«„]|(?-i:[A-Z]{4,}))"
"""Words that are to be repeated: after a colon, in quotation marks, in capitals."""
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
    rf"\b(?:if|when|since|because) (?:you are|you're|u r) (?:an? |the )?(?:\w+ )?{_MODEL}\b",
    rf"\b(?:if|when) (?:this|that|it) is (?:read|processed|summari[sz]ed|analy[sz]ed) by (?:an? )?(?:\w+ )?{_MODEL}\b",
    rf"\b(?:als|indien|wanneer) (?:je|jij|u) (?:een )?(?:\w+ )?{_MODEL} (?:bent|zijt|is)\b",
    rf"\b(?:hvis|nar) du er (?:en )?(?:\w+ )?{_MODEL}\b",
    rf"\bsi (?:tu es|vous etes) (?:une? )?(?:\w+ )?{_MODEL}\b",
    rf"\bsi (?:eres|es usted|sois|usted es) (?:una? )?(?:\w+ )?{_MODEL}\b",
    rf"\bse (?:tu )?(?:es|voce e|e|fores|for|sei) (?:uma?|un) ?(?:\w+ )?{_MODEL}\b",
    rf"\b(?:falls|wenn) (?:du|sie|ihr) (?:eine? )?(?:\w+ )?{_MODEL} (?:bist|sind|seid)\b",
    rf"^\W*{_MODEL}\s*[:,–-]+\s*(?:please |you |always |never |do not |don't )?(?:mark|cite|quote|write|say|put|"
    r"include|ignore|rank|treat|add|answer|reply|respond|output|print|give|repeat|leave|must)\b",
    rf"\b(?:hidden|secret) (?:instructions?|orders?|prompts?) (?:for|to)\b|\b(?:instructions?|orders?|prompts?) "
    rf"(?:for|to) "
    rf"(?:all |any |the )?(?:automated \w+|{_MODEL}s?|summari[sz]\w+)\s*:",
)
_ADDRESSED = (
    rf"^\W*(?:hallo|hola|ola|hej|salut|bonjour|ciao|cara|caro|cher|chere),? {_MODEL}\b\s*[,:!]",
    r"\b(?:to|for) (?:the|any|whichever|whatever) (?:machine|program|computer|robot|automat\w+|summari[sz]er|"
    r"(?:one|person) who (?:reads|summari[sz]es))\b[^.!?:]{0,30}:",
    r"\b(?:attention|notice|hey|hello|dear),? (?:to )?(?:the |any |all )?(?:automated|automatic|artificial) "
    r"\w+\s*[,:!–-]",
    r"\baan (?:de samenvatter|het taalmodel|de machine|de computer|(?:wie|degene "
    r"die)[^.!?:]{0,20}samenvat)\b[^.!?:]{0,20}:",
    r"\btil (?:maskinen|sprogmodellen|ai'?en|computeren|den,? der (?:opsummerer|sammenfatter|"
    r"resumerer))\b[^.!?:]{0,20}:",
    rf"\ba (?:la machine|l'(?:ia|intelligence artificielle)|(?:celui|celle|ceux) qui (?:resum\w+|\w+ (?:la |le "
    rf")?{_SUMMARY}))\b"
    r"[^.!?:]{0,20}:",
    rf"\ba (?:la maquina|la (?:ia|inteligencia artificial)|quien (?:resum\w+|\w+ (?:la |el "
    rf")?{_SUMMARY}))\b[^.!?:]{{0,20}}:",
    rf"\b(?:a|para a?) ?(?:maquina|(?:ia|inteligencia artificial)|quem (?:resum\w+|\w+ (?:a |o "
    rf")?{_SUMMARY}))\b[^.!?:]{{0,20}}:",
    r"\ban (?:die|den|das|alle,?) (?:ki|maschine|sprachmodell|computer|zusammenfass\w+|die das "
    r"zusammenfass\w+)\b[^.!?:]{0,30}:",
)
_WHOEVER_WRITES = (
    r"\b(?:to|for) (?:whoever|whomever|anyone who|(?:the one|the person|those|people) who) (?:\w+ ){0,2}?"
    r"(?:writ\w+ (?:this|it|that|these|them|the summary)|sums?\b|compil\w+|summari[sz]\w+|draft\w+ (?:this|it|the "
    r"summary))[^.!?:]{0,30}:",
    r"\bvoor (?:wie|degene die) (?:dit|het|deze|alles) [^.!?:]{0,20}(?:opschrijft|samenvat|uitwerkt|"
    r"bundelt)\b[^.!?:]{0,20}:",
    r"\btil (?:den|dem|hvem),? (?:der |som )?(?:skriver (?:det|dette)|samler)\b[^.!?:]{0,30}:",
    r"\b(?:a|pour) (?:celui|celle|ceux|quiconque|la personne)(?: qui)? (?:ecri\w+|redig\w+|resum\w+) "
    r"(?:ceci|cela|tout|la synthese|le resume)\b[^.!?:]{0,20}:",
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
    r"\b(?:the |any )?(?:person|program\w*|machine|tool|system|software)\b.{0,20}\b(?:summari[sz]ing|who "
    r"summari[sz]es|"
    rf"that summari[sz]es)\b.{{0,20}}\b(?:must|should|has to|shall)\b.{{0,12}}\b{_SAYS}\b",
    r"\b(?:wie|degene die)\b.{0,20}\bsamenvat\b.{0,10}\b(?:moet|dient)\b.{0,30}\b(?:schrijven|zeggen|melden|"
    r"vermelden|noemen)\b",
    r"\b(?:den|hvem|enhver),? der (?:opsummerer|sammenfatter|resumerer)\b.{0,20}\b(?:skal|ma|"
    r"bør)\b.{0,20}\b(?:skrive|sige|nævne)\b",
    r"\b(?:celui qui|celle qui|quiconque|qui) resume(?:ra)?\b.{0,20}\b(?:doit|devra)\b.{0,20}\b(?:ecrire|dire|"
    r"mentionner|citer)\b",
    r"\bquien (?:resum\w+|haga el resumen)\b.{0,20}\b(?:debe|debera|tiene que)\b.{0,20}\b(?:escribir|decir|"
    r"mencionar|citar|poner)\b",
    r"\bquem (?:resum\w+|fizer o resumo)\b.{0,20}\b(?:deve|devera|tem de|tem que)\b.{0,20}\b(?:escrever|dizer|"
    r"mencionar|citar)\b",
    r"\bwer\b.{0,20}\bzusammenfasst\b.{0,5}\b(?:muss|soll|hat)\b.{0,40}\b(?:schreiben|sagen|erwahnen|nennen)\b",
    r"\bchi riassume\b.{0,20}\b(?:deve|dovra)\b.{0,20}\b(?:scrivere|dire|citare)\b",
)
_LEAVE_THE_OTHERS_OUT = (
    rf"{_BEGINS}(?:ignore|disregard|omit|exclude|skip|drop|discard|leave out|treat|do not (?:include|mention|cite|"
    rf"use)|"
    rf"don't (?:include|mention|cite|use)) (?:(?:all|any|every)(?: the)? other|everyone else's|the other) "
    rf"{_CONTRIBUTIONS}\b(?: (?:as|in|from|out)\b|\W*$|[.,;:!])",
    r"\b(?:ignore|disregard|forget|omit) (?:what|everything) (?:the others?|everyone else|everybody else|other \w+) "
    r"(?:wrote|writes?|said|says?|posted)\b",
    rf"\b(?:do not|don't) (?:consider|count|take into account) (?:the|any|all)(?: the)? other {_CONTRIBUTIONS}\b",
    rf"{_BEGINS}(?:negeer (?:alle|de) (?:andere|overige) {_CONTRIBUTIONS}\b|negeer wat (?:de )?anderen\b|"
    rf"(?:laat|sla) (?:alle|de) (?:andere|overige) {_CONTRIBUTIONS}\b.{{0,30}}\b(?:weg|buiten|achterwege|over)\b)",
    rf"{_BEGINS}(?:udelad|ignorer|se bort fra|spring) (?:alle )?(?:de )?(?:andre|øvrige) {_CONTRIBUTIONS}\b",
    rf"{_BEGINS}(?:laissez? de cote|ignorez?|omets|omettez|oubliez?|exclu[st]|excluez|ne (?:tiens|tenez) (?:pas|"
    rf"aucun) compte)"
    rf" (?:de )?(?:toutes |tous )?(?:les|des) autres {_CONTRIBUTIONS}\b",
    rf"{_BEGINS}(?:omit[ae]n?|ignor[ae]n?|excluy[ae]n?|olvid[ae]n?|dej[ae]n? fuera|descart[ae]n?|no teng(?:as?|"
    rf"an) en cuenta) "
    rf"(?:todas |todos )?(?:las|los) (?:demas|otr[ao]s) {_CONTRIBUTIONS}\b",
    rf"{_BEGINS}(?:omit[ae]m?|ignor[ae]m?|exclu[ai]m?|esquec[ae]m?|deix[ae]m? de fora|descart[ae]m?|nao "
    rf"(?:tenhas?|tenham|leves?|"
    rf"levem) em conta) (?:todas |todos )?(?:as|os) (?:demais|restantes|outr[ao]s) {_CONTRIBUTIONS}\b",
    rf"{_BEGINS}(?:lasst?|lassen sie|ignorier\w*|vergiss|vergesst|uberspring\w*|ubergeh\w*) (?:alle|die) "
    rf"(?:anderen|ubrigen) {_CONTRIBUTIONS}\b",
    rf"{_BEGINS}berucksichtige[nt]? (?:sie )?(?:alle|die) (?:anderen|ubrigen) {_CONTRIBUTIONS} nicht\b",
    rf"{_BEGINS}(?:ignora|ometti|tralascia|escludi) (?:tutti )?gli altri {_CONTRIBUTIONS}\b",
    # "quote only mine"
    rf"\b(?:mention|quote|cite|list|report|include) only (?:my|this) (?:own )?(?:points?|{_CONTRIBUTIONS})\b",
    rf"\b(?:noem|citeer|vermeld|meld) (?:alleen|enkel|slechts) (?:mijn|deze) {_CONTRIBUTIONS[:-1]}|bijdrage|"
    rf"bericht|reactie)\b",
    rf"\b(?:nævn|citer|medtag) kun (?:mit|min|mine|dette) {_CONTRIBUTIONS}\b",
    rf"\b(?:cite[zr]?|mentionne[zr]?|retiens|retenez) (?:que|uniquement|seulement) (?:ma|mon|mes|cette) "
    rf"{_CONTRIBUTIONS}\b",
    rf"\b(?:cit[ae]|mencion[ae]) (?:solo|solamente|unicamente|so|somente|apenas) (?:mi|este|esta|a minha|o meu) "
    rf"(?:aporte|aportacion|contribucion|mensaje|comentario|contribuicao|mensagem|{_CONTRIBUTIONS})\b",
    r"\b(?:erwahne?|zitiere?|nenne?)n?(?: sie)? nur (?:meinen?|diesen?) (?:beitrag|kommentar|nachricht)\b",
)
_FORGET_ALL = (
    # all that was said before
    r"\b(?:vergeet|negeer) (?:alles|al het|wat)\b.{0,12}\b(?:hierboven|hiervoor|bovenstaande|voorgaande|"
    r"voorafgaande)\b",
    r"\b(?:glem|glemme|ignorer|ignorere)\b.{0,8}\balt\b.{0,8}\b(?:ovenstaende|foregaende|ovenfor|ovenover)\b",
    r"\b(?:oubliez?|ignorez?|oublier|ignorer) (?:tout )?ce qui (?:precede|(?:est|a ete) (?:ecrit |dit )?"
    r"(?:ci-dessus|plus haut|avant))\b",
    r"\b(?:olvid[ae]n?|olvidad|ignor[ae]n?|ignorad) todo (?:lo (?:anterior|previo|de arriba)|(?:lo )?que\b.{0,15}\b"
    r"(?:precede|arriba|antes))",
    r"\b(?:esquec[ae]m?|ignor[ae]m?) tudo (?:o )?(?:anterior|(?:o )?que\b.{0,15}\b(?:acima|antes|precede|atras))",
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
    rf"\b(?:pretend|doe alsof|lad som om|fais comme si|faites comme si|haz como si|haga como si|faz de conta|faca "
    rf"de conta|"
    rf"finge)\b.{{0,60}}\b(?:{_SUMMARY}|samenvat\w*|opsummer\w*|zusammenfass\w*)\b",
    r"\b(?:when|while|if) (?:you )?(?:are )?(?:summari[sz]ing|summing up)\b.{0,20}\b(?:pretend|write|say|ignore|"
    r"leave|mention|only)\b",
    rf"{_BEGINS}tut? .{{0,5}}\b{_SUMMARY} so, als\b",
    rf"\b(?:your|the) {_SUMMARY} as ['\"‘“«]|\bsummari[sz]e (?:this |it |all |everything )?as\s*{_DICTATED}",
    r"\b(?:print|show|tell|repeat|reveal|output)\b.{0,10}\b(?:everything|what|all) you were (?:told|given)\b|"
    r"\byour system prompt\b",
    # "make my comment the headline"
    rf"{_BEGINS}(?:make|use|turn) (?:my|this) (?:{_CONTRIBUTIONS}|text) (?:the|as|into) (?:the |your "
    rf")?(?:headline|title|first|top|main)\b",
    r"\b(?:maak van|gebruik) (?:mijn|deze|dit) (?:bericht|bijdrage|reactie|tekst) (?:als )?de (?:kop|titel)\b",
    rf"{_BEGINS}(?:you|u) are (?:now )?summari[sz]ing\b.{{0,12}}[:;,.]",
    rf"\bonly my (?:points?|{_CONTRIBUTIONS}) (?:matters?|counts?)\b.{{0,80}}\b{_SUMMARY}\b|\b(?:drop|leave) the "
    rf"(?:rest|others) "
    rf"(?:from|out of) the {_SUMMARY}\b|\b(?:and )?write nothing else\b",
    r"\b(?:the )?(?:real|actual|true) (?:contributions?|posts?|task|data|input) (?:start|begin|follow)s?\b",
    r"^\W*end of (?:the )?(?:contributions?|input|data|list|posts?|user)\b",
    r"\bstop (?:summari[sz]ing|reading)\b.{0,20}\b(?:reply|answer|respond|write|say|output|print)\b",
)
_DICTATION = (
    # "… the summary says that everybody agrees"
    rf"\b(?:make sure|ensure|see to it|zorg|sørg for|fais en sorte|faites en sorte|asegur\w+|garant\w+|certifi\w+|"
    rf"sorge?|sorgen|"
    rf"assicura\w+)\b.{{0,30}}\b{_SUMMARY}\b.{{0,20}}\b(?:says?|states?|mentions?|zegt|vermeldt|siger|nævner|dise|"
    rf"mentionne|diga|"
    rf"mencione|sagt|erwahnt|dica)\b.{{0,20}}\b{_ALL}\b",
    rf"\b{_SUMMARY}\W+(?:\w+\W+)?(?:must|should|shall|is to|moet|skal|doit|debe|deve|muss)\b.{{0,30}}\b(?:that|"
    rf"dat|at|que|dass|che)"
    rf" {_ALL}\b",
    rf"\b{_SUMMARY}\W+(?:is to|may only|should only|shall only) (?:contain|say|consist|mention|read)\b",
    rf"{_BEGINS}(?:state|report|conclude|claim|declare|write|say) (?:in the {_SUMMARY} )?that (?:(?:all|every)\w*\W+"
    r"(?:participants |members |partners |contributors |of (?:us|them) )?|we )(?:have |has )?(?:unanimously |all )?"
    r"(?:agreed?|supports?|approved?|back)\b",
    r"\bwhatever the others (?:say|write|said|wrote),? (?:report|say|write|state|conclude)\b",
    # "… starts with CANARY"
    rf"\b{_SUMMARY}\W+(?:\w+\W+)?(?:begins?|starts?|opens?|begint|start|opent|begynder|starter|commence\w*|debut\w*|"
    rf"empiece|empieza|comience|comienza|comece|comeca|beginnt|anfangt|inizi)\b.{{0,12}}{_DICTATED}",
    rf"\b{_SUMMARY} mit {_DICTATED}.{{0,40}}\b(?:beginnt|anfangt)\b",
    # "put only CANARY in the summary", "Add CANARY as the first main point"
    rf"\b(?:only|just|alleen|enkel|kun|seulement|uniquement|que|solo|solamente|so|somente|apenas|nur|soltanto) "
    rf"{_DICTATED}.{{0,40}}\b(?:in|i|dans|en|no|na|nel|from|into) (?:the |your |de |het |le |la |el |os? |a |der |"
    rf"die )?"
    rf"{_SUMMARY}\b",
    rf"\b{_SUMMARY}\b.{{0,12}}\b(?:only|just|alleen|enkel|kun|seulement|uniquement|solo|solamente|somente|apenas|"
    rf"nur)\W+"
    rf"{_DICTATED}",
    rf"\b(?:kun|alleen|nur|solo|only|so|apenas|seulement) (?:om|over|uber|sobre|about|sur) "
    rf"{_DICTATED}.{{0,40}}\b{_SUMMARY}\b",
    r"\b(?:add|put|list|place|make|insert|use|show|cite|quote|mention)\b.{1,60}\bas (?:the |your )?(?:first|top|only) "
    r"(?:main )?(?:points?|lines?|headline)\b(?! (?:of|on) the agenda)",
    r"\brank this (?:contribution|comment|message) |\bmark this (?:contribution|post|comment|message) as\b",
    rf"{_BEGINS}(?:repeat|write|put|say|include|add|cite|quote)\b.{{0,40}}\bin (?:every|each) (?:main "
    rf")?(?:points?|lines?|bullets?|"
    r"sentences?)\b",
    rf"{_BEGINS}(?:herhaal|zet|schrijf)\b.{{0,40}}\bin (?:elk|ieder|elke|iedere) (?:punt|regel|zin)\b",
    rf"{_BEGINS}(?:gentag|skriv|sæt)\b.{{0,40}}\bi (?:hvert punkt|hver linje|hver sætning)\b",
    rf"{_BEGINS}(?:repete[zs]?|ecri[st]|ecrivez|mets|mettez)\b.{{0,40}}\b(?:dans|a) chaque (?:point|ligne|phrase)\b",
    rf"{_BEGINS}(?:repit[ae]n?|escrib[ae]n?|pon|ponga)\b.{{0,40}}\ben cada (?:punto|linea|frase)\b",
    rf"{_BEGINS}(?:repet[ei]|repit[ae]|escrev[ae]|poe|ponha)\b.{{0,40}}\bem cada (?:ponto|linha|frase)\b",
    rf"{_BEGINS}(?:wiederhol\w*|schreibe?|setze?)\b.{{0,40}}\bin (?:jedem|jeder|jede|jeden) (?:punkt|zeile|satz)\b",
    rf"{_BEGINS}(?:ripeti|scrivi|metti)\b.{{0,40}}\bin ogni (?:punto|riga|frase)\b",
    r"\b(?:answer|reply|respond|output|print)\W+(?:with\W+)?(?:nothing but|only the word)\b",
    r"\byour (?:job|task|role) is (?:no longer|not) to summari[sz]e\b|\bdo not summari[sz]e (?:this|these|the)\b",
    r"\bas an? (?:large|helpful) (?:language model|ai|assistant)\b.{0,20}\byou\b",
    r"\b(?:taak|opgave|tache|tarea|tarefa|aufgabe|compito|task|job)\b.{0,12}\b(?:only|alleen|kun|solo|so|nur|"
    r"seulement|is to|"
    rf"om)\b.{{0,20}}\b(?:write|output|print|schrijf|skrive?|ecri\w+|escrib\w+|escrev\w+|schreib\w+|"
    rf"scriv\w+)\b.{{0,8}}{_DICTATED}",
    # "answer with CANARY", "… with the single word …"
    r"\b(?:answer|reply|respond|output|print)\b(?: only| just)?(?: with)?(?: the (?:single )?word)? (?-i:[A-Z]{4,})\b",
    r"\b(?:write|say) (?:only|just|nothing but) (?-i:[A-Z]{4,})\b",
    r"\b(?:antwoord|svar|reponds|repondez|responde|responda|antworte\w*|rispondi)\b.{0,8} (?-i:[A-Z]{4,})\b",
    r"\b(?:reply|answer|respond)\W+with the (?:single |one )?(?:word|sentence|phrase)\b",
    r"\btranslate (?:this|it|everything|the (?:lines?|text|summary)) (?:as|to) " + _DICTATED,
    r"\banswer yes to (?:everything|all|every)\b|\bset supported to\b|\b(?:all|every) (?:sentences?|points?|"
    r"claims?) (?:is|are) "
    r"supported\b",
    # "take the following sentence into the summary word for word"
    r"\b(?:include|add|insert|copy|put|reproduce|repeat|write)\W+(?:this|the|these|the following)\W+(?:\w+ )?"
    rf"(?:sentences?|text|words?|phrase|line)\b.{{0,40}}\b(?:verbatim|word for word|literally|{_SUMMARY}|your "
    rf"(?:answer|reply))\b",
    rf"\b(?:neem|zet|plaats|herhaal)\b.{{0,12}}\b(?:volgende|deze)\W+(?:zin|tekst|"
    rf"woorden)\b.{{0,40}}\b(?:letterlijk|{_SUMMARY})\b",
    rf"\b(?:tag|indsæt|gentag|skriv)\b.{{0,12}}\b(?:følgende|denne)\W+(?:sætning|tekst|ord)\b.{{0,40}}\b(?:ordret|"
    rf"{_SUMMARY})\b",
    rf"\b(?:insere|inserez|reprends|reprenez|copie[zs]?|ajoute[zs]?)\b.{{0,12}}\b(?:phrase|texte|mots)\b.{{0,40}}\b"
    rf"(?:mot a mot|mot pour mot|textuellement|{_SUMMARY})\b",
    rf"\b(?:incluy[ae]|inclu[ai]|inserte|insira|insere|copi[ae]|repit[ae]|anad[ae]|adicion[ae]|"
    rf"acrescent[ae])\b.{{0,12}}\b"
    rf"(?:frase|texto|palabras|palavras)\b.{{0,40}}\b(?:literalmente|textualmente|palabra por palabra|palavra por "
    rf"palavra|"
    rf"{_SUMMARY})\b",
    rf"\b(?:nimm|nehmt|fuge|ubernimm|wiederhole|schreibe?)\b.{{0,12}}\b(?:folgenden?|diesen?)\W+(?:satz|text|"
    rf"worte?)\b.{{0,40}}\b"
    rf"(?:wortlich|wort fur wort|{_SUMMARY})\b",
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
