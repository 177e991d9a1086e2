"""The running bot: the clock, the loops, the ways in, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any

import structlog
import uvicorn

from cop_bot.config import Settings
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.message import Message
from cop_bot.domain.post import Post
from cop_bot.platforms import registry
from cop_bot.ports import Ports
from cop_bot.texts import answers
from cop_bot.usecases.admin.check_health import check_health
from cop_bot.usecases.admin.purge_record import purge_record
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.people.check_rights import check_rights
from cop_bot.usecases.people.greet_inviter import greet_inviter
from cop_bot.usecases.people.meet_person import meet_person
from cop_bot.usecases.people.set_reminders import reach_again
from cop_bot.usecases.people.sign_in import sign_in
from cop_bot.usecases.people.sync_places import look_again, move_place, sync_places
from cop_bot.usecases.programme.link_openings import link_openings
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.record.catch_up import catch_up_everywhere
from cop_bot.usecases.record.mark_contributions import mark_contributions
from cop_bot.usecases.record.record_posts import record_posts
from cop_bot.usecases.record.reread_message import reread_message
from cop_bot.usecases.summaries.ask_about_replies import ask_about_replies
from cop_bot.usecases.summaries.write_summary import summarise_next
from handlers.clock import EVERY_IN_REHEARSAL_S, EVERY_S, Ticking
from handlers.commands import dispatch
from handlers.commands.form import open_form, submit_form
from handlers.commands.keep import keep
from handlers.inbound import Calls
from handlers.intake import Intake
from handlers.loops import Loops
from handlers.platform import WayIn
from handlers.rereading import Rereading
from handlers.web.app import web_app
from handlers.web.patience import PatientProtocol

log = structlog.get_logger()

AT_ONCE = timedelta(0)
_SOON, _LATEST = timedelta(seconds=10), timedelta(minutes=10)
DRAIN_S = 12.0
"""How long what is being done may take at the end; a supervisor is promised 20 s for all of it."""


@dataclass(slots=True)
class Running:
    """The parts of a running bot that its ways in need."""

    ports: Ports
    intake: Intake
    ticking: Ticking
    rereading: Rereading
    ways: list[WayIn] = field(default_factory=list)
    signed_in: bool = False
    missing_rights: dict[str, tuple[str, ...]] = field(default_factory=dict)

    async def ready(self) -> tuple[bool, Any]:
        """For `/readyz`."""
        platforms = {way.platform: await way.state() for way in self.ways}
        return await check_health(
            self.ports,
            last_tick_s=self.ticking.age_s,
            too_old_s=self.ticking.too_old_s,
            platforms=platforms,
            missing_rights=self.missing_rights,
        )


async def serve(ports: Ports, settings: Settings, *, rehearsal: bool) -> None:
    """Run until SIGTERM or SIGINT; then finish what is being done and return."""
    stopping = _on_signals()
    every_s = EVERY_IN_REHEARSAL_S if rehearsal else EVERY_S
    rereading = Rereading(partial(reread_message, ports), partial(_ring, ports, "history"))
    running = Running(ports, Intake(partial(_record, ports)), Ticking(partial(run_due, ports), every_s), rereading)
    loops = Loops(ports.wake)
    async with contextlib.AsyncExitStack() as stack:
        running.ways = await stack.enter_async_context(_ways_in(running, settings))
        web = web_app(running.ways, running.ready)
        served = uvicorn.Config(
            web, settings.host, settings.port, log_config=None, http=PatientProtocol, server_header=False
        )
        server = _Server(served)
        listening = asyncio.create_task(server.serve())
        _start(running, loops)
        log.info("serving", host=settings.host, port=settings.port, rehearsal=rehearsal)
        ended = asyncio.create_task(loops.ended())
        watched = [listening, ended, asyncio.create_task(stopping.wait())]
        await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        broken = ended.result() if ended.done() else ""
        log.info("stopping", broken=broken or None)
        server.should_exit = True
        await asyncio.wait([listening], timeout=5)
        await running.intake.drain()
        await rereading.stop()
        await running.ticking.stop()
        await loops.stop(DRAIN_S)
    if listening.done() and not stopping.is_set():
        listening.result()
    log.info("stopped")
    if broken:  # a supervisor starts us again, and everything goes on from the record
        raise OperatorMistake(f"The loop {broken!r} has ended; the log above says why. Start the bot again.")


def _start(running: Running, loops: Loops) -> None:
    ports = running.ports
    ports.wake.ring["tick"] = running.ticking.now
    loops.add("places", partial(_look, running), timedelta(seconds=60))
    loops.add("rights", partial(_check_rights, running), timedelta(minutes=30))
    loops.add("history", _Reading(ports), timedelta(days=1))
    loops.add("notices", partial(_deliver, ports), timedelta(milliseconds=500))
    loops.add("summaries", partial(_summarise, ports), timedelta(seconds=2))
    loops.add("marks", partial(_mark, ports), timedelta(seconds=30))
    loops.add("purge", partial(_purge, ports), timedelta(days=1))
    running.ticking.start()


async def _look(running: Running) -> None:
    if not running.signed_in:  # the platform may have been away at the start
        running.signed_in = await sign_in(running.ports)
    if await sync_places(running.ports):
        running.ports.wake("history")


class _Reading:
    """Reads the history; where not all of it could be read, again soon, and ever less soon while that goes on."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._failed = 0

    async def __call__(self) -> timedelta | None:
        complete = await catch_up_everywhere(self._ports)
        self._failed = 0 if complete else self._failed + 1
        return None if complete else min(_SOON * 2.0 ** min(self._failed - 1, 10), _LATEST)


async def _deliver(ports: Ports) -> timedelta | None:
    return AT_ONCE if await deliver_notices(ports) else None


async def _summarise(ports: Ports) -> timedelta | None:
    return AT_ONCE if await summarise_next(ports) else None


async def _check_rights(running: Running) -> None:
    running.missing_rights = await check_rights(running.ports)


async def _record(ports: Ports, posts: Sequence[Post]) -> None:
    """Recorded first; what the words beneath a summary mean is asked afterwards."""
    touched = await record_posts(ports, posts)
    try:
        await ask_about_replies(ports, touched)
    except Exception:
        log.exception("nobody was asked what was meant")


async def _mark(ports: Ports) -> timedelta | None:
    await link_openings(ports)
    return await mark_contributions(ports)


async def _purge(ports: Ports) -> None:
    await purge_record(ports)


@contextlib.asynccontextmanager
async def _ways_in(running: Running, settings: Settings) -> AsyncIterator[list[WayIn]]:
    """The ways in of the platforms that are configured; each is imported only then."""
    async with contextlib.AsyncExitStack() as stack:
        ways: list[WayIn] = []
        wall = running.ports.clock.wall
        for name, of_platform in settings.platforms.items():
            way_in = _function(registry.every()[name].way_in)
            ways.append(await stack.enter_async_context(way_in(_calls(running, name), of_platform, wall)))
        yield ways


def _function(name: str) -> Callable[..., contextlib.AbstractAsyncContextManager[WayIn]]:
    module, _, function = name.partition(":")
    found: Callable[..., contextlib.AbstractAsyncContextManager[WayIn]] = getattr(import_module(module), function)
    return found


def _calls(running: Running, platform: str) -> Calls:
    ports = running.ports
    return Calls(
        record=running.intake.record,
        answer=partial(dispatch.answer, ports),
        apologise=_apologise,
        look_at_place=partial(look_again, ports, platform),
        move_place=partial(move_place, ports, platform),
        invited=partial(greet_inviter, ports, platform),
        keep=partial(keep, ports),
        open_form=partial(open_form, ports),
        submit_form=partial(submit_form, ports),
        reach_again=partial(reach_again, ports, platform),
        reread=running.rereading.want,
        meet=partial(meet_person, ports, platform),
        catch_up=partial(_ring, ports, "history"),
    )


async def _ring(ports: Ports, name: str) -> None:
    ports.wake(name)


def _apologise(reference: str) -> Message:
    return answers.personal.apology(reference)


def _on_signals() -> asyncio.Event:
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


class _Server(uvicorn.Server):
    """A server that leaves the signals to us: the loops have to be drained too."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield
