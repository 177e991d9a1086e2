"""The tests reach nothing but this machine."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

_NAMES = ("localhost", "", None)


class AwayFromHomeError(RuntimeError):
    """A test wanted to leave this machine."""


def keep_home(patch: pytest.MonkeyPatch) -> None:
    """From now on only loopback and socket files can be reached."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def only_home(self: socket.socket, address: Any) -> None:
        _check(self, address)
        connect(self, address)

    def only_home_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return connect_ex(self, address)

    def only_ours(host: Any, *arguments: Any, **more: Any) -> Any:
        if not _is_home(host):
            raise AwayFromHomeError(f"no test asks for the address of {host}")
        return resolve(host, *arguments, **more)

    patch.setattr(socket.socket, "connect", only_home)
    patch.setattr(socket.socket, "connect_ex", only_home_ex)
    patch.setattr(socket, "getaddrinfo", only_ours)


def _check(connecting: socket.socket, address: Any) -> None:
    if connecting.family in (socket.AF_INET, socket.AF_INET6) and not _is_home(address[0]):
        raise AwayFromHomeError(f"no test connects to {address[0]}")


def _is_home(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in _NAMES:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
