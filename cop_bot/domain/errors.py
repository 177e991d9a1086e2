"""What can go wrong, in words for the operator who can mend it; what members did wrong lies in `mistakes.py`."""

from __future__ import annotations


class CopError(Exception):
    """Anything the bot says itself, in one sentence."""

    def __str__(self) -> str:
        return super().__str__() or type(self).__name__


class OperatorMistake(CopError):
    """Something in the settings or the set-up that the operator has to change; shown on the terminal, exit status 2."""


class SummariserFailed(CopError):
    """The summariser could not write a summary this time; it is tried again later."""


class ChatUnavailable(CopError):
    """The platform could not be asked just now."""


class PlaceGone(ChatUnavailable):
    """The platform knows no such place any more, at least not for us."""
