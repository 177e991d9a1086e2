"""Dialogs as Teams wants them: a form in which to contribute, or what came of it."""

from __future__ import annotations

from typing import Any

from cop_bot.domain.form import Choice, Day, Field, Form
from cop_bot.domain.message import Message
from cop_bot.platforms.teams.fallback import fallback
from cop_bot.platforms.teams.render import CONTENT_TYPE, card

COMMAND = "command"
"""What the form is for, beside its fields when they come back."""

_TOLD = 1_000


def as_dialog(form: Form) -> dict[str, Any]:
    """A dialog with the form."""
    about = card(form.about)["body"] if form.about else []
    shown_as = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": form.language,
        "body": [*about, *map(_field, form.fields)],
        "actions": [
            {
                "type": "Action.Submit",
                "title": form.send,
                "style": "positive",
                "data": {**dict(form.kept), COMMAND: form.command},
            }
        ],
    }
    attachment = {"contentType": CONTENT_TYPE, "content": shown_as}
    shown = {"title": form.title, "height": "medium", "width": "medium", "card": attachment}
    return {"task": {"type": "continue", "value": shown}}


def _field(field: Field) -> dict[str, Any]:
    if isinstance(field, Choice):
        return {
            "type": "Input.ChoiceSet",
            "id": field.name,
            "label": field.label,
            "style": "expanded" if field.open else "compact",
            "wrap": True,
            "value": field.first,
            "choices": [{"title": shown, "value": value} for shown, value in field.options],
        }
    asked = {"id": field.name, "label": field.label, "isRequired": True, "errorMessage": field.missing}
    if isinstance(field, Day):
        return {"type": "Input.Date", **asked, **({"value": field.day} if field.day else {})}
    if field.optional:
        asked |= {"isRequired": False}
    return {
        "type": "Input.Text",
        **asked,
        "isMultiline": not field.one_line,
        "maxLength": field.longest,
        **({"value": field.text} if field.text else {}),
    }


def told(message: Message) -> dict[str, Any]:
    """A dialog that says something; it has room for one sentence or two."""
    return {"task": {"type": "message", "value": fallback(message)[:_TOLD] or "🌱"}}
