"""The whole file: its sections, and what must fit between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from cop_bot.domain.plan import Plan, ReminderPlan, SessionPlan, Settings, SummarySettings
from cop_bot.platforms import registry
from cop_bot.programme_file.durations import duration
from cop_bot.programme_file.gatherings import kickoff, plenary
from cop_bot.programme_file.mistakes import Margin, shown
from cop_bot.programme_file.reminding import reminders
from cop_bot.programme_file.section import Section, Shape, list_of, mapping_of, shape_of_section
from cop_bot.programme_file.sessions import Rhythm, ThemeLine, rhythm, themes
from cop_bot.programme_file.tree import Mapping, Node
from cop_bot.programme_file.values import (
    TITLE,
    channel,
    language,
    one_from,
    one_of,
    person,
    slug,
    texts,
    whole_number,
    words,
    yes_or_no,
)
from cop_bot.programme_file.windows import Window, windows
from cop_bot.programme_file.zones import zone as zone_name

_Review = Literal["none", "facilitator"]
_Mode = Literal["auto", "offline"]
_REVIEWS: tuple[_Review, ...] = ("none", "facilitator")
_MODES: tuple[_Mode, ...] = ("auto", "offline")

_KEEP = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class _Languages:
    working: tuple[str, ...] = ("en",)
    interface: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()


def programme(root: Node, digest: str, margin: Margin) -> Plan | None:
    """The plan that the file means, or None after noting what is wrong."""
    if not isinstance(root, Mapping):
        margin.wrong(root.spot, "a programme file is a mapping of keys", "begin it with `cop: 1`")
        return None
    with Section(root, margin) as section:
        return _programme(section, digest)


def schema() -> Shape:
    """JSON Schema (draft 2020-12) of a programme file, for editors.

    It knows keys, kinds and bounds. What must fit between keys, real dates, zones and channels are for `cop check`.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A programme of a Community of Practice",
    } | shape_of_section(lambda section: _programme(section, ""))


def _programme(section: Section, digest: str) -> Plan | None:
    section.need("cop", whole_number(1, 1), "1")
    name = section.need("id", slug, "shifting-the-power")
    languages = section.read("languages", mapping_of(_languages)) or _Languages()
    working = languages.working[0]
    title = section.need("title", texts(working, TITLE), '"…"')
    zone = section.need("zone", zone_name, "Europe/Amsterdam")
    platform, place = section.need("platform", mapping_of(_platform), '{channel: "#cop"}') or (None, None)
    facilitators = section.read("roles", mapping_of(_roles)) or ()
    section.later("membership", mapping_of(_membership))
    settings = _settings(section, languages, working)
    gatherings = (section.read("kickoff", kickoff(zone)), section.read("plenary", plenary(zone, working)))
    usual, sessions = _sessions(section, zone, working)
    section.later("outputs", list_of(one_of("markdown", "html", "docx", "pdf", "ics", "csv", "json")))
    if not (name and title and zone and place):
        return None
    plan = Plan(
        slug=name,
        title=title,
        zone=zone,
        channel=place,
        digest=digest,
        sessions=sessions,
        gatherings=tuple(gathering for gathering in gatherings if gathering),
        platform=platform,
        facilitators=facilitators,
        settings=replace(settings, breaks=usual.breaks, every=usual.every),
        not_acted_on=tuple(section.margin.not_acted_on),
        promises=tuple(section.margin.promises),
    )
    _remark_on_order(plan, section.margin)
    return plan


def _languages(section: Section) -> _Languages:
    codes = list_of(language, most=20)
    return _Languages(
        working=tuple(section.read("working", codes) or ["en"]),
        interface=tuple(section.read("interface", codes) or []),
        summaries=tuple(section.read("summaries", codes) or []),
    )


def _platform(section: Section) -> tuple[str | None, str | None]:
    kind: str | None = section.read("kind", one_from(tuple(registry.every())))
    return kind, section.need("channel", channel, '"#cop", in quotes because # begins a comment')


def _roles(section: Section) -> tuple[str, ...]:
    section.later("rapporteurs", list_of(person, most=100))
    return tuple(dict.fromkeys(section.read("facilitators", list_of(person, most=100)) or []))


def _membership(section: Section) -> bool:
    section.promise("join", one_of("open", "approval", "invitation"), "open")
    section.read("email_seat", yes_or_no)
    section.read("groups", list_of(words(60)))
    return True


def _settings(section: Section, languages: _Languages, working: str) -> Settings:
    purpose = section.read("purpose", texts(working, 2000, several_lines=True)) or {}
    host, contact = section.read("host", mapping_of(_host)) or ("", "")
    default_summaries = languages.summaries or (working,)
    summary = section.read("summary", mapping_of(lambda part: _summary(part, default_summaries)))
    keep, ai = section.read("privacy", mapping_of(_privacy)) or (_KEEP, True)
    return Settings(
        working_languages=languages.working,
        interface_languages=languages.interface or languages.working,
        purpose=purpose,
        host=host,
        contact=contact,
        summary=summary or SummarySettings(languages=default_summaries),
        keep=keep,
        ai=ai,
    )


def _host(section: Section) -> tuple[str, str]:
    section.later("facilitated_by", words(TITLE))
    return section.read("name", words(TITLE)) or "", section.read("contact", words(254)) or ""


def _summary(section: Section, languages: tuple[str, ...]) -> SummarySettings:
    usual = SummarySettings()
    brief_words = section.read("brief_words", whole_number(30, 2000))
    section.later(
        "sections",
        list_of(one_of("main_points", "ideas", "dissent", "open_questions", "resources", "next"), most=6),
    )
    ratify = section.read("ratify", duration(timedelta(), timedelta(days=60), example="PT72H"))
    section.later("annex", one_of("all_contributions", "none"))
    review: _Review = section.read("review", one_from(_REVIEWS)) or usual.review
    mode, most_tokens = section.read("model", mapping_of(_model)) or (usual.mode, None)
    return SummarySettings(
        languages=languages,
        review=review,
        mode=mode,
        brief_words=brief_words,
        ratify=ratify.length if ratify else usual.ratify,
        most_tokens=most_tokens,
    )


def _model(section: Section) -> tuple[_Mode, int | None]:
    mode: _Mode = section.read("mode", one_from(_MODES)) or "auto"
    return mode, section.read("cap_tokens", whole_number(1, 999_999_999))


def _privacy(section: Section) -> tuple[timedelta, bool]:
    section.promise("consent", one_of("notice", "ask"), "notice")
    section.promise("quote", one_of("ask", "yes", "no"), "yes")
    section.promise("anonymous", one_of("allowed", "never"), "never")
    section.later("budget_per_week", whole_number(0, 50))
    keep = section.read("keep", duration(timedelta(days=1), timedelta(days=7300), years=True, example="P2Y"))
    ai = section.read("ai", yes_or_no)
    return keep.length if keep else _KEEP, True if ai is None else ai


def _sessions(section: Section, zone: str | None, working: str) -> tuple[Rhythm, tuple[SessionPlan, ...]]:
    usual = section.read("sessions", rhythm(zone)) or Rhythm(section.spot, section.were_right("sessions"))
    lines = section.need("themes", themes(zone, working), "[…]")
    _refuse_same_ids(lines or [], section.margin)
    where = zone or "UTC"
    return usual, tuple(
        _session(window, reminders(usual.remind, window, where, section.margin))
        for window in windows(usual, lines or [], where, section.margin)
    )


def _session(window: Window, reminded: tuple[ReminderPlan, ...]) -> SessionPlan:
    theme = window.theme
    return SessionPlan(
        slug=theme.slug,
        title=theme.title,
        opens_at=window.opens.utc,
        closes_at=window.closes.utc,
        questions=theme.questions,
        resources=theme.resources,
        reminders=reminded,
        moved_because=window.moved_because,
    )


def _refuse_same_ids(lines: list[ThemeLine], margin: Margin) -> None:
    seen: dict[str, ThemeLine] = {}
    for line in lines:
        first = seen.setdefault(line.slug.casefold(), line)
        if first is not line:
            what = f"{shown(line.slug)} is already the id of the theme in line {first.spot.line}"
            margin.wrong(line.slug_spot, what, f"write another, such as `id: {line.slug}-2`")


def _remark_on_order(plan: Plan, margin: Margin) -> None:
    for gathering in plan.gatherings:
        if gathering.kind == "kickoff" and any(one.opens_at < gathering.starts_at for one in plan.sessions):
            margin.remarks.append("a session opens before the kick-off")
        if gathering.kind == "plenary" and any(one.closes_at > gathering.starts_at for one in plan.sessions):
            margin.remarks.append("the plenary begins before the last session has closed")
