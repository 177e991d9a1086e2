"""The command line; the only module that knows both the ways in and the ways out."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cop_bot import __version__

if TYPE_CHECKING:
    from cop_bot.config import Settings
    from cop_bot.ports import Ports

app = typer.Typer(
    name="cop",
    help="A chat-bot for online Communities of Practice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
slack = typer.Typer(help="What Slack needs to know.", no_args_is_help=True)
teams = typer.Typer(help="What Microsoft Teams needs to know.", no_args_is_help=True)
app.add_typer(slack, name="slack")
app.add_typer(teams, name="teams")


class Shape(StrEnum):
    """How `cop export` prints the record."""

    JSONL = "jsonl"
    MD = "md"
    YAML = "yaml"


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Where to put the database and the summaries.")] = Path("cop-demo"),
    plain: Annotated[bool, typer.Option("--plain", help="No colour and no motion, for scripts and pipes.")] = False,
) -> None:
    """Play a whole programme on a fast clock; no account and no key is needed."""
    from cop_bot.demo.player import play_demo

    raise typer.Exit(_run(play_demo(out, plain=plain)))


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A programme file.")] = None,
    zone: Annotated[list[str] | None, typer.Option("--zone", help="Show the times in this zone too.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colour.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of programme files instead, for editors.")
    ] = False,
) -> None:
    """Check a programme file and print the calendar that follows from it."""
    from cop_bot.programme_file.checking import check_command, schema_text

    if schema:
        typer.echo(schema_text(), nl=False)
        return
    if file is None:
        raise typer.BadParameter("name a programme file, such as my-programme.yaml, or --schema.")

    raise typer.Exit(check_command(file, zone or [], plain))


@app.command()
def serve(
    rehearse_from: Annotated[
        str | None,
        typer.Option(
            "--rehearse-from", metavar="TIME", help="Rehearse: the clock starts here, e.g. 2020-11-16T00:00Z."
        ),
    ] = None,
    speed: Annotated[
        float, typer.Option("--speed", min=1, max=1_000_000, help="How many times faster a rehearsal runs.")
    ] = 20160,
) -> None:
    """Run the bot until it is told to stop."""
    raise typer.Exit(_run(_serve(rehearse_from, speed)))


@app.command()
def export(
    programme: Annotated[str | None, typer.Argument(help="The id of a programme; all of them without one.")] = None,
    shape: Annotated[
        Shape,
        typer.Option(
            "--format",
            help="jsonl: every contribution; md: every summary, all contributions under it; yaml: the programme file.",
        ),
    ] = Shape.JSONL,
) -> None:
    """Print the record: as JSON Lines for programs, or as Markdown for people, without names; or the programme."""
    raise typer.Exit(_run(_export(programme, shape)))


@app.command()
def audit(
    programme: Annotated[str | None, typer.Argument(help="The id of a programme; all of them without one.")] = None,
) -> None:
    """Print what facilitators have done, as JSON Lines, the oldest first."""
    raise typer.Exit(_run(_audit(programme)))


@app.command()
def forget(
    member: Annotated[str, typer.Argument(help="The platform's id of the member, e.g. U0123ABCD.")],
    platform: Annotated[str, typer.Option("--platform", help="The platform that the id belongs to.")] = "slack",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask first.")] = False,
) -> None:
    """Erase all that a member has contributed, and what is known of them."""
    if not yes:
        typer.confirm(f"Erase everything of {member}? This can't be undone.", abort=True)
    raise typer.Exit(_run(_forget(platform, member)))


@app.command()
def purge() -> None:
    """Erase what programmes promised to keep no longer; `serve` does so daily by itself."""
    raise typer.Exit(_run(_purge()))


def _teams_client_id() -> str | None:
    from cop_bot.platforms.teams.platform import TeamsSettings

    return _settings().of(TeamsSettings).client_id


def _print_schema(wanted: bool) -> None:
    if wanted:
        from cop_bot.cli.summarise.result import shipped_schema

        typer.echo(shipped_schema(), nl=False)
        raise typer.Exit


@app.command()
def summarise(
    file: Annotated[
        str,
        typer.Argument(
            help="CSV, spreadsheet, JSON, lines, a saved chat, an export (file, folder, zip); - is standard input."
        ),
    ],
    text: Annotated[
        str | None, typer.Option("--text-column", help="The column of the statements; else guessed.")
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id-column", help="What you call each of them, or none; else guessed.")
    ] = None,
    author: Annotated[str | None, typer.Option("--author-column", help="Who wrote it; else guessed.")] = None,
    time: Annotated[
        str | None, typer.Option("--time-column", help="When: ISO 8601 or since 1970; else guessed.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind-column", help="Idea, question, resource …; else by rule.")] = None,
    with_rejected: Annotated[
        bool, typer.Option("--with-rejected", help="Read what moderators have rejected too.")
    ] = False,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Of the file, if it is not recognised.")] = None,
    model: Annotated[
        Literal["auto", "offline"], typer.Option("--model", help="auto: the configured model, else offline.")
    ] = "auto",
    theme: Annotated[str | None, typer.Option("--theme", help="What they are about; else the file's name.")] = None,
    question: Annotated[list[str] | None, typer.Option("--question", help="A guiding question; repeatable.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="Of the summary, such as fr; else the one most people wrote in.")
    ] = None,
    translate: Annotated[
        list[str] | None, typer.Option("--translate", help="A further language, by the model; repeatable.")
    ] = None,
    words: Annotated[
        int | None,
        typer.Option("--words", min=30, max=2000, help="All points together, at most; else it grows with the pile."),
    ] = None,
    form: Annotated[
        Literal["text", "md", "json"], typer.Option("--format", help="For a terminal, as a page, or for programs.")
    ] = "text",
    out: Annotated[Path | None, typer.Option("--out", help="Write the summary to this file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that file if it is there.")] = False,
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Keep the model's answers in this file, not the usual one.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no answer of the model.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what a model would cost, and stop.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before more than 200 calls.")] = False,
    schema: Annotated[
        bool,
        typer.Option("--schema", is_eager=True, callback=_print_schema, help="Print the JSON Schema of --format json."),
    ] = False,
) -> None:
    """Summarise a pile of statements in a file; no programme and no chat is needed."""
    del schema  # printed by its callback
    from cop_bot.cli.summarise.columns import Columns
    from cop_bot.cli.summarise.command import Request, summarise_command
    from cop_bot.cli.summarise.target import Target

    request = Request(
        source=file,
        columns=Columns(text, id_, author, time, kind, with_rejected),
        encoding=encoding,
        model=model,
        theme=theme,
        questions=tuple(question or ()),
        language=language,
        translations=tuple(translate or ()),
        words=words,
        form=form,
        target=Target(out, force),
        cache=cache,
        with_cache=not no_cache,
        dry_run=dry_run,
        yes=yes,
    )
    raise typer.Exit(summarise_command(request))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


@slack.command()
def manifest(
    url: Annotated[
        str | None, typer.Option("--url", help="The bot's public address, for events over HTTP, without Socket Mode.")
    ] = None,
) -> None:
    """Print the app manifest, to paste where Slack asks for it when an app is created."""
    import json

    from handlers.slack.manifest import manifest as written

    request_url = f"{url.rstrip('/').removesuffix('/slack/events')}/slack/events" if url else None
    typer.echo(json.dumps(written(socket_mode=url is None, request_url=request_url), indent=2, ensure_ascii=False))


@teams.command("package")
def package_(
    client_id: Annotated[
        str | None, typer.Option("--client-id", help="The id of the bot's registration; TEAMS_CLIENT_ID without it.")
    ] = None,
    url: Annotated[
        str, typer.Option("--url", help="Your page about the bot and what it keeps; people read it before they add it.")
    ] = "https://example.org",
    organisation: Annotated[str, typer.Option("--organisation", help="Who runs the bot.")] = "Our organisation",
    app_version: Annotated[
        str, typer.Option("--version", help="Of the package: Teams takes a changed one only under a higher version.")
    ] = __version__,
    out: Annotated[Path, typer.Option("--out", help="Where to write the package.")] = Path("cop-teams.zip"),
) -> None:
    """Write the app package, to upload where Teams asks for it."""
    raise typer.Exit(_run(_package(client_id, url, organisation, app_version, out)))


async def _package(client_id: str | None, url: str, organisation: str, app_version: str, out: Path) -> int:
    from cop_bot.domain.errors import OperatorMistake
    from handlers.teams.package import package

    client_id = client_id or _teams_client_id()
    if client_id is None:
        raise OperatorMistake("Name the bot's registration: --client-id, or TEAMS_CLIENT_ID in the settings.")
    written = package(client_id, url=url, organisation=organisation, version=app_version)
    await asyncio.to_thread(out.write_bytes, written)
    if url == "https://example.org":
        typer.echo("It says nothing of you yet: give --url and --organisation before people see it.", err=True)
    typer.echo(f"{out}: upload it in Teams under Apps, Manage your apps, Upload an app.")
    return 0


async def _serve(rehearse_from: str | None, speed: float) -> int:
    from cop_bot.bootstrap import Rehearsal, open_ports
    from cop_bot.logs import set_up_logs
    from cop_bot.usecases.people.sign_in import sign_in
    from handlers.service import serve as run

    settings = _settings()
    set_up_logs(settings.log_level)
    settings.must_be_enough_to_serve(rehearsal=rehearse_from is not None)
    plans = [_read_programme(file) for file in settings.programme_files]
    rehearsal = Rehearsal(_moment(rehearse_from), speed) if rehearse_from else None
    async with open_ports(settings, rehearsal=rehearsal) as ports:
        await sign_in(ports)
        await _plan(ports, plans)
        await run(ports, settings, rehearsal=rehearsal is not None)
    return 0


async def _plan(ports: Ports, plans: list[Any]) -> None:
    from cop_bot.usecases.programme.plan_programme import plan_programme

    for plan in plans:
        await plan_programme(ports, plan)


def _read_programme(file: Path) -> Any:
    from cop_bot.programme_file.reading import content_of, read_programme

    return read_programme(content_of(file), str(file))


def _moment(text: str) -> datetime:
    from cop_bot.domain.errors import OperatorMistake

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise OperatorMistake(f"--rehearse-from {text}: write a time in UTC, e.g. 2020-11-16T00:00Z.")
    return moment.astimezone(UTC)


async def _export(programme: str | None, shape: Shape) -> int:
    from cop_bot.bootstrap import open_database
    from cop_bot.usecases.exports.export_plan import export_plan
    from cop_bot.usecases.exports.export_record import export_record
    from cop_bot.usecases.exports.export_replies import export_replies

    export = {Shape.MD: export_replies, Shape.YAML: export_plan}.get(shape, export_record)
    async with open_database(_settings(), must_exist=True) as database:
        async for text in export(database.reading, programme):
            typer.echo(text)
    return 0


async def _audit(programme: str | None) -> int:
    from cop_bot.bootstrap import open_database
    from cop_bot.usecases.exports.export_audit import export_audit

    async with open_database(_settings(), must_exist=True) as database:
        async for line in export_audit(database.reading, programme):
            typer.echo(line)
    return 0


async def _forget(platform: str, member: str) -> int:
    from cop_bot.bootstrap import open_ports
    from cop_bot.domain.errors import OperatorMistake
    from cop_bot.usecases.people.forget_member import find_member, forget_member

    async with open_ports(_settings(), any_clock=True) as ports:
        found = await find_member(ports, platform, member)
        if found is None:
            raise OperatorMistake(f"Nothing is known of {member} on {platform}.")
        count = await forget_member(ports, found)
    typer.echo(
        f"Erased {count} contributions of {member}. What the bot posted from them is replaced when it serves again."
    )
    return 0


async def _purge() -> int:
    from cop_bot.bootstrap import open_ports
    from cop_bot.usecases.admin.purge_record import purge_record

    async with open_ports(_settings(), any_clock=True) as ports:
        purged = await purge_record(ports)
    typer.echo(f"Erased: {', '.join(purged)}." if purged else "Nothing is old enough to be erased.")
    return 0


def _settings() -> Settings:
    from cop_bot.config import load_settings

    return load_settings()


def _run(work: Coroutine[Any, Any, int]) -> int:
    """Run it; what the operator has to mend is one sentence and exit status 2."""
    from cop_bot.domain.errors import OperatorMistake

    try:
        return asyncio.run(work)
    except OperatorMistake as mistake:
        typer.echo(str(mistake), err=True)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone, as `head` does
        return 141


def main() -> None:
    """The entry point of the command `cop`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without "…" shows a question mark, and doesn't end us
    app(prog_name="cop")


if __name__ == "__main__":
    main()
