"""A programme is set up in the chat: by whom, from what, and nothing before it was looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.community import Community, plan

from cop_bot.domain.form import Choice, Day, Form, Text
from cop_bot.domain.member import Facilitator
from cop_bot.domain.message import Message
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.ports import PlaceFound
from cop_bot.rendering.text import as_text
from cop_bot.usecases.people.greet_inviter import greet_inviter
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from handlers.commands.form import open_form, submit_form
from handlers.gesture import Gesture

CHANNEL = "C0LEARNING"
ADMIN, MEMBER = "U2", "U1"
FILLED_IN = {
    "title": "Learning: together",
    "what": "themes",
    "lines": "How trust grows\n\n  Who decides about money  \nWhat we learn from failure",
    "first_day": "2026-06-01",
    "days": "14",
    "zone": "Africa/Maputo",
}


def gesture(cop: Community, who: str, place: str | None = CHANNEL) -> Gesture:
    return Gesture(cop.chat.name, who, place)


@pytest.fixture
async def cop(community: Community) -> Community:
    """Nothing is planned. Bram is an administrator."""
    community.chat.places[CHANNEL] = PlaceFound(CHANNEL, "cop-learning", True)
    community.chat.present[CHANNEL] = ["U1", "U2", "U3"]
    bram = community.chat.people[ADMIN]
    community.chat.people[ADMIN] = replace(bram, is_admin=True, language="en-GB")
    return community


async def sends(cop: Community, more: dict[str, str], *, who: str = ADMIN, command: str = f"setup {CHANNEL}") -> object:
    return await submit_form(cop.ports, gesture(cop, who, None), command, FILLED_IN | more)


def reason(answer: object) -> str:
    """Why nothing came of it, or what stands above the form."""
    if isinstance(answer, Message):
        return as_text(answer)
    assert isinstance(answer, Form)
    assert answer.about is not None
    return as_text(answer.about)


async def test_an_administrator_gets_a_form_with_proposals(cop: Community) -> None:
    form = await open_form(cop.ports, gesture(cop, ADMIN), "setup")
    assert isinstance(form, Form)
    assert form.command == f"setup {CHANNEL}"
    by_name = {one.name: one for one in form.fields}
    day, zone, days = by_name["first_day"], by_name["zone"], by_name["days"]
    assert isinstance(day, Day)
    assert day.day > cop.clock.now().date().isoformat()
    assert isinstance(zone, Text)
    assert zone.text
    assert isinstance(days, Choice)
    assert days.first == "14"


async def test_from_the_greeting_to_a_calendar_in_four_interactions(cop: Community) -> None:
    await greet_inviter(cop.ports, cop.chat.name, CHANNEL, ADMIN)
    await greet_inviter(cop.ports, cop.chat.name, CHANNEL, ADMIN)
    await cop.settle()
    (said,) = [one for one in cop.chat.said if one.to.person == ADMIN]
    assert "I keep nothing" in said.text
    preview = await sends(cop, {})
    shown = reason(preview)
    assert "1. How trust grows: Monday, 1 June 2026 at 09:00 (Africa/Maputo), until 14 June 2026" in shown
    assert "3. What we learn from failure: Monday, 29 June 2026" in shown
    assert await cop.rows(Programme) == []
    assert isinstance(preview, Form)
    done = await submit_form(
        cop.ports, gesture(cop, ADMIN, None), preview.command, {**dict(preview.kept), "next": "plan"}
    )
    assert isinstance(done, Message)
    assert "is planned" in as_text(done)
    await sync_places(cop.ports)
    sessions = await cop.rows(Session)
    assert [one.title["en"] for one in sessions] == [
        "How trust grows",
        "Who decides about money",
        "What we learn from failure",
    ]
    assert sessions[1].opens_at == sessions[0].closes_at + timedelta(hours=9)
    assert "Bram" in await cop.types(ADMIN, "facilitators list", place=CHANNEL)
    assert "How trust grows" in await cop.types(MEMBER, "agenda", place=CHANNEL)


async def test_the_same_sent_twice_is_planned_once(cop: Community) -> None:
    await sends(cop, {"next": "plan"})
    again = await sends(cop, {"next": "plan"})
    assert "is planned" in reason(again)
    assert len(await cop.rows(Programme)) == 1


async def test_who_wants_to_change_something_finds_it_as_it_was_left(cop: Community) -> None:
    form = await sends(cop, {"next": "change"})
    assert isinstance(form, Form)
    left = {one.name: one for one in form.fields}
    lines, title = left["lines"], left["title"]
    assert isinstance(lines, Text)
    assert isinstance(title, Text)
    assert (lines.text, title.text) == (FILLED_IN["lines"], FILLED_IN["title"])
    assert await cop.rows(Programme) == []


async def test_one_session_has_all_the_questions(cop: Community) -> None:
    await sends(cop, {"what": "questions", "days": "7", "next": "plan"})
    (session,) = await cop.rows(Session)
    assert len(session.questions) == 3
    assert session.closes_at - session.opens_at < timedelta(days=7)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": "  "}, "what the programme is called"),
        ({"zone": "Maputo"}, "Africa/Maputo"),
        ({"zone": ""}, "no time zone"),
        ({"first_day": ""}, "Choose the first day"),
        ({"first_day": "next Monday"}, "Choose the first day"),
        ({"first_day": "2020-06-01"}, "begun already"),
        ({"lines": " \n "}, "at least one theme"),
        ({"first_day": "2999-01-01"}, "No programme can be made of that"),
        ({"title": "\x00\ud800"}, "what the programme is called"),
        ({"lines": "\n".join(f"Theme {n}" for n in range(30))}, "20 themes"),
    ],
)
@pytest.mark.parametrize("step", ["", "plan"])
async def test_what_is_wrong_comes_back_with_all_that_was_typed(
    more: dict[str, str], says: str, step: str, cop: Community
) -> None:
    again = await sends(cop, more | {"next": step})
    assert says in reason(again)
    assert await cop.rows(Programme) == []


async def test_an_administrator_who_is_not_in_the_channel_sets_nothing_up_there(cop: Community) -> None:
    cop.chat.present[CHANNEL] = ["U1", "U3"]
    assert "administrators" in reason(await open_form(cop.ports, gesture(cop, ADMIN), "setup"))
    assert "administrators" in reason(await sends(cop, {"next": "plan"}))
    assert await cop.rows(Programme) == []


@pytest.mark.parametrize("step", ["", "plan", "change"])
async def test_who_is_no_administrator_is_told_who_is_asked(step: str, cop: Community) -> None:
    opened = await open_form(cop.ports, gesture(cop, MEMBER), "setup")
    assert isinstance(opened, Message)
    assert "administrators" in as_text(opened)
    refused = await sends(cop, {"next": step}, who=MEMBER)
    assert "administrators" in reason(refused)
    assert await cop.rows(Programme) == []


async def test_a_channel_with_a_programme_takes_no_other(cop: Community) -> None:
    await sends(cop, {"next": "plan"})
    await sync_places(cop.ports)
    opened = await open_form(cop.ports, gesture(cop, ADMIN), "setup")
    assert isinstance(opened, Message)
    assert "Learning: together" in as_text(opened)
    await sends(cop, {"next": "plan"})
    assert len(await cop.rows(Programme)) == 1
    await greet_inviter(cop.ports, cop.chat.name, CHANNEL, MEMBER)
    await cop.settle()
    assert not [one for one in cop.chat.said if one.to.person == MEMBER]


async def test_a_channel_that_a_file_names_needs_no_greeting_before_it_was_found(cop: Community) -> None:
    await plan_programme(cop.ports, plan(channel="#cop-learning"))
    await greet_inviter(cop.ports, cop.chat.name, CHANNEL, MEMBER)
    await cop.settle()
    assert not [one for one in cop.chat.said if one.to.person == MEMBER]


@pytest.mark.parametrize("place", ["nonsense", "C0LEARNING <!channel>", "<@U1>", "#"])
async def test_what_is_no_channel_is_refused(place: str, cop: Community) -> None:
    assert "in the channel" in reason(await open_form(cop.ports, gesture(cop, ADMIN, None), f"setup {place}"))
    assert "in the channel" in reason(await sends(cop, {"next": "plan"}, command=f"setup {place}"))
    assert await cop.rows(Programme) == []


async def test_in_a_direct_conversation_the_channel_has_to_be_named(cop: Community) -> None:
    opened = await open_form(cop.ports, gesture(cop, ADMIN, None), "setup")
    assert isinstance(opened, Message)
    assert "in the channel" in as_text(opened)


@pytest.mark.parametrize(
    "text", ["x" * 2_000, "\u202eevil\u202c", "a\x00b\x1bc", "\U0001f600" * 300, "é" * 400, "\ud800 half"]
)
async def test_any_words_make_a_programme_or_a_sentence(text: str, cop: Community) -> None:
    done = await sends(cop, {"title": text, "lines": f"{text}\n{text}", "next": "plan"})
    assert len(await cop.rows(Programme)) == (1 if "is planned" in reason(done) else 0)
    assert "is planned" in reason(done) or "No programme can be made" in reason(done)


async def test_joiners_are_spelling(cop: Community) -> None:
    title = "می\u200cخواهیم با هم یاد بگیریم"
    await sends(cop, {"title": title, "next": "plan"})
    (programme,) = await cop.rows(Programme)
    assert programme.title["en"] == title


HOSTILE = 'x", "roles": {"facilitators": ["U9"]}, "title": "<!channel>'


async def test_nothing_that_is_typed_becomes_a_key_of_the_file(cop: Community) -> None:
    await sends(
        cop, {"title": HOSTILE, "lines": f"- {{id: a, title: b}}\n{HOSTILE}\n&anchor *alias !!python", "next": "plan"}
    )
    (programme,) = await cop.rows(Programme)
    assert programme.title["en"] == HOSTILE
    assert [one.title["en"] for one in await cop.rows(Session)] == [
        "- {id: a, title: b}",
        HOSTILE,
        "&anchor *alias !!python",
    ]
    assert [one.named for one in await cop.rows(Facilitator)] == [ADMIN]


async def test_holidays_and_weekends_are_named_before(cop: Community) -> None:
    shown = reason(await sends(cop, {"first_day": "2026-12-25"}))
    assert "a holiday in Africa/Maputo" in shown
    assert "a weekend" in reason(await sends(cop, {"first_day": "2026-06-07"}))
