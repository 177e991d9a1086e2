"""A network of its own for programs that listen on all addresses: nobody outside can reach them.

Its loopback is not ours either, so each port that a test wants to reach is passed on through a socket file.
"""

from __future__ import annotations

import asyncio
import fcntl
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SET_FLAGS, _UP = 0x8914, 0x1  # SIOCSIFFLAGS and IFF_UP of Linux's netdevice(7)


class NoNetworkApart(Exception):
    """This machine can't make one; the reason says why."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A network apart, held open by a process of ours."""

    holder: int
    folder: Path

    def inside(self, *command: str | Path) -> list[str]:
        """The command that runs this command in there."""
        enter = ["nsenter", "--preserve-credentials", "--user", "--net", "--target", str(self.holder), "--"]
        return enter + [str(word) for word in command]

    def door(self, port: int) -> Path:
        """The socket file that leads to this port of its loopback."""
        return self.folder / f"{port}.sock"


@contextmanager
def network_apart(folder: Path, *ports: int) -> Iterator[Apart]:
    """A network with a loopback and nothing else, and doors to these ports. Raises NoNetworkApart."""
    for needed in ("unshare", "nsenter"):
        if shutil.which(needed) is None:
            raise NoNetworkApart(f"{needed} is not installed")
    command = ["unshare", "-rn", sys.executable, __file__, str(folder), *map(str, ports)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert holder.stdout is not None
    try:
        said = holder.stdout.readline()
        if said != "ready\n":
            raise NoNetworkApart(f"no network of its own can be made here: {said.strip() or 'unshare failed'}")
        yield Apart(holder.pid, folder)
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


async def _hold(folder: Path, ports: list[int]) -> None:
    """What runs in there: the doors."""
    for port in ports:
        await asyncio.start_unix_server(_Door(port).pass_on, folder / f"{port}.sock")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


@dataclass(frozen=True, slots=True)
class _Door:
    port: int

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pour(reader, back), _pour(there, writer))


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while some := await source.read(65536):
            sink.write(some)
            await sink.drain()
    except OSError:
        pass  # one of the two hung up
    finally:
        sink.close()


def _bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _UP))


if __name__ == "__main__":
    _bring_up_loopback()
    asyncio.run(_hold(Path(sys.argv[1]), [int(port) for port in sys.argv[2:]]))
