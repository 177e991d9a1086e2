"""From an invitation to a planned programme in Slack, through its true way in: a press, a form, a look, a yes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
from fakes.bot import Bot
from fakes.fake_slack import BOT, FakeSlack, fake_slack
from fakes.slack_requests import Workspace
from platform_inputs import calls_of
from support.community import Community, ports_on
from support.fake_chat import FakeChat
from support.hand_clock import HandClock

from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.ports import PlaceFound
from cop_bot.store.engine import Database
from handlers.inbound import Calls

CHANNEL = "C0LEARNING"


@dataclass
class RealBot(Bot):
    """The bot itself in the place of its stand-in."""

    own: Calls = field(kw_only=True)

    def calls(self) -> Calls:
        return self.own


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as server:
        yield server


async def test_from_the_invitation_to_the_calendar(database: Database, clock: HandClock, slack: FakeSlack) -> None:
    chat = FakeChat(clock, name="slack")
    chat.places[CHANNEL] = PlaceFound(CHANNEL, "cop-learning", bot_is_in=True)
    chat.present[CHANNEL] = ["U1", "U2"]
    cop = Community(ports_on(database, clock, chat), clock, chat)
    chat.people["U2"] = replace(chat.people["U2"], is_admin=True, language="da-DK", zone="Africa/Maputo")
    workspace = Workspace(RealBot(own=calls_of(cop.ports, "slack")), slack)

    await workspace.event(type="member_joined_channel", user=BOT, channel=CHANNEL, inviter="U2", team="T1")
    await cop.settle()
    (greeting,) = chat.said
    assert greeting.to.person == "U2"
    assert "Opret et program" in greeting.text

    await workspace.presses(f"setup {CHANNEL}", "cop:notice:2.0", user="U2", channel_id="D1")
    (form,) = slack.views
    first = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert list(first) == ["title", "what", "lines", "first_day", "days", "zone"]
    assert first["zone"]["initial_value"] == "Africa/Maputo"
    assert first["first_day"]["type"] == "datepicker"

    typed = {"title": "At lære sammen", "lines": "Tillid\nPenge\nFejl", "first_day": "2026-06-01"}
    look = (await workspace.sends(form, typed, user="U2")).json()["view"]
    assert "mandag den 1. juni 2026" in str(look["blocks"])
    assert await cop.rows(Programme) == []

    done = (await workspace.sends(look | {"id": "V1", "hash": "h2"}, {"next": "plan"}, user="U2")).json()["view"]
    assert "planlagt" in str(done["blocks"])
    assert [one.title["da"] for one in await cop.rows(Session)] == ["Tillid", "Penge", "Fejl"]

    stranger = (await workspace.sends(look | {"id": "V2"}, {"next": "plan"}, user="U1")).json()["view"]
    assert "administrators" in str(stranger["blocks"])
    assert len(await cop.rows(Programme)) == 1
