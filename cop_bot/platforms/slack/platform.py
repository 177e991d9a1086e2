"""Slack, as the rest of the bot sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import ClassVar

from pydantic import Field, SecretStr

from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms.declaration import Exported, Platform, PlatformSettings
from cop_bot.ports import Chat
from cop_bot.rendering.splitting import Limits

API_URL = "https://slack.com/api/"
_NAME = re.compile(r"#[^\s#,.@<>]{1,80}")
_ID = re.compile(r"[A-Z0-9]{3,40}")


class SlackSettings(PlatformSettings):
    """A bot token, and either an app token or a signing secret."""

    headings: ClassVar[Mapping[str, str]] = {
        "SLACK": "Slack: a bot token, and either an app token (Socket Mode) or a signing secret (HTTP)"
    }

    bot_token: SecretStr | None = Field(
        None,
        validation_alias="SLACK_BOT_TOKEN",
        description="xoxb-…, from OAuth & Permissions in the settings of your Slack app.",
    )
    signing_secret: SecretStr | None = Field(
        None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="From Basic Information of your Slack app; for events over HTTP at /slack/events.",
    )
    app_token: SecretStr | None = Field(
        None,
        validation_alias="SLACK_APP_TOKEN",
        description="xapp-… with connections:write, from Basic Information; for Socket Mode, "
        "which needs no public address.",
    )
    api_url: str = Field(API_URL, validation_alias="SLACK_API_URL", description="Another Slack server, for tests.")

    @property
    def is_configured(self) -> bool:
        """Whether there is a bot token."""
        return self.bot_token is not None

    def must_be_enough(self, *, host: str, rehearsal: bool) -> None:
        """Raises OperatorMistake where events have no way in."""
        del host, rehearsal
        if self.app_token is None and self.signing_secret is None:
            raise OperatorMistake(
                "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is."
            )


def _open_chat(settings: SlackSettings) -> AbstractAsyncContextManager[Chat]:
    from cop_bot.platforms.slack.chat import SlackChat

    if settings.bot_token is None:
        raise OperatorMistake("SLACK_BOT_TOKEN is missing.")
    return SlackChat(settings.bot_token.get_secret_value(), api_url=settings.api_url)


def _channel(text: str) -> str | None:
    """`#cop-power`, or the id of a channel."""
    return text if _NAME.fullmatch(text) or _ID.fullmatch(text) else None


def _read_export(files: Mapping[str, bytes]) -> list[Exported] | None:
    from cop_bot.platforms.slack.export import read_export

    return read_export(files)


PLATFORM = Platform(
    name="slack",
    title="Slack",
    channel=_channel,
    # Slack takes 50 blocks in a message; the rest is room for a row of buttons that needs two. It refuses a message at
    # some 13,200 characters over all its blocks (slackapi/bolt-js#2509, measured by users).
    limits=Limits(most_blocks=45, most_characters=12_000),
    settings=SlackSettings,
    how_to_configure="set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)",
    open_chat=_open_chat,
    read_export=_read_export,
    way_in="handlers.slack.platform:slack_way_in",
)
