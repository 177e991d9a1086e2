"""What the operator reads when a file is wrong: all at once, each with its place and what to write instead."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from programme_files import ONE_THEME, mistakes, only_mistake, plan, programme, spots

from cop_bot.domain.plan import SummarySettings
from cop_bot.programme_file.mistakes import ProgrammeFileMistakes
from cop_bot.programme_file.reading import read_programme

TEN_MISTAKES = """\
cop: 1
id: Shifting Power
title: Shifting the Power
zone: Europe/Amsterdam
langauges: {working: [en]}
platform: {channel: "#cop"}
kickoff:
  at: 2020-11-17T13:15 CEST
  until: 2020-11-17T15:00
sessions:
  first_opens: 2020-11-23T09:00
  days: 14
  days: 13
  closes_at: 23:59
  breaks: [{from: 2021-06-31, to: 2021-07-02}]
themes:
  - {id: a, title: A, opens: 2020-11-23T09:00, closes: 2020-12-06T23:59}
  - {id: b, title: B, opens: 2020-12-06T09:00, closes: 2020-12-20T23:59}
  - {id: c, title: C, opens: 2021-01-04T09:00, closes: 2021-01-03T23:59}
  - {id: d, title: D, opens: 2021-03-28T02:30, closes: 2021-04-03T23:59}
  - {id: a, title: E, opens: 2021-05-03T09:00, closes: 2021-05-10T23:59}
privacy: {ai: perhaps}
"""


def test_ten_different_mistakes_are_reported_at_once_each_at_its_place() -> None:
    assert spots(TEN_MISTAKES) == [
        (2, 5),
        (5, 1),
        (8, 7),
        (13, 3),
        (15, 19),
        (18, 30),
        (19, 56),
        (20, 30),
        (21, 10),
        (22, 15),
    ]


def test_each_line_of_the_error_is_file_line_column_what_instead() -> None:
    with pytest.raises(ProgrammeFileMistakes) as raised:
        read_programme(TEN_MISTAKES, "my/cop.yaml")
    lines = str(raised.value).split("\n")
    assert len(lines) == 10
    assert all(re.fullmatch(r"my/cop\.yaml:\d+:\d+ .+, .+", line) for line in lines)
    assert lines[1] == "my/cop.yaml:5:1 `langauges` is not a key of a programme, write `languages`"


@pytest.mark.parametrize("key", ["cop", "id", "title", "zone", "platform"])
def test_a_required_key_that_is_missing_is_named_with_an_example(key: str) -> None:
    text = "".join(line for line in programme().splitlines(keepends=True) if not line.startswith(f"{key}:"))
    mistake = only_mistake(text)
    assert f"`{key}` is missing" in mistake.what
    assert f"write `{key}: " in mistake.instead


def test_a_required_key_without_a_value_is_named_where_it_stands() -> None:
    mistake = only_mistake(programme().replace("id: small", "id:"))
    assert (mistake.line, mistake.column, mistake.what) == (2, 1, "`id` has no value")


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("sesions: {}", "`sessions`"),
        ("Kickoff: {}", "`kickoff`"),
        ("summary: {reveiw: none}", "`review`"),
        ("privacy: {kep: P2Y}", "`keep`"),
        ("summary: {model: {mod: auto}}", "`mode`"),
        ("host: {nmae: Partos}", "`name`"),
        ("kickoff: {at: 2020-11-17T13:15, invite: {sent: [P2D]}}", "`send`"),
    ],
)
def test_an_unknown_key_gets_the_nearest_known_one(line: str, better: str) -> None:
    mistake = only_mistake(programme(f"{line}\n{ONE_THEME}"))
    assert "is not a key" in mistake.what
    assert mistake.instead == f"write {better}"


def test_an_unknown_key_far_from_all_gets_the_list_of_the_known_ones() -> None:
    mistake = only_mistake(programme(f"privacy: {{zzz: 1}}\n{ONE_THEME}"))
    assert "use `consent`, " in mistake.instead


def test_a_key_that_stands_twice_is_named_with_its_first_line() -> None:
    mistake = only_mistake(programme(f"{ONE_THEME}title: Another\n"))
    assert (mistake.line, mistake.column) == (8, 1)
    assert "first in line 3" in mistake.what


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("title: [a]", "must be text, not a list"),
        ("sessions: 3", "must be a mapping, not `3`"),
        ("themes: {id: a}", "must be a list, not a mapping"),
        ("themes: []", "is empty"),
        ("themes: [~]", "nothing is written"),
        ("languages: {working: en}", "must be a list"),
        ("languages: {working: [english]}", "not a language code"),
        ("languages: {working: [e]}", "not a language code"),
        ("privacy: {ai: maybe}", "must be yes or no"),
        ("summary: {review: later}", "must be `none` or `facilitator`"),
        ("summary: {model: {mode: none}}", "must be `auto` or `offline`"),
        ("platform: {kind: slak, channel: x}", "must be `console`, `slack` or `teams`"),
        ("roles: {facilitators: ['@anna']}", "neither an e-mail address nor a person's id"),
        ("host: {name: ''}", "is empty"),
        ("privacy: {keep: forever}", "must be a duration"),
        ("privacy: {keep: P0D}", "must be between 1 day and 20 years"),
        ("kickoff: {until: 2020-11-17T13:15}", "`at` is missing in `kickoff`"),
        ("purpose: {en: x, en: y}", "stands twice"),
        ("purpose: {}", "is empty"),
    ],
)
def test_a_value_of_the_wrong_kind_is_explained_in_one_sentence(line: str, words: str) -> None:
    key = line.split(":")[0]
    rest = "".join(kept for kept in programme().splitlines(keepends=True) if not kept.startswith(f"{key}:"))
    assert any(words in mistake.what for mistake in mistakes(f"{rest}{line}\n"))


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "javascript:alert(1)", "www.example.org", "http://", "https://[", "a b"]
)
def test_addresses_begin_with_http_or_https_and_name_a_host(url: str) -> None:
    theme = f'{{id: a, title: A, resources: [{{title: T, url: "{url}"}}]}}'
    rest = f"sessions: {{first_opens: 2020-11-23T09:00}}\nthemes: [{theme}]\n"
    assert "is not a web address" in only_mistake(programme(rest)).what


@pytest.mark.parametrize(
    ("written", "better"),
    [("Bad One", "bad-one"), ("-a-", "a"), ("a_b", "a-b"), ("Été", "été"), ("x" * 61, "x" * 60), ("../..", "theme-1")],
)
def test_ids_are_small_letters_digits_and_hyphens(written: str, better: str) -> None:
    assert only_mistake(programme().replace("id: small", f"id: {written}")).instead == f"write `id: {better}`"


def test_ids_and_titles_are_compared_and_kept_in_composed_form() -> None:
    rest = (
        "sessions: {first_opens: 2020-11-23T09:00}\nthemes:\n"
        "  - {id: e\u0301quite\u0301, title: E\u0301quite\u0301}\n  - {id: \u00e9quit\u00e9, title: B}\n"
    )
    assert "is already the id of the theme in line 8" in only_mistake(programme(rest)).what
    assert plan(rest.replace("id: \u00e9quit\u00e9", "id: b")).sessions[0].title == {"en": "\u00c9quit\u00e9"}


def test_a_title_may_have_150_characters_and_not_one_more() -> None:
    assert read_programme(programme().replace("A small programme", "x" * 150), "x").title == {"en": "x" * 150}
    assert "151 characters, more than 150" in only_mistake(programme().replace("A small programme", "x" * 151)).what


@pytest.mark.parametrize("escape", [r"\a", r"\0", r"\e[31m", r"\t", r"\x7f"])
def test_control_characters_do_not_come_in_by_escapes(escape: str) -> None:
    mistake = only_mistake(programme().replace("A small programme", f'"a{escape}b"'))
    assert "control character" in mistake.what


def test_messages_carry_nothing_that_steers_a_terminal() -> None:
    for found in mistakes(programme().replace("id: small", r'"i\ed[31m": "a\e[31mb"')):
        assert str(found).isprintable()


def test_text_without_a_language_stands_under_the_first_working_language() -> None:
    found = plan(f"languages: {{working: [nl, en]}}\n{ONE_THEME}")
    assert found.title == {"nl": "A small programme"}
    assert found.settings.summary.languages == ("nl",)


def test_norwegian_is_a_language_and_not_the_answer_no() -> None:
    assert plan(f"languages: {{working: [no]}}\n{ONE_THEME}").settings.working_languages == ("no",)


def test_language_codes_come_in_their_usual_spelling() -> None:
    found = plan(f"languages: {{working: [PT-br, zh_hant]}}\n{ONE_THEME}")
    assert found.settings.working_languages == ("pt-BR", "zh-Hant")


@pytest.mark.parametrize(("written", "ai"), [("no", False), ("false", False), ("yes", True), ("True", True)])
def test_yes_and_no_are_answers_where_an_answer_is_asked(written: str, ai: bool) -> None:
    assert plan(f"{ONE_THEME}privacy: {{ai: {written}}}\n").settings.ai is ai


def test_words_that_yaml_1_1_would_turn_into_something_else_stay_titles() -> None:
    for title in ("no", "1e3", "0o17", "2020-11-17", "23:59", "0x10", "1_000", "on", ".inf"):
        assert read_programme(programme().replace("A small programme", title), "x").title == {"en": title}


@pytest.mark.parametrize(
    "channel", ['"#cop-power"', '"#général"', "C0123ABCD", '"19:abc@thread.tacv2"', '"Our team/Our channel"']
)
def test_a_channel_is_a_name_or_an_id(channel: str) -> None:
    assert read_programme(programme().replace('"#cop"', channel), "x").channel == channel.strip('"')


def test_the_link_that_teams_gives_to_a_channel_is_an_id() -> None:
    group = "01234567-89ab-cdef-0123-456789abcdef"
    link = f"https://teams.microsoft.com/l/channel/19%3Aabc%40thread.tacv2/A%20Name?groupId={group}&tenantId=t"
    said = programme().replace("{channel: ", "{kind: teams, channel: ")
    assert read_programme(said.replace('"#cop"', f'"{link}"'), "x").channel == f"{group}/19:abc@thread.tacv2"
    with pytest.raises(ProgrammeFileMistakes):
        read_programme(said.replace('"#cop"', '"https://teams.microsoft.com/l/channel/19%3Aabc/A%20Name"'), "x")


def test_a_channel_without_its_sign_gets_it() -> None:
    assert '"#cop-power"' in only_mistake(programme().replace('"#cop"', "cop power")).instead


def test_a_channel_without_quotes_is_a_comment_and_the_mistake_says_so() -> None:
    in_block = programme().replace('{channel: "#cop"}', "\n  channel: #cop")
    assert "in quotes because # begins a comment" in only_mistake(in_block).instead
    in_flow = programme().replace('{channel: "#cop"}', "{channel: #cop}")
    mistake = only_mistake(in_flow)
    assert (mistake.line, mistake.column) == (5, 11)
    assert '`"#cop"`' in mistake.instead


def test_known_keys_without_effect_are_listed_and_checked_all_the_same() -> None:
    found = plan(f"membership: {{join: open}}\noutputs: [html]\n{ONE_THEME}summary: {{annex: none}}\n")
    assert set(found.not_acted_on) == {"membership", "outputs", "summary.annex"}
    assert "must be `open`" in only_mistake(programme(f"membership: {{join: opn}}\n{ONE_THEME}")).what


def test_what_is_said_about_summaries_is_taken_over() -> None:
    said = "{brief_words: 90, ratify: P1DT12H, review: facilitator, model: {mode: offline, cap_tokens: 5000}}"
    assert plan(f"{ONE_THEME}summary: {said}\n").settings.summary == SummarySettings(
        brief_words=90, ratify=timedelta(hours=36), review="facilitator", mode="offline", most_tokens=5000
    )
    assert plan(f"{ONE_THEME}summary: {{ratify: PT0S}}\n").settings.summary.ratify == timedelta()
    assert plan(f"{ONE_THEME}summary: {{model: {{mode: auto}}}}\n").settings.summary == SummarySettings()
    assert plan().settings.summary == SummarySettings()


def test_a_version_of_the_format_that_is_not_known_is_refused() -> None:
    assert only_mistake(programme().replace("cop: 1", "cop: 2")).what == "`cop` must be 1, not `2`"
