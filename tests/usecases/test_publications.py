"""What is published follows the record: composed when it is said, said again where it differs, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.community import CLOSES, EMBEDDED, HOUR, MINUTE, SECOND, Community
from support.fake_chat import Fate, Said

from cop_bot.domain.message import from_json
from cop_bot.domain.notice import OLD, Notice, NoticeState
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.publication import Publication, PublishedPart, digest_of
from cop_bot.ports import Later, Refused, Unknown
from cop_bot.store import queries
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.publications.reconcile import reconcile_publications
from cop_bot.usecases.summaries.write_summary import summarise_next

BUDGET = "Let partners in the South chair the meeting that decides on the budget"
RISK = "Donors should carry the currency risk because partners have no reserves"
OUT = Later(timedelta(minutes=10), "ratelimited")


@pytest.fixture
async def cop(community: Community) -> Community:
    """Two have contributed to the session that is open."""
    await community.open(2)
    await community.contributes("U1", BUDGET)
    await community.contributes("U3", RISK)
    return community


def summaries(cop: Community) -> list[Said]:
    return cop.chat.keyed("session/1/summary")


async def minutes(cop: Community, many: int = 1) -> None:
    for _ in range(4 * many):
        await deliver_notices(cop.ports)
        cop.clock.move_wall(15 * SECOND)
    await deliver_notices(cop.ports)


async def of_summary(cop: Community) -> list[Notice]:
    return await cop.rows(Notice, Notice.kind == NoticeKind.SUMMARY)


async def object_at_length(cop: Community) -> None:
    """Members say so much against the first line that the summary takes several messages."""
    for who in ("U1", "U3", "U4"):
        for number in range(10):
            words = " ".join(f"{who}n{number}k{k}" for k in range(100))
            assert "kept" in await cop.types(who, f"summary object 1 {words}")


def test_a_key_is_made_from_its_parts() -> None:
    def key(kind: NoticeKind, about: str = "session/1", **more: object) -> str:
        return str(NoticeKey("d0", about, kind, **more))  # type: ignore[arg-type]  # by name

    assert key(NoticeKind.OPENING) == "d0/session/1/opening"
    assert key(NoticeKind.SUMMARY, revision=2, part=1) == "d0/session/1/summary/2/1"
    assert key(NoticeKind.SUMMARY, revision=2, language="fr", part=3) == "d0/session/1/summary/2/fr/3"
    assert key(NoticeKind.FINDINGS, "programme/1", revision=1, part=1) == "d0/programme/1/summary/1/1"
    assert key(NoticeKind.REMINDER, "reminder/2", audience="member/5") == "d0/reminder/2/member/5"
    assert key(NoticeKind.DRAFT, version=2, audience="member/5", revision=1, part=1) == (
        "d0/session/1/draft/2/member/5/1/1"
    )
    assert key(NoticeKind.OPENING, audience="place/1") == "d0/session/1/opening", "a place is known by what it is about"


async def test_what_waits_to_be_said_holds_no_words(cop: Community) -> None:
    cop.chat.will(OUT, on="/summary/")
    await cop.until(CLOSES)
    (notice,) = await of_summary(cop)
    assert (notice.state, notice.message) == (NoticeState.WAITING, {})
    assert BUDGET not in repr(await cop.rows(Notice)) + repr(await cop.rows(Publication))
    assert BUDGET not in repr(await cop.rows(PublishedPart))


async def test_what_waits_is_composed_from_the_record_as_it_is_when_it_is_said(cop: Community) -> None:
    cop.chat.will(OUT, on="/summary/")
    await cop.until(CLOSES)
    await cop.types("U1", "withdraw #1 yes")
    await cop.go(11 * MINUTE)
    (said,) = summaries(cop)
    assert BUDGET not in said.text
    assert RISK in said.text
    assert said.edits == 0
    assert [notice.state for notice in await of_summary(cop)] == [NoticeState.SENT]


async def test_a_withdrawal_reaches_what_stands_within_one_wake_of_the_loop(cop: Community) -> None:
    await cop.until(CLOSES)
    cop.clock.move_wall(MINUTE)
    await cop.types("U1", "withdraw #1 yes")
    await deliver_notices(cop.ports)
    (said,) = summaries(cop)
    assert BUDGET not in said.text


async def test_what_stands_so_already_is_not_said_again(cop: Community) -> None:
    await cop.until(CLOSES)
    async with cop.ports.unit() as unit:
        await queries.publications.mark_stale(unit, ["session/1"], cop.clock.wall())
    await cop.settle()
    (said,) = summaries(cop)
    assert said.edits == 0
    assert len(await of_summary(cop)) == 1
    assert all(row.stale_since is None for row in await cop.rows(Publication))


@EMBEDDED
@pytest.mark.parametrize("fate", ["lost answer", "lost post"])
async def test_words_of_a_doubtful_attempt_are_replaced_if_they_changed_meanwhile(cop: Community, fate: Fate) -> None:
    cop.chat.will(fate, on="/summary/")
    cop.clock.move_to(CLOSES)
    await cop.tick()
    cop.clock.move_wall(2 * SECOND)
    await cop.tick()
    assert [notice.state for notice in await of_summary(cop)] == [NoticeState.UNSURE]
    await cop.types("U1", "withdraw #1 yes")
    await minutes(cop, 3)
    (said,) = summaries(cop)
    assert BUDGET not in said.text
    assert RISK in said.text


@EMBEDDED
async def test_words_that_a_backup_does_not_know_of_are_found_and_brought_up_to_date(cop: Community) -> None:
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    await summarise_next(cop.ports)
    await reconcile_publications(cop.ports)
    (notice,) = await of_summary(cop)
    (opening,) = cop.chat.keyed("session/1/opening")
    await cop.chat.post(opening.to, opening.message, notice.key)
    cop.clock.move_wall(OLD + SECOND)
    await minutes(cop)
    (said,) = summaries(cop)
    assert BUDGET in said.text
    assert said.edits == 1


@pytest.mark.parametrize("fate", [Later(timedelta(seconds=3), "ratelimited"), Unknown("503"), RuntimeError()], ids=str)
async def test_a_replacement_that_fails_is_made_later(cop: Community, fate: Fate) -> None:
    await cop.until(CLOSES)
    cop.chat.will(fate, on="/summary/")
    await cop.types("U1", "withdraw #1 yes")
    await minutes(cop, 2)
    (said,) = summaries(cop)
    assert BUDGET not in said.text


async def test_the_parts_of_a_document_follow_as_replies_to_the_first(cop: Community) -> None:
    await cop.until(CLOSES)
    await object_at_length(cop)
    await cop.settle()
    first, *others = summaries(cop)
    assert len(others) > 1
    assert first.to.thread is None
    assert {said.to.thread for said in others} == {first.ref.message}
    parts = [said.key.rpartition("/")[2] for said in summaries(cop)]
    assert parts == [str(number) for number in range(1, len(parts) + 1)]
    text = "".join(said.text for said in summaries(cop))
    assert all(f"{who}n{number}k99" in text for who in ("U1", "U3", "U4") for number in range(10))


async def test_when_the_first_part_is_refused_the_others_are_dropped(cop: Community) -> None:
    cop.chat.will(OUT, Refused("is_archived"), on="/summary/1/1")
    await cop.until(CLOSES)
    await object_at_length(cop)
    await cop.go(11 * MINUTE)
    assert summaries(cop) == []
    first, *others = await of_summary(cop)
    assert first.state is NoticeState.FAILED
    assert {notice.state for notice in others} == {NoticeState.DROPPED}


async def test_a_document_that_becomes_shorter_says_so_where_its_last_part_stood(cop: Community) -> None:
    await cop.until(CLOSES)
    await object_at_length(cop)
    await cop.settle()
    many = len(summaries(cop))
    for who in ("U3", "U4"):
        await cop.types(who, "settings forget yes")
    await cop.settle()
    assert len(summaries(cop)) == many
    assert "ends above" in summaries(cop)[-1].text
    text = "".join(said.text for said in summaries(cop))
    assert "U1n9k99" in text
    assert "U3n0k0" not in text
    assert "U4n0k0" not in text


async def test_replicas_that_compare_at_once_say_everything_once(cop: Community) -> None:
    import asyncio

    await cop.until(CLOSES)
    cop.clock.move_wall(MINUTE)
    await cop.types("U1", "withdraw #1 yes")
    replicas = [replace(cop.ports, owner=f"p{n}") for n in range(3)]
    for _ in range(4):
        await asyncio.gather(*(deliver_notices(ports) for ports in replicas))
        cop.clock.move_wall(SECOND)
    (said,) = summaries(cop)
    assert said.edits == 1
    assert len(await of_summary(cop)) == 2


@EMBEDDED
async def test_one_that_can_not_be_composed_stops_no_other(cop: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    from cop_bot.usecases.publications import compose

    async def broken(composing: compose.Composing) -> None:
        raise RuntimeError("ours")

    with monkeypatch.context() as broken_for_now:
        broken_for_now.setitem(compose.COMPOSERS, NoticeKind.SUMMARY, broken)
        await cop.until(CLOSES)
        await cop.types("U4", "idea Said by command")
        assert summaries(cop) == []
    await cop.go(2 * MINUTE)
    assert len(summaries(cop)) == 1


async def test_the_opening_waits_for_the_summary_that_is_not_composed_yet(community: Community) -> None:
    await community.open(2)
    await community.contributes("U1", BUDGET)
    community.clock.move_to(CLOSES + 9 * HOUR)
    await community.settle()
    await community.settle()
    keys = [said.key for said in community.chat.said if said.to.place]
    assert keys.index("d0/session/1/summary/1/1") < keys.index("d0/session/2/opening")


def test_a_digest_is_of_the_words_alone() -> None:
    message = {"blocks": [{"kind": "paragraph", "spans": [{"kind": "words", "text": BUDGET, "bold": False}]}]}
    first = digest_of(from_json({**message, "language": "en"}))
    assert first == digest_of(from_json({**message, "language": "en"}))
    assert first != digest_of(from_json({**message, "language": "fr"}))
    assert len(first) == 64
