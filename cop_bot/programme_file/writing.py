"""A plan as the text of a programme file: every session with its own times, so that it plans the same again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from cop_bot.domain.plan import GatheringPlan, Plan, SessionPlan, StarterResource, Texts
from cop_bot.domain.wall_clock import local_time

_MINUTE = timedelta(minutes=1)
_WIDTH = 120


def write_programme(plan: Plan) -> str:
    """The file. What a file says and no plan keeps (a rhythm that times were counted from, keys without effect) is not
    in it.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width, yaml.default_flow_style, yaml.allow_unicode = _WIDTH, False, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_file(plan), out)
    return out.getvalue()


def _file(plan: Plan) -> dict[str, Any]:
    decided, working = plan.settings, plan.settings.working_languages
    first = working[0]
    host = {"name": decided.host, "contact": decided.contact}
    sessions = {
        "every": f"P{decided.every}D" if decided.every else None,
        "breaks": [{"from": str(one.begins), "to": str(one.ends), "why": one.why} for one in decided.breaks],
        "remind": list(_rules(plan.sessions)),
    }
    summary = decided.summary
    return _filled(
        {
            "cop": 1,
            "id": plan.slug,
            "title": _texts(plan.title, first),
            "zone": plan.zone,
            "purpose": _texts(decided.purpose, first) if decided.purpose else None,
            "host": _filled(host),
            "languages": {
                "working": list(working),
                "interface": list(decided.interface_languages),
                "summaries": list(summary.languages),
            },
            "platform": _filled({"kind": plan.platform, "channel": plan.channel}),
            "roles": _filled({"facilitators": list(plan.facilitators)}),
            **{one.kind: _gathering(one, plan.zone) for one in plan.gatherings},
            "sessions": _filled(sessions),
            "themes": [_theme(one, plan.zone, first) for one in plan.sessions],
            "summary": _filled(
                {
                    "review": summary.review,
                    "model": _filled({"mode": summary.mode, "cap_tokens": summary.most_tokens}),
                    "brief_words": summary.brief_words,
                    "ratify": _duration(summary.ratify),
                }
            ),
            "privacy": {"ai": decided.ai, "keep": _duration(decided.keep)},
        }
    )


def _theme(session: SessionPlan, zone: str, first: str) -> dict[str, Any]:
    return _filled(
        {
            "id": session.slug,
            "title": _texts(session.title, first),
            "opens": _written(session.opens_at, zone),
            "closes": _written(session.closes_at - _MINUTE, zone),
            "questions": [_texts(question, first) for question in session.questions],
            "resources": [_resource(one) for one in session.resources],
        }
    )


def _resource(resource: StarterResource) -> dict[str, Any]:
    return _filled({"title": resource.title, "url": resource.url, "kind": resource.kind})


def _gathering(gathering: GatheringPlan, zone: str) -> dict[str, Any]:
    before = [_before(gathering.starts_at, at, zone) for at in gathering.announce_at]
    found = _filled(
        {
            "at": _written(gathering.starts_at, zone),
            "until": _written(gathering.ends_at, zone) if gathering.ends_at else None,
            "where": _filled({"place": gathering.where, "url": gathering.url}),
        }
    )
    return found | {"invite": {"send": before}}


def _rules(sessions: Iterable[SessionPlan]) -> Iterable[dict[str, str]]:
    """Each rule once: what a file says of reminders holds for all sessions."""
    rules = dict.fromkeys((one.rule, one.to) for session in sessions for one in session.reminders)
    for rule, to in rules:
        word, _, length = rule.partition(" ")
        yield ({"before": length} if word == "before" else {"at": word}) | ({"to": to} if to != "quiet" else {})


def _texts(texts: Texts, first: str) -> str | Texts:
    return texts[first] if list(texts) == [first] else dict(texts)


def _written(moment: datetime, zone: str) -> str:
    return f"{local_time(moment, zone):%Y-%m-%dT%H:%M}"


def _before(moment: datetime, earlier: datetime, zone: str) -> str:
    """How long before it, as clocks in the zone show it: a day is a day when they change."""
    wall = local_time(moment, zone).replace(tzinfo=None) - local_time(earlier, zone).replace(tzinfo=None)
    whole = wall % timedelta(days=1) == timedelta(0)
    return _duration(wall if whole else moment - earlier)


def _duration(length: timedelta) -> str:
    """As ISO 8601 writes it."""
    days, rest = divmod(length, timedelta(days=1))
    hours, rest = divmod(rest, timedelta(hours=1))
    minutes = rest // _MINUTE
    time = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if not time:
        return f"P{days}D" if days else "PT0S"
    return f"PT{days * 24 + hours}H{f'{minutes}M' if minutes else ''}" if days else f"PT{time}"


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: a file says what it says."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, ())}
