"""The app's package: what an organisation uploads to Microsoft Teams to have its own app. Nothing is asked for that the
bot does not use.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cop_bot import __version__
from cop_bot.domain.errors import OperatorMistake
from cop_bot.languages import spoken
from cop_bot.platforms.teams.fallback import BOT
from cop_bot.platforms.teams.rights import RIGHTS
from cop_bot.texts import app_package
from cop_bot.texts.commands import COMMANDS
from cop_bot.texts.languages import Speech, speak
from handlers.teams.dialogs import CONTRIBUTE, KEEP
from handlers.teams.icons import colour, outline

IN_TEAMS = (
    *("help", "status", "idea", "ask", "resource", "feedback", "agenda", "summary", "find"),
    *("settings", "session", "programme"),
)
ALONE = (
    *("help", "status", "idea", "ask", "resource", "lesson", "withdraw", "agenda", "summary", "find"),
    *("settings pause", "settings off"),
)
"""What Teams offers while somebody types: at most twelve each, and everything else can be typed all the same."""

_LONGEST_LINE = 128
_LONGEST_URL = 2_048
_ADDRESS = re.compile(r"https://[!-~]+")
_THREE_NUMBERS = re.compile(r"(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){2}", re.ASCII)
_LOCALISED = "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.Localization.schema.json"
_SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def package(client_id: str, *, url: str, organisation: str, version: str = __version__) -> bytes:
    """The ZIP file, the same for the same arguments. `url` is the organisation's page about the bot and what it keeps.

    Raises OperatorMistake.
    """
    said = manifest(client_id, url=url, organisation=organisation, version=version)
    written = json.dumps(said, indent=2, ensure_ascii=False)
    contents = {"manifest.json": written.encode(), "color.png": colour(), "outline.png": outline()}
    for code in _others():
        translated = json.dumps(localisation(code), indent=2, ensure_ascii=False)
        contents[f"{code}.json"] = translated.encode()
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for name, content in contents.items():
            zipped.writestr(ZipInfo(name, _NO_TIME), content, ZIP_DEFLATED)
    return archive.getvalue()


def manifest(client_id: str, *, url: str, organisation: str, version: str = __version__) -> dict[str, Any]:
    """The manifest, version 1.29: the first with private messages, which slash commands are. Raises OperatorMistake."""
    client_id, name = _guid(client_id), BOT.removeprefix("@")
    return {
        "$schema": _SCHEMA,
        "manifestVersion": "1.29",
        "version": _version(version),
        "id": client_id,
        "developer": _developer(url, organisation),
        "name": {"short": name, "full": "CoP Bot for Communities of Practice"},
        "description": {
            "short": app_package.SHORT,
            "full": app_package.FULL,
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#2E6E54",
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot"},
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": code, "file": f"{code}.json"} for code in _others()],
        },
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


def localisation(code: str) -> dict[str, str]:
    """The manifest's words in one language, by where they stand in it (Microsoft's schema of localisation files)."""
    _ = speak(code)
    says = {
        f"description.{size}": _(words) for size, words in (("short", app_package.SHORT), ("full", app_package.FULL))
    }
    for place, (paths, _scope) in enumerate(((IN_TEAMS, "team"), (ALONE, "personal"))):
        for number, path in enumerate(paths):
            says[f"bots[0].commandLists[{place}].commands[{number}].description"] = _described(_, path)
    for number, extension in enumerate(_extensions()):
        for part in ("title", "description"):
            says[f"composeExtensions[0].commands[{number}].{part}"] = _(extension[part])
    return {"$schema": _LOCALISED, **says}


def _others() -> tuple[str, ...]:
    """The languages besides English."""
    return tuple(code for code in spoken() if code != "en")


def _guid(client_id: str) -> str:
    try:
        return str(UUID(client_id))
    except ValueError:
        raise OperatorMistake(
            f"{client_id} is no client id: it looks like 01234567-89ab-cdef-0123-456789abcdef."
        ) from None


def _developer(url: str, organisation: str) -> dict[str, str]:
    host = urlsplit(url).hostname if _ADDRESS.fullmatch(url) else None
    if not host or "." not in host or len(url) > _LONGEST_URL:
        raise OperatorMistake(f"--url {url}: Teams wants the address of a page, such as https://example.org/our-cop.")
    name = " ".join(organisation.split())
    if not name:
        raise OperatorMistake("--organisation: say who runs the bot; people read it before they add it.")
    return {"name": name[:32], "websiteUrl": url, "privacyUrl": url, "termsOfUseUrl": url}


def _version(version: str) -> str:
    if not _THREE_NUMBERS.fullmatch(version):
        raise OperatorMistake(f"--version {version}: Teams wants three numbers with dots, such as 1.0.1.")
    return version


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
    return {"title": path, "description": _described(speak("en"), path)}


def _described(_: Speech, path: str) -> str:
    says = {command.path: command.says for command in COMMANDS}
    family = (other.removeprefix(f"{path} ") for other in says if other.startswith(f"{path} "))
    words = _(says[path]) if path in says else f"{path} …: {', '.join(family)}"
    return words if len(words) <= _LONGEST_LINE else words[: _LONGEST_LINE - 1].rstrip() + "…"


def _extensions() -> list[dict[str, Any]]:
    return [
        {
            "id": KEEP,
            "type": "action",
            "title": app_package.KEEP,
            "description": app_package.KEEP_SAYS,
            "context": ["message"],
            "fetchTask": True,
        },
        {
            "id": CONTRIBUTE,
            "type": "action",
            "title": app_package.CONTRIBUTE,
            "description": app_package.CONTRIBUTE_SAYS,
            "context": ["compose"],
            "triggers": ["slash"],
            "fetchTask": True,
        },
    ]
