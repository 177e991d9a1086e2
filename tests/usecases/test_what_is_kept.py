"""What people post while a session is open is kept, with a number and a kind; nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, SECOND, Community

from cop_bot.domain.contribution import Contribution, Kind, Mark
from cop_bot.domain.member import Member
from cop_bot.domain.post import Change
from cop_bot.ports import PlaceFound
from cop_bot.usecases.record.record_posts import record_posts


@pytest.fixture
async def cop(community: Community) -> Community:
    """A community in its first session, with #1 in it."""
    await community.open()
    await community.contributes("U2", "Let partners chair the budget meeting")
    return community


LINK: dict[str, tuple[str, ...]] = {"links": ("https://example.org/guide",)}
FILE: dict[str, tuple[str, ...]] = {"files": ("budget.pdf",)}


KINDS: list[tuple[str, dict[str, tuple[str, ...]], Kind]] = [
    ("Publish the budgets", {}, Kind.IDEA),
    ("idea: is this a question?", {}, Kind.IDEA),
    ("Question: who decides", {}, Kind.QUESTION),
    ("RESOURCE: the handbook on our shelf", {}, Kind.RESOURCE),
    ("lesson : agree before the money comes", {}, Kind.LESSON),
    ("vraag: wie beslist", {}, Kind.QUESTION),
    ("spørgsmål: hvem bestemmer", {}, Kind.QUESTION),
    ("leçon: écouter d'abord", {}, Kind.LESSON),
    ("pregunta: quién decide", {}, Kind.QUESTION),
    ("ideia: partilhar o orçamento", {}, Kind.IDEA),
    ("Note: this is no prefix of ours", {}, Kind.IDEA),
    ("#1 works well here", {}, Kind.FEEDBACK),
    ("  #1, but who pays?", {}, Kind.FEEDBACK),
    ("question: #1 and who pays", {}, Kind.QUESTION),
    ("#99 is no contribution", {}, Kind.IDEA),
    ("our #1 problem is trust", {}, Kind.IDEA),
    ("Who decides on the budget?", {}, Kind.QUESTION),
    ("Who decides? ", {}, Kind.QUESTION),
    ("(Who decides?)", {}, Kind.QUESTION),
    ("من يقرر؟", {}, Kind.QUESTION),
    ("誰が決めますか？", {}, Kind.QUESTION),
    ("Who decides? We do.", {}, Kind.IDEA),
    ("Look https://example.org/find?", LINK, Kind.RESOURCE),
    ("Have you seen this? https://example.org/guide", LINK, Kind.QUESTION),
    ("A guide https://example.org/guide", LINK, Kind.RESOURCE),
    ("Our budget", FILE, Kind.RESOURCE),
    ("", FILE, Kind.RESOURCE),
    ("Ask mailto:cop@example.org", {}, Kind.IDEA),
]


@EMBEDDED
async def test_the_kind_of_a_post(cop: Community) -> None:
    for text, more, kind in KINDS:
        assert (await cop.contributes("U1", text, **more)).kind is kind, text


async def test_a_reply_in_a_thread_is_feedback_on_its_root(cop: Community) -> None:
    root = await cop.kept(1)
    reply = await cop.contributes("U1", "And who takes the minutes?", thread=root.message)
    assert (reply.kind, reply.parent) == (Kind.FEEDBACK, 1)


async def test_a_prefix_in_a_thread_says_the_kind_and_the_root_stays_the_parent(cop: Community) -> None:
    root = await cop.kept(1)
    reply = await cop.contributes("U1", "question: who takes the minutes", thread=root.message)
    assert (reply.kind, reply.parent, reply.text) == (Kind.QUESTION, 1, "who takes the minutes")


async def test_a_number_in_the_text_goes_before_the_thread(cop: Community) -> None:
    second = await cop.contributes("U1", "Another idea")
    reply = await cop.contributes("U3", "#1 was better", thread=second.message)
    assert reply.parent == 1


async def test_a_reply_under_the_opening_post_is_a_contribution_like_any_other(cop: Community) -> None:
    (opening,) = cop.chat.keyed("opening")
    kept = await cop.contributes("U1", "Share the risk", thread=opening.ref.message)
    assert (kept.kind, kept.parent) == (Kind.IDEA, None)


async def test_a_reply_delivered_together_with_its_root_is_feedback_on_it(cop: Community) -> None:
    root = cop.post("U1", "An idea", message="root")
    reply = cop.post("U3", "Yes", message="reply", thread="root")
    kept = await record_posts(cop.ports, [root, reply])
    assert [(c.number, c.kind, c.parent) for c in kept] == [(2, Kind.IDEA, None), (3, Kind.FEEDBACK, 2)]


async def test_a_reply_to_an_older_session_counts_in_the_one_that_is_open(cop: Community) -> None:
    root = await cop.kept(1)
    await cop.until(CLOSES + DAY)
    reply = await cop.contributes("U1", "Now I see", thread=root.message)
    second = await cop.session(2)
    assert (reply.session_id, reply.kind, reply.parent, reply.late) == (second.id, Kind.FEEDBACK, 1, False)


async def test_within_a_day_after_the_close_a_post_is_kept_and_marked_late(cop: Community) -> None:
    await cop.until(CLOSES + 3 * HOUR)
    late = await cop.contributes("U1", "I had no connection")
    first = await cop.session(1)
    assert (late.session_id, late.late) == (first.id, True)


async def test_once_the_next_session_is_open_a_post_belongs_to_that(cop: Community) -> None:
    await cop.until(OPENS + timedelta(weeks=1))
    kept = await cop.contributes("U1", "For theme 2")
    assert (kept.session_id, kept.late) == ((await cop.session(2)).id, False)


async def test_numbers_run_through_the_programme_and_are_never_used_again(cop: Community) -> None:
    second = await cop.contributes("U1", "Second")
    await cop.deletes(second)
    third = await cop.contributes("U1", "Third")
    await cop.until(OPENS + timedelta(weeks=1))
    fourth = await cop.contributes("U3", "Fourth, in the next session")
    assert [second.number, third.number, fourth.number] == [2, 3, 4]


async def test_a_post_counts_by_its_own_time_and_not_by_its_arrival(cop: Community) -> None:
    await cop.until(CLOSES + 8 * DAY)
    arrived_late = await cop.contributes("U1", "Sent in time", at=CLOSES - MINUTE)
    assert (arrived_late.session_id, arrived_late.late) == ((await cop.session(1)).id, False)


async def test_a_post_belongs_to_a_session_whose_opening_we_have_not_made_good_yet(community: Community) -> None:
    await community.begin()
    community.clock.move_to(OPENS + MINUTE)
    assert (await community.contributes("U1", "You were down")).number == 1


@EMBEDDED
async def test_outside_a_session_nothing_is_kept_and_nobody_is_known(community: Community) -> None:
    await community.begin(1)
    members = len(await community.rows(Member))
    for moment in (OPENS - HOUR, CLOSES + DAY + SECOND):
        await community.until(moment)
        assert await community.says("U77", "Is anybody here?") is None
    assert await community.rows(Contribution) == []
    assert len(await community.rows(Member)) == members


@EMBEDDED
async def test_in_another_channel_or_on_another_platform_nothing_is_kept(cop: Community) -> None:
    for elsewhere in ({"place": "C999"}, {"platform": "teams"}, {"place": ""}):
        assert await cop.says("U1", "Not for the record", **elsewhere) is None


@EMBEDDED
async def test_a_session_that_was_skipped_keeps_nothing(community: Community) -> None:
    await community.begin(2)
    await community.types("U2", "session skip theme-1 yes")
    await community.until(OPENS)
    assert await community.says("U1", "Is anybody here?") is None


@EMBEDDED
@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\0", "\ud800"])
async def test_a_post_without_words_links_or_files_is_not_kept(cop: Community, text: str) -> None:
    assert await cop.says("U1", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a\0b",
        "half a pair \ud83d",
        "x" * 40_001,
        "👩‍👩‍👧‍👦 Ź̷̢ \u202eright to left",
        "'; DROP TABLE contribution; --",
        "{0.__class__} {{7*7}} %s <!channel> <@U1>",
    ],
)
async def test_whatever_people_write_is_kept_as_they_wrote_it(cop: Community, text: str) -> None:
    kept = await cop.contributes("U1", text)
    readable = text.replace("\0", "").encode(errors="ignore").decode().strip()
    assert (await cop.kept(2)).text == readable
    assert kept.number == 2


async def test_what_is_kept_is_marked_once_and_never_answered(cop: Community) -> None:
    said = len(cop.chat.said)
    kept = await cop.contributes("U1", "An idea")
    await cop.settle()
    assert kept.mark is Mark.WANTED
    assert len(cop.chat.said) == said


async def test_an_edit_changes_the_words_and_the_kind(cop: Community) -> None:
    kept = await cop.contributes("U1", "Let us share the risk")
    await cop.edits(kept, "Shall we share the risk?")
    now = await cop.kept(2)
    assert (now.text, now.kind) == ("Shall we share the risk?", Kind.QUESTION)


async def test_an_edit_of_the_prefix_alone_changes_the_kind(cop: Community) -> None:
    kept = await cop.contributes("U1", "idea: share the risk")
    await cop.edits(kept, "lesson: share the risk")
    now = await cop.kept(2)
    assert (now.text, now.kind) == ("share the risk", Kind.LESSON)


async def test_an_edit_takes_back_what_it_was_feedback_on(cop: Community) -> None:
    kept = await cop.contributes("U1", "#1 is good")
    await cop.edits(kept, "Trust is good")
    now = await cop.kept(2)
    assert (now.kind, now.parent) == (Kind.IDEA, None)


async def test_an_edit_in_a_thread_stays_feedback_on_the_root(cop: Community) -> None:
    root = await cop.kept(1)
    reply = await cop.contributes("U1", "Yes", thread=root.message)
    await cop.edits(reply, "Yes, but slowly")
    now = await cop.kept(2)
    assert (now.text, now.kind, now.parent) == ("Yes, but slowly", Kind.FEEDBACK, 1)


async def test_an_edit_does_not_change_a_kind_that_a_person_chose(cop: Community) -> None:
    kept = await cop.contributes("U1", "Let us share the risk")
    await cop.types("U1", "kind #2 lesson")
    await cop.edits(kept, "Shall we share the risk?")
    assert (await cop.kept(2)).kind is Kind.LESSON


@EMBEDDED
async def test_an_unfurled_link_changes_nothing(cop: Community) -> None:
    kept = await cop.contributes("U1", "See https://example.org/guide", **LINK)
    assert await cop.edits(kept, "See https://example.org/guide", edited="", **LINK) == []
    assert await cop.edits(kept, "See https://example.org/guide", edited="9", **LINK) == []


async def test_an_edit_after_the_close_still_follows(cop: Community) -> None:
    root = await cop.kept(1)
    await cop.until(CLOSES + 5 * DAY)
    await cop.edits(root, "Let partners chair every meeting")
    now = await cop.kept(1)
    assert (now.text, now.late) == ("Let partners chair every meeting", False)


async def test_a_deletion_erases_the_words_and_leaves_an_empty_row(cop: Community) -> None:
    kept = await cop.contributes("U1", "A secret", **LINK, **FILE)
    await cop.deletes(kept)
    (now,) = await cop.rows(Contribution, Contribution.message == kept.message)
    assert (now.text, now.links, now.files, now.is_withdrawn, now.number) == ("", [], [], True, 2)


async def test_a_deletion_that_comes_before_its_post_keeps_the_post_out(cop: Community) -> None:
    gone = cop.post("U1", "", message="m", change=Change.DELETED)
    await record_posts(cop.ports, [gone])
    assert await cop.says("U1", "A secret", message="m") is None
    (tombstone,) = await cop.rows(Contribution, Contribution.message == "m")
    assert (tombstone.text, tombstone.number, tombstone.member_id) == ("", None, None)
    assert (await cop.contributes("U3", "The next one")).number == 2


@EMBEDDED
async def test_outside_a_session_a_deletion_leaves_no_trace(community: Community) -> None:
    await community.begin()
    await record_posts(community.ports, [community.post("U1", "", change=Change.DELETED)])
    assert await community.rows(Contribution) == []


async def test_an_edit_that_comes_before_its_post_is_recorded_whole(cop: Community) -> None:
    edit = cop.post("U1", "Better words", message="m", change=Change.EDITED, edited="5")
    (kept,) = await record_posts(cop.ports, [edit])
    assert (kept.number, kept.text) == (2, "Better words")
    assert await cop.says("U1", "First words", message="m") is None
    assert (await cop.kept(2)).text == "Better words"


async def test_a_reply_that_comes_before_its_root_ends_as_feedback_on_it(cop: Community) -> None:
    reply = cop.post("U3", "Yes", message="reply", thread="root")
    await record_posts(cop.ports, [reply])
    await cop.contributes("U1", "An idea", message="root")
    assert [(c.kind, c.parent) for c in await cop.rows(Contribution, Contribution.message == "reply")] == [
        (Kind.FEEDBACK, 3)
    ]


async def test_a_reply_delivered_together_with_its_root_but_before_it_is_feedback_on_it(cop: Community) -> None:
    reply, root = cop.post("U3", "Yes", message="reply", thread="root"), cop.post("U1", "An idea", message="root")
    kept = await record_posts(cop.ports, [reply, root])
    assert [(c.number, c.kind, c.parent) for c in kept] == [(2, Kind.FEEDBACK, 3), (3, Kind.IDEA, None)]


async def test_a_post_and_its_edit_delivered_together_speak_to_what_the_edit_says(cop: Community) -> None:
    post = cop.post("U1", "Trust is good", message="m")
    await record_posts(cop.ports, [post, replace(post, text="#1 is good", edited="1", change=Change.EDITED)])
    assert ((await cop.kept(2)).parent, (await cop.kept(2)).kind) == (1, Kind.FEEDBACK)
    other = cop.post("U1", "#1 is good", message="n")
    await record_posts(cop.ports, [other, replace(other, text="Trust is good", edited="1", change=Change.EDITED)])
    assert ((await cop.kept(3)).parent, (await cop.kept(3)).kind) == (None, Kind.IDEA)


async def test_what_is_posted_together_is_committed_together(cop: Community) -> None:
    posts = [cop.post(f"U{n % 7}", f"Post {n}") for n in range(100)]
    kept = await record_posts(cop.ports, posts + posts)
    assert [c.number for c in kept] == list(range(2, 102))
    assert len(await cop.rows(Contribution)) == 101


async def test_two_programmes_on_two_channels_have_numbers_of_their_own(community: Community) -> None:
    community.chat.places["#other"] = PlaceFound("C2", "other", bot_is_in=True)
    await community.begin()
    await community.begin(slug="other", channel="#other")
    await community.until(OPENS)
    one, other = community.post("U1", "Here"), community.post("U1", "There", place="C2")
    kept = await record_posts(community.ports, [one, other])
    assert sorted((c.programme_id, c.number) for c in kept) == [(1, 1), (2, 1)]
