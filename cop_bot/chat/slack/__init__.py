"""The way out to Slack."""

from cop_bot.chat.slack.chat import SlackChat

__all__ = ["SlackChat"]
