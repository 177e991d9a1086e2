"""The app's manifest: what an organisation pastes into Slack to create its own app from.

Nothing is asked for that the bot does not use. Token rotation is off, because a bot that speaks by the clock can't
wait for an incoming event to renew its token; deployment to a whole organisation is off, because the bot serves one
workspace.
"""

from __future__ import annotations

from typing import Any

from cop_bot.platforms.slack.rights import SCOPES
from handlers.slack.commands import COMMAND
from handlers.slack.forms import FEEDBACK, KEEP
from handlers.slack.home import OPENED
from handlers.slack.places import CHANGES, MEMBERSHIP

EVENTS = (OPENED, "app_mention", "message.channels", "message.groups", "message.im", *MEMBERSHIP, *CHANGES)
"""What Slack tells us; each has a listener."""


def manifest(socket_mode: bool, request_url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP at `request_url`, the public address of `/slack/events`."""
    if not socket_mode and not request_url:
        raise ValueError("over HTTP the manifest needs the public address of /slack/events")
    address = {} if socket_mode else {"url": request_url}
    delivered = {} if socket_mode else {"request_url": request_url}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "CoP Bot",
            "description": "Keeps the rhythm and the record of a Community of Practice",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "shortcuts": [
                {
                    "name": "Add to CoP session",
                    "type": "message",
                    "callback_id": KEEP,
                    "description": "Keep this message as a contribution",
                },
                {
                    "name": "Give feedback",
                    "type": "message",
                    "callback_id": FEEDBACK,
                    "description": "Say what you think of this contribution",
                },
            ],
            "bot_user": {"display_name": "CoP Bot", "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Take part in this channel's sessions, or steer them",
                    "usage_hint": "help | status | idea TEXT | agenda | summary | settings …",
                    # People and channels arrive as ids and not as names that may be anybody's.
                    "should_escape": True,
                    **address,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**delivered, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **delivered},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }
