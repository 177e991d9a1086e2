"""What an order to the machine looks like, as patterns. Letters stand without accents; ø, æ and ß stay."""

from __future__ import annotations

_GAP = r"\W+(?:[^\W_]+\W+){0,4}?"
_AI = (
    r"(?:ai|ia|ki|llm|chatgpt|gpt|(?:chat)?bots?|assistent|assistant|asistente|assistente|(?:language )?models?|"
    r"summari[sz]er)"
)
_MODEL = r"(?:ai|llm|chatgpt|gpt|(?:language )?model|summari[sz]er)"
_SUMMARY = r"(?:summary|headline|samenvatting|resumeet?|resume|resumen|resumo|zusammenfassung)"

# Forget what you were told: in our languages, then in some that members may also write in.
_FORGET = (
    rf"\b(?:ignore|disregard|forget|override|bypass|discard){_GAP}(?:previous|prior|above|earlier|preceding|"
    rf"foregoing|system)\W+"
    r"(?:[^\W_]+\W+)?(?:instructions?|prompts?|rules|directions|guidelines|commands|orders|messages|text)\b"
    r"(?!\W+(?:we|of|from|that)\b)",
    rf"\b(?:ignore|disregard|forget|override|bypass){_GAP}your\W+(?:instructions?|prompts?|training|rules|"
    rf"guidelines)\b",
    r"\b(?:ignore|disregard|forget)\W+(?:all\W+)?(?:the\W+)?(?:instructions?|prompts?|rules|guidelines|text) above\b",
    r"\b(?:ignore|disregard|forget)\W+(?:everything|all|anything)\W+(?:above|before|you (?:were|have been) told)\b",
    r"\b(?:do not|don't|stop) (?:follow(?:ing)?|obey(?:ing)?)\W+(?:any\W+|all\W+|the\W+|your\W+)*(?:previous |"
    r"earlier |system )?"
    r"(?:instructions|prompts?)\b(?! (?:of|from|by)\b)",
    r"\b(?:new|updated)\W+(?:system\W+)?(?:instructions?|prompts?)\W*:",
    rf"\b(?:negeer|vergeet|sla){_GAP}(?:instructies?|opdrachten|aanwijzingen|regels hierboven|prompts?)\b",
    r"\bvolg (?:de |deze |je |uw )?(?:[^\W_]+ )?(?:instructies|opdrachten|aanwijzingen) (?:hierboven )?niet\b",
    rf"\b(?:ignorer|glem|se bort fra|tilsides[ae]t){_GAP}(?:instrukser(?:ne)?|instruktioner(?:ne)?|instruksjoner|"
    rf"anvisninger(?:ne)?|prompts?)\b",
    rf"\b(?:ignorez?|ignorer|oubliez?|oublie|ne (?:tenez|tiens) pas compte d[eu]s?|ne (?:suis|suivez) pas){_GAP}"
    r"(?:instructions?|consignes|directives|prompts?)\b(?! d(?:e|u|es)\b(?! (?:systeme|l'assistant|depart)))",
    rf"\b(?:ignor[ae]n?|ignorar|olvid[ae]n?|olvidate|haz caso omiso de|no sigas?|no sigan){_GAP}(?:instrucciones|"
    rf"indicaciones|ordenes|prompts?)\b(?! de(?:l)?\b(?! sistema))",
    rf"\b(?:ignor[ae]m?|ignorar|esquec[ao]m?|esquece|desconsider[ae]m?|nao sigas?|nao sigam){_GAP}"
    r"(?:instrucoes|orientacoes|ordens|prompts?)\b(?! d[eoa]s?\b(?! sistema))",
    rf"\b(?:ignorier(?:e|en|t)?|vergiss|vergesst|missachte|befolge){_GAP}(?:anweisung(?:en)?|instruktion(?:en)?|"
    rf"vorgaben|prompts?)\b",
    rf"\b(?:ignora|dimentica){_GAP}(?:istruzioni|indicazioni)\b",
    rf"\b(?:ignorera|glom){_GAP}(?:instruktioner|anvisningar)\b",
    rf"\b(?:zignoruj|ignoruj){_GAP}(?:instrukcj[ei]|polecenia)\b",
    rf"\bpuuza{_GAP}(?:maagizo|maelekezo)\b",
    rf"\bigno(?:rez|ra|ră){_GAP}instructiunile\b",
)
# Be somebody else, tell what you were told.
_BE = (
    rf"\b(?:you are|act as|pretend (?:to be|you are)) (?:now )?(?:an? |"
    rf"the )?(?:[^\W_]+ )?{_AI}\b.{{0,60}}\b(?:rules?|without|only|must|always|restrict\w*|instead)\b",
    rf"\byou are now (?:an? )?(?:[^\W_]+ )?(?:{_AI}|dan|pirate)\b",
    rf"\bfrom now on\b.{{0,30}}\b(?:you|u)\b.{{0,60}}\b(?:{_AI}|answer|respond|reply|output)\b",
    rf"\b(?:vanaf nu|fra nu af|desormais|a partir de maintenant|a partir d[ae] agora|de ahora en adelante|"
    rf"a partir de ahora|"
    rf"ab jetzt|von (?:nun|jetzt) an)\b.{{0,30}}\b(?:ben|bent|er|es|etes|eres|e|seras|antworte\w*|bist|sind|"
    rf"antwoord|svar\w*|reponds|repondez|"
    rf"responde\w*|schreib\w*|schrijf|skriv|ecris|ecrivez|escrib[ae]|escrev[ae])\b.{{0,60}}(?:\b{_AI}\b|\b(?:nur|"
    rf"alleen|kun|uniquement|"
    r"seulement|solo|so|apenas)\b|[:\"“«„])",
    r"\b(?:reveal|print|show|repeat|output)\W+(?:me\W+)?(?:your|the)\W+(?:system\W+|hidden\W+|"
    r"initial\W+)?(?:prompt|instructions)\b",
    r"\b(?:developer|god|dan|jailbreak) mode\b",
)
# A word to whoever writes the summary.
_TO_THE_WRITER = (
    rf"\b(?:note|message|instructions?|attention|memo) (?:to|for) (?:the |any |all |an )?{_AI}\b"
    r"(?! (?:working |task )?(?:group|team|committee|unit|force))"
    r"(?=\W*[:,;—–-]|[^.!?:]{0,20}:|\W+(?:summari[sz]\w+|reading|please|you)\b)",
    rf"\b(?:nota|note|melding|bericht|besked|hinweis|message|mensaje|mensagem|boodschap|opmerking|aviso|avis|"
    rf"consigne)"
    rf"(?: (?:para|a|aan|voor|til|pour|fur|an))?(?: (?:la|l'|el|o|a|de|die|das|den|het|le|ao|al))* ?{_AI}\s*[:,-]",
    rf"\b(?:dear|hey|attention|beste|kære|cher|chere|estimad[oa]|querid[oa]|liebe|lieber),? {_AI}\b\s*[,:!]",
    rf"\bas (?:the|an?) {_MODEL}\b"
    r"(?=\W+(?:you|your|please|write|say|ignore|answer|output|do|must|summari[sz]\w+|i)\b|\W*$)",
    r"\b(?:output|print|say|write|return) (?:only )?(?:the|this) (?:word|string|phrase|text)\b",
    r"\bwhen (?:you(?: are)? )?summari[sz](?:e|ing)\b.{0,60}\b(?:must|always|only|write|say|include|instead)\b",
    rf"\b{_SUMMARY}\W+(?:must|has to|shall|moet|skal|doit|debe|deve|muss)"
    r"\W+(?:[^\W_]+\W+){0,2}(?:say|read|begin|start|contain|zeggen|sige|dire|decir|dizer|sagen|beginnen|"
    r"commencer|empezar|comecar|starte)\b",
    r"\b(?:begin|start|end|prefix) (?:every|each|all) (?:points?|bullets?|lines?|sentences?|answers?|headlines?|"
    r"summar\w+)\b",
    r"\b(?:respond|reply|answer) only (?:with|in)\b"
    r"(?! (?:whatsapp|signal|slack|teams|writing|person|e-?mail|the (?:thread|channel|group)))",
    r"\b(?:antworte|antwoord|svar|reponds|repondez|responde|responda)\W+"
    r"(?:nur|alleen|kun|uniquement|seulement|solo|so|apenas)\W+(?:in|mit|met|med|avec|par|con|com)\b",
    # "Instead write: …": the words are dictated.
    r"\binstead,? (?:just |only |please )?(?:write|say|print|output|answer|reply|respond|return)\b(?: with|"
    r" only| just)*"
    r"(?:\s*[:\"“'‘«]|.{0,60}\bsummary\b)",
    r"\b(?:write|say|print|output|answer|reply|respond|return) instead\s*[:\"“'‘«]",
    r"\b(?:schrijf|zeg|antwoord|zet)\b.{0,20}\bin plaats daarvan\b.{0,40}(?:[:\"“'‘«„]|\bsamenvatting\b)",
    r"\bin plaats daarvan (?:schrijf|zeg|antwoord|zet)\b.{0,40}(?:[:\"“'‘«„]|\bsamenvatting\b)",
    r"\b(?:skriv|sig|svar)\b.{0,20}\bi stedet\b.{0,40}(?:[:\"“'‘«„]|\bresume)",
    r"\b(?:ecri[st]|ecrivez|dis|dites|reponds|repondez)\b.{0,20}\b(?:a la place|plutot)\b.{0,40}(?:[:\"“'‘«„]|"
    r"\bresume)",
    r"\b(?:a la place|au lieu de cela),? (?:ecri[st]|ecrivez|dis|dites|reponds|repondez)\b.{0,40}(?:[:\"“'‘«„]|"
    r"\bresume)",
    r"\b(?:en su lugar|en lugar de eso|en vez de eso),? (?:escrib[ae]|di|diga|responde|"
    r"responda)\b.{0,40}(?:[:\"“'‘«„]|\bresumen)",
    r"\b(?:escrib[ae]|di|diga|responde|responda)\b.{0,20}\ben su lugar\b.{0,40}(?:[:\"“'‘«„]|\bresumen)",
    r"\b(?:em vez disso|em seu lugar),? (?:escrev[ae]|di[zg]a?|respond[ae])\b.{0,40}(?:[:\"“'‘«„]|\bresumo)",
    r"\b(?:escrev[ae]|di[zg]a|respond[ae])\b.{0,20}\bem vez disso\b.{0,40}(?:[:\"“'‘«„]|\bresumo)",
    r"\b(?:schreib\w*|sage?|antworte\w*)\b.{0,20}\bstattdessen\b.{0,40}(?:[:\"“'‘«„]|\bzusammenfassung\b)",
    r"\bstattdessen (?:schreib\w*|sage?|antworte\w*)\b.{0,40}(?:[:\"“'‘«„]|\bzusammenfassung\b)",
    # "Write only X": in each language the verb of the order beside its "only".
    r"\b(?:schrijf|zeg) (?:alleen|enkel|uitsluitend)(?: maar)? (?:het woord|de tekst|(?-i:[A-Z]{4,}))",
    r"\b(?:skriv|sig) kun (?:ordet|teksten|(?-i:[A-Z]{4,}))",
    r"\b(?:ecris|ecrivez|dis|dites) (?:seulement|uniquement) (?:le mot|le texte|(?-i:[A-Z]{4,}))",
    r"\b(?:escribe|escriba|di|diga) (?:solo|solamente|unicamente) (?:la palabra|el texto|(?-i:[A-Z]{4,}))",
    r"\b(?:escreva|escreve|diga|diz) (?:so|somente|apenas) (?:a palavra|o texto|(?-i:[A-Z]{4,}))",
    r"\b(?:schreibe?|schreiben sie|sage?) (?:nur|ausschliesslich|ausschließlich) (?:das wort|den text|(?-i:[A-Z]{4,}))",
)
ORDERS = (*_FORGET, *_BE, *_TO_THE_WRITER)
"""Held against the text as one line, in any case."""

OTHER_SCRIPTS = (
    r"(?:忽略|无视|無視し|忽視).{0,12}(?:指令|指示|说明|提示)",
    r"(?:指令|指示|プロンプト)を(?:すべて)?(?:無視|忘れ)",
    r"(?:игнорируй|игнорировать|забудь)\w*.{0,30}(?:инструкци|указани)",
    r"(?:ігноруй|забудь)\w*.{0,30}(?:інструкці|вказівк)",
    r"تجاهل.{0,30}(?:التعليمات|الأوامر|تعليمات)",
)

COMPACT = (
    r"(?:ignore|disregard|forget)(?:all|any|the|of|my|your|these)*(?:previous|prior|above|"
    r"earlier)(?:instructions?|prompts?|rules)",
    r"(?:negeer|vergeet)alle?(?:vorige|eerdere)instructies",
    r"(?:ignorez?|oubliez?)(?:toutes)?les(?:instructions|consignes)precedentes",
    r"ignor[ae](?:todas)?(?:las|as)?(?:instrucciones|instrucoes)(?:anteriores|previas)",
    r"ignorierealle(?:vorherigen|bisherigen|obigen)anweisungen",
)
"""Held against the letters alone, for orders that are spaced or spelled out."""

BREAK_OUTS = (
    r"<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>|<start_of_turn>|<end_of_turn>",
    r"^[^\w\n]{0,3}(?:system|assistant|developer)(?: (?:prompt|message|note|override))?\s*:",
    r"^[ \t]*#{1,6}[ \t]*(?:system|instruction|assistant|response)s?\s*(?::|$)",
    r"\[\s*(?:system|assistant|developer)\b[^\]\n]{0,40}\]",
    r"```\s*(?:system|assistant|prompt)\b",
    r"</?\s*(?:system|assistant|instructions?|prompt|contributions?|data|context|user|tool_call|function_call|"
    r"untrusted\w*)\b"
    r"[^<>\n]{0,80}>",
    r"\"(?:points|cites|section|role|tool_calls)\"\s*:\s*[\"\[{]",
    r"[A-Za-z0-9+/]{80,}={0,2}",  # a blob that only a machine reads
    "[\U000e0000-\U000e007f]",  # invisible tags
)
"""Held against the text line by line."""
