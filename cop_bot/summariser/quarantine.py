"""Contributions that read like an order to the machine: kept and counted, but neither quoted nor sent to a model.

A wrong hit costs a facilitator one look, so the patterns ask for the words of such an order and not for a bad tone.
"""

from __future__ import annotations

import re
import unicodedata

from cop_bot.summariser.languages import URL, plain

_GAP = r"\W+(?:[^\W_]+\W+){0,4}?"
_ORDERS = (
    # Forget what you were told: en, nl, da, fr, es, pt, de.
    rf"\b(?:ignore|disregard|forget|override|bypass){_GAP}(?:previous|prior|above|earlier|preceding|foregoing|system)\W+"
    r"(?:[^\W_]+\W+)?(?:instructions?|prompts?|rules|directions|guidelines|commands|orders|messages|text)\b",
    rf"\b(?:ignore|disregard|forget|override|bypass){_GAP}your\W+(?:instructions?|prompts?|training)\b",
    r"\b(?:ignore|disregard|forget)\W+(?:all\W+)?(?:the\W+)?(?:instructions?|prompts?|rules|guidelines|text) above\b",
    r"\b(?:ignore|disregard|forget)\W+(?:everything|all|anything)\W+(?:above|before|you (?:were|have been) told)\b",
    rf"\b(?:negeer|vergeet){_GAP}(?:instructies?|opdrachten|aanwijzingen|regels hierboven|prompts?)\b",
    rf"\b(?:ignorer|glem|se bort fra){_GAP}(?:instrukser(?:ne)?|instruktioner(?:ne)?|anvisninger(?:ne)?|prompts?)\b",
    rf"\b(?:ignorez?|oubliez?|ne tenez pas compte d[eu]s?){_GAP}(?:instructions?|consignes|directives|prompts?)\b",
    rf"\b(?:ignor[ae]n?|olvid[ae]n?|haz caso omiso de){_GAP}(?:instrucciones|indicaciones|órdenes|prompts?)\b",
    rf"\b(?:ignor[ae]m?|esqueç[ao]m?|esquece|desconsider[ae]m?){_GAP}(?:instruções|instrucoes|orientações|ordens|prompts?)\b",
    rf"\b(?:ignorier(?:e|en|t)?|vergiss|vergesst|missachte){_GAP}(?:anweisung(?:en)?|instruktion(?:en)?|vorgaben|prompts?)\b",
    # Be somebody else, tell what you were told.
    r"\byou are now (?:an? )?(?:[^\W_]+ )?(?:ai|assistant|bot|chatbot|(?:language )?model|dan|pirate)\b",
    r"\b(?:reveal|print|show|repeat|output)\W+(?:me\W+)?(?:your|the)\W+(?:system\W+|hidden\W+|initial\W+)?(?:prompt|instructions)\b",
    # A word to whoever writes the summary.
    r"\b(?:note|message|instructions?|attention) (?:to|for) (?:the |any |all |an )?(?:ai|llm|assistant|chatbot|"
    r"summari[sz]er|language model)\b",
    r"\b(?:dear|hey|attention),? (?:ai|llm|chatbot|summari[sz]er|language model)\b",
    r"\bas (?:the|an?) (?:ai|llm|summari[sz]er|language model)\b",
    r"\b(?:output|print|say|write) (?:only )?(?:the|this) (?:word|string|phrase)\b",
    r"\bwhen (?:you(?: are)? )?summari[sz](?:e|ing)\b.{0,60}\b(?:must|always|only|write|say|include|instead)\b",
    r"\b(?:summary|samenvatting|resumé|résumé|resumen|resumo|zusammenfassung)\W+"
    r"(?:must|has to|shall|moet|skal|doit|debe|deve|muss)"
    r"\W+(?:only\W+)?(?:say|read|begin|start|contain|zeggen|sige|dire|decir|dizer|sagen)\b",
    r"\b(?:respond|reply|answer) only with\b",
    r"\b(?:antworte|antwoord|svar|réponds|répondez|responde|responda)\W+"
    r"(?:nur|alleen|kun|uniquement|solo|só|apenas)\W+(?:in|mit|met|med|avec|par|con|com)\b",
)  # fmt: skip
_BREAK_OUTS = (
    r"<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>|<start_of_turn>",
    r"^\W{0,3}(?:system|assistant|developer)(?: (?:prompt|message))?\s*:",
    r"</?\s*(?:system|assistant|instructions?|prompt|contributions?|data|context|user|tool_call|function_call)\b[^<>\n]{0,80}>",
    r"[A-Za-z0-9+/]{80,}={0,2}",  # a blob that only a machine reads
    "[\U000e0000-\U000e007f]",  # invisible tags
)
_ORDER = re.compile("|".join(f"(?:{pattern})" for pattern in _ORDERS), re.IGNORECASE)
_BREAK_OUT = re.compile("|".join(f"(?:{pattern})" for pattern in _BREAK_OUTS), re.IGNORECASE | re.MULTILINE)


def looks_like_an_instruction(text: str) -> bool:
    """Whether the text seems to be meant for a model and not for the members."""
    without_addresses = URL.sub(" ", text)
    if _BREAK_OUT.search(unicodedata.normalize("NFKC", without_addresses)):
        return True
    return _ORDER.search(plain(without_addresses)) is not None
