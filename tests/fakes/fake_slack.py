"""A Slack of our own on the loopback: the methods that the bot calls, and the ways in which they go wrong.

It keeps Slack's promises that matter here: ids that grow, pages, threads, direct conversations, reactions that can't be
added twice, metadata on request only.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

BOT = "U0BOT"
BOT_ID = "B0BOT"

Answer = dict[str, Any]


@dataclass
class Fault:
    """What happens to one call: `kind` is limited, before, after, drop, hang, html or the error Slack names."""

    kind: str
    retry_after: str | None = "7"


@dataclass
class FakeSlack:
    """The state of the workspace, to be set up and looked at by tests."""

    messages: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    users: dict[str, Answer] = field(default_factory=dict)
    channels: dict[str, Answer] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[tuple[str, Answer]] = field(default_factory=list)
    private: list[Answer] = field(default_factory=list)
    ignores_pages: bool = False
    page: int = 3
    now: int = 1_780_000_000
    base_url: str = ""
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acknowledged: list[Answer] = field(default_factory=list)
    views: list[Answer] = field(default_factory=list)
    homes: dict[str, Answer] = field(default_factory=dict)

    async def deliver(self, envelope: str, kind: str, payload: Answer) -> None:
        """Send an envelope over the newest socket."""
        outer = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self.sockets[-1].send_json(outer)

    def fail(self, method: str, kind: str, retry_after: str | None = "7") -> None:
        """The next call of this method meets this fault; several queue up."""
        self.faults[method].append(Fault(kind, retry_after))

    async def answering(self, request: web.Request, arguments: Answer) -> None:
        """What happens between taking a call and answering it: here nothing."""

    def called(self, method: str) -> list[Answer]:
        """The arguments of all calls of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    def says(self, channel: str, user: str, text: str, **more: Any) -> Answer:
        """Somebody posts; returns the message. `ts` may be given."""
        self.now += 1
        message = {"type": "message", "user": user, "text": text, "ts": f"{self.now}.000100", **more}
        self.messages[channel].append(message)
        root = next((one for one in self.messages[channel] if one["ts"] == message.get("thread_ts")), None)
        if root is not None and root is not message:
            root.update(thread_ts=root["ts"], reply_count=root.get("reply_count", 0) + 1, latest_reply=message["ts"])
        return message


@asynccontextmanager
async def fake_slack(workspace: FakeSlack | None = None) -> AsyncIterator[FakeSlack]:
    """A running server; `base_url` is what slack_sdk wants."""
    slack = workspace or FakeSlack()

    async def method(request: web.Request) -> web.StreamResponse:
        return await _serve(slack, request)

    async def socket(request: web.Request) -> web.StreamResponse:
        return await _connect(slack, request)

    app = web.Application()
    app.router.add_route("*", "/api/{method}", method)
    app.router.add_get("/socket", socket)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    slack.base_url = f"http://127.0.0.1:{port}/api/"
    try:
        yield slack
    finally:
        await runner.cleanup()


async def _serve(slack: FakeSlack, request: web.Request) -> web.StreamResponse:
    name = request.match_info["method"]
    arguments = await _arguments(request)
    slack.calls.append((name, arguments))
    fault = slack.faults[name].popleft() if slack.faults[name] else None
    early = await _before(fault)
    if early is not None:
        return early
    answer = _METHODS[name](slack, arguments) if name in _METHODS else _refuse("unknown_method")
    if fault and fault.kind == "after":
        return web.Response(status=500, text="upstream broke")
    if fault and fault.kind == "drop":
        assert request.transport is not None
        request.transport.abort()
    if fault and fault.kind == "hang":
        await asyncio.Event().wait()
    await slack.answering(request, arguments)
    return web.json_response(answer)


async def _connect(slack: FakeSlack, request: web.Request) -> web.StreamResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    slack.sockets.append(socket)
    await socket.send_json({"type": "hello", "num_connections": 1})
    async for message in socket:
        slack.acknowledged.append(json.loads(message.data))
    return socket


async def _before(fault: Fault | None) -> web.Response | None:
    match fault:
        case None | Fault(kind="after" | "drop" | "hang"):
            return None
        case Fault(kind="before"):
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        case Fault(kind="html"):
            return web.Response(text="<html>maintenance</html>", content_type="text/html")
        case Fault(kind="limited", retry_after=wait):
            headers = {"Retry-After": wait} if wait is not None else {}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        case Fault(kind=error):
            return web.json_response({"ok": False, "error": error})


async def _arguments(request: web.Request) -> Answer:
    if request.content_type == "application/json":
        body = await request.json()
        return body if isinstance(body, dict) else {}
    arguments: Answer = {**request.query, **await request.post()}
    for name in ("blocks", "metadata", "view"):
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments


def _refuse(error: str) -> Answer:
    return {"ok": False, "error": error}


def _post(slack: FakeSlack, arguments: Answer) -> Answer:
    channel = arguments["channel"]
    if channel not in slack.channels and not channel.startswith("D"):
        return _refuse("channel_not_found")
    if slack.channels.get(channel, {}).get("is_archived"):
        return _refuse("is_archived")
    kept = {name: arguments[name] for name in ("blocks", "metadata", "thread_ts") if arguments.get(name)}
    message = slack.says(channel, BOT, arguments["text"], bot_id=BOT_ID, **kept)
    return {"ok": True, "channel": channel, "ts": message["ts"], "message": message}


def _open_view(slack: FakeSlack, arguments: Answer) -> Answer:
    """As Slack refuses what its reference of views does not allow."""
    view = arguments["view"]
    if not arguments.get("trigger_id"):
        return _refuse("invalid_trigger_id")
    short = [view["title"], view.get("submit"), view.get("close")]
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    options = [one for block in inputs for one in block["element"].get("options", ())]
    if (
        any(part and not 0 < len(part["text"]) <= 24 for part in short)
        or len(view["blocks"]) > 100
        or len(view.get("private_metadata", "")) > 3_000
        or any(len(one["text"]["text"]) > 75 or not 0 < len(one["value"]) <= 150 for one in options)
        or any(block["element"].get("max_length", 0) > 3_000 for block in inputs)
    ):
        return _refuse("invalid_arguments")
    slack.views.append(view)
    return {"ok": True, "view": {"id": f"V{len(slack.views)}", "hash": "h1", **view}}


def _publish_view(slack: FakeSlack, arguments: Answer) -> Answer:
    view = arguments["view"]
    if view["type"] != "home" or len(view["blocks"]) > 100 or not arguments.get("user_id"):
        return _refuse("invalid_arguments")
    slack.homes[arguments["user_id"]] = view
    return {"ok": True, "view": {"id": "VH", "hash": "h1", **view}}


def _update(slack: FakeSlack, arguments: Answer) -> Answer:
    message = _message(slack, arguments["channel"], arguments["ts"])
    if message is None:
        return _refuse("message_not_found")
    if len(arguments["text"]) > 4_000:
        return _refuse("msg_too_long")
    message.update(text=arguments["text"], blocks=arguments["blocks"])
    return {"ok": True, "channel": arguments["channel"], "ts": arguments["ts"]}


def _message(slack: FakeSlack, channel: str, ts: str) -> Answer | None:
    return next((message for message in slack.messages[channel] if message["ts"] == ts), None)


def _history(slack: FakeSlack, arguments: Answer) -> Answer:
    listed = [
        message
        for message in reversed(slack.messages[arguments["channel"]])
        if message.get("thread_ts", message["ts"]) == message["ts"] or message.get("subtype") == "thread_broadcast"
    ]
    return _pages(slack, listed, arguments)


def _replies(slack: FakeSlack, arguments: Answer) -> Answer:
    listed = [
        message
        for message in slack.messages[arguments["channel"]]
        if arguments["ts"] in (message["ts"], message.get("thread_ts"))
    ]
    if not listed:
        return _refuse("thread_not_found")
    return _pages(slack, listed, arguments)


def _pages(slack: FakeSlack, listed: list[Answer], arguments: Answer) -> Answer:
    if arguments.get("include_all_metadata") not in (True, "1", "true"):
        listed = [{name: value for name, value in message.items() if name != "metadata"} for message in listed]
    if slack.ignores_pages:
        return {"ok": True, "messages": listed, "response_metadata": {"next_cursor": "again"}}
    root = arguments.get("ts")
    oldest, latest = arguments.get("oldest", "0"), arguments.get("latest", "9" * 10)
    edge = oldest if arguments.get("inclusive") in (True, "1", "true") else ""
    shown = [one for one in listed if oldest < one["ts"] <= latest or one["ts"] in (root, edge)]
    return {"ok": True, **_page(slack, "messages", shown, arguments)}


def _page(slack: FakeSlack, name: str, everything: list[Any], arguments: Answer) -> Answer:
    start = int(arguments.get("cursor") or 0)
    end = start + slack.page
    following = str(end) if end < len(everything) else ""
    return {name: everything[start:end], "response_metadata": {"next_cursor": following}}


def _react(slack: FakeSlack, arguments: Answer, add: bool) -> Answer:
    message = _message(slack, arguments["channel"], arguments["timestamp"])
    if message is None:
        return _refuse("message_not_found")
    marks = message.setdefault("marks", [])
    if add and arguments["name"] in marks:
        return _refuse("already_reacted")
    if not add and arguments["name"] not in marks:
        return _refuse("no_reaction")
    (marks.append if add else marks.remove)(arguments["name"])
    return {"ok": True}


def _open(slack: FakeSlack, arguments: Answer) -> Answer:
    user = arguments["users"]
    return {"ok": True, "channel": {"id": f"D{user[1:]}"}} if user in slack.users else _refuse("user_not_found")


def _user(slack: FakeSlack, arguments: Answer) -> Answer:
    user = slack.users.get(arguments["user"])
    return {"ok": True, "user": user} if user else _refuse("user_not_found")


def _by_email(slack: FakeSlack, arguments: Answer) -> Answer:
    found = [user for user in slack.users.values() if user.get("profile", {}).get("email") == arguments["email"]]
    return {"ok": True, "user": found[0]} if found else _refuse("users_not_found")


def _info(slack: FakeSlack, arguments: Answer) -> Answer:
    channel = slack.channels.get(arguments["channel"])
    return {"ok": True, "channel": channel} if channel else _refuse("channel_not_found")


def _permalink(slack: FakeSlack, arguments: Answer) -> Answer:
    channel, ts = arguments["channel"], arguments["message_ts"]
    if _message(slack, channel, ts) is None:
        return _refuse("message_not_found")
    address = f"https://example.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel, "permalink": address}


def _ephemeral(slack: FakeSlack, arguments: Answer) -> Answer:
    slack.private.append(arguments)
    return {"ok": True, "message_ts": "1780000000.000001"}


def _respond(slack: FakeSlack, arguments: Answer) -> Answer:
    slack.private.append(arguments)
    return {"ok": True}


_METHODS: dict[str, Callable[[FakeSlack, Answer], Answer]] = {
    "views.open": _open_view,
    "views.publish": _publish_view,
    "auth.test": lambda slack, arguments: {"ok": True, "user_id": BOT, "bot_id": BOT_ID, "team_id": "T1", "url": ""},
    "apps.connections.open": lambda slack, arguments: {
        "ok": True,
        "url": slack.base_url.replace("http", "ws").replace("/api/", "/socket"),
    },
    "chat.postMessage": _post,
    "chat.postEphemeral": _ephemeral,
    "chat.update": _update,
    "chat.getPermalink": _permalink,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "conversations.info": _info,
    "conversations.list": lambda slack, arguments: {
        "ok": True,
        **_page(slack, "channels", list(slack.channels.values()), arguments),
    },
    "conversations.members": lambda slack, arguments: {
        "ok": True,
        **_page(slack, "members", slack.members[arguments["channel"]], arguments),
    },
    "conversations.open": _open,
    "reactions.add": lambda slack, arguments: _react(slack, arguments, add=True),
    "reactions.remove": lambda slack, arguments: _react(slack, arguments, add=False),
    "users.info": _user,
    "users.list": lambda slack, arguments: {
        "ok": True,
        **_page(slack, "members", list(slack.users.values()), arguments),
    },
    "users.lookupByEmail": _by_email,
    # Not a method: where the tests let response_url point.
    "respond": _respond,
}
