"""Where the result is written, nobody else can make it be written elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from cop_bot.cli.summarise.target import Target


def test_a_link_that_waits_in_the_folder_leads_the_result_nowhere(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    out = tmp_path / "summary.md"
    (tmp_path / f".summary.md.{os.getpid()}.part").symlink_to(victim)
    Target(out).write("said\n")
    assert victim.read_text() == "mine"
    assert out.read_text() == "said\n"


def test_a_link_as_the_target_is_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    out = tmp_path / "summary.md"
    out.symlink_to(victim)
    Target(out, force=True).write("said\n")
    assert (victim.read_text(), out.read_text()) == ("mine", "said\n")
    assert [file.name for file in tmp_path.glob(".*")] == []
