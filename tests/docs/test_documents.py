"""The documents speak of what exists: commands, settings, files, functions, and the links between them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from cop_bot import __version__
from cop_bot.__main__ import app
from cop_bot.domain.tables import TABLES
from cop_bot.env_example import fields
from cop_bot.platforms.slack.rights import SCOPES
from cop_bot.texts.commands import COMMANDS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMES = [str(document.relative_to(ROOT)) for document in DOCUMENTS]

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_code(document.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"^ *```console\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [line.strip()[2:] for block in blocks for line in block.splitlines() if line.strip().startswith("$ ")]


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(document.read_text(encoding="utf-8"))):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.is_file(), f"{target} is no file"
        assert not anchor or anchor in anchors(file), f"{target} is no heading"


@each_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = re.findall(
        r"`((?:cop_bot|handlers|prompts|examples|tests|locks|docs)/[\w./-]*)`", document.read_text("utf-8")
    )
    invented = {
        "cop_bot/domain/vote.py",
        "cop_bot/usecases/record/vote_for.py",
        "cop_bot/platforms/mail/",
        "handlers/slack/reactions.py",
    }
    assert [name for name in named if name not in invented and not (ROOT / name).exists()] == []


@each_document
def test_no_document_knows_the_machine_it_was_written_on(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work|Users|mnt|opt)/", text)
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text


@each_document
def test_every_command_in_a_shell_is_one_of_ours(document: Path) -> None:
    click = get_command(app)
    ours = set(getattr(click, "commands", {})) | {"test", "lock"}
    for line in shell_lines(document.read_text(encoding="utf-8")):
        words = [word for word in shlex.split(line, comments=True) if not re.fullmatch(r"[A-Z_]+=\S*", word)]
        if words[0] in ("./cop", "cop"):
            assert words[1] in ours, line


def test_the_readme_is_short_and_begins_with_two_commands() -> None:
    assert len(read("README.md").splitlines()) < 150
    assert shell_lines(read("README.md")) == ["./cop demo", "./cop test"]


def test_the_shortest_programme_in_the_readme_is_the_one_that_ships() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", read("README.md"), re.DOTALL)
    shipped = read("examples/minimal.yaml")
    assert shown == "".join(f"{line}\n" for line in shipped.splitlines() if line and not line.startswith("#"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
def test_facilitators_can_read_of_every_command(command: object) -> None:
    path = getattr(command, "path", "")
    assert re.search(rf"^\| .*`/cop {re.escape(path)}\b", read("docs/reference/facilitators.md"), re.MULTILINE)


def test_facilitators_read_of_no_command_that_does_not_exist() -> None:
    paths = {command.path for command in COMMANDS}
    for typed in re.findall(r"`/cop ([^`]+)`", "".join(read(name) for name in NAMES)):
        first, *rest = typed.split()
        assert first in paths or " ".join([first, *rest[:1]]) in paths, f"/cop {typed}"


def test_operators_can_read_of_every_setting() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", read("docs/how-to/operating.md"), re.MULTILINE))
    assert set(rows) == {str(field.validation_alias) for field in fields()}
    for field in fields():
        if field.default:
            assert rows[str(field.validation_alias)] == f"`{field.default}`"


def test_every_scope_is_explained_to_who_installs_the_app() -> None:
    explained = re.findall(r"`([a-z_]+:[a-z.]+|commands)`", read("docs/how-to/slack.md"))
    assert set(explained) - {"connections:write"} == set(SCOPES)


def test_the_privacy_statement_names_every_table_that_refers_to_a_member() -> None:
    about_people = {
        str(table.__tablename__)
        for table in TABLES
        if "member_id" in table.model_fields
        or str(table.__tablename__) in ("member", "summary", "command", "modelanswer")
    }
    assert about_people == set(re.findall(r"^\| `(\w+)` \| ", read("PRIVACY.md"), re.MULTILINE))


def test_the_flows_name_functions_that_exist() -> None:
    flows = read("docs/architecture.md").split("## Eight flows")[1].split("## How a summary")[0]
    code = "".join(
        file.read_text(encoding="utf-8") for room in ("cop_bot", "handlers") for file in (ROOT / room).rglob("*.py")
    )
    for name in re.findall(r"`(?:\w+\.)*([A-Za-z_]+)(?:\([^`]*\))?`", flows):
        assert re.search(rf"\b(?:def|class) {name}\b|^ *{name}\b[:=, ]|\"{name}\"|{name}\.py", code, re.MULTILINE), name


def test_the_glossary_names_what_exists_in_the_code() -> None:
    code = "".join(
        file.read_text(encoding="utf-8") for room in ("cop_bot", "handlers") for file in (ROOT / room).rglob("*.py")
    )
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| `([\w.]+)` \|$", read("docs/glossary.md"), re.MULTILINE)
    assert len(rows) > 50
    for word, name in rows:
        for part in name.split("."):
            assert re.search(rf"^ *(?:async )?(?:def|class) {part}\b|^ *{part}\b *[:=]", code, re.MULTILINE), (
                word,
                part,
            )


def test_the_glossary_has_every_table_and_each_word_once() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| (?:`([\w.]+)` )?\|$", read("docs/glossary.md"), re.MULTILINE)
    words = [word for word, _ in rows]
    assert len(words) == len(set(words))
    assert {table.__name__ for table in TABLES} <= {name for _, name in rows}


def test_every_decision_is_in_the_list_and_has_its_number_and_date() -> None:
    listed = re.findall(
        r"^\| (\d+) \| (\S+) \| \[(.+)\]\(decisions/(\S+)\) \|$", read("docs/decisions.md"), re.MULTILINE
    )
    assert [name for *_, name in listed] == sorted(file.name for file in (ROOT / "docs/decisions").iterdir())
    for number, date, title, name in listed:
        heading, _, since, *_ = read(f"docs/decisions/{name}").splitlines()
        assert (heading, since[:10], name[:4]) == (f"# {number}. {title}", date, f"{int(number):04d}")


@each_document
def test_every_document_is_reached_from_the_readme(document: Path) -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        file = waiting.pop()
        if file in seen or file.suffix != ".md":
            continue
        seen.add(file)
        targets = re.findall(r"\]\(([^)\s#]+)", without_code(file.read_text(encoding="utf-8")))
        waiting += [(file.parent / target).resolve() for target in targets if "://" not in target]
    assert document in seen


def test_the_version_has_its_chapter_in_the_changelog() -> None:
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", read("CHANGELOG.md"), re.MULTILINE)
