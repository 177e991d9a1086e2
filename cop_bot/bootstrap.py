"""From settings to ports: everything that is opened here is closed here, in reverse order."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from cop_bot.clocks import RehearsalClock, WallClock
from cop_bot.config import MeaningSettings, Settings
from cop_bot.domain.anchor import Anchor
from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms import registry
from cop_bot.ports import AnswerCache, Chat, Clock, Ports, Summariser
from cop_bot.store import queries, schema
from cop_bot.store.answers import StoredAnswers
from cop_bot.store.engine import Database, connect, database_url, sqlite_file
from cop_bot.store.workspaces import workspace_of
from cop_bot.usecases.delivery.release_leases import release_leases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cop_bot.summariser.openai import OpenAISummariser
    from cop_bot.summariser.process.work import Work
    from prompts import Prompts

TOTAL_SECONDS = 180.0
"""How long (wall time) a model may take for one brief; below the lease of an attempt."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What was asked for: where the programme's time starts, and how many times faster it runs."""

    starts: datetime
    speed: float


@asynccontextmanager
async def open_database(settings: Settings, *, must_exist: bool = False) -> AsyncIterator[Database]:
    """The record, with the schema of this code. Raises OperatorMistake, also where one `must_exist` and does not."""
    file = sqlite_file(database_url(settings.database_url))
    if must_exist and file is not None and not file.exists():
        raise OperatorMistake(f"There is no database at {file}; set COP_DATABASE_URL to the one you mean.")
    # The record and what is written from it are for whoever runs the bot, and for nobody else on the machine.
    os.umask(0o077)
    database = connect(settings.database_url)
    try:
        await _migrate(database, settings)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def open_ports(
    settings: Settings,
    *,
    rehearsal: Rehearsal | None = None,
    clock: Clock | None = None,
    chats: Mapping[str, Chat] | None = None,
    any_clock: bool = False,
) -> AsyncIterator[Ports]:
    """Everything that the use cases need. `clock` and `chats` are for those who bring their own, as the demo does.

    With `any_clock` an existing database is taken as it is, be it a rehearsal's or a real one.

    Raises OperatorMistake, also for a second process on one SQLite file.
    """
    async with AsyncExitStack() as stack:
        alone = stack.enter_context(_alone(settings))
        database = await stack.enter_async_context(open_database(settings, must_exist=any_clock))
        anchor = await _anchor(database, rehearsal)
        if not any_clock:
            _must_not_mix(anchor, rehearsal, settings)
        used = clock or (RehearsalClock.anchored(anchor) if anchor.is_rehearsal else WallClock())
        model = model_summariser(settings, StoredAnswers(database.unit, database.reading, used))
        if model is not None:
            stack.push_async_callback(model.aclose)
        ports = Ports(
            clock=used,
            unit=database.unit,
            reading=database.reading,
            chats=chats if chats is not None else await _chats(stack, settings),
            offline=offline_summariser(settings),
            model=model,
            database_id=anchor.database_id,
            owner=f"{socket.gethostname()[:30]}/{os.getpid()}/{secrets.token_hex(4)}",
            schema=await schema.revision(database),
            started=used.wall() if chats is None else None,
        )
        for platform in ports.chats:
            await workspace_of(ports, platform)
        if alone:
            await release_leases(ports)
        yield ports


async def _migrate(database: Database, settings: Settings) -> None:
    """Raises OperatorMistake for a database that can't be used."""
    try:
        await schema.migrate(database)
    except (DBAPIError, OSError) as failure:
        where = database_url(settings.database_url).render_as_string(hide_password=True)
        why = str(getattr(failure, "orig", None) or failure).strip().splitlines()
        raise OperatorMistake(
            f"The database {where} can't be used: {why[0] if why else type(failure).__name__}"
        ) from None


async def _anchor(database: Database, rehearsal: Rehearsal | None) -> Anchor:
    """The database's identity; the first start decides whether it is a rehearsal, and nothing changes that."""
    async with database.unit() as unit:
        anchor = await queries.identity.anchor(unit)
        if anchor is None:
            wall = WallClock().wall()
            wanted = Anchor.rehearsal(rehearsal.starts, wall, rehearsal.speed) if rehearsal else Anchor.production()
            anchor = await queries.identity.drop_anchor(unit, wanted)
    return anchor


def _must_not_mix(anchor: Anchor, rehearsal: Rehearsal | None, settings: Settings) -> None:
    where = database_url(settings.database_url).render_as_string(hide_password=True)
    if anchor.is_rehearsal and rehearsal is None:
        raise OperatorMistake(
            f"The database {where} belongs to a rehearsal; start with --rehearse-from, "
            "or set COP_DATABASE_URL to another one."
        )
    if rehearsal is not None and not anchor.is_rehearsal:
        raise OperatorMistake(
            f"The database {where} is in real use and can't be rehearsed in; set COP_DATABASE_URL to another one."
        )


async def _chats(stack: AsyncExitStack, settings: Settings) -> dict[str, Chat]:
    chats: dict[str, Chat] = {}
    for name, of_platform in settings.platforms.items():
        open_chat = registry.every()[name].open_chat
        if open_chat is not None:
            chats[name] = await stack.enter_async_context(open_chat(of_platform))
    return chats


def offline_summariser(settings: MeaningSettings) -> Summariser:
    """The one that needs no model that writes. Raises OperatorMistake if the model of meaning is not installed."""
    from cop_bot.summariser.offline import OfflineSummariser

    return OfflineSummariser(_work(settings))


def _work(settings: MeaningSettings) -> Work:
    from cop_bot.summariser.process.told import is_installed
    from cop_bot.summariser.process.work import Work

    if settings.meaning == "words":
        return Work("words")
    if settings.meaning == "model" and not is_installed():
        raise OperatorMistake("COP_MEANING is model, but cop-bot[meaning] is not installed; ./cop installs it.")
    return Work(settings.meaning if is_installed() else "words")


def model_summariser(
    settings: Settings, answers: AnswerCache | None = None, *, total_seconds: float | None = TOTAL_SECONDS
) -> OpenAISummariser | None:
    """The configured model, or None; whoever asks for it closes it. `total_seconds` (wall): how long a brief may take;
    None: without end.

    Raises OperatorMistake for prompts of the operator's own that can't be used, whether there is a model or not.
    """
    prompts = prompts_of(settings)
    if not settings.uses_model:
        return None
    from cop_bot.summariser.openai import OpenAISummariser

    return OpenAISummariser(
        api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else None,
        base_url=settings.openai_base_url,
        model=settings.openai_model,
        answers=answers,
        prompts=prompts,
        tokens_per_session=settings.openai_tokens_per_session,
        tokens_per_day=settings.openai_tokens_per_day,
        total_seconds=total_seconds,
        work=_work(settings),
    )


def prompts_of(settings: Settings) -> Prompts:
    """The prompts, with the operator's own among them. Raises OperatorMistake for those that can't be used."""
    from prompts import PromptError, Prompts

    try:
        return Prompts.of(Path(settings.prompts).expanduser() if settings.prompts else None)
    except (PromptError, OSError) as error:
        raise OperatorMistake(f"COP_PROMPTS: {error}") from None


@contextmanager
def _alone(settings: Settings) -> Iterator[bool]:
    """Hold the lock beside an SQLite file: two writing processes could damage it. On PostgreSQL nothing is held.

    Yields whether this process is certainly the only one.
    """
    file = sqlite_file(database_url(settings.database_url))
    if file is None or not file.parent.is_dir():
        yield False
        return
    import fcntl

    with Path(f"{file}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OperatorMistake(
                f"Another cop_bot already works with {file}; stop it, or use PostgreSQL for several replicas."
            ) from None
        yield True
