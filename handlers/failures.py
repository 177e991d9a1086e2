"""When something goes wrong: a member reads one sentence, the log has the whole story without anybody's words."""

from __future__ import annotations

import logging
import secrets
import traceback

from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import MemberMistake
from cop_bot.texts import mistakes
from handlers.gesture import Gesture
from handlers.inbound import Calls

_LOG = logging.getLogger(__name__)


async def obey(calls: Calls, gesture: Gesture, text: str) -> Message:
    """The answer to a command; a mistake or a failure is an answer too."""
    try:
        return await calls.answer(gesture, text)
    except MemberMistake as mistake:
        return mistakes.told(mistake)
    except Exception as error:  # noqa: BLE001 - a member waits for a sentence
        return calls.apologise(log(f"A command on {gesture.platform}", error))


def log(what: str, error: BaseException) -> str:
    """Write the story down under a reference, which is returned.

    Errors quote what they could not handle, and that may be what a member wrote: only their types and places are kept.
    """
    reference = secrets.token_hex(3).upper()
    story: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        kind = f"{type(cause).__module__}.{type(cause).__name__}\n"
        story = [*traceback.format_tb(cause.__traceback__), kind, *story]
        cause = cause.__cause__ or cause.__context__
    _LOG.error("%s could not be handled (reference %s).\n%s", what, reference, "".join(story))
    return reference
