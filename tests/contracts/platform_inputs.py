"""The same gestures on every platform, each through its true way in; and what the one who makes them reads."""

from __future__ import annotations

import html
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, cast

from fakes.asgi import request
from fakes.bot import Bot
from fakes.fake_slack import BOT
from fakes.slack_requests import Workspace
from fakes.teams_tenant import APP, CHANNEL, GROUP, TENANT
from platform_worlds import OnConsole, OnSlack, OnTeams, Stage, slack_text, teams_text, words

from cop_bot.domain.message import Buttons, Message
from cop_bot.domain.post import Post
from cop_bot.platforms.teams.identity import TeamsIdentity
from cop_bot.ports import Ports, Ref
from cop_bot.rendering.text import as_text
from cop_bot.texts import answers
from cop_bot.usecases.people.greet_inviter import greet_inviter
from cop_bot.usecases.people.meet_person import meet_person
from cop_bot.usecases.people.set_reminders import reach_again
from cop_bot.usecases.people.sync_places import look_again, move_place
from cop_bot.usecases.record.record_posts import record_posts
from cop_bot.usecases.record.reread_message import reread_message
from handlers.commands import dispatch as commands
from handlers.commands.form import open_form, submit_form
from handlers.commands.keep import keep
from handlers.console.posts import written
from handlers.inbound import Calls
from handlers.intake import Intake
from handlers.platform import WayIn
from handlers.teams.app import PATH, open_endpoint
from handlers.web.app import web_app

Said = dict[str, Any]


class Door(Protocol):
    """What members do in the channel. Messages are named by their ids."""

    async def says(self, who: str, text: str, under: str | None = None) -> str: ...

    async def edits(self, message: str, text: str) -> None: ...

    async def deletes(self, message: str) -> None: ...

    async def mentions(self, who: str, text: str, under: str | None = None) -> str:
        """Write to the bot; the private answer in plain text, without addresses and buttons."""


def calls_of(ports: Ports, platform: str) -> Calls:
    """As the running bot makes them."""

    async def catch_up() -> None:
        raise AssertionError("nothing is missed here")

    async def reread(post: Post, unreadable: Callable[[], Awaitable[None]]) -> None:
        if not await reread_message(ports, post):
            await unreadable()

    return Calls(
        record=Intake(partial(record_posts, ports)).record,
        answer=partial(commands.answer, ports),
        apologise=_apologise,
        look_at_place=partial(look_again, ports, platform),
        move_place=partial(move_place, ports, platform),
        invited=partial(greet_inviter, ports, platform),
        keep=partial(keep, ports),
        open_form=partial(open_form, ports),
        submit_form=partial(submit_form, ports),
        reach_again=partial(reach_again, ports, platform),
        reread=reread,
        meet=partial(meet_person, ports, platform),
        catch_up=catch_up,
    )


def _apologise(reference: str) -> Message:
    return answers.personal.apology(reference)


@dataclass
class ByConsole:
    """The members sit at the same machine."""

    stage: OnConsole
    ports: Ports
    calls: Calls

    async def says(self, who: str, text: str, under: str | None = None) -> str:
        post = self.stage.chat.say("cop-power", who, text, thread=under)
        assert await written(self.ports, self.calls.record, post) is None
        return post.message

    async def edits(self, message: str, text: str) -> None:
        await written(self.ports, self.calls.record, self.stage.chat.edit(Ref("cop-power", message), text))

    async def deletes(self, message: str) -> None:
        await written(self.ports, self.calls.record, self.stage.chat.delete(Ref("cop-power", message)))

    async def mentions(self, who: str, text: str, under: str | None = None) -> str:
        post = self.stage.chat.say("cop-power", who, f"@CoP Bot {text}", thread=under)
        answer = await written(self.ports, self.calls.record, post)
        assert answer is not None
        quiet = replace(answer, blocks=tuple(block for block in answer.blocks if not isinstance(block, Buttons)))
        return words(as_text(quiet, addresses=False))


@asynccontextmanager
async def by_console(stage: Stage, ports: Ports) -> AsyncIterator[Door]:
    yield ByConsole(cast("OnConsole", stage), ports, calls_of(ports, "console"))


@dataclass
class BySlack:
    """Slack's events, through Bolt."""

    stage: OnSlack
    workspace: Workspace

    async def says(self, who: str, text: str, under: str | None = None) -> str:
        message = self._write(who, html.escape(text, quote=False), under)
        await self._tell(message)
        return str(message["ts"])

    async def edits(self, message: str, text: str) -> None:
        said = self._said(message)
        before = dict(said)
        at = f"{int(self.stage.clock.wall().timestamp())}.000000"
        said |= {"text": html.escape(text, quote=False), "edited": {"user": said["user"], "ts": at}}
        await self._tell({"subtype": "message_changed", "message": said, "previous_message": before, "ts": at})

    async def deletes(self, message: str) -> None:
        said = self._said(message)
        self.stage.slack.messages["C1"].remove(said)
        at = f"{int(self.stage.clock.wall().timestamp())}.000000"
        gone = {"subtype": "message_deleted", "previous_message": said, "deleted_ts": message, "ts": at}
        await self._tell(gone)

    async def mentions(self, who: str, text: str, under: str | None = None) -> str:
        before = len(self.stage.slack.private)
        message = self._write(who, f"<@{BOT}> {html.escape(text, quote=False)}", under)
        await self._tell(message)
        await self._tell(message | {"type": "app_mention"})
        return words("\n".join(slack_text(one["text"]) for one in self.stage.slack.private[before:]))

    def _write(self, who: str, text: str, under: str | None) -> Said:
        self.stage.slack.now = int(self.stage.clock.wall().timestamp())
        return self.stage.slack.says("C1", who, text, **({"thread_ts": under} if under else {}))

    def _said(self, message: str) -> Said:
        return next(one for one in self.stage.slack.messages["C1"] if one["ts"] == message)

    async def _tell(self, event: Said) -> None:
        answer = await self.workspace.event(**{"type": "message", "channel": "C1", "channel_type": "channel"} | event)
        assert answer.status_code == 200


@dataclass
class _Standing(Bot):
    """Hands the true calls to whoever builds an app for tests."""

    true: Calls | None = None

    def calls(self) -> Calls:
        assert self.true is not None
        return self.true


@asynccontextmanager
async def by_slack(stage: Stage, ports: Ports) -> AsyncIterator[Door]:
    on_slack = cast("OnSlack", stage)
    yield BySlack(on_slack, Workspace(_Standing(true=calls_of(ports, "slack")), on_slack.slack))


@dataclass
class ByTeams:
    """Teams' activities, through its SDK."""

    stage: OnTeams
    web: Any

    async def says(self, who: str, text: str, under: str | None = None) -> str:
        self.stage.tenant.now = self.stage.clock.wall()
        message = self.stage.tenant.says(who, f"<p>{html.escape(text)}</p>", root=under)
        await self._tell(message)
        return str(message["id"])

    async def edits(self, message: str, text: str) -> None:
        said = self._said(message)
        self.stage.tenant.edit(said, f"<p>{html.escape(text)}</p>")
        await self._tell(said, "messageUpdate", "editMessage")

    async def deletes(self, message: str) -> None:
        said = self._said(message)
        self.stage.tenant.delete(said)
        await self._tell(said, "messageDelete", "softDeleteMessage")

    async def mentions(self, who: str, text: str, under: str | None = None) -> str:
        self.stage.tenant.now = self.stage.clock.wall()
        before = len(self.stage.tenant.whispered)
        by_graph = [{"id": 0, "mentionText": "CoP Bot", "mentioned": {"application": {"id": APP}}}]
        body = f'<p><at id="0">CoP Bot</at> {html.escape(text)}</p>'
        message = self.stage.tenant.says(who, body, root=under, mentions=by_graph)
        entity = {"type": "mention", "text": "<at>CoP Bot</at>", "mentioned": {"id": f"28:{APP}", "name": "CoP Bot"}}
        await self._tell(message, text=f"<at>CoP Bot</at> {text}", textFormat="plain", entities=[entity])
        cards = (one["attachments"][0]["content"] for _, one in self.stage.tenant.whispered[before:])
        return words("\n".join(teams_text(card) for card in cards))

    def _said(self, message: str) -> Said:
        said = self.stage.tenant.message(CHANNEL, message)
        assert said is not None
        self.stage.tenant.now = self.stage.clock.wall()
        return said

    async def _tell(self, message: Said, kind: str = "message", happened: str = "", **more: Any) -> None:
        who = message["from"]["user"]["id"]
        activity = {
            "type": kind,
            "id": message["id"],
            "timestamp": message["lastModifiedDateTime"],
            "serviceUrl": self.stage.tenant.service_url,
            "channelId": "msteams",
            "from": {"id": f"29:{who}", "aadObjectId": who, "name": who.title()},
            "recipient": {"id": f"28:{APP}", "name": "CoP Bot"},
            "conversation": {
                "id": f"{CHANNEL};messageid={message['replyToId'] or message['id']}",
                "conversationType": "channel",
                "isGroup": True,
                "tenantId": TENANT,
            },
            "channelData": {
                "team": {"id": "19:team@thread.tacv2", "aadGroupId": GROUP},
                "channel": {"id": CHANNEL},
                "tenant": {"id": TENANT},
                **({"eventType": happened} if happened else {}),
            },
            "attachments": [{"contentType": "text/html", "content": message["body"]["content"]}],
            **more,
        }
        answer = await request(
            self.web, "POST", PATH, json.dumps(activity).encode(), {"content-type": "application/json"}
        )
        assert answer.status_code == 200, answer.text


@asynccontextmanager
async def by_teams(stage: Stage, ports: Ports) -> AsyncIterator[Door]:
    on_teams = cast("OnTeams", stage)
    identity = TeamsIdentity(APP, None, TENANT, "a.fixed.token")
    opened = open_endpoint(
        calls_of(ports, "teams"), identity, service_url=on_teams.tenant.service_url, trust_loopback=True
    )
    async with opened as endpoint:
        yield ByTeams(on_teams, web_app([WayIn("teams", _listening, PATH, endpoint)], _ready))


async def _listening() -> str:
    return "listening"


async def _ready() -> tuple[bool, Said]:
    return True, {}


DOORS: dict[str, Callable[[Stage, Ports], AbstractAsyncContextManager[Door]]] = {
    "console": by_console,
    "slack": by_slack,
    "teams": by_teams,
}
