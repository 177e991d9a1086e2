"""The sections `sessions` (what holds for every session) and `themes` (what each of them is about)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Literal

from cop_bot.domain.breaks import Break
from cop_bot.domain.plan import StarterResource, Texts
from cop_bot.programme_file.durations import Duration, duration
from cop_bot.programme_file.local_time import Moment, clock_time, day, moment
from cop_bot.programme_file.mistakes import Margin, Spot, shown
from cop_bot.programme_file.section import Kind, Section, list_of, mapping_of, shape_of_section, shaped
from cop_bot.programme_file.tree import Mapping, Node, Scalar
from cop_bot.programme_file.values import (
    TITLE,
    language,
    one_from,
    one_of,
    slug,
    texts,
    web_address,
    whole_number,
    words,
    yes_or_no,
)

LONGEST_DAYS = 366
MOST_THEMES = 100


@dataclass(frozen=True, slots=True)
class RemindRule:
    """One line of `remind`: at the middle of the window, or so long before its close."""

    before: Duration | None
    to: Literal["quiet", "all"]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What holds for every session that doesn't say otherwise.

    `spot` is where the section stands, or where the file begins. `is_right`: nothing in it was wrong, so that
    windows can be judged.
    """

    spot: Spot
    is_right: bool = True
    first_opens: Moment | None = None
    days: int = 14
    closes_at: time = time(23, 59)
    every: int = 14
    every_spot: Spot | None = None
    breaks: tuple[Break, ...] = ()
    remind: tuple[RemindRule, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme as the file has it, with the times that are its own.

    `is_right`: none of these times was wrong; `opening_is_right`: at least not `opens`, from which later themes are
    counted. A wrong id or title has a stand-in, so that its times can still be judged.
    """

    spot: Spot
    slug: str
    slug_spot: Spot
    title: Texts
    questions: tuple[Texts, ...]
    resources: tuple[StarterResource, ...]
    opens: Moment | None
    closes: Moment | None
    days: int | None
    is_right: bool
    opening_is_right: bool


def rhythm(zone: str | None) -> Kind[Rhythm]:
    """The section `sessions`."""
    return mapping_of(lambda section: _rhythm(section, zone))


def _rhythm(section: Section, zone: str | None) -> Rhythm:
    first_opens = section.read("first_opens", moment(zone))
    days = section.read("days", whole_number(1, LONGEST_DAYS, usual=14)) or 14
    closes_at = section.read("closes_at", clock_time)
    if closes_at == time(0):
        section.margin.remarks.append("`closes_at: 00:00` is the first minute of the last day; its end is 23:59")
    every = section.read(
        "every", duration(timedelta(days=1), timedelta(days=LONGEST_DAYS), only_days=True, example="P14D")
    )
    breaks = section.read("breaks", list_of(mapping_of(_break), most=100)) or []
    remind = section.read("remind", list_of(mapping_of(_remind_rule), most=10)) or []
    section.later("silent_first", duration(timedelta(), timedelta(days=14), example="PT48H"))
    section.later("kinds", list_of(one_of("idea", "feedback", "question", "resource", "lesson"), most=5))
    section.later("last_zone", yes_or_no)
    return Rhythm(
        spot=section.spot,
        is_right=section.were_right("first_opens", "days", "closes_at", "every", "breaks"),
        first_opens=first_opens,
        days=days,
        closes_at=time(23, 59) if closes_at is None else closes_at,
        every=every.days if every else days,
        every_spot=section.spot_of("every") if every else section.spot_of("days"),
        breaks=tuple(sorted(breaks, key=lambda one: one.begins)),
        remind=tuple(rule for rule in remind if rule is not _AT_OPEN),
    )


def _break(section: Section) -> Break | None:
    begins = section.need("from", day, "2020-12-21")
    ends = section.need("to", day, "2021-01-03")
    why = section.read("why", words(TITLE)) or "break"
    if begins is None or ends is None:
        return None
    if ends < begins:
        what = f"the break ends {ends}, before it begins {begins}"
        section.margin.wrong(section.spot_of("to"), what, f"write `to: {begins}` or later")
        return None
    return Break(begins, ends, why)


# `{at: open}` is the opening post itself: nobody gets another message for it.
_AT_OPEN = RemindRule(None, "all", Spot(0, 0))


_TO: tuple[Literal["quiet", "all"], ...] = ("quiet", "all")


def _remind_rule(section: Section) -> RemindRule | None:
    at = section.read("at", one_of("open", "midway"))
    before = section.read("before", duration(example="P2D"))
    to: Literal["quiet", "all"] = section.read("to", one_from(_TO)) or "quiet"
    section.later("route", one_of("dm", "digest", "email"))
    if section.has("at") == section.has("before"):
        what = "a reminder has either `at` or `before`"
        section.margin.wrong(section.spot, what, "write `{at: midway}` or `{before: P2D}`")
        return None
    if at == "open":
        return _AT_OPEN
    return RemindRule(before, to, section.spot) if at or before else None


_THEME_KEYS = ("id", "title", "questions", "resources", "opens", "closes", "days")


def themes(zone: str | None, working: str) -> Kind[list[ThemeLine]]:
    """The section `themes`."""
    keys = mapping_of(lambda section: _theme(section, zone, working))

    def theme(node: Node, key: str, margin: Margin) -> ThemeLine | None:
        plain = _plain_title(node)
        if plain is None:
            return keys(node, key, margin)
        better = "-".join(re.findall(r"[^\W_]+", plain.lower()))[:60].strip("-") or "theme-1"
        what = f"a theme has an `id` and a `title`, and this line only says {shown(plain)}"
        margin.wrong(node.spot, what, f'write `- {{id: {better}, title: "{plain}"}}`')
        return None

    return list_of(
        shaped(theme, lambda: shape_of_section(lambda section: _theme(section, zone, working))), MOST_THEMES, least=1
    )


def _plain_title(node: Node) -> str | None:
    """The words of a theme that is written as a text; `Money: who decides` looks like a key to YAML."""
    if isinstance(node, Scalar):
        return node.text.strip() or None
    if isinstance(node, Mapping) and len(node.pairs) == 1:
        ((key, value),) = node.pairs
        if key.text not in _THEME_KEYS and isinstance(value, Scalar):
            return f"{key.text}: {value.text}"
    return None


def _theme(section: Section, zone: str | None, working: str) -> ThemeLine:
    name = section.need("id", slug, "funding")
    title = section.need("title", texts(working, TITLE), '"…"')
    questions = section.read("questions", list_of(texts(working, 1000, several_lines=True), most=20)) or []
    resources = section.read("resources", list_of(mapping_of(_resource))) or []
    opens = section.read("opens", moment(zone))
    closes = section.read("closes", moment(zone))
    days = section.read("days", whole_number(1, LONGEST_DAYS, usual=14))
    if section.has("closes") and section.has("days"):
        what = "a theme with `closes` has no `days` besides"
        section.margin.wrong(section.spot_of("days"), what, "take `days` or `closes` out")
    return ThemeLine(
        spot=section.spot,
        slug=name or "theme at {}:{}".format(*section.spot),
        slug_spot=section.spot_of("id"),
        title=title or {},
        questions=tuple(questions),
        resources=tuple(resources),
        opens=opens,
        closes=closes,
        days=days,
        is_right=section.were_right("opens", "closes", "days"),
        opening_is_right=section.were_right("opens"),
    )


def _resource(section: Section) -> StarterResource | None:
    title = section.need("title", words(TITLE), '"…"')
    kind = section.read("kind", words(40)) or ""
    url = section.read("url", web_address)
    section.later("language", language)
    return None if title is None else StarterResource(title, url, kind)
