"""A running bot and its web server: who may speak to it, what happens to events, and how it stops."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from e2e.crashing import Scene
from e2e.faulty_slack import AMINA, JOAO, PLACE, SECRET, SIFA, FaultySlack, envelope, free_port, send, signed
from e2e.served import Line, Served, serving
from e2e.waiting import soon
from fakes.fake_slack import fake_slack

from handlers.web.bodies import LARGEST

LONG = "This line leaves out what the women of the village council said about the well. " * 12
PROGRAMME = Path(__file__).parent / "three-weeks.yaml"


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A bot in the first days of its first session, on a clock as slow as ours."""
    async with fake_slack(FaultySlack()) as slack, aiohttp.ClientSession() as session:
        assert isinstance(slack, FaultySlack)
        scene = Scene(slack, tmp_path, session)
        port = free_port()
        settings = {
            "COP_DATABASE_URL": f"sqlite:///{tmp_path}/cop.db",
            "COP_PROGRAMMES": str(PROGRAMME),
            "COP_PORT": str(port),
            "SLACK_BOT_TOKEN": "xoxb-invented",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": slack.base_url,
        }
        served = Served(tmp_path, settings, ("--rehearse-from", "2020-11-19T10:00Z", "--speed", "1"))
        scene.bots.append(served)
        scene.ports.append(port)
        with serving(served):
            await scene.ready()
            await soon(lambda: "session/1/opening" in slack.said_keys(), "the opening", 20)
            yield scene


async def test_forged_old_and_malformed_requests_are_refused(scene: Scene) -> None:
    body = envelope(scene.slack.posted(AMINA, "An idea"))
    right = signed(body)
    for headers in (
        {},
        signed(body, secret="another secret"),
        signed(body, at=time.time() - 3600),
        signed(body, at=time.time() + 3600),
        right | {"x-slack-signature": "v0=" + "0" * 64},
        right | {"x-slack-signature": "nonsense"},
        right | {"x-slack-request-timestamp": "yesterday"},
        right | {"x-slack-request-timestamp": "-1"},
        right | {"x-slack-request-timestamp": "9" * 400},
    ):
        assert await send(scene.session, scene.ports[0], body, headers) == 401, headers
    assert await send(scene.session, scene.ports[0], body + b" ", right) == 401


async def test_what_is_signed_but_not_slacks_is_a_mistake_of_the_sender(scene: Scene) -> None:
    for body in (b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"type": 1}', b"[" * 100_000):
        assert await send(scene.session, scene.ports[0], body, signed(body)) == 400, body[:20]
    for body in (
        b'{"type": "event_callback", "event": {"type": "message"}}',
        b'{"type": "event_callback", "event": {"type": "message", "channel": 1, "ts": [], "text": {}}}',
        b'{"type": "something_new"}',
    ):
        assert 200 <= await send(scene.session, scene.ports[0], body, signed(body)) < 500, body
    too_much = b"x" * (LARGEST + 1)
    assert await send(scene.session, scene.ports[0], too_much, signed(too_much)) == 413
    too_much = b'{"a": "' + b"x" * 5_000_000 + b'"}'
    # Whoever still sends when the answer comes may meet the end of the connection instead of it.
    assert await send(scene.session, scene.ports[0], too_much, signed(too_much)) in (413, 0)
    assert await _deliver(scene, scene.slack.posted(AMINA, "What is as long as it should be comes in after it")) == 200
    assert scene.bots[0].process is not None
    assert scene.bots[0].process.poll() is None


async def test_the_same_events_three_times_and_in_any_order_end_in_the_same_record(scene: Scene) -> None:
    slack, expected = scene.slack, set()
    for order in itertools.permutations(range(3)):
        post = slack.posted(JOAO, f"Draft {order}")
        inner = {name: value for name, value in post.items() if name not in ("channel", "channel_type", "event_ts")}
        edits = [
            post
            | {
                "subtype": "message_changed",
                "message": inner | {"text": text, "edited": {"user": JOAO, "ts": f"{float(post['ts']) + at:.6f}"}},
                "previous_message": inner,
                "ts": f"{float(post['ts']) + at:.6f}",
            }
            for at, text in ((1, f"Better {order}"), (2, f"Best {order}"))
        ]
        events = [post, *edits]
        for turn in order:
            for _ in range(3):
                assert await _deliver(scene, events[turn]) == 200
        expected.add(f"Best {order}")
    record = await _record(scene)
    assert {line["text"] for line in record} == expected
    assert [line["number"] for line in record] == [1, 2, 3, 4, 5, 6]


async def test_a_deletion_wins_whenever_it_comes(scene: Scene) -> None:
    for order in itertools.permutations(range(2)):
        post = scene.slack.posted(AMINA, "Taken back")
        gone = {
            "type": "message",
            "subtype": "message_deleted",
            "channel": PLACE,
            "channel_type": "channel",
            "ts": f"{float(post['ts']) + 5:.6f}",
            "deleted_ts": post["ts"],
            "previous_message": {name: post[name] for name in ("type", "user", "text", "ts")},
        }
        for turn in order:
            for _ in range(3):
                assert await _deliver(scene, (post, gone)[turn]) == 200
    assert [line["text"] for line in await _record(scene) if not line["withdrawn"]] == []


async def test_a_burst_is_stored_once_each(scene: Scene) -> None:
    events = [scene.slack.posted(AMINA, f"Thought {number}") for number in range(300)]
    answers = await asyncio.gather(*(_deliver(scene, event) for event in events for _ in range(2)))
    assert set(answers) == {200}
    record = await _record(scene)
    assert {line["message"] for line in record} == {event["ts"] for event in events}
    assert [line["number"] for line in record] == list(range(1, 301))


async def test_sigterm_while_slack_hangs_and_members_post_ends_in_time_and_loses_nothing(scene: Scene) -> None:
    acknowledged, stop = [], asyncio.Event()

    async def keep_posting() -> None:
        while not stop.is_set():
            event = scene.slack.posted(AMINA, "Until the last moment")
            if await _deliver(scene, event) == 200:
                acknowledged.append(event["ts"])

    posting = asyncio.create_task(keep_posting())
    for _ in range(3):
        scene.slack.fail("reactions.add", "hang")
    await soon(lambda: len(acknowledged) > 20, "posts", 20)
    assert await asyncio.to_thread(scene.bots[0].stop, 20) == 0
    stop.set()
    await posting
    assert {line["message"] for line in await _record(scene)} >= set(acknowledged)


async def test_parts_of_a_long_summary_come_and_go_in_slack(scene: Scene) -> None:
    await _deliver(scene, scene.slack.posted(AMINA, "Let the women who use the water point decide on its budget"))
    await soon(lambda: scene.bots[0].has_logged("found a facilitator"), "who facilitates", 20)
    await _tells_bot(scene, SIFA, "session close yes")
    await soon(lambda: len(_summary(scene)) == 1, "the summary", 20)
    for number in range(12):
        await _tells_bot(scene, (AMINA, JOAO)[number % 2], f"summary object 1 {number}: {LONG}")
    await soon(lambda: "11: This line" in str(_summary(scene)), "the last objection", 40)
    first, second = _summary(scene)
    assert second["thread_ts"] == first["ts"]
    assert second["blocks"][0]["elements"][0]["text"] == "2/2"
    assert all(f"{number}: This line" in str(_summary(scene)) for number in range(12))
    assert all(len(part["blocks"]) <= 50 and len(_texts(part)) <= 13_200 for part in (first, second))
    for number in (11, 10, 9, 8):
        await _tells_bot(scene, (AMINA, JOAO)[number % 2], "summary object 1 withdraw")
    await soon(lambda: "has become shorter" in _texts(_summary(scene)[-1]), "the end of the second part", 40)
    assert [part["ts"] for part in _summary(scene)] == [first["ts"], second["ts"]]
    await soon(lambda: "8: This line" not in str(_summary(scene)), "what was taken back to be gone", 20)
    assert all(f"{number}: This line" in _texts(_summary(scene)[0]) for number in range(8))


def _summary(scene: Scene) -> list[Line]:
    said = [one for one in scene.slack.messages[PLACE] if one["user"] == "U0BOT" and one.get("blocks")]
    return [one for one in said if "session/1/summary/" in str(one["blocks"][0].get("block_id"))]


def _texts(part: Line) -> str:
    return json.dumps(part["blocks"], ensure_ascii=False)


async def _tells_bot(scene: Scene, who: str, words: str) -> None:
    mention = scene.slack.posted(who, f"<@U0BOT> {words}") | {"type": "app_mention"}
    assert await _deliver(scene, mention) == 200


async def _record(scene: Scene) -> list[Line]:
    """In a thread: the bot may wait for its Slack, which is served by our loop."""
    return await asyncio.to_thread(scene.bots[0].record)


async def _deliver(scene: Scene, event: dict[str, object]) -> int:
    body = envelope(event)
    return await send(scene.session, scene.ports[0], body, signed(body))
