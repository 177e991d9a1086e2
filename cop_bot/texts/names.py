"""How the things of a programme are called in a sentence: themes, kinds, counts and lengths of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from unicodedata import bidirectional

from cop_bot.domain.contribution import Kind
from cop_bot.domain.gathering import Gathering, GatheringKind
from cop_bot.domain.message import Link, Moment, Span, Spans, Words
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.session import Session, SessionState
from cop_bot.texts.languages import Speech, later

_KINDS = {
    Kind.IDEA: later("idea"),
    Kind.QUESTION: later("question"),
    Kind.RESOURCE: later("resource"),
    Kind.LESSON: later("lesson"),
    Kind.FEEDBACK: later("feedback"),
    Kind.TALK: later("talk"),
}
_DAYS_A_YEAR = 365
_LEFT_TO_RIGHT = "\u200e"


def title(_: Speech, session: Session) -> str:
    """The theme of a session: "Theme 1 · The Organisation of Funding Streams"."""
    return _("Theme {number} · {title}", number=session.position, title=theme(_, session))


def theme(_: Speech, session: Session) -> str:
    """The theme alone, without its number."""
    return in_language(session.title, _.language)


def kind(_: Speech, which: Kind) -> str:
    """The word for a kind of contribution."""
    return _(_KINDS[which])


def gathering_name(_: Speech, gathering: Gathering) -> str:
    """The kick-off or the plenary, as it stands at the beginning of a line."""
    return _("Kick-off") if gathering.kind is GatheringKind.KICKOFF else _("Plenary")


def closing(programme: Programme, session: Session) -> Moment:
    """The last minute of a session, in the programme's zone where the reader's own can't be shown."""
    return Moment(session.last_minute, programme.zone)


def where(gathering: Gathering) -> Spans:
    """Where people meet, as a link if there is one; empty when the programme file names nothing."""
    if gathering.url:
        return (Link(gathering.url, gathering.where or gathering.url),)
    return (Words(gathering.where),) if gathering.where else ()


def people(_: Speech, count: int) -> str:
    """So many people."""
    return _.plural("{count} person", "{count} people", count)


def contributions(_: Speech, count: int) -> str:
    """So many contributions."""
    return _.plural("{count} contribution", "{count} contributions", count)


def language(_: Speech, code: str) -> str:
    """The name of a language, as it is written within a sentence of the reader's; of one that was not determined
    ("und-Arab") its script.
    """
    from babel import Locale

    base, _hyphen, rest = code.partition("-")
    locale = Locale.parse(_.language.partition("-")[0])
    named: str | None = locale.scripts.get(rest) if base == "und" and rest else locale.languages.get(base.lower())
    return named or code


def listed(_: Speech, parts: Sequence[str]) -> str:
    """The parts as a sentence lists them: "1, 2 and 3"."""
    from babel.lists import format_list

    base = _.language.partition("-")[0]
    return format_list(parts, locale="en_GB" if base == "en" else base)


def quoted(_: Speech, text: str) -> Spans:
    """What somebody wrote, on one line and in quotation marks."""
    return _.spans("“{words}”", words=on_one_line(text))


def on_one_line(text: str) -> str:
    """The text without its line breaks. What follows a text that is read from the right is not drawn into it."""
    line = " ".join(text.split())
    return line + _LEFT_TO_RIGHT if any(bidirectional(sign) in ("R", "AL") for sign in line) else line


def length(_: Speech, time: timedelta) -> str:
    """A length of time in days, or in years where it is a whole number of them."""
    years, days = divmod(time.days, _DAYS_A_YEAR)
    if years and not days:
        return _.plural("{count} year", "{count} years", years)
    return _.plural("{count} day", "{count} days", time.days)


def dotted(*parts: Span | str | None) -> Spans:
    """The parts on one line with dots between them; what is None or empty is left out."""
    spans: list[Span] = []
    for part in parts:
        if part:
            spans += [Words(" · ")] if spans else []
            spans.append(Words(part) if isinstance(part, str) else part)
    return tuple(spans)


def window(_: Speech, session: Session, zone: str) -> Spans:
    """A line for a plan: the theme, when it opens and closes, and where it stands if the times don't tell."""
    stands = {
        SessionState.OPEN: _("open now"),
        SessionState.CLOSED: _("closed"),
        SessionState.SKIPPED: _("left out"),
        SessionState.PLANNED: session.moved_because and _("moved: {why}", why=session.moved_because),
    }[session.state]
    spans = _.spans(
        "{title}: {opens} to {closes}",
        title=Words(title(_, session), bold=True),
        opens=Moment(session.opens_at, zone),
        closes=Moment(session.last_minute, zone),
    )
    return (*spans, Words(f" ({stands})")) if stands else spans


def appointment(_: Speech, gathering: Gathering, zone: str) -> Spans:
    """A line for a plan: the kick-off or the plenary, when and where."""
    name = Words(gathering_name(_, gathering), bold=True)
    place = where(gathering)
    return (name, Words(": "), Moment(gathering.starts_at, zone), *((Words(", "), *place) if place else ()))
