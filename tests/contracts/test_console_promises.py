"""The console is a platform like any other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from chat_promises import ChatPromises, Town
from ground.hand_clock import HandClock

from cop_bot.chat.console import ConsoleChat
from cop_bot.domain.member import Profile


class TestTheConsoleKeepsThePromises(ChatPromises):
    """What every platform promises."""

    @pytest.fixture
    def town(self) -> Town:
        clock = HandClock(datetime(2020, 11, 23, 8, tzinfo=UTC))
        chat = ConsoleChat(clock)
        place = chat.open_place("#cop-power")
        chat.join(place, Profile("amina", "Amina"))
        return Town(chat, place, "amina", clock.wall())
