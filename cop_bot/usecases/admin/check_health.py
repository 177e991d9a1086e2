"""Whether the bot can do its work; the platform's outage is no fault of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from cop_bot.ports import Ports
from cop_bot.store import queries, schema


async def check_health(
    ports: Ports,
    *,
    last_tick_s: float,
    too_old_s: float,
    platforms: Mapping[str, str],
    missing_rights: Mapping[str, Sequence[str]] | None = None,
) -> tuple[bool, Mapping[str, Any]]:
    """Ready or not, and the findings as JSON. `platforms`: what each platform's connection says of itself."""
    findings: dict[str, Any] = {"last_tick_s": round(last_tick_s, 1), **platforms}
    try:
        async with ports.reading() as unit:
            oldest = await queries.notices.oldest_pending(unit)
            places = await queries.people.places_in_use(unit, ports.clock.now())
            anchor = await queries.identity.anchor(unit)
        async with ports.unit() as unit:
            await queries.identity.must_be_writable(unit)
        findings["database"] = "ok"
    except (SQLAlchemyError, OSError) as error:
        return False, {**findings, "database": type(error).__name__}
    findings["schema"] = ports.schema
    wall = ports.clock.wall()
    findings["oldest_notice_s"] = round((wall - oldest).total_seconds(), 1) if oldest else None
    findings["not_in_channels"] = [place.name for place in places if not place.reachable]
    findings["lost_channels"] = [place.name for place in places if place.is_lost]
    findings["missing_rights"] = {name: list(rights) for name, rights in (missing_rights or {}).items()}
    findings["rehearsal"] = None
    if anchor is not None and anchor.is_rehearsal:
        findings["rehearsal"] = {"programme_time": ports.clock.now().isoformat(), "speed": anchor.speed}
    is_whole = not (findings["lost_channels"] or missing_rights)
    is_ready = last_tick_s <= too_old_s and ports.schema == schema.head() and is_whole
    return is_ready, findings
