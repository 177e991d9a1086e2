"""A Microsoft Teams tenant in memory: what the fake Teams service writes and the fake Graph reads."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

Said = dict[str, Any]

APP = "bot-app-id"
TENANT = "0a0b0c0d-1111-4222-8333-444455556666"
GROUP = "0f1e2d3c-0000-4000-8000-000000000001"
CHANNEL = "19:cop@thread.tacv2"


_BEGIN = datetime.fromtimestamp(1_780_000_000, UTC)


@dataclass
class Fault:
    """What happens to one call: `kind` is limited, before, after, drop, hang, html or an HTTP status."""

    kind: str
    code: str = "Forbidden"
    retry_after: str | None = "7"


@dataclass
class Tenant:
    """To be set up and looked at by tests. Messages have the shape of Graph's chatMessage."""

    groups: dict[str, Said] = field(default_factory=dict)
    channels: dict[str, dict[str, Said]] = field(default_factory=lambda: defaultdict(dict))
    members: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    messages: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    """By conversation: a channel's id, or that of a direct conversation."""
    has_app: set[str] = field(default_factory=set)
    notified: list[tuple[str, Said]] = field(default_factory=list)
    calls: list[tuple[str, Said]] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    whispered: list[tuple[str, Said]] = field(default_factory=list)
    """What only one person sees, with the conversation in which it stands."""
    page: int = 3
    is_live: bool = False
    """Time passes here as it does outside, for a bot that runs as a process of its own."""
    now: datetime = _BEGIN
    service_url: str = ""
    graph_url: str = ""
    violations: list[str] = field(default_factory=list)
    """What Graph was asked that its description does not know."""

    def add_team(self, group: str = GROUP, name: str = "Shifting the power", *, owner: str | None = None) -> None:
        """A team with an owner."""
        self.groups[group] = {"id": group, "displayName": name}
        if owner:
            self.join(owner, group, roles=["owner"])

    def add_channel(self, name: str, channel: str = CHANNEL, group: str = GROUP, **more: Any) -> str:
        """A standard channel; returns the id of the place."""
        known = {"id": channel, "displayName": name, "membershipType": "standard", "isArchived": False}
        self.channels[group][channel] = known | more
        return f"{group}/{channel}"

    def join(self, person: str, group: str = GROUP, *, roles: list[str] | None = None, app: bool = True) -> None:
        """A member, with the app or without."""
        row = {
            "@odata.type": "#microsoft.graph.aadUserConversationMember",
            "id": f"membership-{person}",
            "roles": roles or [],
            "displayName": person.title(),
            "userId": person,
            "email": f"{person}@example.org",
            "tenantId": TENANT,
        }
        self.members[group].append(row)
        if app:
            self.has_app.add(person)

    def says(self, person: str, html: str, *, root: str | None = None, channel: str = CHANNEL, **more: Any) -> Said:
        """Somebody posts; returns the message."""
        return self.put(channel, {"user": {"id": person, "displayName": person.title()}}, html, root, **more)

    def put(self, channel: str, by: Said, html: str, root: str | None = None, **more: Any) -> Said:
        """A new message, by anybody; its root counts as changed."""
        self._pass()
        number, when = str(int(self.now.timestamp() * 1000)), self.stamp()
        group = next((group for group, several in self.channels.items() if channel in several), "")
        parent = f"&parentMessageId={root or number}"
        message = {
            "id": number,
            "messageType": "message",
            "createdDateTime": when,
            "lastModifiedDateTime": when,
            "lastEditedDateTime": None,
            "deletedDateTime": None,
            "replyToId": root,
            "from": by,
            "body": {"contentType": "html", "content": html},
            "attachments": [],
            "mentions": [],
            "webUrl": f"https://teams.microsoft.com/l/message/{channel}/{number}?groupId={group}{parent}",
            **more,
        }
        self.messages[channel].append(message)
        self.touch(channel, root)
        return message

    def edit(self, message: Said, html: str, channel: str = CHANNEL) -> None:
        """Its author says it differently."""
        self._pass()
        message["body"] = {"contentType": "html", "content": html}
        message["lastEditedDateTime"] = message["lastModifiedDateTime"] = self.stamp()
        self.touch(channel, message["replyToId"])

    def delete(self, message: Said, channel: str = CHANNEL) -> None:
        """Its author takes it back; Graph goes on listing it, empty."""
        self._pass()
        message["body"] = {"contentType": "html", "content": ""}
        message["deletedDateTime"] = message["lastModifiedDateTime"] = self.stamp()
        self.touch(channel, message["replyToId"])

    def restore(self, message: Said, html: str, channel: str = CHANNEL) -> None:
        """Its author brings back what they had deleted."""
        self._pass()
        message["body"] = {"contentType": "html", "content": html}
        message["deletedDateTime"], message["lastModifiedDateTime"] = None, self.stamp()
        self.touch(channel, message["replyToId"])

    def _pass(self) -> None:
        """A moment later: no two things happen in the same."""
        step = timedelta(milliseconds=1) if self.is_live else timedelta(seconds=1)
        self.now = max(self.now + step, datetime.now(UTC)) if self.is_live else self.now + step

    def touch(self, channel: str, root: str | None) -> None:
        """A thread has changed."""
        for message in self.messages[channel]:
            if message["id"] == root:
                message["thread_changed"] = self.stamp()

    def stamp(self) -> str:
        """Now, as Graph writes it."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def message(self, channel: str, number: str) -> Said | None:
        """A message by its id."""
        return next((one for one in self.messages[channel] if one["id"] == number), None)

    def fail(self, call: str, kind: str, **more: Any) -> None:
        """The next call of this name meets this fault; several queue up."""
        self.faults[call].append(Fault(kind, **more))

    def called(self, name: str) -> list[Said]:
        """The bodies of all calls of this name."""
        return [body for call, body in self.calls if call == name]

    def ours(self, channel: str = CHANNEL) -> list[Said]:
        """The cards that the bot has posted in a conversation."""
        by_us = (message for message in self.messages[channel] if message["from"].get("application"))
        return [json.loads(message["attachments"][0]["content"]) for message in by_us]


async def before(fault: Fault | None) -> web.Response | None:
    """The answer of a fault that keeps the call from being obeyed."""
    match fault:
        case None | Fault(kind="after" | "drop" | "hang"):
            return None
        case Fault(kind="before"):
            return refusal(503, "ServiceUnavailable")
        case Fault(kind="html"):
            return web.Response(text="<html>maintenance</html>", content_type="text/html")
        case Fault(kind="limited", retry_after=wait):
            return refusal(429, "TooManyRequests", {"Retry-After": wait} if wait is not None else {})
        case Fault(kind=status, code=code):
            return refusal(int(status), code)


async def after(fault: Fault | None, request: web.Request, answer: web.Response) -> web.Response:
    """The call was obeyed; what becomes of the answer."""
    if fault and fault.kind == "after":
        return refusal(504, "GatewayTimeout")
    if fault and fault.kind == "drop":
        assert request.transport is not None
        request.transport.abort()
    if fault and fault.kind == "hang":
        await asyncio.Event().wait()
    return answer


def refusal(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    """Both services name what was wrong in the same way."""
    return web.json_response({"error": {"code": code, "message": code}}, status=status, headers=headers or {})
