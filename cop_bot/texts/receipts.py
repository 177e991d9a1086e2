"""The receipt of a summary: where every contribution that was read went, and what facilitators should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cop_bot.domain.brief import Brief, Receipt
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.message import Bullets, Note, Paragraph, Span, Spans, Words
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, later
from cop_bot.texts.lines import Links, Reader, cite, cites

# The reasons of `Receipt.set_aside`, for the catalogues.
_REASONS = (later("empty"), later("looks like an instruction"))
_MOST_NAMED = 10
"""Of one reason; a line of hundreds of numbers is read by nobody, and all contributions are in the full reply."""


def receipt(_: Speech, counted: Receipt, links: Links, talk: int = 0) -> Spans:
    """The counts; parts with nothing in them are left out. `talk`: greetings and arrangements, which were not read."""
    parts = [
        _.plural("{count} cited", "{count} cited", len(counted.cited)) if counted.cited else "",
        _.plural("{count} merged", "{count} merged", len(counted.merged)) if counted.merged else "",
        _.plural("{count} also heard", "{count} also heard", len(counted.also_heard)) if counted.also_heard else "",
        _not_shown(_, len(counted.not_shown)),
    ]
    said = " · ".join(part for part in parts if part)
    spans: list[Span] = [Words(_.plural("{count} read: ", "{count} read: ", counted.read) + said)]
    if counted.set_aside:
        aside = _.plural("{count} set aside", "{count} set aside", len(counted.set_aside))
        spans += [Words((" · " if said else "") + aside + " ("), *_reasons(_, counted, links), Words(")")]
    if talk:
        spans.append(
            Words(
                " · "
                + _.plural(
                    "{count} greeting or arrangement besides", "{count} greetings and arrangements besides", talk
                )
            )
        )
    return tuple(spans)


def _not_shown(_: Speech, count: int) -> str:
    return (
        _.plural("{count} not shown here, but in the list", "{count} not shown here, all in the list", count)
        if count
        else ""
    )


def _reasons(_: Speech, counted: Receipt, links: Links) -> Iterator[Span]:
    for position, why in enumerate(dict.fromkeys(counted.set_aside.values())):
        yield Words(("; " if position else "") + _(why) + ":")
        numbers = sorted(n for n, reason in counted.set_aside.items() if reason == why)
        yield from cites(numbers[:_MOST_NAMED], links)
        if len(numbers) > _MOST_NAMED:
            yield Words(" …")


def unheard(reader: Reader, brief: Brief) -> Iterator[Paragraph]:
    """Languages in which members wrote and that no line rests on, one by one."""
    _ = reader.speech
    for code, count in sorted(brief.unheard_languages().items()):
        words = without_a_line(_, code, count)
        numbers = sorted(n for topic in brief.topics if topic.language == code for n in topic.numbers)
        yield Paragraph((Words(words), *cites(numbers, reader.links)))


def without_a_line(_: Speech, code: str, count: int) -> str:
    """That no line rests on what was said in this language."""
    spoken = names.language(_, code)
    return _.plural(
        "No line of the summary rests on the {count} contribution in this language: {language}.",
        "No line of the summary rests on the {count} contributions in this language: {language}.",
        count,
        language=spoken,
    )


def set_aside(reader: Reader, counted: Receipt, rows: Mapping[int, Contribution]) -> Iterator[Bullets | Note]:
    """What was not read for the summary because of what it looks like, with its words."""
    _ = reader.speech
    lines = tuple(
        (cite(number, reader.links), Words(f" · {_(why)}: "), *names.quoted(_, rows[number].text))
        for number, why in sorted(counted.set_aside.items())
        if number in rows and rows[number].text
    )
    if lines:
        yield Bullets(lines, _("Set aside"))
        yield Note((Words(_("These are kept and listed, but nothing of the summary was made from them.")),))
