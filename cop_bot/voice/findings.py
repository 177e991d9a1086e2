"""What the whole programme comes to, theme by theme."""

from __future__ import annotations

from collections.abc import Iterable

from cop_bot.domain.findings import Findings, ThemeFindings
from cop_bot.domain.gathering import Gathering
from cop_bot.domain.message import Block, Bullets, Heading, Message, Moment, Note, Paragraph, Words
from cop_bot.domain.programme import Programme
from cop_bot.voice import names
from cop_bot.voice.languages import Speech, speak
from cop_bot.voice.summaries import Links, line, maker


def findings(programme: Programme, found: Findings, *, links: Links, plenary: Gathering | None) -> Message:
    """The findings of a programme, in the language of its briefs, and where they are talked about."""
    _ = speak(found.language)
    return _.message(
        Heading(" · ".join([programme.name(_.language), _("findings")])),
        Note(
            names.dotted(
                _.plural("{count} theme", "{count} themes", len(found.themes)),
                names.contributions(_, found.contributions),
                maker(_, found.maker),
            )
        ),
        *(block for theme in found.themes for block in _theme(_, theme, links)),
        *([_invitation(_, programme, plenary)] if plenary else []),
    )


def _theme(_: Speech, theme: ThemeFindings, links: Links) -> Iterable[Block]:
    counts = f" · {names.people(_, theme.people)} · {names.contributions(_, theme.contributions)}"
    yield Paragraph((Words(theme.theme, bold=True), Words(counts)))
    if theme.points:
        yield Bullets(tuple(line(point, links) for point in theme.points))
    if theme.open_questions:
        yield Bullets(tuple(line(point, links) for point in theme.open_questions), _("Open questions"))


def _invitation(_: Speech, programme: Programme, plenary: Gathering) -> Paragraph:
    starts = Moment(plenary.starts_at, programme.zone)
    place = names.where(plenary)
    if place:
        return Paragraph(_.spans("We talk about this at the plenary: {starts}, {where}", starts=starts, where=place))
    return Paragraph(_.spans("We talk about this at the plenary: {starts}", starts=starts))
