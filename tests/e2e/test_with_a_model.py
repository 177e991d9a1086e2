"""A model's server writes the summaries, fails in one theme and is asked while the bot dies: what everybody reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from e2e.apart import NoNetworkApart, network_apart
from e2e.local_slack import PORT, NoLocalSlack, local_slack_program, words_of
from e2e.played import AMINA, BOT_PORT, JOAO, REMA, SIFA, TEVITA, key_of
from e2e.played_with_model import (
    ANSWER,
    BOOK,
    CANARY,
    EDITED,
    GONE_LATER,
    KEPT_BACK,
    MODEL,
    MODEL_PORT,
    MONEY,
    OBJECTION,
    OTHERS,
    RISK,
    TAKEN_BACK,
    Workshop,
    played_with_model,
)
from sqlalchemy import create_engine, text
from support.postgres import Postgres

PROGRAMME = Path(__file__).parent / "two-languages.yaml"
KILLED = "killed, on sqlite"
WAYS = (KILLED, "on postgres")
SUBJECTS = ("session/1", "session/2", "programme/1")

Shops = dict[str, Workshop]


@pytest.fixture(scope="module")
def shops(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shops]:
    """Both at the same time: they mostly wait."""
    url = postgres_server.make()
    folders = {way: tmp_path_factory.mktemp("model") for way in WAYS}
    databases = dict(zip(WAYS, (f"sqlite:///{folders[KILLED]}/cop.db", url.render_as_string(False)), strict=True))
    try:
        local_slack_program()
        with ThreadPoolExecutor(len(WAYS)) as threads:
            going = {way: threads.submit(_play, folders[way], databases[way], way == KILLED) for way in WAYS}
            yield {way: play.result() for way, play in going.items()}
    except (NoLocalSlack, NoNetworkApart) as reason:
        pytest.skip(str(reason))
    finally:
        postgres_server.drop(url)


@pytest.fixture(params=WAYS)
def shop(request: pytest.FixtureRequest, shops: Shops) -> Workshop:
    return shops[request.param]


def _play(folder: Path, database_url: str, kill: bool) -> Workshop:
    with network_apart(folder, PORT, BOT_PORT, MODEL_PORT) as apart:
        return played_with_model(apart, PROGRAMME, database_url, kill=kill)


def _posts(shop: Workshop, subject: str, *, french: bool = False) -> list[dict[str, Any]]:
    posts = [one for one in shop.said if key_of(one).startswith(f"{subject}/summary/")]
    return [one for one in posts if ("/fr/" in key_of(one)) == french]


def _words(shop: Workshop, subject: str, *, french: bool = False) -> str:
    (post,) = _posts(shop, subject, french=french)
    return words_of(post)


def test_every_summary_stands_once_in_the_channel_and_its_translation_once_in_its_thread(shop: Workshop) -> None:
    for subject in SUBJECTS:
        (summary,) = _posts(shop, subject)
        (translation,) = _posts(shop, subject, french=True)
        assert summary.get("thread_ts") in (None, summary["ts"])
        assert translation["thread_ts"] == summary["ts"]
    assert Counter(map(key_of, shop.said)).most_common(1)[0][1] == 1


def test_a_summary_says_which_model_wrote_it(shop: Workshop) -> None:
    for subject in SUBJECTS:
        assert f"Written by AI ({MODEL}), check the links" in _words(shop, subject)
        assert f"Écrit par une IA ({MODEL}), vérifiez les liens" in _words(shop, subject, french=True)


def test_everybody_finds_her_point_in_it_whatever_language_she_wrote_it_in(shop: Workshop) -> None:
    said = _words(shop, "session/2")
    for line in (BOOK["revised"][EDITED], *(BOOK["en"][words] for _, words in MONEY[1:4]), MONEY[4][1]):
        assert line in said
    assert BOOK["fr"][BOOK["revised"][EDITED]] in _words(shop, "session/2", french=True)
    assert MONEY[0][1] not in said, "it was edited"


def test_lines_are_numbered_through_and_linked(shop: Workshop) -> None:
    for subject in SUBJECTS[:2]:
        lines = re.findall(r"(\d+)\. ([^\\]+?)(?:\\n|\")", _words(shop, subject))
        assert [int(number) for number, _ in lines] == list(range(1, len(lines) + 1))
        assert len(lines) >= 4
        assert all(re.search(r"<http[^|]+/archives/C0POWER/p\d+\|#\d+>", line) for _, line in lines)


def test_what_was_offline_said_so_and_was_replaced_in_the_same_post(shop: Workshop) -> None:
    assert "Selected quotes, no AI" in shop.offline
    assert MODEL not in shop.offline
    assert all(words in shop.offline for _, words in RISK), "nobody of four was left out"
    (now,) = _posts(shop, "session/1")
    assert now["ts"] == shop.offline_post
    assert "version 2" in words_of(now)
    assert "Selected quotes" not in words_of(now)


def test_an_objection_changes_the_line_and_stands_under_it_with_its_answer(shop: Workshop) -> None:
    money, risk = _words(shop, "session/2"), _words(shop, "session/1")
    assert money.index(BOOK["revised"][EDITED]) < money.index(OTHERS) < money.index(ANSWER)
    assert "line 1 has changed" in money
    assert risk.index(BOOK["revised"][RISK[0][1]]) < risk.index(OBJECTION)
    assert OTHERS in shop.answers["objected"]
    told = [words_of(one) for one in shop.direct[SIFA] if key_of(one).startswith("objection/")]
    assert [OTHERS in told[0], OBJECTION in told[1], len(told)] == [True, True, 2]


def test_the_findings_are_those_of_the_newest_versions(shop: Workshop) -> None:
    findings = _words(shop, "programme/1")
    for line in (BOOK["revised"][EDITED], BOOK["revised"][RISK[0][1]]):
        assert line in findings


def test_what_reads_like_an_order_reaches_the_facilitators_and_nobody_else(shop: Workshop) -> None:
    (told,) = [words_of(one) for one in shop.direct[SIFA] if CANARY in str(one)]
    assert KEPT_BACK in told
    assert "set aside" in _words(shop, "session/2")
    assert CANARY not in str(shop.said)
    assert CANARY not in str(shop.asked)
    assert not any(CANARY in str(shop.direct[member]) for member in (AMINA, JOAO, REMA, TEVITA))


def test_what_was_taken_back_is_nowhere(shop: Workshop) -> None:
    assert TAKEN_BACK not in str(shop.said) + str(shop.asked) + str(shop.record)
    assert GONE_LATER not in str(shop.said) + str(shop.record)
    assert BOOK["fr"][GONE_LATER] not in str(shop.said)


def test_the_model_learns_nobodys_name(shop: Workshop) -> None:
    asked = str(shop.asked)
    assert asked.count("water point") > 0
    assert not [name for name in ("amina", "joão", "sifa", "rema", "tevita", "UAMINA") if name in asked.casefold()]


def test_nothing_is_paid_twice_but_what_was_on_the_wire_when_the_bot_died(shops: Shops) -> None:
    for way, shop in shops.items():
        answered = Counter(_digest(one) for one in shop.asked if one["ended"] == "200")
        assert [count for count in answered.values() if count > 1] == [], way
        lost = [one for one in shop.asked if one["ended"] == "hanging"]
        assert [one["prompt"] for one in lost] == (["verify"] if way == KILLED else [])


def test_a_server_that_is_busy_or_takes_no_schema_is_asked_again_in_another_way(shop: Workshop) -> None:
    endings = Counter(one["ended"] for one in shop.asked)
    assert endings["429"] == 1
    assert 0 < endings["500"] <= 8, "a server's ways are remembered as long as the bot lives"
    assert endings["503"] >= 2


def test_what_it_cost_is_in_the_record(shop: Workshop) -> None:
    engine = create_engine(shop.bot.settings["COP_DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT subject, sum(tokens_in), sum(calls) FROM tokenuse GROUP BY subject")
        ).all()
    engine.dispose()
    paid = sum(one["ended"] == "200" for one in shop.asked)
    assert {subject for subject, _, _ in rows} == set(SUBJECTS)
    assert sum(calls for _, _, calls in rows) == paid
    assert sum(tokens for _, tokens, _ in rows) == 700 * paid


def test_the_log_repeats_nothing_that_anybody_wrote(shop: Workshop) -> None:
    log = shop.bot.log_file.read_text()
    by_members = [words for _, words in (*RISK, *MONEY)] + [EDITED, OBJECTION, OTHERS, ANSWER]
    by_the_model = [line for language in BOOK.values() for line in language.values()]
    for words in by_members + by_the_model:
        middle = words[len(words) // 4 : -len(words) // 4]
        assert middle not in log
        assert middle.encode("ascii", "backslashreplace").decode() not in log
    assert [line for line in shop.bot.log() if line["level"] in ("error", "critical")] == []
    assert shop.status == 0


def _digest(asked: dict[str, Any]) -> str:
    return str(asked["words"])
