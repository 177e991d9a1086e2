"""A command that lacks its words opens a form; what is filled in does what typing it would do, and no word is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.community import CLOSES, DAY, PLACE, Community

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.form import Choice, Field, Form, Text
from cop_bot.domain.message import Message
from cop_bot.domain.objection import Objection
from cop_bot.rendering.text import as_text
from handlers.commands.form import FORMS, open_form, submit_form, wants_form
from handlers.gesture import Gesture

ASKED = "  - {id: theme-1, title: Theme 1, questions: [Who decides?, Who pays?]}"


def gesture(cop: Community, who: str, *, thread: str | None = None, delivery: str | None = None) -> Gesture:
    return Gesture(cop.chat.name, who, PLACE, thread, delivery=delivery)


async def opened(cop: Community, command: str, who: str = "U1", thread: str | None = None) -> Form:
    form = await open_form(cop.ports, gesture(cop, who, thread=thread), command)
    assert isinstance(form, Form)
    return form


def field(form: Form, name: str) -> Field:
    return next(one for one in form.fields if one.name == name)


def as_left(form: Form) -> str:
    words = field(form, "text")
    assert isinstance(words, Text)
    return words.text


@pytest.mark.parametrize("command", ["idea", "ask", "resource", "lesson"])
async def test_a_kind_alone_opens_the_form_with_that_kind(command: str, community: Community) -> None:
    await community.open()
    form = await opened(community, command)
    kind = field(form, "kind")
    assert isinstance(kind, Choice)
    assert kind.first == command
    done = await submit_form(community.ports, gesture(community, "U1"), form.command, {"text": "Share the chair"})
    assert isinstance(done, Message)
    (kept,) = await community.rows(Contribution)
    assert kept.text == "Share the chair"


@pytest.mark.parametrize("command", ["idea Share the chair", "status", "help", "session close", "nonsense", ""])
async def test_what_says_it_all_or_has_no_form_is_to_be_obeyed(command: str, community: Community) -> None:
    await community.open()
    assert await open_form(community.ports, gesture(community, "U1"), command) is None


async def test_what_is_filled_in_is_filed_under_the_question_that_was_chosen(community: Community) -> None:
    await community.open(themes=ASKED)
    question = field(await opened(community, "idea"), "question")
    assert isinstance(question, Choice)
    assert [shown for shown, _ in question.options] == ["None of them", "1. Who decides?", "2. Who pays?"]
    values = {"kind": "lesson", "text": "Ask before you plan", "question": "q2"}
    await submit_form(community.ports, gesture(community, "U1"), "idea", values)
    (kept,) = await community.rows(Contribution)
    assert (kept.kind.value, kept.text, kept.answers) == ("lesson", "Ask before you plan", 2)


async def test_a_form_that_comes_twice_contributes_once(community: Community) -> None:
    await community.open()
    for _ in range(3):
        await submit_form(community.ports, gesture(community, "U1", delivery="V1/h1"), "idea", {"text": "Once"})
    assert len(await community.rows(Contribution)) == 1


@pytest.mark.parametrize("values", [{}, {"text": ""}, {"text": "  "}, {"kind": "session close yes", "text": ""}])
async def test_without_words_the_form_comes_back_with_the_reason(values: dict[str, str], community: Community) -> None:
    await community.open()
    again = await submit_form(community.ports, gesture(community, "U1"), "idea", values)
    assert isinstance(again, Form)
    assert again.about is not None
    assert await community.rows(Contribution) == []


async def test_a_kind_that_is_none_gives_no_other_command(community: Community) -> None:
    await community.open()
    values = {"kind": "session close yes", "text": "now"}
    await submit_form(community.ports, gesture(community, "U2"), "idea", values)
    (kept,) = await community.rows(Contribution)
    assert (kept.kind.value, kept.text) == ("idea", "now")
    assert (await community.states())[0] == "open"


@pytest.mark.parametrize("command", ["session close", "settings forget", "nonsense", ""])
async def test_a_form_for_another_command_does_nothing(command: str, community: Community) -> None:
    await community.open()
    done = await submit_form(community.ports, gesture(community, "U2"), command, {"text": "yes"})
    assert isinstance(done, Message)
    assert (await community.states())[0] == "open"


async def test_words_sent_after_the_close_come_back_with_the_reason(community: Community) -> None:
    await community.open(sessions=1)
    form = await opened(community, "idea")
    await community.until(CLOSES + timedelta(days=30))
    again = await submit_form(community.ports, gesture(community, "U1"), form.command, {"text": "Too late, but mine"})
    assert isinstance(again, Form)
    assert as_left(again) == "Too late, but mine"
    assert again.about is not None
    assert as_text(again.about)
    late = await open_form(community.ports, gesture(community, "U1"), "idea")
    assert isinstance(late, Message)


async def with_summary(cop: Community) -> None:
    await cop.open()
    await cop.contributes("U1", "Let partners in the South chair the meeting that decides on the budget")
    await cop.contributes("U3", "Donors should carry the currency risk because partners have no reserves")
    await cop.until(CLOSES)


async def test_an_objection_names_the_line_of_the_version_that_was_shown(community: Community) -> None:
    await with_summary(community)
    form = await opened(community, "summary object theme-1", "U3")
    line = field(form, "line")
    assert isinstance(line, Choice)
    shown, value = next(one for one in line.options if "currency risk" in one[0])
    await community.types("U1", "summary object 1 Something else")
    await community.settle()
    done = await submit_form(
        community.ports, gesture(community, "U3"), form.command, {"line": value, "text": "I never said so"}
    )
    assert isinstance(done, Message)
    mine = next(one for one in await community.rows(Objection) if one.text == "I never said so")
    assert mine.said in shown


@pytest.mark.parametrize("line", ["", "1", "1 99", "x y", "1 0", "99 1", "1 1; drop"])
async def test_a_line_that_nobody_was_shown_is_refused_and_the_words_stay(line: str, community: Community) -> None:
    await with_summary(community)
    values = {"line": line, "text": "I never said so"}
    again = await submit_form(community.ports, gesture(community, "U3"), "summary object theme-1", values)
    if line == "99 1":  # a version that is not there: the one of today is meant
        assert isinstance(again, Message)
        return
    assert isinstance(again, Form)
    assert as_left(again) == "I never said so"
    assert await community.rows(Objection) == []


async def test_an_objection_that_comes_too_late_comes_back(community: Community) -> None:
    await with_summary(community)
    form = await opened(community, "summary object theme-1", "U3")
    await community.go(10 * DAY)
    assert isinstance(await open_form(community.ports, gesture(community, "U3"), form.command), Message)
    again = await submit_form(
        community.ports, gesture(community, "U3"), form.command, {"line": "1 1", "text": "I never said so"}
    )
    assert isinstance(again, Form)
    assert as_left(again) == "I never said so"


async def test_feedback_stands_beneath_what_it_answers(community: Community) -> None:
    await community.open()
    first = await community.contributes("U1", "Let partners chair the meeting")
    form = await opened(community, "feedback", "U3", thread=first.message)
    assert form.command == f"feedback #{first.number}"
    assert form.about is not None
    assert "Let partners chair" in as_text(form.about)
    await submit_form(community.ports, gesture(community, "U3"), form.command, {"text": "We did that"})
    kept = await community.kept(2)
    assert kept.kind.value == "feedback"
    assert kept.text.endswith("We did that")


def test_only_what_has_a_form_may_open_one() -> None:
    assert {path for path in FORMS if wants_form(path)} == set(FORMS)
    assert not wants_form("session close")
    assert not wants_form("idea Share the chair")
    assert not wants_form("")


async def test_a_facilitator_edits_a_session_that_has_not_opened(community: Community) -> None:
    themes = f"{ASKED}\n  - {{id: theme-2, title: {{en: Theme 2, nl: Thema 2}}, questions: [Who?]}}"
    await community.open(rest="languages: {working: [en, nl]}", themes=themes)
    which = await opened(community, "session edit", "U2")
    session = field(which, "session")
    assert isinstance(session, Choice)
    assert [slug for _, slug in session.options] == ["theme-2"]
    form = await submit_form(community.ports, gesture(community, "U2"), which.command, {"session": "theme-2"})
    assert isinstance(form, Form)
    title, questions = field(form, "title"), field(form, "questions")
    assert isinstance(title, Text)
    assert isinstance(questions, Text)
    assert (title.text, questions.text) == ("Thema 2", "Who?")
    values = {"title": "Wie betaalt?", "questions": "Wie?\n\nWaarom?"}
    done = await submit_form(community.ports, gesture(community, "U2"), form.command, values)
    assert isinstance(done, Message)
    second = await community.session(2)
    assert second.title == {"en": "Theme 2", "nl": "Wie betaalt?"}
    assert second.questions == [{"en": "Who?", "nl": "Wie?"}, {"nl": "Waarom?"}]
    assert "Wie betaalt?" in await community.types("U2", "agenda")
    assert "session edit theme-2" in await community.types("U2", "audit")


async def test_what_has_opened_is_not_edited_and_no_title_is_none(community: Community) -> None:
    await community.open()
    refused = await open_form(community.ports, gesture(community, "U2"), "session edit theme-1")
    assert isinstance(refused, Message)
    empty = await submit_form(community.ports, gesture(community, "U2"), "session edit theme-2", {"title": " "})
    assert isinstance(empty, Form)
    assert (await community.session(2)).title == {"en": "Theme 2"}


@pytest.mark.parametrize("command", ["session edit", "session edit theme-2"])
async def test_who_does_not_facilitate_edits_nothing(command: str, community: Community) -> None:
    await community.open()
    refused = await open_form(community.ports, gesture(community, "U1"), command)
    assert isinstance(refused, Message)
    values = {"title": "Mine", "session": "theme-2", "questions": ""}
    done = await submit_form(community.ports, gesture(community, "U1"), command, values)
    assert isinstance(done, Message)
    assert "Only facilitators" in as_text(done)
    assert (await community.session(2)).title == {"en": "Theme 2"}


async def test_a_title_can_be_typed(community: Community) -> None:
    await community.open()
    assert "Who pays?" in await community.types("U2", "session edit theme-2 Who pays?")
    assert "Only facilitators" in await community.types("U1", "session edit theme-2 Mine")
    assert (await community.session(2)).title == {"en": "Who pays?"}


async def test_where_no_programme_runs_that_is_said(community: Community) -> None:
    for command in ("session edit", "idea", "summary object", "feedback #1"):
        refused = await open_form(community.ports, gesture(community, "U1"), command)
        assert isinstance(refused, Message)
        assert "No programme" in as_text(refused)
