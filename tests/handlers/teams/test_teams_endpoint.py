"""Nothing reaches the bot that Teams did not send for our tenant, and nothing that arrives breaks it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fakes import teams_requests
from fakes.asgi import request
from fakes.bot import Bot
from fakes.teams_requests import Tenant
from fakes.teams_service import AMINA_HERE, TENANT, TeamsService

from handlers.teams.app import PATH
from handlers.web.bodies import LARGEST

NOW = int(time.time())


@pytest.mark.parametrize(
    "forged",
    [
        {"iss": "https://evil.example.org"},
        {"iss": "https://login.microsoftonline.com/x/v2.0"},
        {"iss": None},
        {"aud": "99999999-9999-4999-8999-999999999999"},
        {"aud": None},
        {"exp": NOW - 3_600},
        {"exp": None},
        {"exp": "soon"},
        {"nbf": NOW + 3_600},
        {"serviceurl": "https://other.example.org"},
        {"serviceurl": None},
        {"key": "somebody's"},
        {"kid": "key-2"},
        {"alg": "HS256"},
        {"alg": "none"},
    ],
)
async def test_forged_and_old_tokens_are_turned_away(
    forged: dict[str, Any], tenant: Tenant, service: TeamsService, bot: Bot
) -> None:
    answer = await tenant.sends(tenant.in_channel(text="An idea"), token=service.token(**forged))
    assert answer.status_code == 401
    assert bot.posts == []


@pytest.mark.parametrize("token", ["", "Bearer", "a", "a.b", "a.b.c", "e30.e30.", "\xff.\xff.\xff", "." * 1_000])
async def test_what_is_no_token_at_all_is_turned_away(token: str, tenant: Tenant, service: TeamsService) -> None:
    said = tenant.in_channel(text="An idea")
    assert (await tenant.sends(said, headers={"authorization": f"Bearer {token}"})).status_code == 401
    assert (await tenant.sends(said, headers={"authorization": token})).status_code == 401
    assert (await tenant.sends(said, headers={"authorization": f"Basic {service.token()}"})).status_code == 401
    assert "keys" not in service.asked


async def test_nobodys_keys_are_fetched_for_a_token_that_is_not_for_us(tenant: Tenant, service: TeamsService) -> None:
    await tenant.sends(tenant.in_channel(text="An idea"), token=service.token(aud="another bot", kid="made up"))
    assert service.asked == []


async def test_a_registration_that_is_not_ours_is_logged_once(
    tenant: Tenant, service: TeamsService, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        await tenant.sends(tenant.in_channel(text="An idea"), token=service.token(aud="made up"))
    assert caplog.text.count("is TEAMS_CLIENT_ID right?") == 1
    assert "made up" not in caplog.text


async def test_while_microsofts_keys_can_not_be_had_nothing_is_refused_for_good(
    tenant: Tenant, service: TeamsService, bot: Bot
) -> None:
    service.closed.add("keys")
    assert (await tenant.says("An idea")).status_code == 503
    service.closed.clear()
    assert (await tenant.says("An idea")).status_code == 200
    assert len(bot.posts) == 1


async def test_a_genuine_token_is_no_good_for_an_activity_with_another_address(tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.says("An idea", serviceUrl="https://evil.example.org")).status_code == 401
    assert bot.posts == []


async def test_another_tenant_is_refused_and_that_is_logged_once(
    tenant: Tenant, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    foreign = {"conversation": {"id": "19:c@thread.tacv2", "conversationType": "channel", "tenantId": "foreign-1"}}
    for _ in range(3):
        assert (await tenant.says("my words", **foreign)).status_code == 403
    nowhere: dict[str, Any] = {"conversation": {"id": "19:c@thread.tacv2"}, "channelData": {}}
    assert (await tenant.says("my words", **nowhere)).status_code == 403
    assert bot.posts == []
    assert caplog.text.count("foreign-1") == 1
    assert "my words" not in caplog.text


async def test_our_tenant_is_known_by_its_id_however_it_is_written(tenant: Tenant, bot: Bot) -> None:
    said = tenant.in_channel(text="An idea")
    said["conversation"] |= {"tenantId": TENANT.upper()}
    assert (await tenant.sends(said)).status_code == 200
    del said["conversation"]["tenantId"]
    assert (await tenant.sends(said)).status_code == 200
    assert len(bot.posts) == 2


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"text"', b"{}", b'{"type": "message"}', b"\xff\xfe", b"[" * 100_000],
)
async def test_a_body_that_is_no_activity_is_refused_before_anything_else(body: bytes, tenant: Tenant) -> None:
    assert (await tenant.sends(body)).status_code == 400
    assert (await request(tenant.web, "POST", PATH, body)).status_code == 400


@pytest.mark.parametrize(
    "odd",
    [
        {"type": ["message"]},
        {"type": "  "},
        {"serviceUrl": None},
        {"serviceUrl": ""},
        {"from": "Amina"},
        {"from": {"id": 5}},
        {"recipient": {}},
        {"conversation": []},
        {"channelId": 7},
        {"type": "no such type"},
        {"type": "invoke", "name": "no/such/name"},
        {"timestamp": "my words"},
        {"entities": "my words"},
        {"attachments": [{"content": {"a": 1}, "contentType": ["my words"]}]},
        {"type": "messageUpdate", "channelData": None},
    ],
)
async def test_odd_activities_are_refused_without_a_word_of_them_in_the_log(
    odd: dict[str, Any], tenant: Tenant, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await tenant.says("my words", **odd)).status_code == 400
    assert bot.posts == []
    assert "my words" not in caplog.text


@pytest.mark.parametrize(
    "new",
    [
        {"attachmentLayout": "grid"},
        {"textFormat": "rich"},
        {"deliveryMode": "express"},
        {"importance": "critical"},
    ],
)
async def test_a_new_word_of_microsofts_keeps_no_message_out(new: dict[str, Any], tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.says("An idea", **new)).status_code == 200
    assert [post.text for post in bot.posts] == ["An idea"]


@pytest.mark.parametrize("text", ["half \\ud83d a pair"])
async def test_half_a_surrogate_pair_is_replaced(text: str, tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.says(text.encode().decode("unicode_escape"))).status_code == 200
    assert [post.text for post in bot.posts] == ["half ? a pair"]


async def test_what_could_not_be_read_is_looked_for_in_the_history(tenant: Tenant, bot: Bot) -> None:
    await tenant.says("An idea", timestamp="soon")
    assert bot.caught_up == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"text": None},
        {"channelData": None},
        {"channelData": {"team": {}}},
        {"id": ""},
        {"entities": [{"type": "mention", "mentioned": {"id": "29:x"}, "text": None}]},
        {"from": {"id": AMINA_HERE}},
        {"value": {"a": 1}, "text": ""},
        {"conversation": {"id": ";messageid=", "tenantId": TENANT, "conversationType": "channel"}},
        {"conversation": {"id": "19:g@thread.v2", "tenantId": TENANT, "conversationType": "groupChat"}},
    ],
)
async def test_thin_activities_break_nothing(odd: dict[str, Any], tenant: Tenant) -> None:
    assert (await tenant.sends(tenant.in_channel(text="text") | odd)).status_code in (200, 400)


async def test_a_large_body_is_not_read_to_its_end(tenant: Tenant) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 50 * LARGEST:
            sent += LARGEST // 4
            yield b"x" * (LARGEST // 4)

    assert (await request(tenant.web, "POST", PATH, endless())).status_code == 413
    assert sent <= 2 * LARGEST


async def test_only_teams_address_is_served_and_only_for_posting(tenant: Tenant) -> None:
    assert (await request(tenant.web, "GET", PATH)).status_code == 405
    assert (await request(tenant.web, "POST", "/api/functions/x", b"{}")).status_code == 404


@pytest.fixture
async def trusting(bot: Bot, service: TeamsService) -> AsyncIterator[Tenant]:
    async with teams_requests.tenant(bot.calls(), service, trust_loopback=True) as opened:
        yield opened


async def test_a_simulator_on_this_machine_needs_no_token_if_that_is_wanted(trusting: Tenant, bot: Bot) -> None:
    answer = await trusting.sends(trusting.in_channel(text="An idea"), headers={"authorization": ""})
    assert answer.status_code == 200
    assert len(bot.posts) == 1


@pytest.mark.parametrize("header", ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "via"])
async def test_behind_a_proxy_everybody_needs_a_token(header: str, trusting: Tenant, service: TeamsService) -> None:
    said = trusting.in_channel(text="An idea")
    assert (await trusting.sends(said, headers={"authorization": "", header: "1.2.3.4"})).status_code == 401
    assert (await trusting.sends(said, headers={header: "1.2.3.4"})).status_code == 200
    assert "keys" in service.asked


async def test_from_elsewhere_everybody_needs_a_token(trusting: Tenant) -> None:
    said = trusting.in_channel(text="An idea")
    assert (await trusting.sends(said, headers={"authorization": ""}, client="192.0.2.7")).status_code == 401
    away = said | {"serviceUrl": "https://smba.example.org/emea"}
    assert (await trusting.sends(away, headers={"authorization": ""})).status_code == 401
    foreign = json.loads(json.dumps(said).replace(TENANT, "another tenant"))
    assert (await trusting.sends(foreign, headers={"authorization": ""})).status_code == 403


async def test_without_that_wish_this_machine_needs_a_token_too(tenant: Tenant) -> None:
    assert (await tenant.sends(tenant.in_channel(text="x"), headers={"authorization": ""})).status_code == 401
