"""One table of Q1 to Q19 for both summarisers: see docs/explanation/summaries.md.

COP_BENCH_DATA=FOLDER python -m benchmarks.summaries [--limit 40] [--model-file WEIGHTS.gguf] [--misses]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from benchmarks.summaries.by_model import model_columns, played_column
from benchmarks.summaries.by_quotes import extra_columns, offline_columns
from benchmarks.summaries.datasets import NoData, bowling_green, data_folder
from benchmarks.summaries.model import NoModel
from benchmarks.summaries.table import Column, missed, printed
from cop_bot.logs import set_up_logs


async def columns(given: argparse.Namespace) -> list[Column]:
    """All columns that can be filled here."""
    found = [] if given.only_model else [*await offline_columns(), *await extra_columns()]
    if not given.only_model:
        found.append(await played_column(bowling_green(data_folder())))
    return [*found, *await model_columns(given.model_file, given.limit)]


def main() -> int:
    """Print the table; 1 if a hard measure failed, 2 if nothing can be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.summaries", description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, default=40, help="contributions of a session that the model gets (40)")
    parser.add_argument("--model-file", type=Path, help="weights (GGUF) to serve on loopback for the model's column")
    parser.add_argument("--misses", action="store_true", help="list what missed each threshold")
    parser.add_argument("--only-model", action="store_true", help="leave out the offline summariser")
    given = parser.parse_args()
    set_up_logs("ERROR")
    try:
        found = asyncio.run(columns(given))
    except (NoData, NoModel) as mistake:
        print(mistake, file=sys.stderr)
        return 2
    print(printed(found))
    failed = missed(found)
    if given.misses:
        for row, column in failed:
            print(f"\n{row.key} {column.name}: {row.name} {column.cells[row.key]}")
            print("\n".join(f"  - {miss[:300]}" for miss in column.cells[row.key].misses[:12]))
    hard = [f"{row.key} ({column.name})" for row, column in failed if row.hard]
    print(f"\nHard measures that failed: {', '.join(hard) or 'none'}")
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
