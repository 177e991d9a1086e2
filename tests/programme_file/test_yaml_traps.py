"""Files that are no YAML, too much of it, or the wrong kind of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programme_files import mistakes, only_mistake, plan, programme

from cop_bot.programme_file.mistakes import Mistake, ProgrammeFileMistakes
from cop_bot.programme_file.reading import examine, read_programme


@pytest.mark.parametrize(
    ("text", "spot", "words"),
    [
        ("", (1, 1), "the file is empty"),
        ("# only a comment\n", (1, 1), "the file is empty"),
        ("- a\n- b\n", (1, 1), "is a mapping of keys"),
        ("just words", (1, 1), "is a mapping of keys"),
        ("cop: 1\n\tid: a\n", (2, 1), "a tab stands"),
        ("cop:\t1\n", (1, 5), "a tab stands"),
        ("cop: 1: 2\n", (1, 7), "a second colon"),
        ("cop: 'one\n", (1, 6), "never closed"),
        ("cop: [1,\nid: a\n", (1, 6), "never closed"),
        ("a: 1\n b: 2\n", (2, 3), "a second colon"),
        ("- a\nb: 1\n", (2, 1), "the indentation"),
        ("a: @b\n", (1, 4), "a sign that means something else"),
        ('a: "\\q"\n', (1, 6), "no such escape"),
        ('a: "\\U00110000"\n', (1, 1), "this is not YAML"),
        ("a: 1\n---\nb: 2\n", (2, 1), "a second document"),
        ("? [a]\n: b\n", (1, 3), "can't be a key"),
        ("<<: {a: 1}\n", (1, 1), "would merge"),
        ("a: *b\n", (1, 4), "repeats another part"),
        ("%TAG ! tag:example.org,2020:\n---\na: 1\n", (1, 1), "a directive"),
    ],
)
def test_what_cannot_be_read_is_explained_where_it_begins(text: str, spot: tuple[int, int], words: str) -> None:
    mistake = mistakes(text)[0]
    assert (mistake.line, mistake.column) == spot
    assert words in mistake.what


def test_a_yaml_1_1_line_fools_nobody() -> None:
    rest = "sessions: {first_opens: 2020-11-23T09:00, closes_at: 23:59}\nthemes: [{id: no, title: on}]\n"
    reading = examine("%YAML 1.1\n---\n" + programme(rest), "x")
    assert reading.plan.sessions == plan(rest).sessions
    assert reading.plan.sessions[0].slug == "no"
    assert "has no effect" in reading.remarks[0]


def test_lines_are_counted_with_the_yaml_line() -> None:
    text = "# a comment\n%YAML 1.1\n---\n" + programme().replace("id: small", "id: Small")
    assert only_mistake(text).line == 5


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!int", "!!str", "!mine", "!<tag:example.org,2020:x>"]
)
def test_tags_are_refused_and_make_nothing(tag: str) -> None:
    mistake = only_mistake(programme().replace("A small programme", f"{tag} x"))
    assert (mistake.line, mistake.column) == (3, 8)
    assert "is a tag" in mistake.what


def test_anchors_and_a_bomb_of_aliases_are_refused_at_once() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    began = time.perf_counter()
    found = mistakes(bomb)
    assert time.perf_counter() - began < 5
    assert [(mistake.line, mistake.column) for mistake in found] == [(1, 5), (2, 5), (2, 10)]


@pytest.mark.parametrize("deep", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "[" * 21 + "]" * 21])
def test_depth_is_bounded(deep: str) -> None:
    began = time.perf_counter()
    assert "deeper than 20 levels" in only_mistake(f"a:\n  {deep}").what
    assert time.perf_counter() - began < 5


def test_size_is_bounded() -> None:
    assert "larger than 1 MiB" in only_mistake(b"#" * (1024 * 1024 + 1)).what
    assert "larger than 1 MiB" in only_mistake("#" * (1024 * 1024 + 1)).what


def test_the_number_of_values_is_bounded() -> None:
    assert "more than 20000 values" in only_mistake("a: [" + "1," * 30_000 + "]").what


def test_a_list_is_bounded_before_its_values_are_judged() -> None:
    themes = "".join(f"  - {{id: t{number}, title: T}}\n" for number in range(101))
    text = programme(f"sessions: {{first_opens: 2020-11-23T09:00}}\nthemes:\n{themes}")
    assert "`themes` has 101 values, more than 100" in only_mistake(text).what


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake() -> None:
    content = b"\xef\xbb\xbf" + programme().replace("\n", "\r\n").encode()
    assert read_programme(content, "x").sessions == plan().sessions


def test_lines_are_counted_alike_with_every_line_end() -> None:
    text = programme().replace("id: small", "id: Small")
    for end in ("\n", "\r\n", "\r"):
        assert only_mistake(text.replace("\n", end).encode()).line == 2


@pytest.mark.parametrize(
    ("content", "spot", "words"),
    [
        (b"cop: 1\nid: \xff\n", (2, 5), "0xFF is not UTF-8"),
        ("cop: 1\ntitle: Été\n".encode("latin-1"), (2, 8), "0xC9 is not UTF-8"),
        ("cop: 1".encode("utf-16"), (1, 1), "UTF-16"),
        (b"cop: 1\nid: a\x00b\n", (2, 6), "U+0000"),
        ("cop: 1\nid: a\u2028b\n".encode(), (2, 6), "U+2028"),
        ("cop: 1\nid: a\u202eb\n".encode(), (2, 6), "U+202E"),
        (b"cop: 1\nid: a\x1b[31m\n", (2, 6), "U+001B"),
    ],
)
def test_bytes_that_are_no_text_are_refused_where_they_stand(content: bytes, spot: tuple[int, int], words: str) -> None:
    mistake = only_mistake(content)
    assert (mistake.line, mistake.column) == spot
    assert words in mistake.what


def test_a_lone_surrogate_in_text_is_refused() -> None:
    assert "U+D800" in only_mistake("cop: \ud800").what


LINES = """\
cop: 1
id: a
title: A
zone: Europe/Amsterdam
zone: CEST
platform: {channel: "#c"}
sessions:
themes:
kickoff:
plenary: {at: 2021-03-28T02:30}
privacy: {ai: no}
  - {id: a, title: A}
  - id: b
    opens: 2020-10-25T02:30
  first_opens: 2020-11-23T09:00
  days: 366
  every: P1D
  at: 2100-12-31T23:59 CET
  at: {at: 2020-10-25T02:30, clock: second}
  remind: [{before: PT12H}, {at: midway}]
  breaks: [{from: 2020-11-20, to: 2100-12-31}]
%YAML 1.1
---
...
|
"""
SIGNS = ["? ", "&a ", "*a ", "!x ", '"', "'", "{", "}", "[", "]", ": ", "- ", "\t", "#", "\\", "~"]
PIECES = st.sampled_from([*LINES.splitlines(keepends=True), *SIGNS])
ANY_FILE = st.one_of(
    st.text(),
    st.binary(),
    st.lists(PIECES, max_size=25).map("".join),
    st.tuples(st.lists(PIECES, max_size=8), st.text(max_size=20)).map(lambda both: "".join(both[0]) + both[1]),
    st.tuples(st.integers(0, 250), st.integers(0, 30), st.one_of(st.text(max_size=8), PIECES)).map(
        lambda cut: programme()[: cut[0]] + cut[2] + programme()[cut[0] + cut[1] :]
    ),
)


@given(ANY_FILE)
@settings(max_examples=400, deadline=None)
def test_any_file_is_either_a_plan_or_a_list_of_mistakes_within_it(content: str | bytes) -> None:
    found = mistakes_or_none(content)
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found == tuple(sorted(found))
    for mistake in found:
        assert 1 <= mistake.line <= len(lines)
        assert 1 <= mistake.column <= len(lines[mistake.line - 1]) + 1
        assert mistake.what
        assert mistake.instead


def mistakes_or_none(content: str | bytes) -> tuple[Mistake, ...]:
    try:
        read_programme(content, "cop.yaml")
    except ProgrammeFileMistakes as error:
        return error.mistakes
    return ()
