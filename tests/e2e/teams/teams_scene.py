"""A tenant and a bot that runs as a process of its own: what members do there, and how the bot is told."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from e2e.faulty_slack import free_port
from e2e.served import Served, serving
from e2e.waiting import soon
from fakes.fake_teams import fake_teams
from fakes.teams_tenant import APP, CHANNEL, GROUP, TENANT, Said, Tenant

LINK = (
    "https://teams.microsoft.com/l/channel/19%3Acop%40thread.tacv2/cop-power"
    f"?groupId={GROUP}&tenantId={TENANT}&ngc=true"
)
TEAM = "19:team@thread.tacv2"
BOT = {"id": f"28:{APP}", "name": "CoP Bot"}
TOKEN = jwt.encode({"aud": "https://api.botframework.com", "appid": APP, "exp": 4_000_000_000}, "k" * 32)
THREE_WEEKS = Path(__file__).parents[1] / "three-weeks.yaml"

_US = "<at>CoP Bot</at>"
_MENTION = {"type": "mention", "mentioned": BOT, "text": _US}


@dataclass
class Scene:
    """What the tenant holds, and the bot in it."""

    tenant: Tenant
    bot: Served
    port: int
    session: aiohttp.ClientSession
    anchor: tuple[datetime, datetime, float] | None = None
    _invoked: count[int] = field(default_factory=lambda: count(1))

    async def is_ready(self) -> bool:
        """Whether the bot serves and knows its place."""
        try:
            async with self.session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                ready = await answer.json()
        except aiohttp.ClientError:
            return False
        if answer.status != 200:
            return False
        rehearsal = ready["rehearsal"]
        self.anchor = datetime.now(UTC), datetime.fromisoformat(rehearsal["programme_time"]), rehearsal["speed"]
        return True

    def now(self) -> datetime:
        """The programme's time."""
        assert self.anchor is not None
        wall, programme, speed = self.anchor
        return programme + (datetime.now(UTC) - wall) * speed

    async def until(self, moment: datetime) -> None:
        """Wait for a moment of the programme."""
        await soon(lambda: self.now() >= moment, moment.isoformat(), 60)

    async def has_said(self, key: str) -> None:
        """Wait until the bot has said this in the channel."""
        await soon(lambda: key in self.said(), key, 45)

    def said(self, conversation: str = CHANNEL) -> list[str]:
        """What the bot said in a conversation, in order, without the database's name."""
        cards = (card for card in self.tenant.ours(conversation) if card["body"][0].get("id"))
        return [str(card["body"][0]["id"]).partition("/")[2] for card in cards]

    def words(self, key: str, conversation: str = CHANNEL) -> str:
        """What it said under this key."""
        cards = (card for card in self.tenant.ours(conversation) if card["body"][0].get("id", "").endswith(key))
        return str(next(cards)["fallbackText"])

    def told(self, person: str) -> list[str]:
        """What the bot said to this person alone."""
        return [str(card["fallbackText"]) for card in self.tenant.ours(f"a:{person}")]

    async def says(self, person: str, text: str, under: Said | None = None, **more: Any) -> Said:
        """A member posts, and the bot hears of it."""
        message = self.tenant.says(person, f"<p>{html.escape(text)}</p>", root=under["id"] if under else None)
        assert await self.send(self.told_of(message, **more)) == 200
        return message

    async def edits(self, message: Said, text: str) -> None:
        """Its author says it differently."""
        self.tenant.edit(message, f"<p>{html.escape(text)}</p>")
        assert await self.send(self.told_of(message, "messageUpdate", "editMessage")) == 200

    async def deletes(self, message: Said) -> None:
        """Its author takes it back."""
        self.tenant.delete(message)
        assert await self.send(self.told_of(message, "messageDelete", "softDeleteMessage")) == 200

    async def restores(self, message: Said, text: str) -> None:
        """Its author brings it back."""
        self.tenant.restore(message, f"<p>{html.escape(text)}</p>")
        assert await self.send(self.told_of(message, "messageUpdate", "undeleteMessage")) == 200

    async def mentions(self, person: str, text: str, under: Said | None = None) -> str:
        """A member writes to the bot in the channel; what only they see of the answer."""
        before = len(self.tenant.whispered)
        message = self.tenant.says(
            person,
            f'<p><at id="0">CoP Bot</at> {html.escape(text)}</p>',
            root=under["id"] if under else None,
            mentions=[{"id": 0, "mentionText": "CoP Bot", "mentioned": {"application": {"id": APP}}}],
        )
        activity = self.told_of(message, text=f"{_US} {text}", textFormat="plain", entities=[_MENTION])
        assert await self.send(activity) == 200
        cards = (one["attachments"][0]["content"] for _, one in self.tenant.whispered[before:])
        return "\n".join(str(card["fallbackText"]) for card in cards)

    async def writes_to_bot(self, person: str, text: str) -> str:
        """A member writes to the bot alone; the answer."""
        before = len(self.told(person))
        message = self.tenant.put(f"a:{person}", {"user": {"id": person}}, html.escape(text), None)
        alone = {"id": f"a:{person}", "conversationType": "personal", "tenantId": TENANT}
        here = self.told_of(message, text=text, conversation=alone, channelData={"tenant": {"id": TENANT}})
        assert await self.send(here) == 200
        return "\n".join(self.told(person)[before:])

    async def presses(self, person: str, command: str, under: Said | None = None) -> Said:
        """A member presses a button of a notice in the channel; what Teams is answered."""
        data = {"action": {"type": "Action.Execute", "verb": "cop", "data": {"command": command, "notice": True}}}
        return await self.invoke(person, "adaptiveCard/action", data, under)

    async def invoke(self, person: str, name: str, value: Said, under: Said | None = None) -> Said:
        """A gesture that Teams wants an answer to."""
        root = under or self.tenant.messages[CHANNEL][0]
        activity = self.told_of(root) | {
            "type": "invoke",
            "name": name,
            "value": value,
            "id": f"f:{next(self._invoked)}",
            "from": _account(person),
        }
        async with self.session.post(self._address(), json=activity) as answer:
            assert answer.status == 200, await answer.text()
            found: Said = await answer.json()
            return found

    def told_of(self, message: Said, kind: str = "message", happened: str | None = None, **more: Any) -> Said:
        """The activity with which Teams tells the bot of a message in the channel, as it stands now."""
        channel_data: Said = {
            "team": {"id": TEAM, "aadGroupId": GROUP},
            "channel": {"id": CHANNEL},
            "tenant": {"id": TENANT},
        }
        return {
            "type": kind,
            "id": message["id"],
            "timestamp": message["lastModifiedDateTime"],
            "serviceUrl": self.tenant.service_url,
            "channelId": "msteams",
            "from": _account(message["from"].get("user", {}).get("id", "")),
            "recipient": BOT,
            "conversation": {
                "id": f"{CHANNEL};messageid={message['replyToId'] or message['id']}",
                "conversationType": "channel",
                "isGroup": True,
                "tenantId": TENANT,
            },
            "channelData": channel_data | ({"eventType": happened} if happened else {}),
            "attachments": [{"contentType": "text/html", "content": message["body"]["content"]}],
            **more,
        }

    async def send(self, activity: Said, **headers: str) -> int:
        """The service tells the bot; the status of the answer."""
        async with self.session.post(self._address(), data=json.dumps(activity), headers=headers) as answer:
            return answer.status

    def _address(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/messages"


def _account(person: str) -> Said:
    return {"id": f"29:{person}", "aadObjectId": person, "name": person.title()}


def programme_in(folder: Path, slug: str, platform: str) -> Path:
    """The file of three weeks, under this id and in this place."""
    file = folder / f"{slug}.yaml"
    text = THREE_WEEKS.read_text().replace('{channel: "#cop-power"}', platform)
    file.write_text(text.replace("id: three-weeks", f"id: {slug}"))
    return file


@asynccontextmanager
async def playing(
    folder: Path,
    starts: str,
    speed: float,
    people: tuple[str, ...],
    prepare: Callable[[Tenant], None] | None = None,
    programmes: Sequence[Path] = (),
    **more: str,
) -> AsyncIterator[Scene]:
    """A tenant with these people in the team (Sifa facilitates), and a bot that serves it in a rehearsal; `prepare` is
    called before it starts, with `programmes` besides the usual one and `more` settings.
    """
    usual = programme_in(folder, "three-weeks", f'{{kind: teams, channel: "{LINK}"}}')
    async with fake_teams() as tenant, aiohttp.ClientSession() as session:
        tenant.is_live = True
        tenant.add_team(owner="olga")
        tenant.add_channel("cop-power")
        for person in people:
            tenant.join(person)
        if prepare:
            prepare(tenant)
        port = free_port()
        settings = {
            "COP_DATABASE_URL": f"sqlite:///{folder}/cop.db",
            "COP_PROGRAMMES": ",".join(str(file) for file in (usual, *programmes)),
            "COP_PORT": str(port),
            "TEAMS_CLIENT_ID": APP,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_ACCESS_TOKEN": TOKEN,
            "TEAMS_SERVICE_URL": tenant.service_url,
            "GRAPH_BASE_URL": tenant.graph_url,
            "TEAMS_TRUST_LOOPBACK": "true",
            **more,
        }
        bot = Served(folder, settings, ("--rehearse-from", starts, "--speed", str(speed)))
        scene = Scene(tenant, bot, port, session)
        with serving(bot):
            await _serves(scene)
            yield scene


async def _serves(scene: Scene) -> None:
    late = datetime.now(UTC).timestamp() + 40
    while not await scene.is_ready():
        assert datetime.now(UTC).timestamp() < late, scene.bot.log_file.read_text()[-3000:]
        await asyncio.sleep(0.1)
