"""A brief held against what exists, at its making and after a withdrawal."""

from said import FUNDING, accounted, session, voice

from cop_bot.domain import findings as found
from cop_bot.domain.brief import Brief, Point, Receipt, Section, from_json, to_json
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.summariser.choosing.findings import collect
from cop_bot.summariser.choosing.selection import write

SAID = session(voice(1, "Core funding first."), voice(2, "Core funding before anything."), voice(3, "Ask the bank."))


def brief(*points: Point, **places: object) -> Brief:
    return Brief(points, Receipt(**{"cited": (), **places}), "small-1")  # type: ignore[arg-type]


def point(*cites: int, section: Section = Section.MAIN_POINTS, quote: bool = False, url: str | None = None) -> Point:
    return Point(section, "Core funding first.", cites, quote, "en", url)


def test_citations_of_nothing_that_exists_go_and_their_points_with_them() -> None:
    checked = brief(point(1, 77), point(88)).checked(SAID)
    assert [one.cites for one in checked.points] == [(1,)]


def test_a_receipt_that_forgot_or_repeated_contributions_is_put_right() -> None:
    checked = brief(point(1), cited=(1, 2), merged={1: 2}, set_aside={1: "empty", 99: "empty"}).checked(SAID)
    assert accounted(checked) == [1, 2, 3]
    assert checked.receipt == Receipt(cited=(1,), not_shown=(2, 3))


def test_only_what_is_shown_was_also_heard() -> None:
    made = write(session(*FUNDING))
    lines = made.of(Section.ALSO_HEARD)
    assert set(made.receipt.also_heard) == {number for one in lines for number in one.cites}
    assert made.receipt.not_shown
    assert set(made.receipt.not_shown).isdisjoint(number for one in made.points for number in one.cites)


def test_a_brief_that_was_stored_when_also_heard_was_all_the_rest_is_read_right() -> None:
    made = write(session(*FUNDING))
    stored = to_json(made)
    stored["receipt"]["also_heard"] += stored["receipt"].pop("not_shown")
    assert from_json(stored) == made


def test_a_right_brief_stays_as_it_is() -> None:
    made = write(session(*FUNDING))
    assert made.checked(session(*FUNDING)) == made


def test_a_quote_goes_with_the_contribution_it_was_taken_from() -> None:
    assert brief(point(1, quote=True), point(2, quote=True)).without({1}).points == (point(2, quote=True),)


def test_a_line_that_rests_on_others_too_stays_without_the_withdrawn_one() -> None:
    assert [one.cites for one in brief(point(1, 2)).without({1}).points] == [(2,)]


def test_a_resource_that_another_member_named_too_stays_by_its_address() -> None:
    link = "https://example.org/tool"
    (left,) = brief(point(1, 2, section=Section.RESOURCES, quote=True, url=link)).without({1}).points
    assert (left.text, left.cites, left.quote) == (link, (2,), False)


def test_what_was_withdrawn_is_no_longer_in_the_receipt() -> None:
    left = write(session(*FUNDING)).without({1, 12})
    assert accounted(left) == [voice.number for voice in FUNDING if voice.number not in {1, 12}]
    assert 1 not in left.cited_numbers()


def test_findings_lose_what_was_withdrawn_and_survive_being_stored() -> None:
    findings: Findings = collect(FindingsAssignment("Power", (("Funding", write(session(*FUNDING))),)))
    first = findings.themes[0].points[0].cites[0]
    left = findings.without({first})
    assert left.cited_numbers() == findings.cited_numbers() - {first}
    assert found.from_json(found.to_json(left)) == left
