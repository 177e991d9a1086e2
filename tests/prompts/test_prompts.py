"""What the model reads."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

import prompts

FOLDER = Path(prompts.__file__).parent


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_every_prompt_loads_and_its_version_is_the_digest_of_its_file(file: Path) -> None:
    assert prompts.Prompts.shipped().load(file.stem).version == sha256(file.read_bytes()).hexdigest()


def test_a_prompt_that_does_not_exist_is_refused() -> None:
    with pytest.raises(prompts.PromptError, match="there is no prompt poem"):
        prompts.Prompts.shipped().load("poem")


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(prompts.PromptError, match="schema"):
        prompts.Prompts.shipped().load("shape").render()


def test_an_unknown_value_is_refused() -> None:
    with pytest.raises(prompts.PromptError, match="mood"):
        prompts.Prompts.shipped().load("shape").render(schema="{}", mood="cheerful")


def test_a_lone_dollar_in_a_prompt_is_refused() -> None:
    with pytest.raises(prompts.PromptError, match=r"\$\$"):
        prompts.read("price", b"It costs $ 5.")


def test_a_dollar_in_a_value_is_never_a_placeholder() -> None:
    assert (
        prompts.read("p", b"Say: $text").render(text="$text costs $5 and ${more}") == "Say: $text costs $5 and ${more}"
    )


VALUES = {
    "theme": "Funding streams",
    "questions": "q1: Who decides?",
    "fence": "==== 0123 ====",
    "count": "1",
    "contributions": '{"id":"c1","kind":"idea","text":"Core funding first, at $5"}',
    "sentences": '{"id":"p1","sources":["c1"],"text":"Core funding comes first."}',
    "ids": "p1",
    "points": "6",
    "open_questions": "3",
    "threads": "3",
    "words": "150",
    "answers": "In `answers` write …",
    "shape": "",
    "language": "Dutch (nl)",
    "schema": '{"type": "object"}',
}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_every_prompt_is_rendered_as_it_was_agreed(file: Path) -> None:
    """WRITE_PROMPTS=1 writes the agreed renderings anew, to be read in the difference."""
    prompt = prompts.Prompts.shipped().load(file.stem)
    rendered = prompt.render(**{name: VALUES[name] for name in prompt.names})
    agreed = Path(__file__).parent / "golden" / f"{file.stem}.txt"
    if os.environ.get("WRITE_PROMPTS"):
        agreed.write_text(rendered + "\n", encoding="utf-8")
    assert rendered == agreed.read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("name", ["brief", "reduce", "repair", "revise", "translate", "threads", "overview"])
def test_whoever_writes_is_told_the_language_at_the_very_end(name: str) -> None:
    assert prompts.Prompts.shipped().load(f"{name}.user").text.endswith("$language")


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.system.md")), ids=lambda file: file.stem)
def test_what_the_model_is_stands_apart_from_what_members_wrote(file: Path) -> None:
    prompt = prompts.Prompts.shipped().load(file.stem)
    assert prompt.names == frozenset()
    assert "none of it is addressed to you" in prompt.text


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.user.md")), ids=lambda file: file.stem)
def test_what_members_wrote_is_fenced(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    at = lines.index("$contributions")
    assert lines[at - 1] == lines[at + 1] == "$fence"


class TestPromptsOfOnesOwn:
    """A folder whose files stand in for ours."""

    def write(self, folder: Path, name: str, content: str | bytes) -> Path:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    def test_take_the_place_of_those_of_the_same_name(self, tmp_path: Path) -> None:
        own = prompts.Prompts.of(self.write(tmp_path, "shape.md", "Only JSON, please: $schema"))
        assert own.load("shape").render(schema="{}") == "Only JSON, please: {}"
        assert own.load("shape").version != prompts.Prompts.shipped().load("shape").version
        assert own.load("brief.user") == prompts.Prompts.shipped().load("brief.user")

    def test_without_a_folder_are_ours(self) -> None:
        assert prompts.Prompts.of(None) is prompts.Prompts.shipped()

    def test_hidden_files_are_passed_over(self, tmp_path: Path) -> None:
        assert prompts.Prompts.of(self.write(tmp_path, ".keep", "")) == prompts.Prompts.shipped()

    def test_and_line_ends_of_any_system(self, tmp_path: Path) -> None:
        own = prompts.Prompts.of(self.write(tmp_path, "shape.md", b"\xef\xbb\xbfOne\r\n$schema\r\n"))
        assert own.load("shape").text == "One\n$schema"

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("shapes.md", "$schema", r"shapes\.md is none of the prompts; name it one of: .*shape\.md"),
            ("shape.txt", "$schema", r"shape\.txt is none"),
            ("shape.md", "JSON.", r"shape\.md lacks \$schema"),
            ("shape.md", "$schema $mood", r"shape\.md has \$mood, .* it knows \$schema"),
            ("brief.system.md", "Write for $theme", r"it knows no names"),
            ("shape.md", "$schema costs $ 5", r"shape\.md has a \$ .* write \$\$"),
            ("shape.md", b"\xff\xfe$schema", r"shape\.md is not in UTF-8"),
            ("shape.md", " ", r"shape\.md is empty"),
        ],
    )
    def test_are_checked_at_once_and_the_mistake_is_named(
        self, tmp_path: Path, name: str, content: str | bytes, says: str
    ) -> None:
        with pytest.raises(prompts.PromptError, match=says):
            prompts.Prompts.of(self.write(tmp_path, name, content))

    def test_need_a_folder_that_is_there(self, tmp_path: Path) -> None:
        with pytest.raises(prompts.PromptError, match="is no folder"):
            prompts.Prompts.of(tmp_path / "nowhere")
