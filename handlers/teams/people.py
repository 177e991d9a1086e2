"""People whom a command names. Teams mentions them by an id that only this bot knows; the record has their Entra id."""

from __future__ import annotations

import re

from cop_bot.domain.member import Profile
from cop_bot.platforms.teams.fields import inner, listed, text_in
from handlers.failures import log
from handlers.inbound import Calls
from handlers.teams.activity import Heard

_PERSON = re.compile(r"<@(29:[^>|]+)(\|[^>]*)?>")
_MOST = 20


async def meet(calls: Calls, heard: Heard) -> None:
    """Remember the zone and the language that the client of whoever did it runs in; Teams tells them nowhere else."""
    client = next((one for one in listed(heard.said, "entities") if one.get("type") == "clientInfo"), {})
    zone = text_in(heard.said, "localTimezone") or text_in(client, "timezone")
    language = text_in(heard.said, "locale") or text_in(client, "locale")
    person = text_in(inner(heard.said, "from"), "aadObjectId")
    if not person or not (zone or language):
        return
    try:
        await calls.meet(Profile(person, "", zone, language))
    except Exception as error:  # noqa: BLE001 - what they did comes first
        log("What a client of Teams says of itself", error)


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
