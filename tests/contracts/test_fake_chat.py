"""The chat that the other tests talk to keeps the promises too, or they would prove nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from chat_promises import ChatPromises, Town
from support.fake_chat import FakeChat
from support.hand_clock import HandClock

from cop_bot.ports import PlaceFound, Profile


class TestTheFakeKeepsThePromises(ChatPromises):
    """What every platform promises."""

    @pytest.fixture
    def town(self) -> Town:
        clock = HandClock(datetime(2020, 11, 23, 8, tzinfo=UTC))
        chat = FakeChat(clock)
        chat.places["#cop-power"] = PlaceFound("C1", "cop-power", True)
        chat.present["C1"] = ["U1"]
        chat.people["U1"] = Profile("U1", "Amina")
        return Town(chat, "C1", "U1", clock.wall())
