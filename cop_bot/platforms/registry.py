"""Which platforms there are: every folder here that has a `platform.py`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from cop_bot import platforms
from cop_bot.domain.message import Message
from cop_bot.platforms.declaration import Platform
from cop_bot.rendering.splitting import Limits, split


@cache
def every() -> Mapping[str, Platform]:
    """All platforms by name, in the order of their names."""
    folders = sorted(found.name for found in pkgutil.iter_modules(platforms.__path__) if found.ispkg)
    declared = [importlib.import_module(f"{platforms.__name__}.{folder}.platform").PLATFORM for folder in folders]
    return {platform.name: platform for platform in declared}


def split_for(platform: str, message: Message) -> list[Message]:
    """The message in parts that this platform takes."""
    found = every().get(platform)
    return split(message, found.limits if found else Limits())


def channel(text: str) -> str | None:
    """A channel as one of the platforms names it, in the form that is kept; None if it is none anywhere."""
    return next((kept for platform in every().values() if (kept := platform.channel(text)) is not None), None)
