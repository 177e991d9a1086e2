"""What people type, and what is understood."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_bot.domain.contribution import Kind
from cop_bot.domain.mistakes import NotALength, NotANumber
from cop_bot.texts.commands import COMMANDS, CommandSpec
from cop_bot.texts.words import (
    NotUnderstood,
    Typed,
    commands_for,
    duration,
    kinds,
    number,
    parse,
    places,
    prefixes,
    split_number,
)


def typed(text: str) -> Typed:
    found = parse(text)
    assert isinstance(found, Typed), found
    return found


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
def test_every_command_understands_its_own_example(command: CommandSpec) -> None:
    assert typed(command.usage).command is command


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
def test_every_other_word_for_a_command_chooses_it(command: CommandSpec) -> None:
    assert all(typed(f"{alias} x").command is command for alias in command.aliases)


def test_no_word_means_two_commands() -> None:
    words = [word.casefold() for command in COMMANDS for word in (command.path, *command.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("text", ["", "   ", "home"])
def test_nothing_asks_for_the_home(text: str) -> None:
    assert typed(text).command.path == "home"


@pytest.mark.parametrize("text", ["help", "HELP", "?", "hjælp"])
def test_help_asks_for_help(text: str) -> None:
    assert typed(text).command.path == "help"


@pytest.mark.parametrize("text", ["session", "Programme", "settings", "sessie"])
def test_the_first_word_of_two_alone_asks_for_its_help(text: str) -> None:
    asked = typed(text)
    assert asked.command.path == "help"
    assert list(commands_for("facilitator", asked.rest)) != list(commands_for("facilitator"))


def test_what_follows_a_command_keeps_its_lines() -> None:
    assert typed("  Idea:  first line\n  second  line ").rest == "first line\n  second  line"


@pytest.mark.parametrize("text", ["session close yes", "session close  YES!", "sessie close ja", "session close sí"])
def test_a_yes_at_the_end_confirms(text: str) -> None:
    assert typed(text) == Typed(typed("session close").command, "", yes=True)


def test_a_yes_confirms_only_where_it_is_asked_for() -> None:
    assert typed("idea should donors say yes") == Typed(typed("idea").command, "should donors say yes")
    assert typed("withdraw #12 yes") == Typed(typed("withdraw").command, "#12", yes=True)
    assert typed("withdraw #12") == Typed(typed("withdraw").command, "#12")


def test_a_draft_is_not_a_theme() -> None:
    assert typed("summary draft").command.path == "summary draft"
    assert typed("summary risk sharing") == Typed(typed("summary").command, "risk sharing")


@pytest.mark.parametrize(
    ("text", "word", "nearest"),
    [
        ("wtihdraw #12", "wtihdraw", "withdraw"),
        ("sesion close", "sesion", "session close"),
        ("session klose", "session klose", "session close"),
        ("settings pauze 3d", "settings pauze", "settings pause"),
        ("stauts", "stauts", "status"),
        ("xyzzy", "xyzzy", None),
    ],
)
def test_an_unknown_word_gets_the_nearest_command(text: str, word: str, nearest: str | None) -> None:
    assert parse(text) == NotUnderstood(word, nearest)


@given(st.text(max_size=200))
def test_whatever_is_typed_has_an_answer(text: str) -> None:
    assert isinstance(parse(text), Typed | NotUnderstood)


def test_members_are_not_shown_what_only_facilitators_may() -> None:
    assert {command.role for command in commands_for("member")} == {"member"}
    assert {command.role for command in commands_for("facilitator")} == {"member", "facilitator"}


def test_what_cannot_be_undone_asks_first() -> None:
    assert {command.path for command in COMMANDS if command.asks_first} == {
        "withdraw",
        "settings forget",
        "programme shift",
        "remind",
        "session open",
        "session close",
        "session skip",
        "summary publish",
        "facilitators remove",
        "undo",
    }


@pytest.mark.parametrize(
    ("text", "length"),
    [("14d", timedelta(14)), ("2w", timedelta(14)), (" 1 D ", timedelta(1)), ("2 weeks", timedelta(14))],
)
def test_a_length_is_written_in_days_or_weeks(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "14", "0d", "-3d", "3h", "1000d", "٣d d", "soon"])
def test_anything_else_is_not_a_length(text: str) -> None:
    with pytest.raises(NotALength):
        duration(text)


def test_a_contribution_is_named_by_its_number() -> None:
    assert number("#12") == number(" 12 ") == 12
    assert split_number("#12 We tried this\nit works") == (12, "We tried this\nit works")
    assert split_number("We tried 12") == (None, "We tried 12")


@pytest.mark.parametrize("text", ["", "#", "#12 x", "#x", "#99999999", "#12th"])
def test_anything_else_is_not_a_number(text: str) -> None:
    with pytest.raises(NotANumber):
        number(text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("3 That is wrong", [("", 3, "That is wrong")]),
        ("#3: That is\nwrong", [("", 3, "That is\nwrong")]),
        ("3 5 of us said so", [("", 3, "5 of us said so")]),
        ("risk sharing 3. That is wrong", [("risk sharing", 3, "That is wrong")]),
        ("theme 2 3 No", [("theme", 2, "3 No"), ("theme 2", 3, "No")]),
        ("theme-2 3", [("theme-2", 3, "")]),
        ("That is wrong", []),
        ("", []),
        ("1234 too large", []),
    ],
)
def test_a_line_is_named_by_its_number_after_its_theme(text: str, readings: list[tuple[str, int, str]]) -> None:
    assert places(text) == readings


@given(st.text(max_size=200))
def test_every_reading_of_a_line_is_one_of_what_was_typed(text: str) -> None:
    for theme, place, words in places(text):
        assert theme in text
        assert 0 <= place < 1000
        assert words in text


@pytest.mark.parametrize(
    ("text", "path", "rest"),
    [
        ("summary object 3 No", "summary object", "3 No"),
        ("object 3 No", "summary object", "3 No"),
        ("samenvatting bezwaar 3 Nee", "summary object", "3 Nee"),
        ("résumé complet risque", "summary full", "risque"),
        ("summary objections", "summary objections", ""),
        ("samenvatting", "summary", ""),
        ("resumen riesgos", "summary", "riesgos"),
    ],
)
def test_what_can_be_done_with_a_summary_has_words_of_its_own(text: str, path: str, rest: str) -> None:
    assert (typed(text).command.path, typed(text).rest) == (path, rest)


def test_prefixes_name_kinds_in_six_languages() -> None:
    assert {prefixes()[word] for word in ("idea", "idee", "idé", "idée", "ideia")} == {Kind.IDEA}
    assert {prefixes()[word] for word in ("question", "vraag", "spørgsmål", "pregunta", "pergunta")} == {Kind.QUESTION}
    assert {prefixes()[word] for word in ("resource", "bron", "kilde", "ressource", "recurso")} == {Kind.RESOURCE}
    assert {prefixes()[word] for word in ("lesson", "les", "læring", "leçon", "lección", "lição")} == {Kind.LESSON}
    assert all(word == word.casefold() for word in kinds())


def test_feedback_is_a_kind_but_no_prefix() -> None:
    assert kinds()["feedback"] is Kind.FEEDBACK
    assert Kind.FEEDBACK not in prefixes().values()


@pytest.mark.parametrize("text", ["`status`", "status.", "/cop status", "status\u200b", "“status”", "`/cop status`."])
def test_commands_work_as_the_bot_prints_them(text: str) -> None:
    typed = parse(text)
    assert not isinstance(typed, NotUnderstood)
    assert typed.command.path == "status"


@pytest.mark.parametrize(
    ("text", "path"),
    [("instellingen uit", "settings off"), ("instellingen aan", "settings on"), ("paramètres arrêter", "settings off")],
)
def test_settings_are_understood_in_the_languages_of_their_readers(text: str, path: str) -> None:
    typed = parse(text)
    assert not isinstance(typed, NotUnderstood)
    assert typed.command.path == path


@pytest.mark.parametrize("text", ["setup", "instellingen uitt", "settings oof", "settings onf", "instelling ut"])
def test_a_guess_never_turns_into_its_opposite(text: str) -> None:
    typed = parse(text)
    if isinstance(typed, NotUnderstood):
        expected = "settings on" if text.endswith("onf") else "settings off"
        assert typed.nearest in (None, expected if text != "setup" else None)
