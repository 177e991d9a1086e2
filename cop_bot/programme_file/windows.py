"""From the rhythm and the themes to windows: when each session opens and closes.

Everything is counted on the wall clock of the programme's zone. A theme without times of its own opens `every` so many
days after the theme before it, and after every break that its window would touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cop_bot.domain.breaks import after_breaks, touched
from cop_bot.domain.wall_clock import readings
from cop_bot.programme_file.local_time import (
    Moment,
    included_minute,
    instead_of,
    what_is_wrong_with,
)
from cop_bot.programme_file.mistakes import Margin, Spot
from cop_bot.programme_file.sessions import LONGEST_DAYS, Rhythm, ThemeLine
from cop_bot.programme_file.years import LAST_YEAR

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """When a session of a theme opens and closes: `closes.local` is its last minute, `closes.utc` the end of that."""

    theme: ThemeLine
    opens: Moment
    closes: Moment
    moved_because: str | None


def windows(rhythm: Rhythm, themes: Sequence[ThemeLine], zone: str, margin: Margin) -> list[Window]:
    """The window of each theme, in order of opening. What can't be is noted and left out."""
    found = []
    following = rhythm.first_opens.local if rhythm.first_opens else None
    is_sure = True
    for theme in themes:
        is_sure = theme.opening_is_right and (is_sure or theme.opens is not None)
        opens = theme.opens.local if theme.opens else following
        if opens is None:
            _note_no_opening(rhythm, theme, margin)
            continue
        moved = None
        if not (theme.opens or theme.closes):
            day, pause = after_breaks(opens.date(), theme.days or rhythm.days, rhythm.breaks)
            opens, moved = _at(day, opens.time()), pause.why if pause else None
        if opens.year > LAST_YEAR:
            margin.wrong(theme.spot, f"`{theme.slug}` would open after the year {LAST_YEAR}", "look at the dates")
            break
        if is_sure and _is_known(rhythm, theme):
            found.append(_window(theme, opens, moved, rhythm, zone, margin))
        following = opens + timedelta(days=rhythm.every)
    whole = sorted((window for window in found if window), key=lambda window: window.opens.utc)
    _check_overlaps(whole, rhythm, zone, margin)
    _remark_on_breaks(whole, rhythm, margin)
    return whole


def _note_no_opening(rhythm: Rhythm, theme: ThemeLine, margin: Margin) -> None:
    if rhythm.is_right and theme.is_right:
        what = f"nothing says when `{theme.slug}` opens"
        margin.wrong(theme.spot, what, "write `first_opens: 2020-11-23T09:00` under `sessions`")


def _is_known(rhythm: Rhythm, theme: ThemeLine) -> bool:
    """Whether the window rests on nothing that was wrong in the file; else it would only bring wrong complaints."""
    return theme.is_right and (rhythm.is_right or (theme.opens is not None and theme.closes is not None))


def _window(
    theme: ThemeLine, opens: datetime, moved: str | None, rhythm: Rhythm, zone: str, margin: Margin
) -> Window | None:
    last_day = opens.date() + timedelta(days=(theme.days or rhythm.days) - 1)
    # The first opening stands in the file, perhaps with the choice between two clocks.
    written = rhythm.first_opens if rhythm.first_opens and rhythm.first_opens.local == opens else None
    beginning = theme.opens or written or _calculated(opens, "opens", theme, zone, margin)
    end = theme.closes or _calculated(_at(last_day, rhythm.closes_at), "closes", theme, zone, margin)
    if beginning is None or end is None:
        return None
    closes = Moment(end.local, end.utc + _MINUTE, end.spot)
    window = Window(theme, beginning, closes, moved)
    return window if _is_sound(window, margin) else None


def _at(on: date, at: time) -> datetime:
    return datetime.combine(on, at)


def _calculated(local: datetime, key: str, theme: ThemeLine, zone: str, margin: Margin) -> Moment | None:
    """The moment of a calculated local time. Like a written one it must be shown exactly once by the clocks."""
    found = readings(local, zone)
    if problem := what_is_wrong_with(local, zone, found):
        what = f"`{theme.slug}` {key} at a time that is none, {problem}"
        margin.wrong(theme.spot, what, f"give the theme its own {instead_of(local, zone, key)}")
        return None
    return Moment(local, found[0], theme.spot)


def _is_sound(window: Window, margin: Margin) -> bool:
    opens, closes, name = window.opens, window.closes, window.theme.slug
    if closes.utc - _MINUTE <= opens.utc:
        what = f"`{name}` closes {_written(closes.local)}, before it opens {_written(opens.local)}"
        better = opens.local + timedelta(days=13)
        margin.wrong(closes.spot, what, f"write a later time, such as `closes: {better:%Y-%m-%d}T23:59`")
        return False
    if closes.utc - opens.utc > timedelta(days=LONGEST_DAYS):
        margin.wrong(closes.spot, f"`{name}` is open for more than {LONGEST_DAYS} days", "look at the dates")
        return False
    return True


def _remark_on_breaks(found: Sequence[Window], rhythm: Rhythm, margin: Margin) -> None:
    """Only times that a theme has of its own can lie in a break: they stand."""
    for window in found:
        for pause in rhythm.breaks:
            if touched([pause], window.opens.local.date(), window.closes.local.date()):
                margin.remarks.append(f"`{window.theme.slug}` is open during the break ({pause.why})")


def _check_overlaps(found: Sequence[Window], rhythm: Rhythm, zone: str, margin: Margin) -> None:
    """Notes each session that opens while another is open; a rhythm that is too quick is noted once."""
    is_rhythm_noted = False
    for before, window in zip(_longest_so_far(found), found[1:], strict=False):
        if window.opens.utc >= before.closes.utc:
            continue
        name, other = window.theme, before.theme
        what = (
            f"`{name.slug}` opens {_written(window.opens.local)} while `{other.slug}` is open "
            f"until {_written(before.closes.local)}"
        )
        if not (name.opens or other.opens or other.closes or other.days):
            if not is_rhythm_noted:
                spot = rhythm.every_spot or rhythm.spot
                margin.wrong(spot, what, f"write `every: P{_days_needed(before)}D` or fewer `days`")
            is_rhythm_noted = True
        else:
            better = _next_opening(window, before, zone)
            margin.wrong(_opening_spot(window), what, f"write `opens: {_written(better)}` or later in the theme")


def _longest_so_far(found: Sequence[Window]) -> list[Window]:
    longest: list[Window] = []
    for window in found:
        longest.append(max(longest[-1], window, key=lambda one: one.closes.utc) if longest else window)
    return longest


def _days_needed(window: Window) -> int:
    days = (window.closes.local.date() - window.opens.local.date()).days
    return days + (window.closes.local.time() >= window.opens.local.time())


def _next_opening(window: Window, before: Window, zone: str) -> datetime:
    """The session's own time of the day on the first date on which nothing else is open."""
    end = included_minute(before.closes.utc, zone)
    better = _at(end.date(), window.opens.local.time())
    return better if better > end else better + timedelta(days=1)


def _opening_spot(window: Window) -> Spot:
    return window.theme.opens.spot if window.theme.opens else window.theme.spot


def _written(local: datetime) -> str:
    return f"{local:%Y-%m-%dT%H:%M}"
