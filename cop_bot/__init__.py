"""The bot that keeps the rhythm and the record of a Community of Practice."""

__version__ = "0.1.0"
