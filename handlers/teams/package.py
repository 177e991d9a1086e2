"""The app's package: what an organisation uploads to Microsoft Teams to have its own app. Nothing is asked for that the
bot does not use.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cop_bot import __version__
from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms.teams.fallback import BOT
from cop_bot.texts.commands import COMMANDS
from handlers.teams.dialogs import CONTRIBUTE, KEEP
from handlers.teams.icons import colour, outline

RIGHTS = {
    "ChannelMessage.Read.Group": "posts that don't mention the bot: collected as they come, read after a down-time",
    "ChannelSettings.Read.Group": "names and kinds of the channels: to find the place, and to see that it is archived",
    "TeamMember.Read.Group": "who is there and who owns the team: whom to remind, and who facilitates",
    "TeamSettings.Read.Group": "the team's name, where the programme file names the channel by it",
    "TeamsActivity.Send.Group": "a reminder in the activity feed of a member who has not added the app",
}
"""Rights that hold in one team alone and that its owner gives with the installation -> what for."""

IN_TEAMS = (
    *("help", "status", "idea", "ask", "resource", "feedback", "agenda", "summary", "find"),
    *("settings", "session", "programme"),
)
ALONE = (
    *("help", "status", "idea", "ask", "resource", "lesson", "withdraw", "agenda", "summary", "find"),
    *("settings pause", "settings off"),
)
"""What Teams offers while somebody types: at most twelve each, and everything else can be typed all the same."""

_SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def package(client_id: str, *, url: str, organisation: str) -> bytes:
    """The ZIP file, the same for the same arguments. `url` is the organisation's page about the bot and what it keeps.

    Raises OperatorMistake.
    """
    written = json.dumps(manifest(client_id, url=url, organisation=organisation), indent=2, ensure_ascii=False)
    contents = {"manifest.json": written.encode(), "color.png": colour(), "outline.png": outline()}
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for name, content in contents.items():
            zipped.writestr(ZipInfo(name, _NO_TIME), content, ZIP_DEFLATED)
    return archive.getvalue()


def manifest(client_id: str, *, url: str, organisation: str) -> dict[str, Any]:
    """The manifest, version 1.29: the first with private messages, which slash commands are. Raises OperatorMistake."""
    client_id, name = _guid(client_id), BOT.removeprefix("@")
    return {
        "$schema": _SCHEMA,
        "manifestVersion": "1.29",
        "version": __version__,
        "id": client_id,
        "developer": _developer(url, organisation),
        "name": {"short": name, "full": "CoP Bot for Communities of Practice"},
        "description": {
            "short": "Keeps the rhythm and the record of a Community of Practice",
            "full": "Opens and closes the sessions of a programme, collects what is contributed, reminds those who "
            "wish it, and summarises each session with links to what was said. Outside an open session it keeps "
            "nothing.",
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#2E6E54",
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot"},
        "bots": [_bot(client_id)],
        "composeExtensions": [{"botId": client_id, "commands": _extensions()}],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [],
        # The address that Microsoft prescribes for apps which ask for rights in single teams and for nothing else.
        "webApplicationInfo": {"id": client_id, "resource": "https://RscBasedStoreApp"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": right, "type": "Application"} for right in RIGHTS]}
        },
    }


def _guid(client_id: str) -> str:
    try:
        return str(UUID(client_id))
    except ValueError:
        raise OperatorMistake(
            f"{client_id} is no client id: it looks like 01234567-89ab-cdef-0123-456789abcdef."
        ) from None


def _developer(url: str, organisation: str) -> dict[str, str]:
    if not url.startswith("https://"):
        raise OperatorMistake(f"--url {url}: Teams wants the address of a page, beginning with https://.")
    return {"name": organisation[:32], "websiteUrl": url, "privacyUrl": url, "termsOfUseUrl": url}


def _bot(client_id: str) -> dict[str, Any]:
    return {
        "botId": client_id,
        "scopes": ["team", "personal"],
        "isNotificationOnly": False,
        "supportsFiles": False,
        "supportsTargetedMessages": True,
        "commandLists": [
            {"scopes": ["team"], "triggers": ["mention", "slash"], "commands": [_offered(path) for path in IN_TEAMS]},
            {"scopes": ["personal"], "commands": [_offered(path) for path in ALONE]},
        ],
    }


def _offered(path: str) -> dict[str, str]:
    """A command with its line of the help; the first word of several, which asks for help, with these."""
    says = {command.path: command.says for command in COMMANDS}
    family = (other.removeprefix(f"{path} ") for other in says if other.startswith(f"{path} "))
    return {"title": path, "description": says.get(path) or f"{path} …: {', '.join(family)}"}


def _extensions() -> list[dict[str, Any]]:
    return [
        {
            "id": KEEP,
            "type": "action",
            "title": "Add to CoP session",
            "description": "Keep this message as a contribution to the open session",
            "context": ["message"],
            "fetchTask": True,
        },
        {
            "id": CONTRIBUTE,
            "type": "action",
            "title": "Contribute",
            "description": "Give an idea, a question, a resource or a lesson to the open session",
            "context": ["compose"],
            "triggers": ["slash"],
            "fetchTask": True,
        },
    ]
