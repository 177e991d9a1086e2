"""The same people on every platform: what they do there, how the bot hears of it at once, and what can be seen."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from fakes.fake_slack import BOT, FakeSlack, fake_slack
from fakes.fake_teams import fake_teams
from fakes.teams_tenant import APP, CHANNEL, GROUP, TENANT, Tenant
from support.hand_clock import HandClock

from cop_bot.domain.member import Profile
from cop_bot.domain.message import Buttons
from cop_bot.domain.post import Post
from cop_bot.platforms.console.chat import BOT_ID, ConsoleChat
from cop_bot.platforms.slack.chat import SlackChat
from cop_bot.platforms.slack.parse import post_from_event, post_from_message
from cop_bot.platforms.teams.chat import TeamsChat
from cop_bot.platforms.teams.identity import TeamsIdentity
from cop_bot.platforms.teams.parse import post_from_activity
from cop_bot.ports import Chat, Ref
from cop_bot.rendering.text import as_text

CHANNEL_NAME = "#cop-power"
PEOPLE = ("amina", "bram", "carla")


class Stage(Protocol):
    """One platform. Every act returns the message's id and the post that the bot is told of at once."""

    @property
    def chat(self) -> Chat: ...

    def says(self, who: str, text: str, under: str | None = None) -> tuple[str, Post | None]: ...

    def edits(self, message: str, text: str) -> Post | None: ...

    def deletes(self, message: str) -> Post | None: ...

    def shown(self) -> list[str]:
        """The bot's messages in the channel, in plain text without addresses and buttons."""


@dataclass
class OnConsole:
    """The twin without a platform."""

    chat: ConsoleChat

    def says(self, who: str, text: str, under: str | None = None) -> tuple[str, Post | None]:
        post = self.chat.say("cop-power", who, text, thread=under)
        return post.message, post

    def edits(self, message: str, text: str) -> Post | None:
        return self.chat.edit(Ref("cop-power", message), text)

    def deletes(self, message: str) -> Post | None:
        return self.chat.delete(Ref("cop-power", message))

    def shown(self) -> list[str]:
        said = (one for one in self.chat.said.values() if one.author == BOT_ID and one.ref.place == "cop-power")
        ours = (one.message for one in said if one.message)
        quiet = (replace(m, blocks=tuple(b for b in m.blocks if not isinstance(b, Buttons))) for m in ours)
        return [words(as_text(message, addresses=False)) for message in quiet]


@asynccontextmanager
async def on_console(clock: HandClock) -> AsyncIterator[Stage]:
    """The console with everybody in the channel."""
    chat = ConsoleChat(clock)
    place = chat.open_place(CHANNEL_NAME)
    for person in PEOPLE:
        chat.join(place, Profile(person, person.title()))
    yield OnConsole(chat)


@dataclass
class OnSlack:
    """Slack, as its events and its Web API tell."""

    slack: FakeSlack
    chat: SlackChat
    clock: HandClock

    def says(self, who: str, text: str, under: str | None = None) -> tuple[str, Post | None]:
        self.slack.now = int(self.clock.wall().timestamp())
        message = self.slack.says("C1", who, text, **({"thread_ts": under} if under else {}))
        return message["ts"], post_from_message(message, "C1", BOT)

    def edits(self, message: str, text: str) -> Post | None:
        said = self._said(message)
        before = dict(said)
        said.update(text=text, edited={"user": said["user"], "ts": f"{int(self.clock.wall().timestamp())}.000000"})
        return self._happened("message_changed", message=said, previous_message=before)

    def deletes(self, message: str) -> Post | None:
        said = self._said(message)
        self.slack.messages["C1"].remove(said)
        return self._happened("message_deleted", previous_message=said, deleted_ts=message)

    def shown(self) -> list[str]:
        return [words(slack_text(one["text"])) for one in self.slack.messages["C1"] if one.get("bot_id")]

    def _said(self, message: str) -> dict[str, Any]:
        return next(one for one in self.slack.messages["C1"] if one["ts"] == message)

    def _happened(self, subtype: str, **more: Any) -> Post | None:
        return post_from_event({"type": "message", "subtype": subtype, "channel": "C1", "ts": "1.2", **more}, BOT)


@asynccontextmanager
async def on_slack(clock: HandClock) -> AsyncIterator[Stage]:
    """A workspace with everybody in the channel."""
    async with fake_slack() as slack, SlackChat("xoxb-test", api_url=slack.base_url) as chat:
        slack.channels["C1"] = {"id": "C1", "name": "cop-power", "is_member": True}
        slack.members["C1"] = [*PEOPLE, BOT]
        slack.users = {
            person: {"id": person, "name": person, "profile": {"display_name": person.title()}} for person in PEOPLE
        }
        yield OnSlack(slack, chat, clock)


@dataclass
class OnTeams:
    """Teams, as its activities and Graph tell."""

    tenant: Tenant
    chat: TeamsChat
    clock: HandClock

    def says(self, who: str, text: str, under: str | None = None) -> tuple[str, Post | None]:
        self.tenant.now = self.clock.wall()
        message = self.tenant.says(who, f"<p>{html.escape(text)}</p>", root=under)
        return message["id"], self._arrived(message, type="message")

    def edits(self, message: str, text: str) -> Post | None:
        said = self._said(message)
        self.tenant.now = self.clock.wall()
        self.tenant.edit(said, f"<p>{html.escape(text)}</p>")
        return self._arrived(said, type="messageUpdate", channelData={"eventType": "editMessage"})

    def deletes(self, message: str) -> Post | None:
        said = self._said(message)
        self.tenant.now = self.clock.wall()
        self.tenant.delete(said)
        return self._arrived(said, type="messageDelete", channelData={"eventType": "softDeleteMessage"})

    def shown(self) -> list[str]:
        return [words(teams_text(card)) for card in self.tenant.ours()]

    def _said(self, message: str) -> dict[str, Any]:
        said = self.tenant.message(CHANNEL, message)
        assert said is not None
        return said

    def _arrived(self, message: dict[str, Any], **more: Any) -> Post | None:
        activity = {
            "id": message["id"],
            "timestamp": self.tenant.stamp(),
            "from": {"id": f"29:{message['from']['user']['id']}", "aadObjectId": message["from"]["user"]["id"]},
            "recipient": {"id": f"28:{APP}"},
            "conversation": {
                "id": f"{CHANNEL};messageid={message['replyToId'] or message['id']}",
                "conversationType": "channel",
            },
            "attachments": [{"contentType": "text/html", "content": message["body"]["content"]}],
            **more,
        }
        return post_from_activity(activity, GROUP)


@asynccontextmanager
async def on_teams(clock: HandClock) -> AsyncIterator[Stage]:
    """A tenant with everybody in the team."""
    identity = TeamsIdentity(APP, None, TENANT, "a.fixed.token")
    async with (
        fake_teams() as tenant,
        TeamsChat(identity, service_url=tenant.service_url, graph_url=tenant.graph_url) as chat,
    ):
        tenant.add_team()
        place = tenant.add_channel("cop-power")
        for person in PEOPLE:
            tenant.join(person)
        await chat.place(place)
        tenant.now = clock.wall() - timedelta(hours=1)
        yield OnTeams(tenant, chat, clock)
        assert tenant.violations == []


STAGES: dict[str, Callable[[HandClock], AbstractAsyncContextManager[Stage]]] = {
    "console": on_console,
    "slack": on_slack,
    "teams": on_teams,
}


def words(text: str) -> str:
    """The lines without what layout adds."""
    lines = (" ".join(line.removeprefix("• ").split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def slack_text(text: str) -> str:
    """Its tokens as a reader without Slack would see them."""
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<(?:https?|console)://[^|>]*\|([^>]*)>", r"\1", text)
    return html.unescape(text.replace("`", ""))


def teams_text(card: dict[str, Any]) -> str:
    """Its text with commands as they are typed elsewhere, without addresses and without what buttons do."""
    text = re.sub(r" \(https?://[^)\s]*\)", "", card["fallbackText"]).replace("@CoP Bot ", "/cop ")
    rows = (element["actions"] for element in card["body"] if element["type"] == "ActionSet")
    buttons = tuple(f"• {action['title']}: /cop " for row in rows for action in row)
    return "\n".join(line for line in text.splitlines() if not line.startswith(buttons or "\0"))
