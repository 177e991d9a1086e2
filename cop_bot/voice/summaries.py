"""A summary as it is shown: each line with the messages it rests on, and a receipt for every contribution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cop_bot.domain.brief import Brief, Point, Receipt, Section
from cop_bot.domain.message import Block, Bullets, Heading, Link, Message, Moment, Note, Paragraph, Span, Spans, Words
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.voice import names
from cop_bot.voice.languages import Speech, later, speak

Links = Mapping[int, str]
"""The number of a contribution -> the lasting address of its message; one without is shown as a plain number."""

_SECTIONS = {
    Section.MAIN_POINTS: later("Main points"),
    Section.IDEAS: later("Ideas"),
    Section.DISAGREEMENTS: later("Disagreements"),
    Section.OPEN_QUESTIONS: later("Open questions"),
    Section.RESOURCES: later("Resources"),
    Section.ALSO_HEARD: later("Also heard"),
}
# The reasons of `Receipt.set_aside`, for the catalogues.
_REASONS = (later("empty"), later("looks like an instruction"))


def summary(
    programme: Programme,
    session: Session,
    brief: Brief,
    *,
    contributions: int,
    links: Links,
    next_session: Session | None,
    late: int,
    version: int,
    private_draft: bool = False,
) -> Message:
    """The summary of a session, in the language of its brief. `late`: how many came after the close and were kept."""
    _ = speak(brief.language)
    people = names.people(_, brief.people) if brief.people else ""
    counts = (people, names.contributions(_, contributions)) if contributions else ()
    coming = _coming(_, programme, next_session) if next_session else None
    return _.message(
        Heading(" · ".join([names.title(_, session), *_standing(_, version, private_draft)])),
        Note((*_dates(_, programme, session), *_counted(_, counts, late, brief if contributions else None))),
        *(_content(_, brief, links) if contributions else _nothing_posted(_)),
        *([Note(receipt(_, brief.receipt, links))] if brief.receipt.read else []),
        *([coming] if coming else []),
    )


def _standing(_: Speech, version: int, private_draft: bool) -> list[str]:
    standing = [_("draft of the summary") if private_draft else _("summary")]
    return [*standing, _("version {number}", number=version)] if version > 1 else standing


def _dates(_: Speech, programme: Programme, session: Session) -> Spans:
    return _.spans(
        "{opens} to {closes}",
        opens=Moment(session.opens_at, programme.zone, "date"),
        closes=Moment(session.last_minute, programme.zone, "date"),
    )


def _counted(_: Speech, counts: tuple[str, ...], late: int, brief: Brief | None) -> Spans:
    more = _("+{count} late", count=late) if late else ""
    parts = [part for part in (*counts, more, maker(_, brief.maker) if brief else "") if part]
    return (Words(" · " + " · ".join(parts)),) if parts else ()


def maker(_: Speech, name: str) -> str:
    """Who wrote it: nobody but the members, or a model that may err."""
    if name == "offline":
        return _("Selected quotes, no AI")
    return _("Written by AI ({model}), check the links", model=name)


def _nothing_posted(_: Speech) -> Iterable[Block]:
    yield Paragraph((Words(_("Nobody posted in this session. That happens.")),))
    yield Paragraph((Words(_("Its questions are still good ones: bring them to the next session or to the plenary.")),))


def _content(_: Speech, brief: Brief, links: Links) -> Iterable[Block]:
    for section, title in _SECTIONS.items():
        if points := brief.of(section):
            yield Bullets(tuple(line(point, links) for point in points), _(title))
    if not brief.points:
        yield Paragraph((Words(_("There is nothing to quote from what was posted.")),))


def line(point: Point, links: Links) -> Spans:
    """One point: its words (a member's own in quotation marks), its address, and the messages it rests on."""
    spans: list[Span] = [Words(f"“{point.text}”" if point.quote else point.text)]
    if point.url:
        spans = list(_with_address(point.text, point.url))
    for number in point.cites:
        spans += [Words(" "), cite(number, links)]
    return tuple(spans)


def _with_address(text: str, url: str) -> Iterable[Span]:
    """The address is its own label, so that no text can pretend to lead elsewhere."""
    before, found, after = text.partition(url)
    if not found:
        before, after = f"{text} ", ""
    return (span for span in (Words(before), Link(url, url), Words(after)) if span != Words(""))


def cite(number: int, links: Links) -> Span:
    """`#12`, as a link to the message if there is one."""
    return Link(links[number], f"#{number}") if number in links else Words(f"#{number}")


def receipt(_: Speech, counted: Receipt, links: Links) -> Spans:
    """Where everything that was read went; parts with nothing in them are left out."""
    parts = [
        _.plural("{count} cited", "{count} cited", len(counted.cited)) if counted.cited else "",
        _.plural("{count} merged", "{count} merged", len(counted.merged)) if counted.merged else "",
        _.plural("{count} also heard", "{count} also heard", len(counted.also_heard)) if counted.also_heard else "",
    ]
    said = " · ".join(part for part in parts if part)
    spans: list[Span] = [Words(_.plural("{count} read: ", "{count} read: ", counted.read) + said)]
    if counted.set_aside:
        aside = _.plural("{count} set aside", "{count} set aside", len(counted.set_aside))
        spans += [Words((" · " if said else "") + aside + " ("), *_reasons(_, counted, links), Words(")")]
    return tuple(spans)


def _reasons(_: Speech, counted: Receipt, links: Links) -> Iterable[Span]:
    for position, why in enumerate(dict.fromkeys(counted.set_aside.values())):
        yield Words(("; " if position else "") + _(why) + ":")
        for number in sorted(n for n, reason in counted.set_aside.items() if reason == why):
            yield Words(" ")
            yield cite(number, links)


def _coming(_: Speech, programme: Programme, session: Session) -> Note:
    opens = Moment(session.opens_at, programme.zone)
    return Note(_.spans("Next: {title} opens {opens}", title=names.title(_, session), opens=opens))
