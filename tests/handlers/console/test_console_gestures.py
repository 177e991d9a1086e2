"""What people do on the console reaches the record as it would from a platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select
from support.community import OPENS, SECOND, plan
from support.hand_clock import HandClock

from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.member import Profile
from cop_bot.domain.message import Message
from cop_bot.domain.post import Post
from cop_bot.platforms.console.chat import ConsoleChat
from cop_bot.ports import Ports, Ref
from cop_bot.rendering.text import as_text
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.record.record_posts import record_posts
from handlers.console.commands import told_alone, typed
from handlers.console.posts import written
from handlers.intake import Intake


@dataclass
class Console:
    """An open session on the console."""

    ports: Ports
    chat: ConsoleChat
    intake: Intake
    place: str

    async def hears(self, post: Post) -> Message | None:
        return await written(self.ports, self.intake.record, post)

    async def kept(self) -> list[Contribution]:
        async with self.ports.reading() as unit:
            return list(await unit.scalars(select(Contribution).order_by("id")))


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("sqlite_url")
    return url


@pytest.fixture
async def console(ports: Ports, clock: HandClock) -> AsyncIterator[Console]:
    chat = ConsoleChat(clock)
    place = chat.open_place("#cop-power")
    chat.join(place, Profile("U1", "Amina", "Africa/Maputo", "en"))
    chat.join(place, Profile("U2", "Bram", "Europe/Amsterdam", "en"))
    ports = replace(ports, chats={"console": chat})
    await plan_programme(ports, plan())
    await sync_places(ports)
    clock.move_to(OPENS)
    await run_due(ports)
    intake = Intake(lambda posts: record_posts(ports, posts))
    yield Console(ports, chat, intake, place)
    await intake.drain()


async def test_what_a_member_writes_changes_and_deletes_is_followed(console: Console) -> None:
    post = console.chat.say(console.place, "U1", "Let partners chair the meeting, see https://example.org/chair.")
    assert await console.hears(post) is None
    (kept,) = await console.kept()
    assert (kept.kind, kept.links) == (Kind.RESOURCE, ["https://example.org/chair"])
    await console.hears(console.chat.edit(Ref(post.place, post.message), "Let partners chair the meeting."))
    assert [c.text for c in await console.kept()] == ["Let partners chair the meeting."]
    await console.hears(console.chat.delete(Ref(post.place, post.message)))
    assert [(c.text, c.is_withdrawn) for c in await console.kept()] == [("", True)]


async def test_a_reply_is_feedback_on_the_root_of_its_thread(console: Console) -> None:
    root = console.chat.say(console.place, "U1", "An idea")
    await console.hears(root)
    await console.hears(console.chat.say(console.place, "U2", "I like it", thread=root.message))
    assert [(c.kind, c.parent) for c in await console.kept()] == [(Kind.IDEA, None), (Kind.FEEDBACK, 1)]


async def test_a_message_that_begins_with_the_bots_name_is_a_command_and_never_kept(console: Console) -> None:
    root = console.chat.say(console.place, "U1", "Who decides on this")
    await console.hears(root)
    command = console.chat.say(console.place, "U1", "@CoP Bot, kind question", thread=root.message)
    answer = await console.hears(command)
    assert answer is not None
    assert "question" in as_text(answer)
    assert [c.kind for c in await console.kept()] == [Kind.QUESTION]
    history = [post.text async for post in console.chat.history(console.place, OPENS)]
    assert history == ["Who decides on this"]


async def test_an_edited_command_asks_for_nothing(console: Console) -> None:
    command = console.chat.say(console.place, "U1", "@CoP Bot help")
    await console.hears(command)
    assert await console.hears(console.chat.edit(Ref(command.place, command.message), "@CoP Bot idea More")) is None
    assert await console.kept() == []


async def test_a_mention_inside_a_text_is_a_contribution(console: Console) -> None:
    assert await console.hears(console.chat.say(console.place, "U1", "Ask @CoP Bot about it")) is None
    assert len(await console.kept()) == 1


async def test_what_is_typed_as_a_command_is_posted_by_the_bot_and_kept_once(
    console: Console, clock: HandClock
) -> None:
    answer = await typed(console.ports, "U1", console.place, "idea More trust")
    assert "#1" in as_text(answer)
    while await deliver_notices(console.ports):
        clock.move_wall(2 * SECOND)
    (kept,) = await console.kept()
    assert console.chat.said[Ref(console.place, kept.message)].key.endswith("contribution/1/1/1")
    await record_posts(console.ports, [post async for post in console.chat.history(console.place, OPENS)])
    assert len(await console.kept()) == 1


async def test_a_direct_message_is_a_command_with_or_without_the_bots_name(console: Console) -> None:
    for number, text in enumerate(("settings off", "@CoP Bot settings on")):
        answer = await told_alone(console.ports, "U1", str(number), text)
        assert "reminders" in as_text(answer)
