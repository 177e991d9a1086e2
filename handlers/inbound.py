"""What the ways in from the platforms call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from cop_bot.domain.form import Form
from cop_bot.domain.member import Profile
from cop_bot.domain.message import Message
from cop_bot.domain.post import Post
from handlers.gesture import Gesture


@dataclass(frozen=True, slots=True)
class Calls:
    """The bot's own functions, handed in. Platforms wait a few seconds for them: none may wait for a network."""

    record: Callable[[Post], Awaitable[None]]
    """Returns when the post is committed; an error makes the platform deliver it again."""

    answer: Callable[[Gesture, str], Awaitable[Message]]
    """Obeys a command. A message without blocks says nothing, as for a command that was delivered again."""

    apologise: Callable[[str], Message]
    """What a member reads when something broke; the argument is the reference that stands in the log."""

    look_at_place: Callable[[str | None], Awaitable[None]]
    """Something about this place (None: about several) changed, its name, whether it is open to us: find out what."""

    move_place: Callable[[str, str], Awaitable[None]]
    """A place has another id from now on: the old one, the new one."""

    invited: Callable[[str, str], Awaitable[None]]
    """The bot was brought into this place by this person."""

    keep: Callable[[Gesture, Post], Awaitable[Message]]
    """Somebody wants this message kept, whoever wrote it; the answer to them."""

    open_form: Callable[[Gesture, str, str], Awaitable[Form | Message | None]]
    """Somebody whose platform speaks this language (last) asks for this command: the form for what it lacks; a message
    says why there is none now. None: the command is to be obeyed.
    """

    submit_form: Callable[[Gesture, str, Mapping[str, str], str], Awaitable[Form | Message]]
    """The form for this command was filled in so, in this language: what came of it, or the form again."""

    reach_again: Callable[[str], Awaitable[None]]
    """This person can be written to alone from now on, which may not have been so."""

    reread: Callable[[Post, Callable[[], Awaitable[None]]], Awaitable[None]]
    """This message may show more than was told: read it soon. The second is called where nothing of it can be read."""

    meet: Callable[[Profile], Awaitable[None]]
    """The platform told something of a person with what they did: their zone and language."""

    catch_up: Callable[[], Awaitable[None]]
    """Posts may have been missed until now: read the history soon."""
