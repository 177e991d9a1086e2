"""Private answers to what people type or tap, by whom they are for. Each takes the `language` of its reader last."""

from cop_bot.texts.answers import (
    asking,
    asking_facilitators,
    audit,
    facilitators,
    home,
    members,
    objections,
    personal,
    whole_reply,
)

__all__ = [
    "asking",
    "asking_facilitators",
    "audit",
    "facilitators",
    "home",
    "members",
    "objections",
    "personal",
    "whole_reply",
]
