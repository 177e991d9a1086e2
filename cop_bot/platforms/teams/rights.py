"""What the bot may do in a team, and what it needs that for."""

from __future__ import annotations

RIGHTS = {
    "ChannelMessage.Read.Group": "posts that don't mention the bot: collected as they come, read after a down-time",
    "ChannelSettings.Read.Group": "names and kinds of the channels: to find the place, and to see that it is archived",
    "TeamMember.Read.Group": "who is there and who owns the team: whom to remind, and who facilitates",
    "TeamSettings.Read.Group": "the team's name, where the programme file names the channel by it",
    "TeamsActivity.Send.Group": "a reminder in the activity feed of a member who has not added the app",
}
"""Rights that hold in one team alone and that its owner gives with the installation -> what for."""
