"""Who writes the summary: the configured model, or the offline summariser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from cop_bot.cli.summarise.asking import say
from cop_bot.config import MeaningSettings, Settings, load_settings
from cop_bot.ports import AnswerCache, Summariser
from cop_bot.settings import read

Model = Literal["offline", "auto"]


@dataclass(frozen=True, slots=True)
class Writer:
    """A summariser, where its server is, how many tokens it may cost, and the digests of its prompts."""

    summariser: Summariser
    where: str = ""
    most_tokens: int = 0
    prompts: dict[str, str] = field(default_factory=dict)


@asynccontextmanager
async def writer_of(model: Model, answers: AnswerCache) -> AsyncIterator[Writer]:
    """The writer; "auto" is the configured model if there is one. Of the settings offline needs but one.

    Raises OperatorMistake for settings that can't be used.
    """
    from cop_bot.bootstrap import model_summariser, offline_summariser, prompts_of

    if model == "offline":
        yield Writer(offline_summariser(read(MeaningSettings)))
        return
    settings = load_settings()
    # No end: a large file may take longer than a session may, and what was answered is kept.
    summariser = model_summariser(settings, answers, total_seconds=None)
    if summariser is None:
        say("No model is configured (OPENAI_API_KEY or OPENAI_BASE_URL); the offline summariser chooses quotes.")
        yield Writer(offline_summariser(settings))
        return
    try:
        prompts = {name: prompt.version for name, prompt in sorted(prompts_of(settings).by_name.items())}
        yield Writer(summariser, _server(settings), settings.openai_tokens_per_session, prompts)
    finally:
        await summariser.aclose()


def _server(settings: Settings) -> str:
    address = urlsplit(settings.openai_base_url or "https://api.openai.com/v1")
    return address.netloc.rpartition("@")[2]
