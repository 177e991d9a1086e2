"""A whole programme in a Slack that nobody here wrote: what the channel shows and what the record holds agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from e2e.apart import NoNetworkApart, network_apart
from e2e.local_slack import PORT, NoLocalSlack, local_slack_program, words_of
from e2e.played import (
    AMINA,
    ANSWER,
    BOT_PORT,
    JOAO,
    NEVER,
    OBJECTION,
    REMA,
    SIFA,
    TEVITA,
    Played,
    key_of,
    played,
)
from e2e.served import passed_by
from support.postgres import Postgres

PROGRAMME = Path(__file__).parent / "three-weeks.yaml"


WAYS = ("http and sqlite", "socket mode and postgres")


@pytest.fixture(scope="module")
def plays(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Played]]:
    """Both ways at the same time: they mostly wait."""
    url = postgres_server.make()
    folders = {way: tmp_path_factory.mktemp("play") for way in WAYS}
    databases = dict(zip(WAYS, (f"sqlite:///{folders[WAYS[0]]}/cop.db", url.render_as_string(False)), strict=True))
    try:
        local_slack_program()
        with ThreadPoolExecutor(len(WAYS)) as threads:
            going = {way: threads.submit(_play, folders[way], databases[way], "socket" in way) for way in WAYS}
            yield {way: play.result() for way, play in going.items()}
    except (NoLocalSlack, NoNetworkApart) as reason:
        pytest.skip(str(reason))
    finally:
        postgres_server.drop(url)


@pytest.fixture(params=WAYS)
def play(request: pytest.FixtureRequest, plays: dict[str, Played]) -> Played:
    return plays[request.param]


def _play(folder: Path, database_url: str, socket_mode: bool) -> Played:
    with network_apart(folder, PORT, BOT_PORT) as apart:
        return played(apart, PROGRAMME, database_url, socket_mode=socket_mode)


def test_the_channel_shows_the_programme_in_order_and_everything_once(play: Played) -> None:
    keys = [key_of(message) for message in play.said if not key_of(message).startswith("contribution")]
    assert [re.sub(r"/summary/\d+/", "/summary/1/", key) for key in keys] == [
        "gathering/1/announcement/1",
        "session/1/opening",
        "session/1/summary/1/1",
        "session/2/opening",
        "session/2/summary/1/1",
        "session/3/opening",
        "session/3/summary/1/1",
        "programme/1/summary/1/1",
        "programme/1/summary/1/nl/1",
        "gathering/2/announcement/1",
    ]


def test_every_contribution_is_kept_once_as_what_it_is(play: Played) -> None:
    seen = {line["message"]: {name: line[name] for name in next(iter(play.expected.values()))} for line in play.record}
    assert seen == play.expected
    assert len(play.record) == len(play.expected)


def test_an_edit_changes_the_record_and_a_deletion_empties_it(play: Played) -> None:
    texts = [line["text"] for line in play.record]
    assert texts[0] == "Let the women who use the water point decide on its budget"
    assert [line["text"] for line in play.record if line["withdrawn"]] == [""]


def test_nothing_from_outside_a_session_or_from_another_channel_is_kept(play: Played) -> None:
    assert NEVER not in str(play.record)


def test_what_was_kept_is_marked_and_nothing_else(play: Played) -> None:
    ours = {message["ts"] for message in play.said}  # what came by command, which the bot posts with its number
    kept = {line["message"] for line in play.record if not line["withdrawn"]} - ours
    marked = {message["ts"] for message in play.messages if message.get("reactions")}
    assert marked == kept


def test_a_summary_cites_what_members_wrote_and_links_to_it(play: Played) -> None:
    summary = _first_summary(play)
    assert "water point" in summary
    assert "archives/C0POWER/p" in summary
    assert NEVER not in summary


def test_an_objection_from_the_thread_stands_under_its_line_with_the_facilitators_answer(play: Played) -> None:
    summary = _first_summary(play)
    assert summary.index("1. ") < summary.index(OBJECTION) < summary.index(ANSWER)
    assert "version" in summary.splitlines()[0]
    (told,) = [words_of(one) for one in play.direct[SIFA] if key_of(one).startswith("objection/")]
    assert OBJECTION in told
    assert "archives/C0POWER/p" in told
    assert OBJECTION in play.answers["objections"]
    assert "under the objection" in play.answers["answered"] or "onder het bezwaar" in play.answers["answered"]
    assert OBJECTION not in str(play.record), "it is no contribution"


def test_everybody_can_read_the_whole_reply(play: Played) -> None:
    for text in ("water point", "who signs for the money", "One thing that I forgot", "wall of the school"):
        assert text in play.answers["full"]
    assert NEVER not in play.answers["full"]


def _first_summary(play: Played) -> str:
    return next(words_of(one) for one in play.said if key_of(one).startswith("session/1/summary/"))


def test_the_findings_speak_of_every_session(play: Played) -> None:
    findings = next(words_of(one) for one in play.said if key_of(one) == "programme/1/summary/1/1")
    for theme in ("Who decides on the money", "Who bears the risk", "Who is heard"):
        assert theme in findings


def test_only_quiet_members_are_reminded_and_each_once_a_session(play: Played) -> None:
    reminded = {
        person: Counter(key_of(one).split("/member/")[0] for one in messages if key_of(one).startswith("reminder"))
        for person, messages in play.direct.items()
    }
    every, at_risk, none = Counter(["reminder/1", "reminder/2", "reminder/3"]), Counter(["reminder/2"]), Counter[str]()
    due = {
        AMINA: at_risk,
        JOAO: none,
        SIFA: none,  # she facilitates
        REMA: every,
        TEVITA: every,
    }
    assert reminded.keys() == due.keys()
    assert all(reminded[person] <= due[person] for person in due)
    # A day lasts two seconds here: on a busy machine somebody's daylight may pass, which is logged with the reason.
    missing = sum((due[person] - reminded[person]).total() for person in due)
    assert missing <= min(3, passed_by(play.bot.log()))


def test_answers_are_private_and_say_what_was_asked(play: Played) -> None:
    assert "Who decides on the money" in play.answers["status"]
    assert "#1" in play.answers["status"]
    assert "status" in play.answers["no such word"]
    assert "facilitator" in play.answers["forbidden"].lower()
    assert "Who is heard" in play.answers["programme"]
    assert "#2" in str([words_of(one) for one in play.direct[JOAO]])


def test_the_bot_asks_slack_for_nothing_that_it_does_not_know(play: Played) -> None:
    refused = [call for call in play.calls if "unknown_method" in str(call)]
    assert refused == []


def test_sigterm_ends_it_in_order_without_a_mistake_in_the_log(play: Played) -> None:
    assert play.status == 0
    assert [line for line in play.bot.log() if line["level"] in ("error", "critical")] == []
