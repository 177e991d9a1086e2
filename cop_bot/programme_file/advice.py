"""What is worth knowing about a programme that is in order: holidays, weekends, nights, reminders that reach nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from cop_bot.domain.plan import Concern, Plan
from cop_bot.domain.reminder import Reminder
from cop_bot.domain.session import Session
from cop_bot.domain.workdays import is_workday

_EARLIEST, _LATEST = 7, 21
"""Hours between which a channel is awake: before and after, an opening is read in the morning at best."""

EVERYWHERE = (
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/Tegucigalpa",
    "America/La_Paz",
    "America/Sao_Paulo",
    "Africa/Ouagadougou",
    "Europe/Amsterdam",
    "Africa/Maputo",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Jakarta",
    "Asia/Manila",
    "Australia/Sydney",
    "Pacific/Fiji",
    "Pacific/Apia",
)
"""Zones for which reminders are looked at, whoever takes part."""


def advice(plan: Plan, zones: Sequence[str] = ()) -> Iterator[str]:
    """One remark after the other. `zones`: where members are known to be, besides the programme's own."""
    if not plan.facilitators:
        yield "no facilitator is named under `roles`; the workspace's administrators facilitate until one is"
    yield from _same_titles(plan)
    yield from _days(plan, tuple(dict.fromkeys((plan.zone, *zones))))
    yield from _reminders(plan, tuple(dict.fromkeys((plan.zone, *zones, *EVERYWHERE))))
    for key in plan.not_acted_on:
        yield f"`{key}` does nothing yet"


def concerns(plan: Plan, zones: Sequence[str]) -> Iterator[Concern]:
    """The same of each opening, for who has to put it in words of their own."""
    for session in plan.sessions:
        local = session.opens_at.astimezone(ZoneInfo(plan.zone)).date()
        if not is_workday(local, plan.zone):
            yield Concern("weekend", session, local, plan.zone)
        for zone in zones:
            there = session.opens_at.astimezone(ZoneInfo(zone)).date()
            if name := _holiday(there, zone):
                yield Concern("holiday", session, there, zone, name)


def _same_titles(plan: Plan) -> Iterator[str]:
    seen: dict[str, str] = {}
    for session in plan.sessions:
        title = next(iter(session.title.values()), "").strip()
        if title and title.casefold() in seen:
            yield f"`{session.slug}` and `{seen[title.casefold()]}` have the same title, “{title}”"
        seen[title.casefold()] = session.slug


def _days(plan: Plan, zones: Sequence[str]) -> Iterator[str]:
    days = [(f"`{session.slug}` opens", session.opens_at) for session in plan.sessions]
    days += [(f"the {gathering.kind} is", gathering.starts_at) for gathering in plan.gatherings]
    for what, moment in sorted(days, key=lambda one: one[1]):
        local = moment.astimezone(ZoneInfo(plan.zone))
        if what.endswith("opens") and not _EARLIEST <= local.hour < _LATEST:
            yield f"{what} at {local:%H:%M}, when most people in {plan.zone} sleep"
        if not is_workday(local.date(), plan.zone):
            yield f"{what} on a {local:%A} ({local:%Y-%m-%d}), a weekend in {plan.zone}"
        for zone in zones:
            there = moment.astimezone(ZoneInfo(zone)).date()
            if name := _holiday(there, zone):
                yield f"{what} on {there:%Y-%m-%d}, a holiday in {zone} ({name})"


def _holiday(day: date, zone: str) -> str | None:
    """The holiday of the country that the zone lies in, as English calls it where the library knows."""
    from babel.core import get_global
    from holidays import country_holidays, list_supported_countries

    country = get_global("zone_territories").get(zone, "")
    supported = list_supported_countries()
    if country not in supported:
        return None
    for language in ("en_US", None):
        try:
            found = country_holidays(country, years=day.year, language=language).get(day)
        except (NotImplementedError, ValueError):
            continue
        return str(found) if found else None
    return None


def _reminders(plan: Plan, zones: Sequence[str]) -> Iterator[str]:
    for place, planned in enumerate(plan.sessions, start=1):
        session = Session.planned(1, 1, place, planned)
        session.id = place
        for reminder in (Reminder.planned(session, one) for one in planned.reminders):
            nobody = [zone for zone in zones if reminder.moment_for(session, zone) is None]
            if nobody:
                where = ", ".join(nobody[:5]) + (" and others" if len(nobody) > 5 else "")
                yield f"the reminder `{reminder.rule}` of `{planned.slug}` reaches nobody in {where}"
