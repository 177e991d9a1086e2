"""From what Slack delivers to the row that is kept: each would make its author say "yes, that is what I wrote"."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.community import EMBEDDED, Community

from cop_bot.domain.contribution import Contribution, Kind, Mark
from cop_bot.platforms.slack.parse import post_from_event
from cop_bot.usecases.record.record_posts import record_posts
from cop_bot.usecases.summaries.write_brief import voices

CASES = Path(__file__).parents[1] / "platforms" / "cases"
US = "U0BOT"

pytestmark = EMBEDDED


@pytest.fixture
async def cop(community: Community) -> Community:
    """A community in its first session."""
    await community.open()
    return community


async def delivered(cop: Community, *events: dict[str, Any]) -> list[Contribution]:
    """What is kept after Slack has delivered these."""
    for event in events:
        post = post_from_event(event, US)
        if post is None:
            continue
        now = cop.clock.wall() + timedelta(0)
        await record_posts(cop.ports, [replace(post, platform="console", at=now)])
    rows = await cop.rows(Contribution)
    return sorted(rows, key=lambda row: row.id or 0)


def case(name: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text())["events"]
    return events


def said(text: str = "", **more: Any) -> dict[str, Any]:
    """A message event of U1."""
    plain = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": "1801000100.000100"}
    return plain | {"text": text} | more


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": list(elements)}]


def section(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": kind, "elements": list(elements)}


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


async def test_a_forwarded_message_is_kept_for_whoever_shares_it_as_anothers_words(cop: Community) -> None:
    (row,) = await delivered(cop, *case("S03_forward_bare"))
    assert (row.text, row.kind, row.mark) == ("", Kind.RESOURCE, Mark.WANTED)
    assert row.quoted == "Joao: Give every partner a veto on budget lines above 5000 euro"
    assert row.links == ["https://example.slack.com/archives/C9/p1795000000000100"]


async def test_with_a_comment_the_comment_is_its_authors_and_decides_the_kind(cop: Community) -> None:
    (event,) = case("S03_forward_bare")
    (row,) = await delivered(cop, event | {"text": "Could we do this in Malawi?"})
    assert (row.text, row.kind) == ("Could we do this in Malawi?", Kind.QUESTION)
    assert "veto" in row.quoted


async def test_a_file_in_a_forwarded_message_is_a_file(cop: Community) -> None:
    shared = {"is_share": True, "author_name": "Joao", "text": "", "files": [{"id": "F9", "title": "Budget 2027"}]}
    (row,) = await delivered(cop, said(attachments=[shared]))
    assert row.files == ["Budget 2027"]


async def test_a_forwarded_message_is_read_from_its_blocks(cop: Community) -> None:
    inner = {"message": {"blocks": rich(section(words("Ask first")))}}
    shared = {"is_share": True, "author_name": "Joao", "text": "", "message_blocks": [inner]}
    (row,) = await delivered(cop, said(attachments=[shared]))
    assert row.quoted == "Joao: Ask first"


async def test_what_slack_unfolds_under_a_link_is_nobodys_words(cop: Community) -> None:
    unfolded = {"from_url": "https://example.org/a", "title": "A page", "text": "Words of the page"}
    (row,) = await delivered(cop, said("See <https://example.org/a>", attachments=[unfolded]))
    assert (row.text, row.quoted) == ("See https://example.org/a", "")


async def test_what_a_helper_sends_in_somebodys_name_is_theirs(cop: Community) -> None:
    (row,) = await delivered(cop, *case("S10_user_token"))
    assert row.text == "Sent with my screen reader's helper app"


async def test_programs_in_their_own_name_stay_out_and_so_do_we(cop: Community) -> None:
    program = said("Build passed", subtype="bot_message", bot_id="B1")
    del program["user"]
    assert await delivered(cop, program, said("The session is open", user=US, bot_id="B0")) == []


async def test_a_form_is_the_words_of_the_one_whom_it_names(cop: Community) -> None:
    form = said("New idea from <@U3>\nLet women chair", subtype="bot_message", bot_profile={"is_workflow_bot": True})
    del form["user"]
    (row,) = await delivered(cop, form)
    assert "Let women chair" in row.text
    assert row.member_id == (await cop.member("U3")).id


async def test_a_file_that_its_author_removes_is_gone(cop: Community) -> None:
    (row,) = await delivered(cop, *case("S12_file_tombstone"))
    assert (row.text, row.files, row.is_withdrawn) == ("", [], True)


async def test_of_a_text_with_a_file_only_the_file_goes(cop: Community) -> None:
    shared, removed = case("S12_file_tombstone")
    both = shared | {"text": "Read this"}
    after = removed | {key: removed[key] | {"text": "Read this"} for key in ("message", "previous_message")}
    (row,) = await delivered(cop, both, after)
    assert (row.text, row.files, row.is_withdrawn) == ("Read this", [], False)


async def test_a_file_of_which_only_an_id_is_known_is_a_file(cop: Community) -> None:
    (row,) = await delivered(cop, *case("S13_stub_file"))
    assert (row.kind, len(row.files)) == (Kind.RESOURCE, 1)
    assert row.files[0]


async def test_what_was_spoken_is_kept_as_slack_wrote_it_down(cop: Community) -> None:
    spoken = {"preview": {"content": "We share the car between villages", "has_more": True}, "status": "complete"}
    clip = {"id": "F4", "subtype": "slack_audio", "name": "audio_message.m4a", "transcription": spoken}
    (row,) = await delivered(cop, said(files=[clip], subtype="file_share"))
    assert row.text == "🎤 We share the car between villages …"
    assert row.files == ["audio_message.m4a"]


async def test_a_picture_comes_with_its_description(cop: Community) -> None:
    photo = {"id": "F5", "mimetype": "image/png", "title": "IMG_1", "alt_txt": "A flip-chart with four circles"}
    (row,) = await delivered(cop, said(files=[photo], subtype="file_share"))
    assert row.files == ["IMG_1 (A flip-chart with four circles)"]


async def test_emoji_are_signs_and_a_workspaces_own_stay_as_they_are_called(cop: Community) -> None:
    (row,) = await delivered(cop, *case("S16_emoji"))
    assert row.text == "Good idea 👍🏻 and ❤️ :kenya_cop:"


async def test_emoji_are_signs_where_only_a_text_comes_too(cop: Community) -> None:
    (event,) = case("S16_emoji")
    del event["blocks"]
    (row,) = await delivered(cop, event | {"text": "Plant trees :+1::skin-tone-2: at 10:30:00 :flag-ke: :kenya_cop:"})
    assert row.text == "Plant trees 👍🏻 at 10:30:00 🇰🇪 :kenya_cop:"


@pytest.mark.parametrize(
    "text",
    [
        "Who will pay for the audit? :thinking_face:",
        "Je, nani atalipa? 🙏🏾",
        "Who pays?\n\nAmina",
        "Who pays? :)",
        "Who pays? <@U2>",
        "Who pays? Thanks in advance!",
        "Qui paie ? Merci d'avance",
        "¿Quién paga? Saludos, Rosa Pérez",
        "*Who pays?*",
        "Who pays? (<https://example.org/a>)",
        "Who pays? (the donor or we)",
        "من يدفع؟ 🙏",
    ],
)
async def test_the_last_sentence_with_words_decides_what_is_a_question(cop: Community, text: str) -> None:
    (row,) = await delivered(cop, said(text))
    assert row.kind is Kind.QUESTION


@pytest.mark.parametrize("text", ["Why not? Because nobody asked us.", "Ask who decides. Then decide."])
async def test_what_only_begins_with_a_question_is_none(cop: Community, text: str) -> None:
    (row,) = await delivered(cop, said(text))
    assert row.kind is Kind.IDEA


@pytest.mark.parametrize(
    "text",
    [
        "*Question:* who decides on the budget",
        "_Question_: who decides on the budget",
        "Question： who decides on the budget",
        "“Question”: who decides on the budget",
        "Question - who decides on the budget",
        "QUESTION : who decides on the budget",
        "> nothing of mine\n*Vraag:* who decides on the budget",
    ],
)
async def test_a_prefix_counts_in_any_dress(cop: Community, text: str) -> None:
    (row,) = await delivered(cop, said(text))
    assert (row.kind, row.text) == (Kind.QUESTION, "who decides on the budget")


async def test_a_prefix_typed_with_a_loose_accent_counts(cop: Community) -> None:
    (row,) = await delivered(cop, said("lec\u0327on: on apprend en faisant"))
    assert (row.kind, row.text) == (Kind.LESSON, "on apprend en faisant")


@pytest.mark.parametrize("name", ["S27_0_invisible", "S27_2_invisible", "S27_4_invisible"])
async def test_where_nothing_can_be_seen_nothing_is_kept(cop: Community, name: str) -> None:
    assert await delivered(cop, *case(name)) == []


@pytest.mark.parametrize("text", ["\u3164", "\u00ad\ufeff", "\u200e\u200f", "\u115f \u2800", "\ufe0f", "\u180e"])
async def test_nor_of_other_signs_that_show_nothing(cop: Community, text: str) -> None:
    assert await delivered(cop, said(text)) == []


async def test_joiners_inside_words_stay(cop: Community) -> None:
    text = "می\u200cخواهیم و 👩\u200d🌾"
    (row,) = await delivered(cop, said(text))
    assert row.text == text


async def test_a_number_among_the_words_is_no_reply(cop: Community) -> None:
    first, second = await delivered(cop, *case("S28_number_is_no_reply"))
    assert (second.kind, second.parent, second.text) == (Kind.IDEA, None, "#1 priority for us is trust")
    assert first.number == 1


@pytest.mark.parametrize("text", ["#1 We tried this", "#1: not in Malawi", "#1, and also in Fiji", "#1 yes!", "#1"])
async def test_a_number_with_a_reply_behind_it_is_one(cop: Community, text: str) -> None:
    _, second = await delivered(cop, said("First things first"), said(text, ts="1801000101.000100"))
    assert (second.kind, second.parent) == (Kind.FEEDBACK, 1)


@pytest.mark.parametrize("text", ["#1 concern of my village is water", "#1 reden: geld", "#1 prioridad es confianza"])
async def test_what_is_ranked_first_is_no_reply(cop: Community, text: str) -> None:
    _, second = await delivered(cop, said("First things first"), said(text, ts="1801000101.000100"))
    assert (second.parent, second.text) == (None, text)


async def test_quoted_lines_are_not_the_authors(cop: Community) -> None:
    (row,) = await delivered(cop, *case("S49_quote"))
    assert (row.text, row.quoted) == ("Not in Tanzania", "Budgets are written before anybody asks the partners")


async def test_blocks_are_read_as_they_look(cop: Community) -> None:
    blocks = rich(
        section(words("We pay "), words("100", strike=True), words(" 50, says "), {"type": "user", "user_id": "U2"}),
        section(section(words("ask")), section(words("listen")), kind="rich_text_list") | {"style": "ordered"},
        section(section(words("twice")), kind="rich_text_list") | {"style": "bullet", "indent": 1},
        section(words("Decide alone"), kind="rich_text_quote"),
        section(words("a = 1\n  b = 2"), kind="rich_text_preformatted"),
        section({"type": "link", "url": "https://example.org/Power_(social)", "text": "more"}),
    )
    (row,) = await delivered(cop, said("shortened", blocks=blocks))
    assert row.text.split("\n") == [
        "We pay ~~100~~ 50, says @Bram",
        "1. ask",
        "2. listen",
        "  • twice",
        "a = 1",
        "  b = 2",
        "more (https://example.org/Power_(social))",
    ]
    assert (row.quoted, row.links) == ("Decide alone", ["https://example.org/Power_(social)"])


async def test_people_and_channels_are_called_by_name(cop: Community) -> None:
    (row,) = await delivered(cop, said("I agree with <@U2>, see <#C1> and <#C7|water>, <@U0NOBODY> too"))
    assert row.text == "I agree with @Bram, see #cop-power and #water, @member too"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/Power_(social)", "https://example.org/Power_(social)"),
        ("(see https://example.org/a)", "https://example.org/a"),
        ("see https://example.org/a_(b)).", "https://example.org/a_(b)"),
    ],
)
async def test_brackets_of_an_address_stay(cop: Community, text: str, address: str) -> None:
    (row,) = await delivered(cop, said(text))
    assert row.links == [address]


async def test_a_post_edited_into_a_command_is_taken_back_and_comes_back_when_it_is_edited_again(
    cop: Community,
) -> None:
    before = said("A private worry")
    into = {"type": "message", "subtype": "message_changed", "channel": "C1", "ts": "1801000102.000100"}
    command = before | {"text": f"<@{US}> status", "edited": {"user": "U1", "ts": "1801000102.000000"}}
    (row,) = await delivered(cop, before, into | {"message": command, "previous_message": before})
    assert (row.text, row.is_withdrawn) == ("", True)
    again = before | {"text": "A public worry", "edited": {"user": "U1", "ts": "1801000103.000000"}}
    (row,) = await delivered(cop, into | {"message": again, "previous_message": command, "ts": "1801000103.000100"})
    assert (row.text, row.is_withdrawn) == ("A public worry", False)


@pytest.mark.parametrize("text", ["👍", "+1", "Thanks!", "Good morning from Suva!", "We call on Thursday", "test"])
async def test_talk_is_kept_without_a_mark(cop: Community, text: str) -> None:
    (row,) = await delivered(cop, said(text))
    assert (row.kind, row.mark, row.number) == (Kind.TALK, Mark.NONE, 1)


async def test_a_question_to_us_is_talk(cop: Community) -> None:
    (row,) = await delivered(cop, said(f"hey <@{US}> what is this?"))
    assert row.kind is Kind.TALK


async def test_talk_that_is_edited_into_an_idea_gets_its_mark(cop: Community) -> None:
    before = said("Hello all!")
    after = before | {"text": "Let partners chair", "edited": {"user": "U1", "ts": "1801000102.000000"}}
    changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "ts": "1801000102.000100"}
    (row,) = await delivered(cop, before, changed | {"message": after, "previous_message": before})
    assert (row.kind, row.mark) == (Kind.IDEA, Mark.WANTED)


async def test_the_number_that_a_reply_begins_with_is_no_part_of_what_is_quoted(cop: Community) -> None:
    rows = await delivered(cop, said("First things first"), said("#1 We did that", ts="1801000101.000100"))
    third = (await delivered(cop, said("#1 priority is trust", ts="1801000102.000100")))[-1]
    assert [voice.text for voice in voices([*rows, third])] == [
        "First things first",
        "We did that",
        "#1 priority is trust",
    ]
