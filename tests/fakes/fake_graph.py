"""A Graph of our own: what the bot reads of a tenant. Each request is held against the description of the real one:
a path, a parameter, a property or a value that Graph does not know is answered with 422 and remembered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from fakes.teams_tenant import Said, Tenant, after, before, refusal
from jsonschema import Draft202012Validator

_CONTRACT = Path(__file__).parents[1] / "contracts" / "teams.min.openapi.json"
# The description leaves a function's parameters out; Microsoft's page on chatMessage: delta names these.
_DELTA = {"$filter", "$expand", "$top", "$skiptoken", "$deltatoken"}


def graph_routes(tenant: Tenant) -> list[web.RouteDef]:
    """One route: paths are matched by the description."""

    async def serve(request: web.Request) -> web.Response:
        return await _answer(tenant, request)

    return [web.route("*", "/v1.0{path:/.*}", serve)]


async def _answer(tenant: Tenant, request: web.Request) -> web.Response:
    path, raw = request.match_info["path"], await request.read()
    body = json.loads(raw) if raw else {}
    wrong = list(violations(request.method, path, set(request.query), body if raw else None))
    if wrong:
        tenant.violations += wrong
        return refusal(422, "; ".join(wrong))
    name, act, found = next(
        (name, act, match) for name, pattern, act in _CALLS if (match := re.fullmatch(pattern, path)) is not None
    )
    tenant.calls.append((name, dict(body)))
    fault = tenant.faults[name].popleft() if tenant.faults[name] else None
    early = await before(fault)
    if early is not None:
        return early
    if not request.headers.get("Authorization", "").startswith("Bearer "):
        return refusal(401, "InvalidAuthenticationToken")
    if found["group"] not in tenant.groups:
        return refusal(404, "NotFound")
    return await after(fault, request, act(tenant, request, body, **found.groupdict()))


def violations(method: str, path: str, parameters: set[str], body: object) -> Iterator[str]:
    """What Graph's description does not know about a request."""
    operation = _operation(method.lower(), path)
    if operation is None:
        yield f"{method} {path}: no such path"
        return
    described = {_parameter(one) for one in operation.get("parameters", [])}
    known = described | (_DELTA if path.endswith("/delta()") else {"$skiptoken"})
    yield from (f"{method} {path}: unknown parameter {name}" for name in sorted(parameters - known))
    if body is not None:
        wanted = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if wanted is None:
            yield f"{method} {path}: takes no body"
            return
        schema = _strict(wanted) | {"$defs": _definitions()}
        for error in Draft202012Validator(schema).iter_errors(body):
            yield f"{method} {path}: {error.json_path}: {error.message}"


def _operation(method: str, path: str) -> Said | None:
    for template, operations in _contract()["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path) and method in operations:
            found: Said = operations[method]
            return found
    return None


def _parameter(given: Said) -> str:
    if "$ref" in given:
        given = _contract()["components"]["parameters"][given["$ref"].rsplit("/", 1)[-1]]
    return str(given["name"])


@cache
def _contract() -> Said:
    found: Said = json.loads(_CONTRACT.read_text())
    return found


@cache
def _definitions() -> dict[str, Any]:
    return {name: _strict(schema) for name, schema in _contract()["components"]["schemas"].items()}


def _strict(schema: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema in which an unknown property is a mistake, but for OData's own."""
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {name: _strict(value) for name, value in schema.items() if name not in ("nullable", "example", "title")}
    if "$ref" in strict:
        strict["$ref"] = strict["$ref"].replace("#/components/schemas/", "#/$defs/")
    if "properties" in strict:
        strict.pop("anyOf", None)
        strict |= {"additionalProperties": False, "patternProperties": {"@odata\\.": {}}}
    return {"anyOf": [strict, {"type": "null"}]} if schema.get("nullable") is True else strict


def _team(tenant: Tenant, request: web.Request, body: Said, group: str) -> web.Response:
    return web.json_response(tenant.groups[group])


def _members(tenant: Tenant, request: web.Request, body: Said, group: str) -> web.Response:
    return _page(tenant, request, tenant.members[group])


def _channels(tenant: Tenant, request: web.Request, body: Said, group: str) -> web.Response:
    return _page(tenant, request, list(tenant.channels[group].values()))


def _channel(tenant: Tenant, request: web.Request, body: Said, group: str, channel: str) -> web.Response:
    found = tenant.channels[group].get(channel)
    return web.json_response(found) if found else refusal(404, "NotFound")


def _delta(tenant: Tenant, request: web.Request, body: Said, group: str, channel: str) -> web.Response:
    """Threads that changed after `$filter`, newest first as Graph gives them."""
    if channel not in tenant.channels[group]:
        return refusal(404, "NotFound")
    found = re.fullmatch(r"lastModifiedDateTime gt (\S+)", request.query.get("$filter", ""))
    since = found[1] if found else ""
    roots = [
        _shown(tenant, channel, message, "replies" in request.query.get("$expand", ""))
        for message in reversed(tenant.messages[channel])
        if not message["replyToId"]
        and max(message["lastModifiedDateTime"], message.get("thread_changed", "")) > since[:23] + "Z"
    ]
    return _page(tenant, request, roots)


def _shown(tenant: Tenant, channel: str, message: Said, with_replies: bool) -> Said:
    shown = {name: value for name, value in message.items() if name not in ("marks", "thread_changed")}
    if with_replies:
        replies = [one for one in tenant.messages[channel] if one["replyToId"] == message["id"]]
        shown["replies"] = [_shown(tenant, channel, one, False) for one in replies]
    return shown


def _message(tenant: Tenant, request: web.Request, body: Said, group: str, channel: str, message: str) -> web.Response:
    found = tenant.message(channel, message)
    if found is None or found["replyToId"]:
        return refusal(404, "NotFound")
    return web.json_response(_shown(tenant, channel, found, False))


def _replies(tenant: Tenant, request: web.Request, body: Said, group: str, channel: str, message: str) -> web.Response:
    replies = [_shown(tenant, channel, one, False) for one in tenant.messages[channel] if one["replyToId"] == message]
    return _page(tenant, request, replies[::-1])


def _reply(
    tenant: Tenant, request: web.Request, body: Said, group: str, channel: str, message: str, reply: str
) -> web.Response:
    found = tenant.message(channel, reply)
    if found is None or found["replyToId"] != message:
        return refusal(404, "NotFound")
    return web.json_response(_shown(tenant, channel, found, False))


def _notify(tenant: Tenant, request: web.Request, body: Said, group: str) -> web.Response:
    person = body["recipient"]["userId"]
    if all(row["userId"] != person for row in tenant.members[group]):
        return refusal(404, "NotFound")
    # What has the same chain replaces what was there.
    tenant.notified = [(who, one) for who, one in tenant.notified if one.get("chainId") != body.get("chainId")]
    tenant.notified.append((person, body))
    return web.Response(status=204)


def _page(tenant: Tenant, request: web.Request, everything: list[Said]) -> web.Response:
    start = int(request.query.get("$skiptoken", 0))
    end = start + tenant.page
    page: Said = {"value": everything[start:end]}
    if end < len(everything):
        page["@odata.nextLink"] = str(request.url.update_query({"$skiptoken": str(end)}))
    return web.json_response(page)


_TEAM = r"/teams/(?P<group>[^/]+)"
_CHANNEL = _TEAM + r"/channels/(?P<channel>[^/]+)"
_CALLS: list[tuple[str, str, Callable[..., web.Response]]] = [
    ("team", _TEAM, _team),
    ("members", _TEAM + "/members", _members),
    ("notify", _TEAM + "/sendActivityNotification", _notify),
    ("channels", _TEAM + "/channels", _channels),
    ("channel", _CHANNEL, _channel),
    ("delta", _CHANNEL + r"/messages/delta\(\)", _delta),
    ("message", _CHANNEL + r"/messages/(?P<message>[^/()]+)", _message),
    ("reply", _CHANNEL + r"/messages/(?P<message>[^/()]+)/replies/(?P<reply>[^/()]+)", _reply),
    ("replies", _CHANNEL + r"/messages/(?P<message>[^/()]+)/replies", _replies),
]
