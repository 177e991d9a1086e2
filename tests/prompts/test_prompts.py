"""What the model reads."""

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


def test_the_language_is_named_at_the_very_end() -> None:
    assert prompts.Prompts.shipped().load("brief.user").text.endswith("$language")


def test_the_request_is_rendered_as_it_was_agreed() -> None:
    rendered = (
        prompts.Prompts.shipped()
        .load("brief.user")
        .render(
            theme="Funding streams",
            questions="- Who decides?",
            fence="==== 0123 ====",
            count="1",
            contributions='{"id": "c1", "kind": "idea", "text": "Core funding"}',
            points="6",
            words="150",
            shape="",
            language="Dutch (nl)",
        )
    )
    assert rendered == (Path(__file__).parent / "golden" / "brief.user.txt").read_text("utf-8").rstrip("\n")


def test_the_system_prompt_takes_nothing_from_outside() -> None:
    assert prompts.Prompts.shipped().load("brief.system").names == frozenset()
