"""Every close brings a summary; what is withdrawn leaves it; after the last session come the findings."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, SECOND, Community
from support.fake_model import FakeModel

from cop_bot.domain import brief as briefs
from cop_bot.domain.assignment import Objected
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.post import Post
from cop_bot.domain.summary import LEASE, SETTLES, Summary, SummaryState
from cop_bot.ports import Later
from cop_bot.store.erasure import erase_contributions
from cop_bot.store.marking import mark_edited
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.summaries.write_summary import summarise_next

BUDGET = "Let partners in the South chair the meeting that decides on the budget"
RISK = "Donors should carry the currency risk because partners have no reserves"


@pytest.fixture
async def cop(community: Community) -> Community:
    """A first session with four contributions of three members."""
    await community.open()
    await community.contributes("U1", BUDGET)
    await community.contributes("U3", RISK)
    await community.contributes("U4", "Who audits the donors?")
    await community.contributes("U1", "A guide", links=("https://example.org/guide",))
    return community


def summaries(community: Community, session: int = 1) -> list[str]:
    """What stands in the channel as the summary of this session, part by part."""
    return [said.text for said in community.chat.keyed(f"session/{session}/summary")]


async def test_the_summary_is_posted_with_the_close_and_quotes_with_links(cop: Community) -> None:
    await cop.until(CLOSES)
    (text,) = summaries(cop)
    assert BUDGET in text
    assert "https://chat.example.org/C1/m1" in text
    assert "https://example.org/guide" in text
    assert "no AI" in text


async def test_the_receipt_accounts_for_every_contribution_once(cop: Community) -> None:
    gone = await cop.contributes("U1", "I take this back")
    await cop.deletes(gone)
    await cop.until(CLOSES)
    (summary,) = await cop.rows(Summary)
    receipt = briefs.from_json(summary.content).receipt
    everywhere = [*receipt.cited, *receipt.merged, *receipt.also_heard, *receipt.set_aside, *receipt.not_shown]
    assert sorted(everywhere) == [1, 2, 3, 4]


@EMBEDDED
async def test_a_session_without_contributions_has_a_summary_too(community: Community) -> None:
    await community.open()
    await community.until(CLOSES)
    assert len(summaries(community)) == 1


async def test_the_model_writes_when_there_is_one(cop: Community) -> None:
    model = FakeModel()
    cop.with_model(model)
    await cop.until(CLOSES)
    (summary,) = await cop.rows(Summary)
    assert (summary.maker, summary.state) == (model.name, SummaryState.PUBLISHED)
    assert len(model.asked) == 1


@EMBEDDED
async def test_the_model_never_sees_who_wrote(cop: Community) -> None:
    model = FakeModel()
    cop.with_model(model)
    await cop.until(CLOSES)
    shown = repr(model.asked)
    for name in ("Amina", "Carla", "Sela", "U1", "U3"):
        assert name not in shown


@EMBEDDED
async def test_the_model_is_told_all_that_the_programme_says_about_its_summaries(community: Community) -> None:
    model = FakeModel()
    community.with_model(model)
    rest = (
        "languages: {working: [en], summaries: [es, en, pt]}\n"
        "summary: {brief_words: 80, model: {cap_tokens: 9000}, review: none}"
    )
    themes = "  - {id: one, title: {en: Power, es: Poder}, questions: [{en: Who decides?, es: ¿Quién decide?}]}"
    await community.open(1, rest, themes=themes)
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    await community.types("U3", "summary object 1 That is only half of it")
    await community.go(SETTLES)
    first, second = model.asked
    assert (first.theme, first.language, first.translations) == ("Poder", "es", ("en", "pt"))
    assert (first.words, first.most_tokens, first.subject) == (80, 9000, "session/1")
    assert [(asked.text, set(asked.wordings)) for asked in first.questions] == [
        ("¿Quién decide?", {"Who decides?", "¿Quién decide?"})
    ]
    assert first.objections == ()
    assert second.objections == (Objected(BUDGET, (1,), "That is only half of it"),)


@EMBEDDED
@pytest.mark.parametrize("rest", ["privacy: {ai: no}", "summary: {model: {mode: offline}}"])
async def test_where_the_programme_wants_no_model_none_is_asked(community: Community, rest: str) -> None:
    model = FakeModel()
    community.with_model(model)
    await community.open(2, rest)
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    assert model.asked == []
    assert len(summaries(community)) == 1


async def test_a_model_that_fails_is_asked_again_ever_less_often(cop: Community) -> None:
    model = FakeModel(fails=3)
    cop.with_model(model)
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    waits = []
    for _ in range(4):
        assert await summarise_next(cop.ports)
        waited = 0
        while not await summarise_next(replace(cop.ports, model=None)) and waited < 200:
            (summary,) = await cop.rows(Summary)
            if summary.state is not SummaryState.WANTED:
                break
            cop.clock.move_wall(SECOND)
            waited += 1
            if summary.not_before <= cop.clock.wall():
                break
        waits.append(waited)
    assert waits[:3] == [15, 30, 60]
    (summary,) = await cop.rows(Summary)
    assert (summary.maker, summary.attempts) == (model.name, 4)


async def test_when_patience_ends_the_offline_summary_is_posted_labelled(cop: Community) -> None:
    model = FakeModel(fails=-1)
    cop.with_model(model)
    await cop.until(CLOSES)
    for _ in range(30):
        await cop.go(15 * MINUTE + SECOND)
    (text,) = summaries(cop)
    assert "no AI" in text
    summary, later = await cop.rows(Summary)
    assert (summary.maker, summary.state) == ("offline", SummaryState.PUBLISHED)
    assert (later.only_model, later.state) == (True, SummaryState.WANTED)
    assert len(model.asked) < 40


@EMBEDDED
async def test_a_model_is_asked_once_also_when_the_bot_was_down_for_longer_than_the_patience(cop: Community) -> None:
    model = FakeModel()
    cop.with_model(model)
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    await cop.go(2 * DAY)
    assert model.name in summaries(cop)[0]


@EMBEDDED
async def test_while_the_model_fails_the_close_and_the_next_opening_stay_on_time(cop: Community) -> None:
    cop.with_model(FakeModel(fails=-1))
    await cop.until(CLOSES)
    await cop.until(OPENS + 7 * DAY)
    assert await cop.states() == ["closed", "open", "planned"]


async def test_two_replicas_do_not_both_pay(cop: Community) -> None:
    model = FakeModel(hold=asyncio.Event())
    cop.with_model(model)
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    first = asyncio.create_task(summarise_next(cop.ports))
    await model.reached.wait()
    second = replace(cop.ports, owner="second")
    cop.clock.move_wall(LEASE - SECOND)
    assert await summarise_next(second) is False
    assert model.hold is not None
    model.hold.set()
    await first
    assert len(model.asked) == 1
    await cop.settle()
    assert len(summaries(cop)) == 1


async def test_when_the_process_that_wrote_it_is_gone_another_one_writes_it(cop: Community) -> None:
    model = FakeModel(hold=asyncio.Event())
    cop.with_model(model)
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    dying = asyncio.create_task(summarise_next(cop.ports))
    await model.reached.wait()
    cop.clock.move_wall(LEASE + SECOND)
    assert await summarise_next(replace(cop.ports, owner="second", model=None))
    assert model.hold is not None
    model.hold.set()
    await dying
    (summary,) = await cop.rows(Summary)
    assert (summary.owner, summary.maker) == ("second", "offline")
    await cop.settle()
    assert len(summaries(cop)) == 1


async def test_the_summary_waits_for_the_history_but_not_for_ever(cop: Community) -> None:
    cop.chat.down = True
    await cop.until(CLOSES)
    assert await cop.states() == ["closed", "planned", "planned"], "the close waits for no network"
    assert summaries(cop) == []
    for _ in range(30):
        await cop.go(5 * MINUTE)
    assert len(summaries(cop)) == 1


async def test_what_was_missed_is_fetched_before_the_summary(cop: Community) -> None:
    missed = Post("console", "C1", "missed", "U2", OPENS + DAY, "Nobody delivered this but it was said in time")
    cop.chat.posts.append(missed)
    await cop.until(CLOSES)
    assert "5 contributions" in summaries(cop)[0]


@EMBEDDED
async def test_a_history_that_can_not_be_stored_does_not_keep_the_summary_away(cop: Community) -> None:
    async def broken(place: str, after: object) -> object:
        yield cop.post("U1", "text", thread=object())

    cop.chat.history = broken  # type: ignore[method-assign, assignment]
    await cop.until(CLOSES)
    for _ in range(30):
        await cop.go(15 * MINUTE)
    assert len(summaries(cop)) == 1


async def test_late_contributions_are_counted_when_it_is_next_rendered(cop: Community) -> None:
    await cop.until(CLOSES)
    await cop.contributes("U4", "Publish what the ferry costs")
    await cop.until(CLOSES + HOUR)
    await cop.types("U1", "withdraw #1 yes")
    await cop.settle()
    assert "+1 late" in summaries(cop)[0]


@pytest.mark.parametrize("how", ["command", "deletion", "forget", "by a facilitator"])
async def test_what_is_withdrawn_after_the_publication_leaves_the_channel(cop: Community, how: str) -> None:
    await cop.until(CLOSES)
    (posted,) = cop.chat.keyed("session/1/summary")
    if how == "deletion":
        await cop.deletes(await cop.kept(1))
    else:
        command = {"command": "withdraw #1 yes", "forget": "settings forget yes", "by a facilitator": "withdraw #1 yes"}
        await cop.types("U2" if how == "by a facilitator" else "U1", command[how])
    await cop.settle()
    (text,) = summaries(cop)
    assert BUDGET not in text
    assert RISK in text
    assert posted.edits == 1
    assert BUDGET not in repr(await cop.rows(Summary))


async def test_what_is_withdrawn_before_the_summary_is_delivered_is_never_said(cop: Community) -> None:
    cop.chat.will(Later(timedelta(minutes=10), "ratelimited"), on="summary")
    await cop.until(CLOSES)
    assert summaries(cop) == []
    seen: list[str] = []
    post = cop.chat.post

    async def watching(to: object, message: object, key: str) -> object:
        outcome = await post(to, message, key)  # type: ignore[arg-type]
        seen.extend(said.text for said in cop.chat.said)
        return outcome

    cop.chat.post = watching  # type: ignore[method-assign, assignment]
    await cop.types("U1", "withdraw #1 yes")
    await cop.go(11 * MINUTE)
    assert len(summaries(cop)) == 1
    assert BUDGET not in "".join(seen)


@pytest.mark.parametrize("how", ["withdraw #1 yes", "settings forget yes"])
async def test_what_is_withdrawn_while_the_model_writes_is_not_published(cop: Community, how: str) -> None:
    model = FakeModel(hold=asyncio.Event())
    cop.with_model(model)
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    writing = asyncio.create_task(summarise_next(cop.ports))
    await model.reached.wait()
    await cop.types("U1", how)
    assert model.hold is not None
    model.hold.set()
    await writing
    await cop.settle()
    (text,) = summaries(cop)
    assert BUDGET not in text
    assert BUDGET not in repr(await cop.rows(Summary))


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_withdrawal_and_a_summary_at_the_same_moment_do_not_block_each_other(cop: Community) -> None:
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    async with cop.ports.unit() as withdrawing:
        (first,) = await withdrawing.scalars(select(Contribution).where(col(Contribution.number) == 1))
        first.withdraw(cop.clock.now())
        await withdrawing.flush()
        async with asyncio.timeout(5):
            assert await summarise_next(cop.ports)
        await erase_contributions(withdrawing, cop.clock.wall(), [first])
    await cop.settle()
    (text,) = summaries(cop)
    assert RISK in text
    assert BUDGET not in text
    assert (await cop.rows(Contribution))[0].permalink is None


async def test_with_a_review_the_facilitators_see_a_draft_first(community: Community) -> None:
    await community.open(2, "summary: {review: facilitator}")
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    drafts = community.chat.keyed("/draft/")
    assert [said.to.person for said in drafts] == ["U2"]
    assert BUDGET in drafts[0].text
    assert BUDGET not in "".join(community.chat.texts(place="C1"))
    await community.types("U2", "summary publish yes")
    await community.settle()
    assert BUDGET in summaries(community)[0]
    assert "draft of the summary" not in summaries(community)[0].lower()


async def test_what_is_withdrawn_from_a_draft_is_not_published(community: Community) -> None:
    await community.open(2, "summary: {review: facilitator}")
    await community.contributes("U1", BUDGET)
    await community.contributes("U3", RISK)
    await community.until(CLOSES)
    await community.types("U1", "withdraw #1 yes")
    await community.types("U2", "summary publish yes")
    await community.settle()
    assert BUDGET not in summaries(community)[0]


async def test_an_edit_during_the_review_brings_a_new_draft_and_not_a_publication(community: Community) -> None:
    await community.open(2, "summary: {review: facilitator}")
    kept = await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    await community.edits(kept, f"{BUDGET} and on the audit")
    await community.settle()
    assert summaries(community) == []
    assert len(community.chat.keyed("/draft/")) == 2
    assert len(community.chat.keyed("/review")) == 1
    await community.types("U2", "summary publish yes")
    await community.settle()
    assert "and on the audit" in summaries(community)[0]


async def test_an_edit_after_the_publication_brings_a_new_version(cop: Community) -> None:
    await cop.until(CLOSES)
    await cop.edits(await cop.kept(1), f"{BUDGET} and on the audit")
    await cop.settle()
    (text,) = summaries(cop)
    assert "and on the audit" in text


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_nobody_begins_to_write_while_an_edit_is_being_recorded(cop: Community) -> None:
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)
    async with cop.ports.unit() as editing:
        (first,) = await editing.scalars(select(Contribution).where(col(Contribution.number) == 1))
        first.text = f"{BUDGET} and on the audit"
        await mark_edited(editing, cop.clock, [first], settles=False)
        await editing.flush()
        assert await summarise_next(cop.ports) is False
    await cop.settle()
    assert "and on the audit" in summaries(cop)[0]


async def test_publishing_again_replaces_the_words_by_a_new_version(cop: Community) -> None:
    await cop.until(CLOSES)
    await cop.contributes("U2", "Late but important: publish the audit reports", at=CLOSES - HOUR)
    await cop.types("U2", "summary publish yes")
    await cop.settle()
    (text,) = summaries(cop)
    assert "5 contributions" in text
    assert [summary.version for summary in await cop.rows(Summary)] == [1, 2]


@EMBEDDED
async def test_there_is_nothing_to_publish_before_it_is_written(cop: Community) -> None:
    cop.with_model(FakeModel(fails=-1))
    await cop.until(CLOSES)
    assert "no draft" in (await cop.types("U2", "summary publish yes")).lower()


async def test_after_the_last_session_come_the_findings_over_all(cop: Community) -> None:
    for week in (1, 2):
        await cop.until(OPENS + timedelta(weeks=week))
        await cop.contributes("U1", f"What we learnt in week {week} is to ask earlier")
    assert cop.chat.keyed("programme/1/summary") == []
    await cop.until(OPENS + timedelta(weeks=3))
    (findings,) = cop.chat.keyed("programme/1/summary")
    assert cop.chat.said[-1] is findings
    for theme in ("Theme 1", "Theme 2", "Theme 3"):
        assert theme in findings.text


async def test_when_the_last_session_is_skipped_the_findings_come_without_it(cop: Community) -> None:
    await cop.until(OPENS + timedelta(weeks=2) - HOUR)
    assert cop.chat.keyed("programme/1/summary") == []
    await cop.types("U2", "session skip yes")
    await cop.settle()
    assert cop.chat.keyed("programme/1/summary") == [], "not before the session was to close"
    cop.clock.move_to((await cop.sessions())[-1].closes_at)
    await cop.settle()
    (findings,) = cop.chat.keyed("programme/1/summary")
    assert "Theme 3" not in findings.text


async def test_when_the_last_themes_leave_the_file_the_findings_come_without_them(cop: Community) -> None:
    await cop.until(OPENS + timedelta(weeks=2) - HOUR)
    await cop.begin(2)
    await cop.settle()
    assert len(cop.chat.keyed("programme/1/summary")) == 1


async def test_findings_follow_a_withdrawal_too(community: Community) -> None:
    await community.open(1)
    await community.contributes("U1", BUDGET)
    await community.contributes("U3", RISK)
    await community.until(CLOSES)
    (findings,) = community.chat.keyed("programme/1/summary")
    assert BUDGET in findings.text
    await community.types("U1", "withdraw #1 yes")
    await community.settle()
    assert BUDGET not in findings.text
    assert RISK in findings.text


@EMBEDDED
async def test_a_long_summary_is_split_and_loses_nothing(community: Community) -> None:
    await community.open()
    for number in range(30):
        words = " ".join(f"word{number}x{k}" for k in range(300))
        await community.contributes(
            f"U{number}", f"Resource {number} {words}", links=(f"https://example.org/{number}",)
        )
        await community.contributes(f"U{number}", f"{words}?")
    await community.until(CLOSES)
    first, *others = community.chat.keyed("session/1/summary")
    assert all(said.to.thread == first.ref.message for said in others)
    assert "60 contributions" in first.text


async def test_a_draft_can_be_seen_any_time_and_changes_nothing(cop: Community) -> None:
    answer = await cop.types("U2", "summary draft")
    assert BUDGET in answer
    assert await cop.rows(Summary) == []


@EMBEDDED
async def test_a_summariser_with_a_mistake_of_its_own_does_not_stop_the_others(cop: Community) -> None:
    class Broken(FakeModel):
        async def summarise(self, assignment: object, progress: object = None) -> briefs.Brief:
            raise ZeroDivisionError

    cop.with_model(Broken())
    await cop.until(CLOSES)
    for _ in range(30):
        await cop.go(15 * MINUTE + SECOND)
    assert len(summaries(cop)) == 1


async def test_the_links_it_cites_stay_in_the_record(cop: Community) -> None:
    await cop.until(CLOSES)
    rows = await cop.rows(Contribution)
    assert {row.permalink for row in rows} >= {"https://chat.example.org/C1/m1"}
    assert await deliver_notices(cop.ports) == 0
