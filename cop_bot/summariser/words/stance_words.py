"""The words with which people disagree, doubt, warn and refuse, language by language, as patterns."""

from __future__ import annotations

from collections.abc import Mapping

OBJECTS: Mapping[str, str] = {
    "en": (
        r"disagree\w*|(?:do not|don't|cannot|can't|could not|couldn't|not|never) (?:\w+ )?(?:agree|share|support|"
        r"believe in|see (?:it|this|that) (?:that|the same) way|buy (?:it|this|that))|(?:see|view|think of) (?:it|"
        r"this|that|things) (?:\w+ )?differently|(?:not|\w+n't) (?:so |at all |really )?(?:sure|convinced|"
        r"persuaded|true|fair|in favou?r|the (?:right )?(?:way|answer|solution)|a (?:good|solution)|work(?: |$)|"
        r"help(?: |$)|solve)|unconvinced|unfair|s[ck]eptical|doubt (?:it|that|this|whether|if)|i (?:\w+ )?doubt|"
        r"object(?:ion|ions)? (?:to|that)|i (?:\w+ )?object|(?<!as )oppose[ds]?|against (?:it|this|that|the idea|"
        r"\w+ing)|(?:am|'m|are|'re) (?:\w+ )?against|on the contrary|contrary to|bad idea|(?:an?|the|this|"
        r"that) (?:\w+ )?(?:mistake|error)(?!s)|mistaken|wrong (?:way|direction|thing|question|end|people)|(?:is|"
        r"are|be|would be|seems?) (?:\w+ )?wrong|would rather not|refuse to|i (?:\w+ )?reject|(?:make|makes|made|"
        r"making) (?:it|this|that|things|matters) (?:\w+ )?worse|unlike (?:the )?(?:others|most|everyone|all)|"
        r"am i the only|nobody (?:\w+ )?(?:asked|asks|listens)|no one (?:\w+ )?(?:asked|asks|listens)|"
        r"i (?:\w+ )?(?:fear|worry)|worries me|waste of|alone (?:with|in) (?:this|that|my)|(?:am|be|"
        r"feel) (?:\w+ )?alone|the only (?:one|person) (?:who|that|to|here)|none of (?:this|these|that|those|it)|"
        r"nothing (?:\w+ )?(?:needs|should|must|has)|never (?:\w+ )?(?:worked|works|helped|helps|will)|no way|"
        r"please (?:don't|do not|no)|(?:leave|leaves|keep|keeps|left) (?:it|this|that|things|everything|"
        r"all) (?:\w+ )?(?:as|the way)|(?:better|prefer|rather) (?:\w+ ){0,3}(?:leave|as it is|as they are|"
        r"the way|nothing|without)|my (?:view|opinion|experience) is (?:\w+ )?(?:different|another|the opposite)|"
        r"(?:the )?opposite|count me out|not (?:with|for) me|without me|more harm than|do(?:es)? (?:\w+ )?harm|"
        r"(?:will|would|can|could|may) (?:only )?(?:harm|hurt|damage|destroy)|harms? (?:more|us|the|those)|"
        r"instead of helping|less of (?:it|this|that)|(?:too|enough) (?:much )?of (?:it|this|that) already|"
        r"stay(?:s)? (?:as|the way)|nothing wrong with"
    ),
    "nl": (
        r"oneens|(?:niet|geen|helemaal niet|nooit) (?:mee )?(?:\w+ )?eens|(?:niet|nooit) (?:zo )?(?:overtuigd|"
        r"waar|eerlijk|voor (?:te|iedereen)|de (?:juiste )?(?:weg|oplossing)|akkoord|gelukkig mee)|"
        r"geen (?:goed (?:idee|plan)|oplossing|voorstander)|zie (?:\w+ )?(?:dit|dat|het) (?:\w+ )?anders|"
        r"denk (?:er|hier|daar) anders|(?:ben|zijn) (?:\w+ )?tegen|tegenstander|bezwaar|betwijfel\w*|twijfel\w*|"
        r"vergissing|(?:een|de) (?:\w+ )?fout|verkeerde|slecht idee|integendeel|afwijzen|wijs\w* \w+ af|(?:werkt|"
        r"helpt) (?:\w+ )?niet|maakt\w* (?:\w+ ){0,2}(?:erger|slechter)|niemand (?:\w+ ){0,3}(?:gevraagd|vraagt|"
        r"luistert)|in tegenstelling tot|ben ik de enige|liever niet|weiger\w*|ik vrees|zonde van|"
        r"alleen (?:hierin|hiermee|met)|de enige (?:die|hier)|geen (?:enkel )?van (?:deze|die)|"
        r"niets (?:\w+ )?(?:hoeft|moet)|(?:hoeft|moet) (?:\w+ )?niets|nooit (?:\w+ )?(?:gewerkt|geholpen|werken)|"
        r"(?:heeft|had) (?:\w+ )?nooit|nee, (?:dank|alsjeblieft)|doe het niet|alsjeblieft niet|(?:laten|laat|"
        r"houden|houd) (?:\w+ ){0,4}zoals (?:het|die|ze|dat)|zoals het (?:nu )?is|(?:liever|"
        r"beter) (?:\w+ ){0,4}(?:laten|zonder|niets|niks|niet)|mijn (?:mening|ervaring) is (?:\w+ )?(?:anders|"
        r"een andere)|het tegendeel|tegenovergestelde|zonder mij|niet met mij|reken niet op mij|meer kwaad dan|"
        r"schaadt|schadelijk|schaden|kapot|minder (?:hiervan|daarvan|van dit)|niets mis met|blijven zoals"
    ),
    "da": (
        r"uenige?|(?:ikke|slet ikke|aldrig) (?:\w+ )?(?:enige?|overbevist|sandt|rimeligt|med på|den rigtige|"
        r"løsningen|en (?:god|løsning))|ser (?:\w+ )?(?:anderledes|det ikke)|(?:er|var) (?:\w+ )?imod|"
        r"modstander\w*|indvend\w*|indsigelse\w*|tvivle[rd]?|er i tvivl|(?:en|er) (?:\w+ )?fejl|fejltagelse|"
        r"forkerte?|dårlig (?:id[eé]|løsning)|tværtimod|afvise[rs]?|(?:virker|hjælper|fungerer|"
        r"holder) (?:\w+ )?ikke|gør\w* (?:\w+ ){0,2}værre|ingen (?:\w+ ){0,2}(?:spurgt|spørger|lytter)|"
        r"i modsætning til|er jeg den eneste|hellere lade være|nægter|frygter|spild af|alene (?:om|med)|"
        r"den eneste|ingen af (?:disse|de)|intet (?:\w+ )?(?:behøver|skal|bør)|(?:har|ville) (?:\w+ )?aldrig|"
        r"aldrig (?:\w+ )?(?:virket|hjulpet|fungere)|gør det ikke|nej tak|lad være|(?:lade|lad|"
        r"behold\w*) (?:\w+ ){0,4}som (?:det|de|den)|som det er|(?:hellere|helst|bedre) (?:\w+ ){0,4}(?:uden|være|"
        r"beholde|intet|ikke)|min (?:mening|erfaring) er (?:\w+ )?(?:en anden|anderledes)|det modsatte|uden mig|"
        r"ikke med mig|mere skade end|skader|skadelig\w*|ødelægger|mindre af (?:det|den)|ikke noget galt med"
    ),
    "fr": (
        r"désaccord|(?:pas|point|jamais) (?:\w+ ){0,3}(?:d'accord|convaincue?s?|vrai|juste|favorables?|"
        r"la (?:bonne )?(?:voie|solution|réponse)|une (?:bonne|solution))|(?:vois|voyons|pense|"
        r"pensons) (?:\w+ ){0,2}(?:autrement|différemment|le contraire)|(?:suis|sommes|serais) (?:\w+ )?contre|"
        r"m'oppose|nous opposons|opposée?s? à|objection\w*|dout(?:e|ons) (?:que|fort|de)|cette erreur|l'erreur|"
        r"mauvaise (?:idée|direction|voie|solution)|se trompe\w*|trompons|au contraire|contrairement à|refus(?:e|"
        r"ons) (?:de|cette|ce)|ne (?:\w+ )?(?:marche|fonctionne|sert|résou\w+|aide)\w* (?:pas|à rien|rien)|"
        r"empir\w+|aggrav\w+|personne (?:\w+ ){0,3}(?:demandé|écoute\w*|consulté\w*)|suis-je (?:la|le) seule?|"
        r"je crains|gaspillage|seule? (?:avec|à|dans)|(?:la|le) seule? (?:à|qui)|aucune? de (?:ces|ceux|celles)|"
        r"rien (?:ne |n'|n’)?(?:doit|devrait|a besoin)|n'a jamais|jamais (?:marché|fonctionné|servi|aidé)|"
        r"s'il vous plaît,? non|(?:est|serait|était|voilà) (?:\w+ )?une (?:\w+ )?erreur|(?:laiss\w+|"
        r"gard\w+) (?:\w+ ){0,4}(?:comme|tel)|comme (?:c'est|il est|"
        r"elle est|ils sont)|(?:préfère|préférerais|mieux vaut|plutôt) (?:\w+ ){0,4}(?:laisser|rien|garder|sans|"
        r"rester)|(?:mon|mes) (?:avis|opinion|expérience) est (?:\w+ )?(?:autre|différente?|contraire)|"
        r"le contraire|l'inverse|sans moi|ne comptez pas sur moi|plus de mal que|nui(?:sent|ra|rait|t aux)|nuisible|"
        r"fait du tort|abîme\w*|détrui\w+|moins de (?:ça|cela)|rien de mal"
    ),
    "pt": (
        r"discord\w+|(?:não|nunca) (?:\w+ )?(?:concord\w+|estou (?:\w+ )?de acordo|acredito|partilho|apoio|"
        r"me convence|é (?:verdade|justo|a solução|o caminho|uma (?:boa|solução)|assim))|(?:vejo|penso|vemos|"
        r"entendo) (?:\w+ ){0,3}(?:de outr[ao]|doutr[ao]|diferente)|(?:sou|somos|estou) (?:\w+ )?contra|oponho|"
        r"opomos|objeç\w+|objecç\w+|duvid(?:o|amos)|tenho dúvidas|(?:um|o|é) (?:\w+ )?erro|errad[oa]s?|"
        r"má (?:ideia|solução)|pelo contrário|ao contrário|recus(?:o|amos)|rejeit(?:o|amos)|"
        r"não (?:\w+ )?(?:funciona|resolve|ajuda|serve)\w*|pior\w+|ninguém (?:\w+ ){0,3}(?:pergunt\w+|ouv\w+|"
        r"consult\w+)|serei (?:eu )?[ao] únic[ao]|receio|temo que|desperdício|sozinh[oa] (?:nisto|com|nesta)|"
        r"[ao] únic[ao] (?:que|a)|nenhum\w* dest\w+|nada (?:\w+ )?(?:precisa|deve)|nunca (?:\w+ )?(?:funcionou|"
        r"resultou|ajudou|serviu)|por favor,? não|(?:deix\w+|mant\w+|fi[cq]\w+) (?:\w+ ){0,4}como (?:está|estão|é|"
        r"são)|(?:prefiro|preferia|melhor|antes) (?:\w+ ){0,4}(?:deixar|como está|sem|nada|ficar|fique)|(?:minha|"
        r"a minha) (?:opinião|experiência) é (?:\w+ )?(?:outra|diferente)|o contrário|o oposto|sem mim|comigo não|"
        r"não contem comigo|mais mal do que|prejudica\w*|(?<!não )faz mal|estraga\w*|destr[uó]\w+|menos dis[st]o|"
        r"nada de errado"
    ),
    "es": (
        r"desacuerdo|discrep\w+|disiento|(?:no|nunca|tampoco) (?:\w+ ){0,3}(?:de acuerdo|comparto|apoyo|"
        r"convence\w*|creo|es (?:verdad|cierto|justo|la solución|el camino|una (?:buena|solución)|así))|(?:veo|"
        r"pienso|vemos|entiendo) (?:\w+ ){0,3}(?:de otr[ao]|distint[ao]|diferente)|en contra|me opongo|"
        r"nos oponemos|objeci\w+|dud(?:o|amos)|tengo dudas|(?:un|el|es) (?:\w+ )?error|equivoca\w+|mala (?:idea|"
        r"solución)|al contrario|rechaz(?:o|amos)|me niego|no (?:\w+ )?(?:funciona|resuelve|soluciona|ayuda|"
        r"sirve)\w*|empeora\w*|nadie (?:\w+ ){0,3} (?:pregunt\w+|escuch\w+|consult\w+)|soy (?:la única|el único)|"
        r"me temo|temo que|me preocupa|derroche|sol[oa] (?:con|en) (?:esto|eso)|(?:la|el) únic[ao] (?:que|en)|"
        r"ningun[oa]? de est\w+|nada (?:\w+ )?(?:necesita|debe|tiene que|hace falta)|nunca (?:\w+ )?(?:funcionó|"
        r"funciona|sirvió|ayudó|ha)|por favor,? no|no,? por favor|(?:dej\w+|mant\w+|"
        r"qued\w+) (?:\w+ ){0,4}como (?:está|están|es|son)|(?:prefiero|preferiría|mejor|"
        r"antes) (?:\w+ ){0,4}(?:dejar|dejarlo|como está|sin|nada|que se quede|quedar)|(?:mi|la mía) (?:opinión|"
        r"experiencia) es (?:\w+ )?(?:otra|distinta|diferente|la contraria)|lo contrario|lo opuesto|sin mí|"
        r"conmigo no|no cuenten conmigo|más daño que|perjudic\w+|hace daño|dañ(?:a|an|aría|ará)|estrope\w+|"
        r"destru\w+|menos de (?:esto|eso)|nada de malo"
    ),
    "de": (
        r"widersprech\w+|widerspreche|(?:nicht|keineswegs|nie) (?:\w+ )?(?:einverstanden|überzeugt|wahr|gerecht|"
        r"dafür|der (?:richtige )?weg|die (?:richtige )?lösung|derselben meinung|zustimmen)|"
        r"stimme (?:\w+ ){0,4}nicht|(?:sehe|sehen|denke) (?:\w+ ){0,3}anders|anderer (?:meinung|ansicht)|(?:bin|"
        r"sind|wäre) (?:\w+ )?(?:da)?gegen|einwand|einwände|einspruch|bezweif\w+|zweif(?:le|eln?)|(?:ein|der|"
        r"einen) (?:\w+ )?(?:fehler|irrtum)|falsch\w*|schlechte idee|im gegenteil|im gegensatz zu|"
        r"lehne\w* (?:\w+ ){0,4}ab|ablehn\w+|weiger\w+|(?:funktioniert|hilft|klappt) (?:\w+ ){0,3}nicht|"
        r"verschlimmer\w+|verschlechter\w+|niemand (?:\w+ ){0,3}(?:gefragt|fragt|hört|zugehört)|bin ich (?:der|"
        r"die) einzige|lieber nicht|befürchte\w*|ich fürchte|verschwendung|allein (?:mit|da)|(?:der|die) einzige|"
        r"keine?[rs]? (?:dieser|von diesen)|nichts (?:\w+ )?(?:muss|soll\w*)|(?:muss|soll\w*) (?:sich )?nichts|"
        r"nie (?:\w+ )?(?:funktioniert|geholfen|geklappt)|(?:hat|hatte) (?:\w+ )?nie|bitte nicht|nein danke|"
        r"(?:lass\w*|ließe|belass\w+|behalt\w*) (?:\w+ ){0,5}(?:wie (?:es|sie|er)|so|lieber)|wie (?:es|"
        r"sie) (?:jetzt |nun )?(?:ist|sind)|(?:lieber|besser) (?:\w+ ){0,4}(?:lassen|ohne|nichts|nicht|so)|"
        r"meine (?:meinung|erfahrung|ansicht) ist (?:\w+ )?(?:anders|eine andere)|das gegenteil|ohne mich|"
        r"nicht mit mir|mehr schaden als|schadet|schaden(?: würde| wird)?|schädlich|kaputt|zerstör\w+|"
        r"weniger davon|nichts falsch"
    ),
}
"""Somebody objects in so many words: disagrees, doubts, refuses, warns of harm, would rather leave it as it is."""
SAYS_NO: Mapping[str, str] = {
    "en": r"not|no|never|none|without|cannot|nobody|nothing|neither|nor|\w+n't",
    "nl": r"niet|geen|nooit|zonder|niemand|niets|nergens|noch",
    "da": r"ikke|ingen|intet|aldrig|uden|hverken",
    "fr": r"pas|jamais|aucune?|rien|personne|sans|ni",
    "pt": r"não|nunca|nem|sem|ninguém|nenhuma?|nada",
    "es": r"no|nunca|jamás|ni|sin|nadie|ninguna?|nada|tampoco",
    "de": r"nicht|keine?[nmrs]?|nie|niemals|ohne|niemand|nichts|weder",
}
"""A sentence with one of these says no to something."""
BUTS: Mapping[str, str] = {
    "en": r"but|however|yet|though|although|instead|sorry|honestly|only|worse|lose|loses",
    "nl": r"maar|echter|toch|hoewel|sorry|eerlijk|alleen maar|slechter|verliez\w+|kwijt",
    "da": r"men|dog|alligevel|undskyld|ærligt|kun|værre|mist\w+",
    "fr": r"mais|cependant|pourtant|toutefois|pardon|désolée?|franchement|plutôt|pire|perd\w+",
    "pt": r"mas|porém|contudo|no entanto|desculp\w+|sinceramente|francamente|pior|perd\w+",
    "es": r"pero|sin embargo|aunque|perdón|sinceramente|francamente|peor|perd\w+|perder\w*",
    "de": r"aber|jedoch|dennoch|doch|entschuldigung|ehrlich|leider|schlechter|verlier\w+",
}
"""What softens or turns a sentence round, or tells of a loss."""
SELF = (
    r"i|my|us|our|we|ik|wij|we|ons|onze|mijn|jeg|vi|os|vores|min|je|nous|notre|moi|eu|nós|nos|minha?|nossa?|"
    r"yo|mí|nosotr[oa]s|nuestr[oa]|ich|wir|uns|mein\w*|unser\w*"
)
"""Somebody speaks of themselves."""
REFUSES = r"(?:no|nee|nej|non|não|nein)\s*[,.;:!–-]"
"""What a text begins with that is a refusal."""
