"""What members ask of the bot: `/cop …`, `@CoP Bot …`, and what they write to it alone."""

from __future__ import annotations

from cop_bot.domain.message import Message
from cop_bot.domain.post import Post
from cop_bot.platforms.console.parse import after_mention
from cop_bot.ports import Ports
from handlers.commands.dispatch import answer
from handlers.gesture import Gesture

PLATFORM = "console"


async def typed(ports: Ports, person: str, place: str, text: str) -> Message:
    """`/cop TEXT` in a place; as elsewhere it can't be typed in a thread. Returns the private answer."""
    return await answer(ports, Gesture(PLATFORM, person, place=place), text)


async def mentioned(ports: Ports, post: Post) -> Message:
    """A message in a place or a thread that begins with the bot's name. Returns the private answer."""
    gesture = Gesture(PLATFORM, post.author, place=post.place, thread=post.thread, message=post.message)
    return await answer(ports, gesture, after_mention(post.text))


async def told_alone(ports: Ports, person: str, message: str, text: str) -> Message:
    """A direct message is a command, with or without a mention; `message` is its id. Returns the answer."""
    return await answer(ports, Gesture(PLATFORM, person, message=message), after_mention(text))
