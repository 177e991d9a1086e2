"""The way out to Microsoft Teams."""

from cop_bot.chat.teams.chat import TeamsChat

__all__ = ["TeamsChat"]
