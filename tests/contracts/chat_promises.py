"""What every chat platform promises to the use cases, whatever it is called. Subclass it and give it a `town`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from cop_bot.domain.message import Bullets, Button, Buttons, Heading, Message, Note, Paragraph, Words
from cop_bot.ports import Chat, Posted, Refused, To

KEY = "a1b2/session/1/opening"
OPENING = Message(
    (
        Heading("Theme 1"),
        Paragraph((Words("Welcome"),)),
        Bullets(((Words("Who decides?"),), (Words("Who pays?"),)), "Questions"),
        Note((Words("Until Sunday"),)),
        Buttons((Button("Pause", "settings pause 14d"),)),
    )
)


@dataclass
class Town:
    """A platform with one place, called `#cop-power`, and one member in it."""

    chat: Chat
    place: str
    person: str
    now: datetime


class ChatPromises:
    """The promises; `town` is a fixture of the subclass."""

    @pytest.mark.parametrize("whom", ["place", "person"])
    async def test_what_was_said_is_found_by_its_key_and_by_no_other(self, town: Town, whom: str) -> None:
        to = To(place=town.place) if whom == "place" else To(person=town.person)
        since = town.now - timedelta(minutes=1)
        assert await town.chat.find(to, KEY, since) is None
        posted = await town.chat.post(to, OPENING, KEY)
        assert isinstance(posted, Posted)
        assert await town.chat.find(to, KEY, since) == posted.ref
        assert await town.chat.find(to, f"{KEY}/2", since) is None

    async def test_a_reply_is_found_in_its_thread(self, town: Town) -> None:
        root = await town.chat.post(To(place=town.place), OPENING, KEY)
        assert isinstance(root, Posted)
        to = To(place=town.place, thread=root.ref.message)
        reply = await town.chat.post(to, OPENING, f"{KEY}/2")
        assert isinstance(reply, Posted)
        assert await town.chat.find(to, f"{KEY}/2", town.now - timedelta(minutes=1)) == reply.ref

    async def test_an_update_and_a_mark_can_be_repeated(self, town: Town) -> None:
        posted = await town.chat.post(To(place=town.place), OPENING, KEY)
        assert isinstance(posted, Posted)
        for _ in range(2):
            assert await town.chat.update(posted.ref, OPENING, KEY) == posted
        for marked in (True, True, False, False):
            assert await town.chat.react(posted.ref, marked) == Posted(posted.ref)

    async def test_a_message_that_is_not_there_can_not_be_replaced(self, town: Town) -> None:
        posted = await town.chat.post(To(place=town.place), OPENING, KEY)
        assert isinstance(posted, Posted)
        gone = type(posted.ref)(posted.ref.place, "1.000001")
        assert isinstance(await town.chat.update(gone, OPENING, KEY), Refused)

    async def test_nobody_is_nobody(self, town: Town) -> None:
        assert await town.chat.person("U404") is None
        assert await town.chat.person_by_email("nobody@example.org") is None
        assert await town.chat.place("#nowhere") is None

    async def test_the_place_is_known_by_name_and_by_id_with_its_members(self, town: Town) -> None:
        by_name, by_id = await town.chat.place("#cop-power"), await town.chat.place(town.place)
        assert by_name is not None
        assert by_name == by_id
        assert (by_name.platform_id, by_name.bot_is_in) == (town.place, True)
        assert town.person in await town.chat.members(town.place)
        found = await town.chat.person(town.person)
        assert found is not None
        assert (found.platform_id, found.is_person) == (town.person, True)

    async def test_our_own_words_are_not_among_the_posts(self, town: Town) -> None:
        await town.chat.post(To(place=town.place), OPENING, KEY)
        assert [post async for post in town.chat.history(town.place, town.now - timedelta(minutes=1))] == []
