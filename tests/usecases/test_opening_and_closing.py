"""Sessions open and close on time, in order, once."""

from __future__ import annotations

from ground.community import CLOSES, OPENS, Community


async def test_a_session_opens_and_closes_on_time_and_says_so(community: Community) -> None:
    await community.begin()
    await community.settle()
    assert await community.states() == ["planned", "planned", "planned"]
    await community.until(OPENS)
    assert await community.states() == ["open", "planned", "planned"]
    assert len(community.chat.keyed("opening")) == 1
    await community.until(CLOSES)
    assert await community.states() == ["closed", "planned", "planned"]
    assert len(community.chat.keyed("summary")) == 1
