"""`cop summarise FILE`: read, say what it will cost, summarise, write."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cop_bot.cli.summarise.answers_file import FileAnswers, usual_file
from cop_bot.cli.summarise.asking import estimated, must_be_wanted, must_be_within, say
from cop_bot.cli.summarise.columns import Columns
from cop_bot.cli.summarise.content import STDIN
from cop_bot.cli.summarise.languages import language_code, language_of_most
from cop_bot.cli.summarise.page import page
from cop_bot.cli.summarise.reading import read_statements
from cop_bot.cli.summarise.result import as_json, result_of
from cop_bot.cli.summarise.statement import Pile
from cop_bot.cli.summarise.target import Target
from cop_bot.cli.summarise.terminal import folded, progress_bar
from cop_bot.cli.summarise.writers import Model, Writer, writer_of
from cop_bot.domain.assignment import Assignment, Question
from cop_bot.domain.brief import Brief
from cop_bot.domain.errors import OperatorMistake, SummariserFailed
from cop_bot.domain.visible import clean
from cop_bot.logs import set_up_logs
from cop_bot.rendering.markdown import as_markdown
from cop_bot.rendering.text import as_text

INTERRUPTED = 130
READER_GONE = 141
Form = Literal["text", "md", "json"]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line. `cache` None: where caches usually are."""

    source: str
    columns: Columns = field(default_factory=Columns)
    encoding: str | None = None
    model: Model = "auto"
    theme: str | None = None
    questions: tuple[str, ...] = ()
    language: str | None = None
    translations: tuple[str, ...] = ()
    words: int | None = None
    form: Form = "text"
    target: Target = field(default_factory=lambda: Target(None))
    cache: Path | None = None
    with_cache: bool = True
    dry_run: bool = False
    yes: bool = False


def summarise_command(request: Request) -> int:
    """Writes the summary of a file; everything else is said on standard error.

    Returns the exit status: 0; 1 when the model failed; 2 for what has to be mended first; 130 after Ctrl-C;
    141 when nobody reads the output any more.
    """
    set_up_logs("WARNING")
    keeps = request.with_cache and not request.dry_run
    answers = FileAnswers((request.cache or usual_file()) if keeps else None, lambda: datetime.now(UTC))
    try:
        return asyncio.run(_summarise(request, answers))
    except OperatorMistake as mistake:
        say(str(mistake))
        return 2
    except SummariserFailed as failure:
        say(f"The model has not written the summary: {failure}")
        say(_kept(answers) or "Start it again later, or say --model offline.")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone, as `head` does
        return READER_GONE
    finally:
        answers.close()


async def _summarise(request: Request, answers: FileAnswers) -> int:
    _hear_interruptions()
    try:
        return await _steps(request, answers)
    except asyncio.CancelledError:
        say(" ".join(["Stopped.", _kept(answers)]).strip())
        # The offline summariser works in a thread that can't be stopped, and a regular end would wait for it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(INTERRUPTED)


def _hear_interruptions() -> None:
    """Cancels the task at Ctrl-C, at once. What asyncio.run does about it wakes no loop that is just going to sleep:
    beside a busy thread it could stay unheard until that has done its work. Only the main thread hears signals.
    """
    working = asyncio.current_task()
    if working and threading.current_thread() is threading.main_thread():
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, working.cancel)


async def _steps(request: Request, answers: FileAnswers) -> int:
    request.target.check(request.source)
    wanted = language_code(request.language, "--language") if request.language else None
    request = replace(request, translations=tuple(language_code(code, "--translate") for code in request.translations))
    pile = await asyncio.to_thread(read_statements, request.source, request.columns, request.encoding)
    for remark in pile.remarks:
        say(remark)
    language = await asyncio.to_thread(language_of_most, pile) if wanted is None else wanted
    async with writer_of(request.model, answers) as writer:
        assignment = Assignment(
            theme=_theme(request),
            voices=tuple(statement.voice() for statement in pile.statements),
            questions=tuple(
                Question(text, (text,)) for text in map(clean, request.questions or pile.questions) if text
            ),
            language=language,
            translations=request.translations,
            words=request.words,
            subject=_subject(request, pile),
        )
        if request.translations and not writer.where:
            say("Only a model can translate; the summary comes in one language.")
        if not await _may_start(request, writer, assignment):
            return 0
        with progress_bar() as progress:
            brief = (await writer.summariser.summarise(assignment, progress)).checked(assignment)
    brief = _by_votes(brief, pile)
    _say_outcome(answers, brief)
    brief = brief if pile.has_authors else _without_people(brief)
    request.target.write(await asyncio.to_thread(_written, request, pile, brief, writer.prompts))
    return 0


async def _may_start(request: Request, writer: Writer, assignment: Assignment) -> bool:
    """Says the estimate; False if that was all that was wanted. Raises OperatorMistake."""
    estimate = await writer.summariser.estimate(assignment)
    say(estimated(estimate, writer.summariser.name, writer.where))
    try:
        if estimate.calls:
            must_be_within(estimate, writer.most_tokens)
    except OperatorMistake as refusal:
        if not request.dry_run:
            raise
        say(str(refusal))
    if not request.dry_run:
        await asyncio.to_thread(must_be_wanted, estimate, yes=request.yes)  # Ctrl-C is heard meanwhile
    return not request.dry_run


def _written(request: Request, pile: Pile, brief: Brief, prompts: dict[str, str]) -> str:
    if request.form == "json":
        source = clean(Path(request.source).name)
        result = result_of(
            pile, brief, source=source, theme=_theme(request), prompts={} if brief.is_offline else prompts
        )
        return as_json(result, ascii_only=not request.target.takes_unicode)
    is_page = request.form == "md"
    message = page(pile, brief, _theme(request), languages=request.translations, in_full=is_page)
    if is_page:
        return as_markdown(message)
    text = as_text(message) + "\n"
    return folded(text) if request.target.is_terminal else text


def _theme(request: Request) -> str:
    """As it was given, else the file's name, which mostly says what it is about."""
    if request.theme:
        return clean(" ".join(request.theme.split()))
    stem = "" if request.source == STDIN else Path(request.source).stem
    return clean(" ".join(stem.replace("_", " ").replace("-", " ").split())) or "Statements"


def _subject(request: Request, pile: Pile) -> str:
    """A file is the same when it has grown: its statements are read in the same portions, and only new ones cost."""
    path = os.fsencode(Path(request.source).resolve())
    same = pile.digest if request.source == STDIN else sha256(path).hexdigest()
    return f"file/{same[:32]}"


def _by_votes(brief: Brief, pile: Pile) -> Brief:
    """Where the file says how people voted, points that more agree with stand first."""
    votes = {statement.number: statement.votes for statement in pile.statements}
    if not any(votes.values()):
        return brief
    weighed = sorted(brief.points, key=lambda point: -max((votes.get(number, 0) for number in point.cites), default=0))
    return replace(brief, points=tuple(weighed))


def _without_people(brief: Brief) -> Brief:
    """The file doesn't say who wrote what, so nobody can be counted."""
    return replace(brief, people=0, points=tuple(replace(point, people=0) for point in brief.points))


def _say_outcome(answers: FileAnswers, brief: Brief) -> None:
    if not answers.calls and not answers.recalled:
        return
    say(f"Asked: {answers.calls:,} calls, {answers.tokens:,} tokens; {answers.recalled:,} answers from before.")
    if brief.is_offline:
        say("The statements bear out nothing that the model wrote; these are selected quotes.")


def _kept(answers: FileAnswers) -> str:
    if not answers.kept and not answers.recalled:
        return ""
    if answers.file is None:
        return "Nothing that was answered is kept (--no-cache)."
    return f"What was answered is kept in {answers.file}: the same command goes on from there and pays nothing twice."
