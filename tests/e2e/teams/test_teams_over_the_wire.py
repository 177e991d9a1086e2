"""A running bot and what Teams sends it, once, three times and in any order; and what it sends when Teams stumbles."""

from __future__ import annotations

import asyncio
import io
import itertools
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import jwt
import pytest
from e2e.served import Line
from e2e.teams.teams_scene import Scene, playing
from e2e.waiting import soon
from fakes.teams_tenant import APP, CHANNEL, TENANT, Said, Tenant

from handlers.teams.authentication import LARGEST

IN_SESSION = "2020-11-19T10:00Z"
FORWARDED = {"x-forwarded-for": "203.0.113.9"}
"""A request that came through a proxy, and so from anywhere."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A bot in the first days of its first session, on a clock as slow as ours."""
    async with playing(tmp_path, IN_SESSION, 1, ("amina", "joao", "sifa")) as scene:
        await scene.has_said("session/1/opening")
        yield scene
        assert scene.tenant.violations == []


async def record(scene: Scene) -> list[Line]:
    """What the bot would export."""
    return await asyncio.to_thread(scene.bot.record)


async def test_the_same_activities_three_times_and_in_any_order_end_in_the_same_record(scene: Scene) -> None:
    expected = set()
    for order in itertools.permutations(range(3)):
        message = scene.tenant.says("joao", f"<p>Draft {order}</p>")
        activities = [scene.told_of(message)]
        for word in ("Better", "Best"):
            scene.tenant.edit(message, f"<p>{word} {order}</p>")
            activities.append(scene.told_of(message, "messageUpdate", "editMessage"))
        for turn in order:
            for _ in range(3):
                assert await scene.send(activities[turn]) == 200
        expected.add(f"Best {order}")
    kept = await record(scene)
    assert {line["text"] for line in kept} == expected
    assert [line["number"] for line in kept] == [1, 2, 3, 4, 5, 6]


async def test_a_deletion_in_teams_wins_whenever_it_comes(scene: Scene) -> None:
    for order in itertools.permutations(range(2)):
        message = scene.tenant.says("amina", "<p>Taken back</p>")
        posted = scene.told_of(message)
        scene.tenant.delete(message)
        gone = scene.told_of(message, "messageDelete", "softDeleteMessage")
        for turn in order:
            for _ in range(3):
                assert await scene.send((posted, gone)[turn]) == 200
    assert [line["text"] for line in await record(scene) if not line["withdrawn"]] == []


async def test_what_was_brought_back_stays_when_its_deletion_is_told_again(scene: Scene) -> None:
    message = await scene.says("amina", "Taken back, and brought again")
    scene.tenant.delete(message)
    gone = scene.told_of(message, "messageDelete", "softDeleteMessage")
    assert await scene.send(gone) == 200
    await scene.restores(message, "Taken back, and brought again")
    assert await scene.send(gone) == 200
    (kept,) = await record(scene)
    assert (kept["text"], kept["withdrawn"], kept["number"]) == ("Taken back, and brought again", False, 1)


async def test_a_burst_in_teams_is_stored_once_each(scene: Scene) -> None:
    activities = [scene.told_of(scene.tenant.says("amina", f"<p>Thought {number}</p>")) for number in range(200)]
    answers = await asyncio.gather(*(scene.send(activity) for activity in activities for _ in range(2)))
    assert set(answers) == {200}
    kept = await record(scene)
    assert {line["message"] for line in kept} == {activity["id"] for activity in activities}
    assert [line["number"] for line in kept] == list(range(1, 201))


async def test_another_tenant_is_refused_and_keeps_nothing(scene: Scene) -> None:
    activity = _not_really_posted(scene, "From elsewhere")
    foreign = {"tenantId": "99999999-0000-4000-8000-000000000000"}
    nobody = activity | {"channelData": {}, "conversation": {"id": CHANNEL}}
    for other in (activity | {"conversation": activity["conversation"] | foreign}, nobody):
        assert await scene.send(other) == 403
    assert await record(scene) == []


async def test_who_comes_through_a_proxy_needs_a_token_that_teams_signed(scene: Scene) -> None:
    activity = _not_really_posted(scene, "Forged")
    for header in (None, "", "Bearer", "Bearer nonsense", "Basic YTpi", f"Bearer {_forged()}", _forged()):
        headers = FORWARDED | ({} if header is None else {"authorization": header})
        assert await scene.send(activity, **headers) == 401, header
    for claims in ({"iss": "https://example.org"}, {"aud": "another-bot"}, {"exp": 1}, {"exp": None}):
        assert await scene.send(activity, **FORWARDED, authorization=f"Bearer {_forged(**claims)}") == 401, claims
    elsewhere = activity | {"serviceUrl": "https://example.org"}
    assert await scene.send(elsewhere) == 401
    assert await record(scene) == []


def _not_really_posted(scene: Scene, text: str) -> Said:
    """What Teams would tell of a message that does not stand there."""
    message = scene.tenant.says("amina", text)
    scene.tenant.messages[CHANNEL].remove(message)
    return scene.told_of(message)


def _forged(**claims: Any) -> str:
    now = int(time.time())
    usual = {"iss": "https://api.botframework.com", "aud": APP, "exp": now + 600, "serviceurl": "x", "tid": TENANT}
    said = {name: value for name, value in (usual | claims).items() if value is not None}
    return jwt.encode(said, "k" * 32, algorithm="HS256", headers={"kid": "key-1"})


async def test_what_is_not_an_activity_is_a_mistake_of_the_sender(scene: Scene) -> None:
    address = f"http://127.0.0.1:{scene.port}/api/messages"
    for body in (b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"type": 1}', b"[" * 100_000):
        async with scene.session.post(address, data=body) as answer:
            assert answer.status == 400, body[:20]
    # One byte too many: of far more, the end of the connection may be there before the answer is read.
    async with scene.session.post(address, data=io.BytesIO(b"x" * (LARGEST + 1))) as answer:
        assert answer.status == 413
    assert scene.bot.process is not None
    assert scene.bot.process.poll() is None


FAULTS: dict[str, dict[str, Any]] = {
    "too many requests": {"kind": "limited", "retry_after": "1"},
    "a gateway that gave up before it was taken": {"kind": "504", "code": "GatewayTimeout"},
    "a gateway that gave up after it was taken": {"kind": "after"},
    "a service out of order": {"kind": "before"},
    "a line that broke after it was taken": {"kind": "drop"},
    "an app that was not in the team for a moment": {"kind": "403", "code": "BotNotInConversationRoster"},
}


async def test_a_message_stands_there_once_whatever_happened_to_its_first_attempt(tmp_path: Path) -> None:
    async def said(number: int, fault: dict[str, Any]) -> list[str]:
        folder = tmp_path / str(number)
        folder.mkdir()
        prepare = partial(_spoil, fault)
        async with playing(folder, IN_SESSION, 1, ("amina", "sifa"), prepare) as scene:
            await soon(lambda: _is_sent(scene), str(fault), 60)
            assert scene.tenant.violations == []
            return scene.said()

    # All at once: each waits a while before it tries again.
    said_by_all = await asyncio.gather(*(said(number, fault) for number, fault in enumerate(FAULTS.values())))
    for fault, keys in zip(FAULTS, said_by_all, strict=True):
        assert keys == ["session/1/opening"], fault


def _spoil(fault: dict[str, Any], tenant: Tenant) -> None:
    tenant.fail("post", **fault)


def _is_sent(scene: Scene) -> bool:
    return any(line.get("event") == "notice" and line.get("state") == "sent" for line in scene.bot.log())


async def test_a_bot_that_was_down_catches_up_and_says_nothing_twice(scene: Scene) -> None:
    first = await scene.says("amina", "Before the bot went down")
    taken_back = await scene.says("joao", "Kept, and taken back while it was down")
    scene.bot.kill()
    scene.tenant.delete(taken_back)
    reply = scene.tenant.says("joao", "<p>While it was down</p>", root=first["id"])
    scene.tenant.edit(first, "<p>Said better while the bot was down</p>")
    gone = scene.tenant.says("joao", "<p>Said and taken back</p>")
    scene.tenant.delete(gone)
    scene.tenant.says("amina", "<p>A last one</p>")
    scene.bot.start()
    await _settled(scene, 3)
    kept = {line["text"]: line for line in await record(scene) if not line["withdrawn"]}
    assert set(kept) == {"Said better while the bot was down", "While it was down", "A last one"}
    assert kept["While it was down"]["message"] == reply["id"]
    assert (kept["While it was down"]["kind"], kept["While it was down"]["parent"]) == ("feedback", 1)
    assert scene.said() == ["session/1/opening"]


async def _settled(scene: Scene, number: int) -> None:
    for _ in range(100):
        if len([line for line in await record(scene) if not line["withdrawn"]]) >= number:
            return
        await asyncio.sleep(0.2)


async def test_a_bot_that_is_killed_while_it_posts_says_it_once(tmp_path: Path) -> None:
    async with playing(tmp_path, IN_SESSION, 1, ("amina", "sifa"), partial(_spoil, {"kind": "hang"})) as scene:
        await soon(scene.said, "the opening, of which the bot does not know", 20)
        scene.bot.kill()
        scene.bot.start()
        await soon(lambda: _is_sent(scene), "that it knows", 90)
        assert scene.said() == ["session/1/opening"]
        assert len(scene.tenant.called("post")) == 1


async def test_a_bot_that_is_killed_while_it_reminds_tells_nobody_twice(tmp_path: Path) -> None:
    """What it may have said to somebody alone it can't look up; it says so in the activity feed instead."""
    async with playing(tmp_path, "2020-11-20T03:00Z", 1800, ("amina", "sifa")) as scene:
        await scene.has_said("session/1/opening")
        scene.tenant.fail("post", "hang")
        await soon(lambda: any(map(scene.told, ("amina", "olga"))), "a reminder", 30)
        scene.bot.kill()
        scene.bot.start()
        everybody = {"amina", "olga"}  # Sifa facilitates

        def reached() -> set[str]:
            return {one for one in everybody if scene.told(one)} | {one for one, _ in scene.tenant.notified}

        await soon(lambda: scene.tenant.notified and reached() == everybody, "everybody", 120)
        # Several were being told when it was killed; each of them may find it in the feed too, and once.
        assert [one for one in everybody if len(scene.told(one)) > 1] == []
        assert len(scene.tenant.notified) == len({one for one, _ in scene.tenant.notified})
