"""The app's two icons, drawn here: a seedling, as the bot puts it on what is kept."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, each up to 255."""

GROUND: Colour = (46, 110, 84, 255)
WHITE: Colour = (255, 255, 255, 255)
NOTHING: Colour = (255, 255, 255, 0)

_FINE = 4
"""Each point of the icon is the mean of so many points, both ways: the edges are smooth."""

COLOUR_SIZE, OUTLINE_SIZE = 192, 32


def colour() -> bytes:
    """The PNG of 192 × 192 points: white on green."""
    return _png(COLOUR_SIZE, lambda x, y: WHITE if _seedling(x, y, 0.68) else GROUND)


def outline() -> bytes:
    """The PNG of 32 × 32 points: white on nothing, as Teams asks."""
    return _png(OUTLINE_SIZE, lambda x, y: WHITE if _seedling(x, y, 1.0) else NOTHING)


def _seedling(x: float, y: float, size: float) -> bool:
    """Whether a point is part of it; both run from 0 to 1, from the left and from above."""
    across, up = (x - 0.5) / size, (0.5 - y) / size
    stem = abs(across + 0.04 * math.cos(up * 4)) < 0.045 and -0.44 < up < 0.14
    return stem or _leaf(across + 0.02, up - 0.06, 150, 0.42) or _leaf(across + 0.01, up - 0.1, 38, 0.46)


def _leaf(across: float, up: float, angle: float, length: float) -> bool:
    """A leaf that grows from here in this direction (degrees): where two circles meet."""
    turn = math.radians(angle)
    along = across * math.cos(turn) + up * math.sin(turn)
    aside = -across * math.sin(turn) + up * math.cos(turn)
    half = length / 2
    radius, off = half * 1.15, half * math.sqrt(1.15**2 - 1)
    return all((along - half) ** 2 + (aside - side * off) ** 2 < radius**2 for side in (1, -1))


def _png(size: int, colour_at: Callable[[float, float], Colour]) -> bytes:
    """An image in PNG's plainest form (W3C, "Portable Network Graphics", 8 bits a channel with opacity)."""
    rows = (b"".join(bytes(_mean(size, row, at, colour_at)) for at in range(size)) for row in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _mean(size: int, row: int, at: int, colour_at: Callable[[float, float], Colour]) -> Colour:
    fine = [(step + 0.5) / _FINE for step in range(_FINE)]
    points = [colour_at((at + right) / size, (row + down) / size) for down in fine for right in fine]
    red, green, blue, opacity = (round(sum(channel) / len(points)) for channel in zip(*points, strict=True))
    return red, green, blue, opacity


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
