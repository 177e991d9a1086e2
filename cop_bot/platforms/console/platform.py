"""The console, as the rest of the bot sees it: the demo and the tests bring it themselves."""

from __future__ import annotations

import re

from cop_bot.platforms.declaration import Platform

_NAME = re.compile(r"#[^\s#,.@<>]{1,80}")


def _channel(text: str) -> str | None:
    return text if _NAME.fullmatch(text) else None


PLATFORM = Platform(name="console", title="the console", channel=_channel)
