"""Talk told from contributions, measured: `python -m benchmarks.intake [folder with the public data sets]`.

`talk/*.txt` are lines of talk, written for this; every fourth of them was looked at only when all was done.
`contributions.csv` labels, by id, the shortest statements of two public data sets, which are the hardest to tell apart
(compdemocracy/openData, CC BY 4.0; argrecsys/decide-madrid-2019-annotations).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cop_bot.languages.talk import is_talk

HERE = Path(__file__).parent


def talk_lines() -> Iterator[tuple[str, list[str]]]:
    """The lines of each language, by its code."""
    for file in sorted((HERE / "talk").glob("*.txt")):
        yield file.stem, [line for line in file.read_text("utf-8").splitlines() if line]


def contributions(folder: Path) -> Iterator[tuple[str, str]]:
    """The labelled contributions of the data sets in this folder: (id, text)."""
    with (HERE / "contributions.csv").open(encoding="utf-8", newline="") as file:
        wanted = {(row["file"], row["id"]) for row in csv.DictReader(file) if row["label"] == "contribution"}
    for name in sorted({file for file, _ in wanted}):
        for number, text in _texts(folder / name):
            if (name, number) in wanted:
                yield f"{name} {number}", text


def _texts(file: Path) -> Iterator[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        if file.suffix == ".csv":
            yield from ((row["comment-id"], row["comment-body"]) for row in csv.DictReader(lines))
        else:
            for row in map(json.loads, lines):
                yield row.get("comment_id") or f"{row['proposal_id']}-{row['info']}", row["text"]


def main(folders: list[str]) -> None:
    """Print one line for each language, and what was lost."""
    for code, lines in talk_lines():
        held = lines[3::4]
        found, of_held = sum(map(is_talk, lines)), sum(map(is_talk, held))
        print(f"{code}: {found} of {len(lines)} lines of talk recognised, {of_held} of {len(held)} held out")
    for folder in folders:
        real = dict(contributions(Path(folder)))
        lost = {name: text for name, text in real.items() if is_talk(text)}
        print(f"{len(lost)} of {len(real)} contributions taken for talk", *lost.items(), sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
