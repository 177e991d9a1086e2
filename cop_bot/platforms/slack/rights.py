"""What the bot may do in a workspace, and what it needs that for."""

from __future__ import annotations

SCOPES = {
    "app_mentions:read": "`@CoP Bot …`, the commands inside threads",
    "channels:history": "posts in public channels: collected as they come, read after a down-time",
    "channels:read": "names and members of public channels: to find the place, and whom to remind",
    "chat:write": "openings, summaries and answers",
    "commands": "`/cop`",
    "groups:history": "as channels:history, in private channels the bot was invited to",
    "groups:read": "as channels:read, for private channels",
    "im:history": "commands in the direct conversation, and finding a reminder again whose delivery is in doubt",
    "im:write": "reminders go to one person alone",
    "reactions:write": "the quiet mark on what was kept",
    "users:read": "names, and each member's own time zone",
    "users:read.email": "facilitators are named by e-mail address in the programme file",
}
"""Each permission, and what it is for."""
