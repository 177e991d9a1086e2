"""What the whole programme comes to: theme by theme, across the themes, and what members propose to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cop_bot.domain.brief import Point, Section
from cop_bot.domain.findings import CommonThread, Findings, ThemeFindings
from cop_bot.domain.gathering import Gathering
from cop_bot.domain.message import Block, Bullets, Heading, Message, Moment, Note, Paragraph, Spans, Words
from cop_bot.domain.programme import Programme
from cop_bot.texts import names
from cop_bot.texts.languages import Speech
from cop_bot.texts.lines import Links, Reader, cite, cites, line, translation
from cop_bot.texts.receipts import without_a_line
from cop_bot.texts.summaries import maker, translated
from cop_bot.texts.themes import largest


def findings(
    programme: Programme,
    found: Findings,
    *,
    links: Links,
    plenary: Gathering | None,
    language: str | None = None,
    answered: Mapping[int, int] | None = None,
) -> Message:
    """The findings of a programme, in the language of its briefs or in another one, and where they are talked about.

    `answered`: number of a question -> number of what was replied to it since.
    """
    reader = Reader.of(found.language, language, links)
    _ = reader.speech
    counts = (
        _.plural("{count} theme", "{count} themes", len(found.themes)),
        names.contributions(_, found.contributions),
        maker(_, found.maker),
    )
    threads = tuple(_thread(reader, thread) for thread in found.threads)
    steps = tuple(line(reader, step) for step in found.next_steps)
    said = _.message(
        Heading(" · ".join([programme.name(_.language), _("findings")])),
        Note(names.dotted(*counts)),
        *translated(reader, _translations(found)),
        *(
            block
            for number, theme in enumerate(found.themes, start=1)
            for block in _theme(reader, number, theme, answered or {})
        ),
        *([Bullets(threads, _("Across the themes"))] if threads else []),
        *([Bullets(steps, _("Proposed next steps"))] if steps else []),
        *_unheard(reader, found),
        *([_invitation(_, programme, plenary)] if plenary else []),
    )
    return replace(said, by_ai=not found.is_offline)


def _translations(found: Findings) -> bool:
    points = [point for theme in found.themes for point in (*theme.points, *theme.open_questions)]
    return any(point.translations for point in (*points, *found.next_steps)) or any(
        thread.translations for thread in found.threads
    )


def _unheard(reader: Reader, found: Findings) -> Iterable[Paragraph]:
    _ = reader.speech
    for code, count in found.unheard.items():
        yield Paragraph((Words(without_a_line(_, code, count)),))


def _theme(reader: Reader, number: int, theme: ThemeFindings, answered: Mapping[int, int]) -> Iterable[Block]:
    """`number`: by which the threads mean it."""
    _ = reader.speech
    counts = f"{names.people(_, theme.people)} · {names.contributions(_, theme.contributions)}"
    divided = [point for point in theme.points if point.section == Section.DISAGREEMENTS]
    said = [point for point in theme.points if point not in divided]
    yield Paragraph((Words(f"{number}. {theme.theme} · {counts}", bold=True),))
    if theme.topics:
        yield Note(largest(reader, theme.topics))
    if said:
        yield Bullets(tuple(line(reader, point) for point in said))
    if divided:
        yield Bullets(tuple(line(reader, point) for point in divided), _("Disagreements"))
    if theme.open_questions:
        asked = tuple(_asked(reader, point, answered) for point in theme.open_questions)
        yield Bullets(asked, _("Open questions"))


def _asked(reader: Reader, point: Point, answered: Mapping[int, int]) -> Spans:
    """A question, and what was replied to it after the close."""
    replies = [answered[number] for number in point.cites if number in answered]
    if not replies:
        return line(reader, point)
    _ = reader.speech
    return (*line(reader, point), *_.spans(" (answered since: {reply})", reply=(cite(replies[0], reader.links),)))


def _thread(reader: Reader, thread: CommonThread) -> Spans:
    """Something that comes back, in which themes, and where: a model's sentence, or the lines beside each other."""
    _ = reader.speech
    themes = names.listed(_, [str(position) for position in thread.themes])
    if thread.quotes:
        beside = tuple(
            span
            for at, point in enumerate(thread.quotes)
            for span in (*((Words(" — "),) if at else ()), *line(reader, point))
        )
        return _.spans("In themes {themes}: {lines}", themes=themes, lines=beside)
    rests_on = cites(thread.cites, reader.links)
    words = _words(reader, thread)
    return (*_.spans("{words} (themes {themes})", words=words, themes=themes), *rests_on)


def _words(reader: Reader, thread: CommonThread) -> Spans:
    own = names.on_one_line(thread.words)
    words = translation(thread.translations, reader.language) if reader.reads_a_translation else None
    return reader.speech.spans("{words} (translated)", words=names.on_one_line(words)) if words else (Words(own),)


def _invitation(_: Speech, programme: Programme, plenary: Gathering) -> Paragraph:
    starts = Moment(plenary.starts_at, programme.zone)
    place = names.where(plenary)
    if place:
        return Paragraph(_.spans("We talk about this at the plenary: {starts}, {where}", starts=starts, where=place))
    return Paragraph(_.spans("We talk about this at the plenary: {starts}", starts=starts))
