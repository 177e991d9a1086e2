"""The offline column on invented statements: what is promised hard holds, and the measures run to their end."""

from __future__ import annotations

from itertools import product

from benchmarks.summaries.by_quotes import column_of
from benchmarks.summaries.datasets import Pile, Statement
from benchmarks.summaries.table import ROWS, printed

WISHES = [
    f"{start} {what} {where}, and {why}."
    for start, (what, why), where in product(
        ("We should plant", "I would like more money for", "The council has to look after"),
        (
            ("trees", "the summers are too hot for the elderly"),
            ("bicycle paths", "children cannot ride to school safely"),
            ("benches", "nobody can sit down on the way to the clinic"),
            ("street lamps", "the evenings are dark from October on"),
            ("playgrounds", "families with small children have nowhere to go"),
        ),
        ("along the market road", "behind the old mill", "at the station", "in the northern quarter"),
    )
]


async def test_what_is_promised_hard_holds_on_invented_statements() -> None:
    pile = Pile("wishes", "en", tuple(Statement(text, f"m{at % 14}", "en") for at, text in enumerate(WISHES)))
    column = await column_of(pile)
    hard = {row.key for row in ROWS if row.hard} & column.cells.keys()
    assert hard == {"Q1", "Q2", "Q3", "Q4", "Q7", "Q11", "Q11f", "Q11p", "Q13", "Q13p"}
    assert {key: column.cells[key].misses for key in hard if not column.cells[key].holds} == {}
    assert "offline wishes" in printed([column])
