"""People whom a command names. Teams mentions them by an id that only this bot knows; the record has their Entra id."""

from __future__ import annotations

import re

from handlers.failures import log
from handlers.teams.activity import Heard

_PERSON = re.compile(r"<@(29:[^>|]+)(\|[^>]*)?>")
_MOST = 20


async def with_entra_ids(text: str, heard: Heard) -> str:
    """The command with people by their Entra ids; who can't be found stays as they came, and is known to nobody."""
    found: dict[str, str] = {}
    for account in dict.fromkeys(one[1] for one in _PERSON.finditer(text)):
        if len(found) < _MOST and (entra := await _entra_id(account, heard)):
            found[account] = entra
    return _PERSON.sub(lambda one: f"<@{found.get(one[1], one[1])}{one[2] or ''}>", text)


async def _entra_id(account: str, heard: Heard) -> str | None:
    try:
        member = await heard.api.conversations.get_member_by_id(heard.conversation.partition(";")[0], account)
    except Exception as error:  # noqa: BLE001 - somebody who is not in the conversation, or Teams is out of reach
        log("A person named in a command in Teams", error)
        return None
    found: str | None = member.aad_object_id
    return found
