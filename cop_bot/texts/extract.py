"""The template of all catalogues (`locale/cop_bot.pot`), and what each of them lacks: for whoever translates.

python -m cop_bot.texts.extract
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from cop_bot import texts

KEYWORDS = {"_": None, "later": None, "spans": None, "plural": (1, 2)}
"""The functions whose first words are a sentence; `plural` has two."""
ROOM = Path(str(files(texts)))
LOCALE = ROOM / "locale"
TEMPLATE = LOCALE / "cop_bot.pot"
_HEADER = """# What the bot says, for a new catalogue: docs/how-to/languages.md.
msgid ""
msgstr ""
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Review: unreviewed\\n"

"""


def sentences() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Every sentence of the code that people read, with the file it stands in; a pair for singular and plural."""
    for file in sorted(ROOM.rglob("*.py")):
        for _, found, _, _ in extract_from_file("python", file, keywords=KEYWORDS):
            yield file.relative_to(ROOM.parent.parent).as_posix(), found


def template() -> Catalog:
    """All sentences without a translation, each with the files it stands in."""
    made = Catalog(project="cop_bot", charset="utf-8", fuzzy=False)
    for file, sentence in sentences():
        made.add(sentence, locations=[(file, 0)])
    return made


def written(catalogue: Catalog) -> str:
    """The catalogue as a file; without a date, so that the same sentences make the same file."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=False, omit_header=True, include_lineno=False)
    return _HEADER + out.getvalue().decode()


def main() -> None:
    """Write the template anew, and say what each catalogue lacks or has too much."""
    made = template()
    TEMPLATE.write_text(written(made), encoding="utf-8")
    wanted = {message.id for message in made if message.id}
    print(f"{TEMPLATE.name}: {len(wanted)} sentences")  # noqa: T201 - a command of the shell
    for file in sorted(LOCALE.glob("*.po")):
        with file.open("rb") as opened:
            there = {message.id for message in read_po(opened, locale=file.stem) if message.id}
        for sentence in sorted(map(str, wanted - there)):
            print(f"{file.name} lacks: {sentence}")  # noqa: T201 - as above
        for sentence in sorted(map(str, there - wanted)):
            print(f"{file.name} has too much: {sentence}")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
