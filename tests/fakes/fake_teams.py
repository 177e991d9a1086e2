"""A Teams service and a Graph of our own on the loopback, over one tenant, and the ways in which they go wrong."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from fakes.fake_graph import graph_routes
from fakes.teams_tenant import APP, Said, Tenant, after, before, refusal

_MOST_BYTES = 80_000  # Teams takes 100 KB of UTF-16; Microsoft says to stay below 80

Act = Callable[[Tenant, web.Request, Said], web.Response]


@asynccontextmanager
async def fake_teams() -> AsyncIterator[Tenant]:
    """Both servers; `service_url` and `graph_url` are what the bot's settings want."""
    tenant = Tenant()
    service = await _serve(_service_routes(tenant))
    graph = await _serve(graph_routes(tenant))
    tenant.service_url, tenant.graph_url = _address(service), f"{_address(graph)}/v1.0"
    try:
        yield tenant
    finally:
        await service.cleanup()
        await graph.cleanup()


async def _serve(routes: list[web.RouteDef]) -> web.AppRunner:
    app = web.Application()
    app.router.add_routes(routes)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner


def _address(runner: web.AppRunner) -> str:
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


def _service_routes(tenant: Tenant) -> list[web.RouteDef]:
    def route(method: str, path: str, name: str, act: Act) -> web.RouteDef:
        async def serve(request: web.Request) -> web.Response:
            return await _answer(tenant, request, name, act)

        return web.route(method, path, serve)

    conversation = "/v3/conversations/{conversation}"
    return [
        route("POST", "/v3/conversations", "open", _open),
        route("POST", f"{conversation}/activities", "post", _post),
        route("PUT", f"{conversation}/activities/{{message}}", "update", _update),
        route("PUT", f"{conversation}/activities/{{message}}/reactions/{{mark}}", "react", _react),
        route("DELETE", f"{conversation}/activities/{{message}}/reactions/{{mark}}", "react", _react),
        route("GET", f"{conversation}/members/{{person}}", "member", _member),
    ]


async def _answer(tenant: Tenant, request: web.Request, name: str, act: Act) -> web.Response:
    raw = await request.read()
    body = json.loads(raw) if raw else {}
    tenant.calls.append((name, {"conversation": request.match_info.get("conversation"), **body}))
    fault = tenant.faults[name].popleft() if tenant.faults[name] else None
    early = await before(fault)
    if early is not None:
        return early
    if not request.headers.get("Authorization", "").startswith("Bearer "):
        return refusal(401, "Unauthorized")
    if len(raw) > _MOST_BYTES:
        return refusal(413, "MessageSizeTooBig")
    return await after(fault, request, act(tenant, request, body))


def _open(tenant: Tenant, request: web.Request, body: Said) -> web.Response:
    person = body["members"][0]["id"]
    if person not in tenant.has_app:
        return refusal(403, "BotNotInstalledForUser")
    return web.json_response({"id": f"a:{person}"}, status=201)


def _post(tenant: Tenant, request: web.Request, body: Said) -> web.Response:
    conversation, _, root = request.match_info["conversation"].partition(";messageid=")
    if not _knows(tenant, conversation):
        return refusal(404, "ConversationNotFound")
    if root and tenant.message(conversation, root) is None:
        return refusal(404, "ActivityNotFoundInConversation")
    if not body.get("attachments") and not body.get("text"):
        return refusal(400, "BadSyntax")
    if request.query.get("isTargetedActivity") == "true":
        tenant.whispered.append((request.match_info["conversation"], body))
        return web.json_response({"id": f"w{len(tenant.whispered)}"}, status=201)
    by = {"application": {"id": APP, "displayName": "CoP Bot"}}
    message = tenant.put(conversation, by, "", root or None)
    _say(message, body)
    return web.json_response({"id": message["id"]}, status=201)


def _update(tenant: Tenant, request: web.Request, body: Said) -> web.Response:
    message = _message(tenant, request)
    if message is None:
        return refusal(404, "ActivityNotFoundInConversation")
    _say(message, body)
    message["lastModifiedDateTime"] = tenant.stamp()
    return web.json_response({"id": message["id"]})


def _react(tenant: Tenant, request: web.Request, body: Said) -> web.Response:
    message = _message(tenant, request)
    if message is None:
        return refusal(404, "ActivityNotFoundInConversation")
    marks = set(message.get("marks", []))
    mark = {request.match_info["mark"]}
    message["marks"] = sorted(marks | mark if request.method == "PUT" else marks - mark)
    return web.Response(status=200)


def _member(tenant: Tenant, request: web.Request, body: Said) -> web.Response:
    wanted = request.match_info["person"]
    for rows in tenant.members.values():
        for row in rows:
            if wanted in (row["userId"], f"29:{row['userId']}"):
                known = {"id": f"29:{row['userId']}", "aadObjectId": row["userId"], "name": row["displayName"]}
                return web.json_response(known)
    return refusal(404, "MemberNotFoundInConversation")


def _message(tenant: Tenant, request: web.Request) -> Said | None:
    conversation = request.match_info["conversation"].partition(";messageid=")[0]
    return tenant.message(conversation, request.match_info["message"])


def _knows(tenant: Tenant, conversation: str) -> bool:
    in_a_team = any(conversation in channels for channels in tenant.channels.values())
    return in_a_team or conversation.removeprefix("a:") in tenant.has_app


def _say(message: Said, body: Said) -> None:
    """What Graph shows of a bot's message: cards as text beside a body that only points to them."""
    cards: list[dict[str, Any]] = [
        {"id": str(number), "contentType": one["contentType"], "content": json.dumps(one["content"])}
        for number, one in enumerate(body.get("attachments") or [])
    ]
    message["attachments"] = cards
    message["body"]["content"] = "".join(f'<attachment id="{one["id"]}"></attachment>' for one in cards)
    message["summary"] = body.get("summary")
