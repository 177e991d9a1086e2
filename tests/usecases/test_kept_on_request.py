"""A message that somebody points at is kept, if they may and if there is a session for it."""

from __future__ import annotations

import pytest
from support.community import DAY, OPENS, PLACE, Community

from cop_bot.domain.place import Place
from cop_bot.domain.post import Post
from cop_bot.rendering.text import as_text
from cop_bot.usecases.people.sync_places import look_again, sync_places
from handlers.commands.keep import keep
from handlers.gesture import Gesture


async def ask(community: Community, who: str, post: Post) -> str:
    gesture = Gesture(community.chat.name, who, post.place, delivery="d1")
    return as_text(await keep(community.ports, gesture, post))


async def test_an_author_has_an_older_message_kept_in_the_session_that_is_open_now(community: Community) -> None:
    await community.begin()
    before = community.post("U1", "Partners could chair the meeting")
    assert await community.says("U1", "something else") is None
    await community.until(OPENS)
    assert "#1" in await ask(community, "U1", before)
    kept = await community.kept(1)
    assert (kept.text, kept.message) == ("Partners could chair the meeting", before.message)


async def test_a_message_that_never_reached_us_is_kept_in_the_session_of_its_time(community: Community) -> None:
    await community.open()
    missed = community.post("U1", "An idea")
    await community.go(DAY)
    assert "#1" in await ask(community, "U1", missed)
    kept = await community.kept(1)
    assert kept.posted_at == missed.at


async def test_asked_again_it_says_what_is_kept_already(community: Community) -> None:
    await community.open()
    post = community.post("U1", "An idea")
    await ask(community, "U1", post)
    assert "already" in await ask(community, "U1", post)
    assert "already" in await ask(community, "U2", post)


async def test_a_facilitator_has_anybodys_message_kept_and_others_only_their_own(community: Community) -> None:
    await community.open()
    post = community.post("U1", "An idea")
    assert "somebody else" in await ask(community, "U3", post)
    assert "#1" in await ask(community, "U2", post)
    author = await community.member("U1")
    assert (await community.kept(1)).member_id == author.id


async def test_a_withdrawn_one_does_not_come_back(community: Community) -> None:
    await community.open()
    kept = await community.contributes("U1", "An idea")
    await community.types("U1", "withdraw #1 yes")
    again = community.post("U1", "An idea", message=kept.message)
    assert "withdrawn" in await ask(community, "U1", again)
    assert (await community.kept(1)).text != "An idea"


@pytest.mark.parametrize("place", [PLACE, "C404"])
async def test_without_a_session_or_a_programme_nothing_is_kept(place: str, community: Community) -> None:
    await community.begin()
    said = await ask(community, "U4", community.post("U4", "An idea", place=place))
    assert ("No session is open" in said) or ("No programme" in said)
    await community.until(OPENS)
    assert await community.contributes("U1", "The first") is not None
    assert (await community.kept(1)).text == "The first"


async def test_after_a_change_in_several_places_each_is_looked_into(community: Community) -> None:
    await community.open()
    await look_again(community.ports, "another platform", None)
    assert [place.bot_is_in for place in await community.rows(Place)] == [True]
    await look_again(community.ports, community.chat.name, None)
    assert [place.bot_is_in for place in await community.rows(Place)] == [False]
    await sync_places(community.ports)
    assert [place.bot_is_in for place in await community.rows(Place)] == [True]
