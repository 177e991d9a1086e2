"""The console is a platform like any other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from chat_promises import ChatPromises, Town
from support.hand_clock import HandClock

from cop_bot.domain.member import Profile
from cop_bot.platforms.console.chat import ConsoleChat


class TestTheConsoleKeepsThePromises(ChatPromises):
    """What every platform promises."""

    @pytest.fixture
    def town(self) -> Town:
        clock = HandClock(datetime(2020, 11, 23, 8, tzinfo=UTC))
        chat = ConsoleChat(clock)
        place = chat.open_place("#cop-power")
        chat.join(place, Profile("amina", "Amina"))
        return Town(chat, place, "amina", clock.wall())
