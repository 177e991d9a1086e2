"""The sections `kickoff` and `plenary`."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from cop_bot.domain.plan import GatheringPlan
from cop_bot.programme_file.durations import Duration, duration, parse_duration
from cop_bot.programme_file.local_time import Moment, moment
from cop_bot.programme_file.section import Kind, Section, list_of, mapping_of
from cop_bot.programme_file.values import TITLE, one_of, texts, web_address, whole_number, words, yes_or_no

_LONGEST = timedelta(days=14)
_DEFAULT_SEND = ("P2D", "PT1H")


def kickoff(zone: str | None) -> Kind[GatheringPlan]:
    """The kick-off, announced two days and an hour before unless `invite.send` says otherwise."""
    return mapping_of(lambda section: _gathering(section, "kickoff", zone))


def plenary(zone: str | None, working: str) -> Kind[GatheringPlan]:
    """The plenary, announced like the kick-off."""

    def read(section: Section) -> GatheringPlan | None:
        minutes: list[int] = []
        section.later("agenda", list_of(mapping_of(lambda part: _agenda_part(part, working, minutes))))
        section.later("follow_up", list_of(duration(example="P30D"), most=10))
        planned = _gathering(section, "plenary", zone)
        if planned is not None and planned.ends_at is not None:
            there = (planned.ends_at - planned.starts_at) // timedelta(minutes=1)
            if sum(minutes) > there:
                section.margin.remarks.append(
                    f"the agenda of the plenary takes {sum(minutes)} minutes, and there are {there}"
                )
        return planned

    return mapping_of(read)


def _gathering(section: Section, kind: Literal["kickoff", "plenary"], zone: str | None) -> GatheringPlan | None:
    starts = section.need("at", moment(zone), "2020-11-17T13:15")
    ends = section.read("until", moment(zone))
    where, url = section.read("where", mapping_of(_where)) or ("", None)
    send = section.read("invite", mapping_of(_invite))
    if starts is None:
        return None
    _check_end(section, starts, ends)
    sends = [parse_duration(text) for text in _DEFAULT_SEND] if send is None else send
    announce = sorted({before.before(starts.utc, zone or "UTC") for before in sends if before})
    return GatheringPlan(kind, starts.utc, ends.utc if ends else None, where, url, tuple(announce))


def _check_end(section: Section, starts: Moment, ends: Moment | None) -> None:
    if ends is None:
        return
    if ends.utc <= starts.utc:
        what = f"`until` is {ends.local:%Y-%m-%dT%H:%M}, not after `at`, {starts.local:%Y-%m-%dT%H:%M}"
        better = starts.local + timedelta(hours=2)
        section.margin.wrong(ends.spot, what, f"write a later time, such as `until: {better:%Y-%m-%dT%H:%M}`")
    elif ends.utc - starts.utc > _LONGEST:
        section.margin.wrong(ends.spot, "a gathering can't last longer than 14 days", "look at the dates")


def _where(section: Section) -> tuple[str, str | None]:
    kind = section.read("kind", words(60))
    place = section.read("place", words(200))
    url = section.read("url", web_address)
    # People write `kind: zoom`; in an announcement it is a name.
    named = kind[:1].upper() + kind[1:] if kind else None
    return ", ".join(part for part in (place, named) if part), url


def _invite(section: Section) -> list[Duration] | None:
    section.later("ics", yes_or_no)
    section.later("rsvp", yes_or_no)
    return section.read("send", list_of(duration(), most=10))


def _agenda_part(section: Section, working: str, minutes: list[int]) -> None:
    minutes.append(section.need("minutes", whole_number(1, 1440), "10") or 0)
    section.need("title", texts(working, TITLE), "Welcome")
    section.read("from", one_of("summaries"))
    section.read("tables", whole_number(1, 100))
    section.read("rounds", whole_number(1, 20))
    section.read("question", texts(working, 1000))
    section.read("max", whole_number(1, 100))
    section.read("actions", one_of("required", "optional"))
