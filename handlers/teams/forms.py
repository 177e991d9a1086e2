"""Dialogs as Teams wants them: a form in which to contribute, or what came of it."""

from __future__ import annotations

from typing import Any

from cop_bot.domain.message import Message
from cop_bot.platforms.teams.fallback import fallback
from cop_bot.platforms.teams.render import CONTENT_TYPE, card
from cop_bot.texts.forms import Form

KIND, TEXT, QUESTION = "kind", "text", "question"
"""What the form's fields are called when they come back."""

_LONGEST = 8_000
_TOLD = 1_000


def as_dialog(form: Form, text: str = "", kind: str = "") -> dict[str, Any]:
    """A dialog with the form; `text` and `kind` are what was filled in before."""
    answering = {
        "type": "Input.ChoiceSet",
        "id": QUESTION,
        "label": form.answering,
        "style": "compact",
        "wrap": True,
        "value": "",
        "choices": [{"title": shown, "value": at} for shown, at in form.questions.items()],
    }
    which = {
        "type": "Input.ChoiceSet",
        "id": KIND,
        "label": form.which,
        "style": "expanded",
        "value": kind if kind in form.kinds.values() else next(iter(form.kinds.values())),
        "choices": [{"title": shown, "value": command} for shown, command in form.kinds.items()],
    }
    what = {
        "type": "Input.Text",
        "id": TEXT,
        "label": form.what,
        "isMultiline": True,
        "isRequired": True,
        "errorMessage": form.missing,
        "maxLength": _LONGEST,
        **({"value": text} if text else {}),
    }
    about = card(form.about)["body"] if form.about else []
    shown_as = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": form.language,
        "body": [*about, which, *([answering] if form.questions else []), what],
        "actions": [{"type": "Action.Submit", "title": form.send, "style": "positive"}],
    }
    attachment = {"contentType": CONTENT_TYPE, "content": shown_as}
    shown = {"title": form.title, "height": "medium", "width": "medium", "card": attachment}
    return {"task": {"type": "continue", "value": shown}}


def told(message: Message) -> dict[str, Any]:
    """A dialog that says something; it has room for one sentence or two."""
    return {"task": {"type": "message", "value": fallback(message)[:_TOLD] or "🌱"}}
