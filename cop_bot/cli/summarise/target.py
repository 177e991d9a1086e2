"""Where the result goes: standard output, or a file that is there as a whole or not at all."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import typer

from cop_bot.domain.errors import OperatorMistake


@dataclass(frozen=True, slots=True)
class Target:
    """`file` None is standard output; `force` replaces a file that is there."""

    file: Path | None
    force: bool = False

    @property
    def is_terminal(self) -> bool:
        """Whether somebody reads it as it is printed."""
        return self.file is None and sys.stdout.isatty()

    @property
    def takes_unicode(self) -> bool:
        """Whether every character arrives; files are written in UTF-8."""
        return self.file is not None or (sys.stdout.encoding or "").lower().startswith("utf")

    def check(self, source: str) -> None:
        """Raises OperatorMistake where nothing could be written, before anything is paid for."""
        file = self.file
        if file is None:
            return
        if not file.parent.is_dir():
            raise OperatorMistake(f"--out {file}: there is no folder {file.parent}.")
        if file.exists():
            if not file.is_file():
                raise OperatorMistake(f"--out {file}: that is no file.")
            if Path(source).exists() and file.samefile(source):
                raise OperatorMistake(f"--out {file}: that is the file with the statements.")
            if not self.force:
                raise OperatorMistake(f"--out {file}: it is there already; say --force to replace it.")
        if not os.access(file.parent, os.W_OK):
            raise OperatorMistake(f"--out {file}: nothing may be written in {file.parent}.")

    def write(self, text: str) -> None:
        """Raises OperatorMistake if it can't be written, or if somebody else has written there meanwhile."""
        if self.file is None:
            typer.echo(text, nl=False)
            return
        part = self.file.with_name(f".{self.file.name[:100]}.{token_hex(8)}.part")
        try:
            with part.open("x", encoding="utf-8", newline="\n") as made:  # a new one: nobody's link leads elsewhere
                made.write(text)
            if self.file.exists() and not self.force:
                raise OperatorMistake(f"--out {self.file}: it is there now; say --force to replace it.")
            part.replace(self.file)
        except OSError as error:
            raise OperatorMistake(f"--out {self.file} can't be written: {error.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
