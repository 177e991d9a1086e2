"""The demo: one run in plain mode, looked at from all sides."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cop_bot.demo.player import play_demo
from cop_bot.demo.script import cues, people, programme_file
from cop_bot.domain import brief as briefs
from cop_bot.programme_file.reading import read_programme

SLUGS = ["funding", "risk", "community-led", "pat", "incomplete"]
DELETED = "Palmira"
WITHDRAWN = "boet en måned i landsbyen"


@dataclass(frozen=True)
class Played:
    """What one run left behind."""

    out: Path
    printed: str
    status: int
    seconds: float
    database: sqlite3.Connection

    def rows(self, query: str) -> list[Any]:
        return self.database.execute(query).fetchall()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    out, printed = tmp_path_factory.mktemp("demo") / "out", io.StringIO()
    began = time.monotonic()
    with redirect_stdout(printed):
        status = asyncio.run(play_demo(out, plain=True))
    seconds = time.monotonic() - began
    with closing(sqlite3.connect(out / "cop.db")) as database:
        yield Played(out, printed.getvalue(), status, seconds, database)


def test_it_plays_the_worked_example() -> None:
    example = Path(__file__).parents[2] / "examples" / "shifting-the-power.yaml"
    assert programme_file() == example.read_bytes()


def test_it_ends_well_and_soon(demo: Played) -> None:
    assert demo.status == 0
    assert demo.seconds < 20


def test_plain_output_has_no_colour_and_no_motion(demo: Played) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", demo.printed)
    assert all(f"Theme {number} of 5" in demo.printed for number in range(1, 6))


def test_every_session_has_one_opening_and_one_summary_and_the_programme_its_findings(demo: Played) -> None:
    keys = [key.partition("/")[2] for (key,) in demo.rows("SELECT key FROM notice WHERE state = 'sent'")]
    for session in range(1, 6):
        assert keys.count(f"session/{session}/opening") == 1
        assert keys.count(f"session/{session}/summary/1/1") == 1
    assert keys.count("programme/1/summary/1/1") == 1
    assert sum("gathering" in key for key in keys) == 6


def test_everything_the_bot_decided_to_say_was_said_once(demo: Played) -> None:
    assert demo.rows("SELECT key, state FROM notice WHERE state != 'sent'") == []
    assert demo.rows("SELECT key FROM notice GROUP BY key HAVING count(*) > 1") == []


def test_every_contribution_is_accounted_for_in_the_summary_of_its_session(demo: Played) -> None:
    recorded = demo.rows("SELECT session_id, number FROM contribution WHERE NOT late AND withdrawn_at IS NULL")
    first = "SELECT session_id, content FROM summary WHERE session_id IS NOT NULL AND version = 1"
    for session, content in demo.rows(first):
        brief = briefs.from_json(json.loads(content))
        in_time = [number for of, number in recorded if of == session]
        assert sorted(brief.receipt.numbers()) == sorted(in_time)
        assert len(in_time) >= 8


def test_members_post_ideas_questions_resources_lessons_and_feedback_and_sometimes_too_late(demo: Played) -> None:
    kinds = {kind for (kind,) in demo.rows("SELECT DISTINCT kind FROM contribution")}
    assert kinds == {"idea", "question", "resource", "lesson", "feedback"}
    assert demo.rows("SELECT count(*) FROM contribution WHERE late") == [(3,)]
    assert demo.rows("SELECT count(*) FROM contribution WHERE withdrawn_at IS NOT NULL") == [(2,)]
    assert demo.rows("SELECT kind FROM contribution WHERE text LIKE 'Gostava de saber%'") == [("question",)]
    assert demo.rows("SELECT count(*) FROM contribution WHERE text LIKE '%tre uger om året%'") == [(1,)]


def test_what_a_member_took_back_is_nowhere_any_more(demo: Played) -> None:
    record = "\n".join(demo.database.iterdump())
    files = "\n".join(file.read_text(encoding="utf-8") for file in demo.out.glob("summaries/*.md"))
    assert DELETED in demo.printed
    assert DELETED not in record + files
    assert WITHDRAWN in demo.printed.replace("\n    ", " ")
    assert WITHDRAWN not in record + files


def test_who_has_contributed_is_not_reminded(demo: Played) -> None:
    sent = "SELECT count(*) FROM reminded JOIN reminder ON reminder.id = reminder_id WHERE outcome = 'sent'"
    contributed = """ AND EXISTS (SELECT 1 FROM contribution c WHERE c.member_id = reminded.member_id
        AND c.session_id = reminder.session_id AND c.posted_at < reminded.at AND c.withdrawn_at IS NULL)"""
    assert demo.rows(sent)[0][0] > 20
    assert demo.rows(sent + contributed) == [(0,)]


def test_reminders_were_also_left_out_for_every_other_reason(demo: Played) -> None:
    outcomes = {outcome for (outcome,) in demo.rows("SELECT DISTINCT outcome FROM reminded")}
    assert outcomes == {"sent", "already contributed", "paused", "facilitates", "same day", "not a person"}


def test_the_paths_of_what_was_made_are_printed_and_there(demo: Played) -> None:
    names = [*(f"{number}-{slug}.md" for number, slug in enumerate(SLUGS, start=1)), "findings.md"]
    assert sorted(file.name for file in (demo.out / "summaries").iterdir()) == sorted(names)
    for path in (demo.out / "cop.db", *(demo.out / "summaries" / name for name in names)):
        assert str(path) in demo.printed.splitlines()


def test_a_summary_file_has_every_contribution_of_its_session_and_names_nobody(demo: Played) -> None:
    text = (demo.out / "summaries" / "1-funding.md").read_text(encoding="utf-8")
    assert text.startswith("# Theme 1 · The Organisation of Funding Streams · summary and all contributions\n")
    assert "\n1. “" in text
    contributions = text.partition("## All contributions")[2]
    assert {int(number) for number in re.findall(r"^- (?:↳ )*\\#(\d+) ", contributions, re.MULTILINE)} == set(
        range(1, 14)
    )
    assert re.search(r"#13 · idea · late: Avec un jour de retard", text)
    assert [person.name for person in people() if person.name in text] == []


def test_an_operator_has_the_same_files_from_the_record(demo: Played) -> None:
    settings = {"COP_DATABASE_URL": f"sqlite:///{demo.out}/cop.db", "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "cop_bot", "export", "--format", "md"]
    done = subprocess.run(command, env=settings, cwd=demo.out, capture_output=True, text=True, check=True)
    for file in (demo.out / "summaries").iterdir():
        assert file.read_text(encoding="utf-8") in done.stdout, file.name


def test_a_member_objects_a_facilitator_answers_and_a_new_version_says_so(demo: Played) -> None:
    versions = demo.rows("SELECT version, state FROM summary WHERE session_id = 1 ORDER BY version")
    assert versions == [(1, "published"), (2, "published"), (3, "published")]
    printed = " ".join(demo.printed.replace("\n  | ", " ").split())
    assert "summary · version 2" in printed
    assert "1 more contribution was read" in printed
    assert "Objection to line 1: “In Dar es Salaam we tried this" in printed
    assert "New in this version: 1 objection answered" in printed
    text = (demo.out / "summaries" / "1-funding.md").read_text(encoding="utf-8")
    assert text.index("In Dar es Salaam") < text.index("Answer: “You are right: it needs time.")


def test_a_wrong_word_and_a_wrong_person_get_their_answers(demo: Played) -> None:
    assert "/cop agenda" in demo.printed
    assert "Only facilitators of this programme can do that." in demo.printed


def test_the_script_is_written_in_six_languages_from_three_continents_and_more() -> None:
    zones = {person.zone.partition("/")[0] for person in people()}
    assert zones == {"Europe", "Africa", "America", "Asia", "Pacific"}
    assert {person.language for person in people()} == {"en", "nl", "da", "fr", "es", "pt"}
    assert len(people()) >= 12


def test_everybody_in_the_script_is_one_of_the_members() -> None:
    plan = read_programme(programme_file(), "programme.yaml")
    assert {cue.line.who for cue in cues(plan)} <= {person.id for person in people()}
