"""A summary as it is shown: each line with the messages it rests on, and a receipt for every contribution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cop_bot.domain.brief import Brief
from cop_bot.domain.changes import Changes
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.message import Block, Button, Buttons, Command, Heading, Message, Moment, Note, Paragraph, Words
from cop_bot.domain.objection import Objection
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.session import Session
from cop_bot.domain.session_statistics import Statistics
from cop_bot.texts import names, versions
from cop_bot.texts.groups import groups
from cop_bot.texts.languages import Speech
from cop_bot.texts.lines import Links, Reader
from cop_bot.texts.receipts import set_aside, unheard
from cop_bot.texts.record import all_contributions
from cop_bot.texts.session_statistics import figures


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
    language: str | None = None,
    objections: Sequence[Objection] = (),
    changes: Changes | None = None,
    objectable_until: datetime | None = None,
    full: str | None = None,
    found: Statistics | None = None,
) -> Message:
    """The summary of a session, in the language of its brief or in another one.

    `late`: how many came after the close and were kept. `objectable_until`: while members may object (programme time).
    `full`: the command that shows all contributions.
    `found`: what the session comes to in figures.
    """
    reader = Reader.of(brief.language, language, links)
    _ = reader.speech
    found = found or Statistics()
    lines = groups(reader, brief, _questions(session, brief, reader), objections, talk=found.talk)
    said = _.message(
        Heading(" · ".join([names.title(_, session), *_standing(_, version, private_draft)])),
        _context(_, programme, session, brief, contributions, late),
        *translated(reader, any(point.translations for point in brief.points)),
        *([versions.news(_, changes)] if changes else []),
        *(lines if contributions else _nothing_posted(_)),
        *(figures(_, found) if contributions else ()),
        *_thanks(_, brief, contributions),
        *([_coming(_, programme, next_session)] if next_session else []),
        *([_objecting(_, programme, session, brief, objectable_until)] if objectable_until and brief.points else []),
        *(_more(_, session, full, objectable=objectable_until is not None) if full and contributions else []),
    )
    return replace(said, by_ai=not brief.is_offline and bool(contributions))


def body(
    brief: Brief, links: Links, *, language: str | None = None, objections: Sequence[Objection] = ()
) -> tuple[Block, ...]:
    """The lines, numbered from 1 over all groups, and the receipt."""
    return tuple(groups(Reader.of(brief.language, language, links), brief, brief.questions, objections))


def full_reply(
    programme: Programme,
    session: Session,
    brief: Brief,
    rows: Sequence[Contribution],
    *,
    links: Links,
    language: str | None = None,
    objections: Sequence[Objection] = (),
) -> Message:
    """The summary, and below it all contributions of the session in full, without their authors."""
    reader = Reader.of(brief.language, language, links)
    _ = reader.speech
    there = [row for row in rows if row.number is not None and not row.is_withdrawn]
    read = brief.receipt.numbers()
    late = sum(row.late and row.number not in read for row in there)
    said = _.message(
        Heading(" · ".join([names.title(_, session), _("summary and all contributions")])),
        _context(_, programme, session, brief, len(there) - late, late),
        *translated(reader, any(point.translations for point in brief.points)),
        *(groups(reader, brief, _questions(session, brief, reader), objections) if there else _nothing_posted(_)),
        *_thanks(_, brief, len(there)),
        *([all_contributions(_, there, links)] if there else []),
    )
    return replace(said, by_ai=not brief.is_offline and bool(there))


def for_facilitators(
    programme: Programme,
    session: Session,
    brief: Brief,
    rows: Mapping[int, Contribution],
    *,
    links: Links,
    language: str = "en",
) -> Message | None:
    """What facilitators should look at beside the summary: languages that nothing of it rests on, and what was set
    aside, with its words; None if there is nothing.
    """
    reader = Reader.of(brief.language, language, links)
    blocks = (*unheard(reader, brief), *set_aside(reader, brief.receipt, rows))
    if not blocks:
        return None
    _ = reader.speech
    title = Heading(" · ".join([names.title(_, session), _("for the facilitators")]))
    return _.message(title, Note((Words(programme.name(_.language)),)), *blocks)


def _standing(_: Speech, version: int, private_draft: bool) -> list[str]:
    standing = [_("draft of the summary") if private_draft else _("summary")]
    return [*standing, _("version {number}", number=version)] if version > 1 else standing


def _context(_: Speech, programme: Programme, session: Session, brief: Brief, contributions: int, late: int) -> Note:
    dates = _.spans(
        "{opens} to {closes}",
        opens=Moment(session.opens_at, programme.zone, "date"),
        closes=Moment(session.last_minute, programme.zone, "date"),
    )
    counts = [
        names.people(_, brief.people) if brief.people and contributions else "",
        names.contributions(_, contributions) if contributions else "",
        _("+{count} late", count=late) if late else "",
        maker(_, brief.maker) if contributions else "",
    ]
    counted = " · ".join(part for part in counts if part)
    return Note((*dates, Words(f" · {counted}")) if counted else dates)


def maker(_: Speech, name: str) -> str:
    """Who wrote it: nobody but the members, or a model that may err."""
    if name == "offline":
        return _("Selected quotes, no AI")
    return _("Written by AI ({model}), check the links", model=name)


def translated(reader: Reader, by_ai: bool) -> Iterable[Note]:
    """For readers of a further language: what they have before them, and what counts."""
    if not reader.reads_a_translation:
        return
    _ = reader.speech
    first = names.language(_, reader.written)
    if by_ai:
        said = _.spans(
            "This is a translation by AI. The original is in {language}, and it is what counts.", language=first
        )
    else:
        said = _.spans("The lines are not translated: they stand as in the original, in {language}.", language=first)
    yield Note(said)


def _questions(session: Session, brief: Brief, reader: Reader) -> Sequence[str]:
    """The guiding questions in the reader's language, as far as the programme has them in it."""
    if reader.reads_a_translation and len(session.questions) == len(brief.questions):
        return [in_language(question, reader.language) for question in session.questions]
    return brief.questions


def _nothing_posted(_: Speech) -> Iterable[Block]:
    yield Paragraph((Words(_("Nobody posted in this session. That happens.")),))
    yield Paragraph((Words(_("Its questions are still good ones: bring them to the next session or to the plenary.")),))


def _thanks(_: Speech, brief: Brief, contributions: int) -> Iterable[Block]:
    if brief.people and contributions:
        words = _.plural(
            "Thanks to the {count} person who contributed.",
            "Thanks to the {count} of you who contributed.",
            brief.people,
        )
        yield Paragraph((Words(words),))


def _coming(_: Speech, programme: Programme, session: Session) -> Note:
    opens = Moment(session.opens_at, programme.zone)
    return Note(_.spans("Next: {title} opens {opens}", title=names.title(_, session), opens=opens))


def _objecting(_: Speech, programme: Programme, session: Session, brief: Brief, until: datetime) -> Note:
    command = Command(f"summary object {session.slug} {min(3, len(brief.points))}")
    return Note(
        _.spans(
            "Something missing or wrong? Until {until}: {command} and your words, with the number of the line.",
            until=Moment(until, programme.zone),
            command=command,
        )
    )


def _more(_: Speech, session: Session, full: str, *, objectable: bool) -> Iterable[Block]:
    """One row: those that need words answer with what to type; who may not correct is told so."""
    correct = f"summary draft {session.slug}"
    yield Note(
        _.spans(
            "The summary with all contributions in full: {command}. For facilitators, to correct a line: {correct}.",
            command=Command(full),
            correct=Command(correct),
        )
    )
    object_to = (Button(_("Object"), f"summary object {session.slug}", asks=True),) if objectable else ()
    yield Buttons((*object_to, Button(_("All contributions"), full), Button(_("Correct"), correct)))
