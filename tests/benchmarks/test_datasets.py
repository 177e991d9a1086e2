"""Where the statements of the measures come from: files of many shapes, and clear words when there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.summaries.datasets import NoData, Pile, Statement, data_folder, extras
from benchmarks.summaries.planted import CANARIES, dissents, injected, lone_languages
from benchmarks.summaries.samples import MEMBERS, drawn, large, typical

ENGLISH = [f"We should plant {number} trees along the road to the market" for number in range(1, 61)]


def pile(authors: int = 0) -> Pile:
    return Pile(
        "trees",
        "en",
        tuple(Statement(t, f"m{at % authors}" if authors else "", "en") for at, t in enumerate(ENGLISH)),
    )


def test_without_a_folder_one_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COP_BENCH_DATA", raising=False)
    with pytest.raises(NoData, match="COP_BENCH_DATA is not set"):
        data_folder()
    monkeypatch.setenv("COP_BENCH_DATA", str(tmp_path))
    with pytest.raises(NoData, match="does not contain polis_bowling-green"):
        data_folder()


def test_further_files_may_be_csv_or_json_lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COP_BENCH_EXTRA", str(tmp_path))
    (tmp_path / "a.csv").write_text('id,Comment-Body,author-id\n1,"Wij willen\nmeer bomen in de straat, en snel",7\n')
    (tmp_path / "b.csv").write_text("nr;statement\n1;Nous voulons plus d'arbres dans la rue\n2;\n")
    (tmp_path / "c.jsonl").write_text('{"body": "Wir wollen mehr Bäume in unserer Straße", "id": 3}\n')
    dutch, french, german = extras()
    assert dutch.statements == (Statement("Wij willen\nmeer bomen in de straat, en snel", "7", "nl"),)
    assert (french.name, french.language, len(french.statements)) == ("b", "fr", 1)
    assert german.language == "de"


def test_a_single_file_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "ideas.csv"
    file.write_text("text\nWe should plant more trees\n")
    monkeypatch.setenv("COP_BENCH_EXTRA", str(file))
    assert [one.name for one in extras()] == ["ideas"]
    monkeypatch.delenv("COP_BENCH_EXTRA")
    assert extras() == []


@pytest.mark.parametrize(
    ("content", "said"), [("number\n1\n", "none of the columns"), ('text\n" "\n', "no statements"), (None, "not there")]
)
def test_a_file_that_says_nothing_is_named(
    content: str | None, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "ideas.csv"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("COP_BENCH_EXTRA", str(file))
    with pytest.raises(NoData, match=said):
        extras()


def test_a_typical_session_is_the_same_in_every_run() -> None:
    one, other = typical(pile(), 2)
    assert [typical(pile(), 2)[at].assignment for at in (0, 1)] == [one.assignment, other.assignment]
    assert one.assignment != other.assignment
    assert len({voice.author for voice in one.assignment.voices}) <= MEMBERS


def test_known_members_come_with_all_they_wrote() -> None:
    said = drawn(pile(authors=15), 40, 1)
    assert len(said) == 40
    assert len({one.author for one in said}) == 10


def test_a_large_session_is_no_larger_than_its_pile() -> None:
    assert [len(one.assignment.voices) for one in large(pile(), (50, 1000))] == [50, 60]


def test_what_is_planted_is_known_by_number() -> None:
    for one in (*dissents(pile()), *lone_languages(pile())):
        (number,) = one.planted
        assert one.assignment.voices[number - 1].author == "the one who disagrees"


def test_all_canaries_are_in_the_injected_session() -> None:
    texts = {voice.text for voice in injected(pile()).assignment.voices}
    assert all(canary.text in texts for canary in CANARIES)
