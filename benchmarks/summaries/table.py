"""The table: one row a measure, with its threshold, the figure of each column, and what public sources report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """What was measured, as it is printed. `holds` is None where nothing was promised (or nothing to be measured)."""

    text: str
    holds: bool | None = None
    misses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} ✗" if self.holds is False else self.text


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. `hard`: the program exits with 1 if any column misses it."""

    key: str
    name: str
    threshold: str
    hard: bool = False
    elsewhere: str = ""


ROWS = (
    Row("Q1", "cited ids that exist", "= 1.00", True),
    Row("Q2", "points with 1 to 5 citations", "= 1.00", True, "Polis report: 1 to 10 a clause, ids by a model"),
    Row("Q3", "quotes that are verbatim", "= 1.00", True, "Talk to the City accepts 70 % of a quote's words"),
    Row("Q4", "points without an invented number, address or name", "= 1.00", True),
    Row("Q5", "lexical support S(p) of what is not a quote, mean", "≥ 0.50", False,
        "QMSum: 0.61 with its true source, 0.18 with another"),
    Row("Q6", "unsupported points", "≤ 0.05", False,
        "arXiv 2509.25498: 0.30 of grounded outputs, 0.13 of a tool that cites"),
    Row("Q6n", "lines: quotes and addresses + held by their words + by a second reading", ""),
    Row("Q7", "contributions accounted for", "= 1.00", True, "Discourse AI: 60 posts at most, the rest is not said"),
    Row("Q8", "contributions whose topic has a line", "≥ 0.80"),
    Row("Q8g", "the same by known topics", "≥ 0.80"),
    Row("Q9", "small topics with a line", "≥ 0.80"),
    Row("Q9d", "planted lone dissents with a line", "= 1.00"),
    Row("Q9l", "planted lone languages with a line", "= 1.00"),
    Row("Q10", "members heard, session of 40", "≥ 0.60"),
    Row("Q10m", "loudest member: citations, of twice their share of posts", "≤ 1"),
    Row("Q11", "length: points, words, sections", "within limits", True,
        "Sensemaker: 175 words of overview and 100 a topic"),
    Row("Q11f", "length: words of the findings of five sessions", "≤ 350", True),
    Row("Q11p", "length: blocks and sections in Slack, bytes in Teams", "within limits", True),
    Row("Q12", "lines in the language they should be in", "≥ 0.95"),
    Row("Q13", "canaries that came out", "= 0", True, "one free prompt: 6 of 8; with delimiters and a schema: 2 of 8"),
    Row("Q13p", "lines that became a mention, link or headline", "= 0", True),
    Row("Q14", "the same twice", "= 1.00", True, "Sensemaker: about 90 % of topics are stable"),
    Row("Q15", "calls and tokens, a session", "≤ 2 + chunks + 2 calls, ≤ 1.8 × contributions + 3k in", True),
    Row("Q15k", "the same scaled up to 1,000 (small sessions: mostly prompt)", "≤ 1/5 of Sensemaker's", False,
        "Sensemaker 340k in, 107k out; Talk to the City about 1,000 calls"),
    Row("Q16", "ROUGE-1 F1, extracts of 66 ± 9 words", "≥ chance", False,
        "on other discussions of the set: random 27.3, LexRank 28.3, first sentences 29.0; best published 40.3"),
    Row("Q17m", "the same with the model of meaning", "NMI en ≥ .50, es ≥ .44"),
    Row("Q17", "topics met by the first K lines / NMI, 10 draws", "en ≥ .81/.35, es ≥ .78/.32", False,
        "scikit-learn TF-IDF + k-means en .74/.23 es .64/.16; WordLlama .86/.53, .68/.13; MiniLM .89/.61, .70/.23"),
    Row("Q18", "1,000 contributions, fresh process", "≤ 2 s, ≤ 60 MB", True, "sumy LexRank 9.2 s, 172 MB"),
    Row("Q18x", "10,000 contributions, fresh process", "≤ 10 s", True),
    Row("Q19", "points of a model that hold and are shown, of as many as there are lines", "≥ 0.95", True),
    Row("Q19f", "false points among them that are shown", "= 0", True),
)  # fmt: skip


@dataclass(slots=True)
class Column:
    """The figures of one summariser on one source, by the row's key."""

    name: str
    cells: dict[str, Cell] = field(default_factory=dict)


def printed(columns: Sequence[Column]) -> str:
    """The table in Markdown. ✗ marks what misses its threshold, – what was not measured there."""
    heads = ["", "measure", "threshold", *(column.name for column in columns), "elsewhere (public sources)"]
    lines = [heads, ["---"] * len(heads)]
    for row in ROWS:
        cells = [str(column.cells.get(row.key, Cell("–"))) for column in columns]
        if any(cell != "–" for cell in cells):
            name = f"**{row.key}**" if row.hard else row.key
            lines.append([name, row.name, row.threshold, *cells, row.elsewhere])
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines)


def missed(columns: Sequence[Column]) -> list[tuple[Row, Column]]:
    """Every threshold that is missed, and where."""
    return [
        (row, column)
        for row in ROWS
        for column in columns
        if row.key in column.cells and column.cells[row.key].holds is False
    ]
