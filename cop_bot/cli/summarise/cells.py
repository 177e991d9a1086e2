"""Cells as forms and platforms export them, as somebody's words: without markup, and without answers that are none."""

from __future__ import annotations

import re
from html import unescape

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|i|u|s|em|strong|a|h[1-6]|blockquote|table|tr|td|th|tbody|thead|img|font|hr|pre|code)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_LINES = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^<>]{0,200}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_NO_ANSWER = frozenset(
    line.strip()
    for line in """
        n/a,n.a.,n.a,na,none,no,nil,null,nan,-,--,---,–,—,.,…,?,x,no answer,not applicable,no comment
        #name?,#ref!,#n/a,#value!,#null!,#div/0!
        nvt,n.v.t.,n.v.t,geen,nee,geen antwoord,aucun,aucune,néant,non,sans réponse
        ninguno,ninguna,nada,no aplica,sin respuesta,nenhum,nenhuma,não,ingen,nej,ikke relevant,hakuna,hapana
    """.replace("\n", ",").split(",")
    if line.strip()
)


def without_markup(text: str) -> str:
    """The text as a browser would show it; what is no markup stays."""
    if "<" in text and _MARKUP.search(text):
        lines = _MARKUP.sub("", _LINES.sub("\n", text))
        text = "\n".join(line.strip() for line in lines.split("\n"))
    if "&" in text and _ENTITY.search(text):
        text = unescape(text).replace("\xa0", " ")
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def is_no_answer(text: str) -> bool:
    """Whether a cell says that there is no answer, or that a spreadsheet could not compute one."""
    return text.strip().casefold() in _NO_ANSWER


def unquoted(text: str) -> str:
    """The text without lines that its author quotes of somebody else (`> …`), where anything else is left."""
    if ">" not in text:
        return text
    own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith((">", "&gt;"))).strip()
    return own or text
