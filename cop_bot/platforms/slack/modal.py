"""Views of Slack's: a form as a modal, what was filled in, and the home; within the limits of its reference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cop_bot.domain.form import Choice, Day, Field, Form, Text
from cop_bot.domain.message import Buttons, Message
from cop_bot.platforms.slack.render import blocks

CALLBACK = "cop:form"
"""What our modals call themselves when they come back."""

_TITLE = 24
_LABEL = 2_000
_OPTION = 75
_OPTIONS = 100
_RADIO = 10
_LONGEST = 3_000
_METADATA = 3_000
_BLOCKS = 100
_VALUE = "v:"
"""Before each value: Slack takes none that is empty."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was asked for; it travels with the modal, which belongs to no place by itself."""

    command: str
    place: str | None = None
    thread: str | None = None
    kept: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, metadata: object) -> Origin:
        """As it came back. Raises ValueError for what is none of ours."""
        found = json.loads(metadata) if isinstance(metadata, str) else None
        if not isinstance(found, dict) or not isinstance(found.get("command"), str):
            raise ValueError("a view without an origin")
        place, thread, kept = found.get("place"), found.get("thread"), found.get("kept")
        return cls(
            found["command"],
            place if isinstance(place, str) else None,
            thread if isinstance(thread, str) else None,
            {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {},
        )

    def written(self) -> str:
        """For `private_metadata`, which Slack keeps and nobody sees. Raises ValueError for more than it takes."""
        written = json.dumps(asdict(self), ensure_ascii=False)
        if len(written) > _METADATA:
            raise ValueError("more is kept than a view has room for")
        return written


def modal(form: Form, origin: Origin) -> dict[str, Any]:
    """The view with the form in it; what the form keeps goes with the origin."""
    origin = replace(origin, command=form.command, kept=dict(form.kept))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": origin.written(),
        "title": _short(form.title, _TITLE),
        "submit": _short(form.send, _TITLE),
        "close": _short(form.cancel, _TITLE),
        "blocks": [*(blocks(form.about) if form.about else []), *map(_input, form.fields)],
    }


def told(message: Message, title: str, close: str) -> dict[str, Any]:
    """A view that says what came of it. What it offers to press stays out: buttons answer where they were pressed, and
    a view is gone by then.
    """
    said = [block for block in message.blocks if not isinstance(block, Buttons)]
    return {
        "type": "modal",
        "title": _short(title, _TITLE),
        "close": _short(close, _TITLE),
        "blocks": blocks(Message(tuple(said), message.language))[:_BLOCKS],
    }


def home(message: Message) -> dict[str, Any]:
    """The view of the app's home."""
    return {"type": "home", "blocks": blocks(message)[:_BLOCKS]}


def filled_in(view: dict[str, Any]) -> dict[str, str]:
    """Field -> what was filled in; "" where nothing was."""
    state = (view.get("state") or {}).get("values") or {}
    return {str(name): _value(next(iter(actions.values()), {})) for name, actions in state.items()}


def _value(element: dict[str, Any]) -> str:
    chosen = element.get("selected_option")
    if isinstance(chosen, dict):
        return str(chosen.get("value") or "").removeprefix(_VALUE)
    return str(element.get("value") or element.get("selected_date") or "")


def _input(field: Field) -> dict[str, Any]:
    may_be_empty = {"optional": True} if isinstance(field, Text) and field.optional else {}
    label = _short(field.label, _LABEL)
    return {"type": "input", "block_id": field.name, "label": label, "element": _element(field), **may_be_empty}


def _element(field: Field) -> dict[str, Any]:
    match field:
        case Choice():
            return _choice(field)
        case Day():
            first = {"initial_date": field.day} if field.day else {}
            return {"type": "datepicker", "action_id": field.name, **first}
        case Text():
            return _text(field)


def _choice(field: Choice) -> dict[str, Any]:
    options = [
        {"text": _short(shown, _OPTION), "value": f"{_VALUE}{value}"} for shown, value in field.options[:_OPTIONS]
    ]
    first = next((one for one in options if one["value"] == f"{_VALUE}{field.first}"), options[0])
    kind = "radio_buttons" if field.open and len(options) <= _RADIO else "static_select"
    return {"type": kind, "action_id": field.name, "options": options, "initial_option": first}


def _text(field: Text) -> dict[str, Any]:
    return {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": not field.one_line,
        "max_length": min(field.longest, _LONGEST),
        **({"initial_value": field.text[: min(field.longest, _LONGEST)]} if field.text else {}),
    }


def _short(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": text if len(text) <= most else text[: most - 1] + "…", "emoji": False}
