"""The summary that needs no model, as the members see it."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from said import FUNDING, accounted, session, voice

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import IN_BRIEF, Brief, Section, from_json, to_json
from cop_bot.domain.findings import FindingsAssignment
from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.offline import OfflineSummariser


@pytest.fixture(scope="module")
def brief() -> Brief:
    return write(session(*FUNDING))


def texts(brief: Brief, section: Section) -> list[str]:
    return [point.text for point in brief.of(section)]


async def test_it_says_that_no_model_wrote_it() -> None:
    brief = await OfflineSummariser().summarise(session(*FUNDING))
    assert brief.maker == OfflineSummariser.name == "offline"
    assert brief.is_offline


async def test_an_empty_session_has_a_brief_without_points() -> None:
    brief = await OfflineSummariser().summarise(session())
    assert brief.points == ()
    assert brief.receipt.read == brief.people == 0


def test_a_single_contribution_is_the_main_point() -> None:
    brief = write(session(voice(1, "Start with what partners already do well.")))
    assert texts(brief, Section.MAIN_POINTS) == ["Start with what partners already do well."]
    assert brief.receipt.cited == (1,)


def test_every_contribution_is_in_exactly_one_place_of_the_receipt(brief: Brief) -> None:
    assert accounted(brief) == [voice.number for voice in FUNDING]


def test_every_line_is_word_for_word_in_the_contribution_it_cites(brief: Brief) -> None:
    said = {voice.number: voice.text for voice in FUNDING}
    for point in brief.points:
        assert point.quote
        assert point.text.strip("… ") in said[point.cites[0]]


def test_every_theme_has_a_main_point_in_its_own_language(brief: Brief) -> None:
    assert {point.language for point in brief.of(Section.MAIN_POINTS)} == {"en", "pt"}


def test_a_question_with_feedback_from_somebody_else_is_not_open(brief: Brief) -> None:
    assert texts(brief, Section.OPEN_QUESTIONS) == ["Who decides on the exchange rate when the budget is in euros?"]


def test_a_question_that_only_its_author_came_back_to_stays_open() -> None:
    brief = write(
        session(
            voice(1, "Who keeps the books?", "question", author="ana"),
            voice(2, "I mean in the consortium.", "feedback", author="ana", said_to=1),
        )
    )
    assert texts(brief, Section.OPEN_QUESTIONS) == ["Who keeps the books?"]


def test_a_resource_has_its_title_and_its_address(brief: Brief) -> None:
    (resource,) = brief.of(Section.RESOURCES)
    assert (resource.text, resource.url, resource.cites) == (
        "A guide to shared reporting",
        "https://example.org/guide",
        (9,),
    )


def test_a_bare_address_is_its_own_title() -> None:
    link = "https://www.example.org/papers/power"
    (resource,) = write(session(voice(1, link, "resource", links=(link,)))).of(Section.RESOURCES)
    assert (resource.text, resource.quote) == ("example.org/papers/power", False)


def test_an_address_that_two_members_name_is_one_line_that_cites_both() -> None:
    link = "https://example.org/tool"
    brief = write(
        session(
            voice(1, f"The awareness tool {link}", "resource", links=(link,)),
            voice(2, f"We used this with five partners: {link}/", "resource", links=(f"{link}/",)),
        )
    )
    assert [point.cites for point in brief.of(Section.RESOURCES)] == [(1, 2)]


def test_a_file_without_a_link_is_a_resource_by_its_name() -> None:
    (resource,) = write(session(voice(1, "partnership-agreement.docx", "resource"))).of(Section.RESOURCES)
    assert (resource.text, resource.url) == ("partnership-agreement.docx", None)


def test_it_does_not_guess_who_disagrees(brief: Brief) -> None:
    assert brief.of(Section.DISAGREEMENTS) == ()


def test_the_lone_objection_is_heard(brief: Brief) -> None:
    assert any(11 in point.cites for point in brief.points)


def test_near_duplicates_are_merged_and_counted(brief: Brief) -> None:
    assert 14 in brief.receipt.merged


def test_another_number_or_a_not_is_no_duplicate() -> None:
    long = (
        "Our partners should share the cost of the audit of the whole programme with the lead organisation in year {}"
    )
    brief = write(
        session(
            voice(1, long.format(2)),
            voice(2, long.format(3)),
            voice(3, long.format(2).replace("should share", "should not share")),
        )
    )
    assert brief.receipt.merged == {}


def test_nods_and_signs_are_set_aside_as_empty() -> None:
    brief = write(session(*FUNDING, voice(16, "👍👍"), voice(17, "Obrigada!"), voice(18, "")))
    assert {number: why for number, why in brief.receipt.set_aside.items() if number > 15} == {
        16: "empty",
        17: "empty",
        18: "empty",
    }


def test_what_reads_like_an_order_to_a_machine_is_not_quoted(brief: Brief) -> None:
    assert brief.receipt.set_aside[15] == "looks like an instruction"
    assert not any("KANARIE" in point.text for point in brief.points)


def test_authors_are_counted_and_not_named() -> None:
    brief = write(
        session(voice(1, "Ask partners first.", author="amina"), voice(2, "Then plan together.", author="amina"))
    )
    assert brief.people == 1
    assert "amina" not in str(to_json(brief))


def test_one_member_does_not_take_all_the_lines() -> None:
    topics = (
        "core funding for staff",
        "reporting formats for donors",
        "local boards that decide",
        "risk in remote areas",
    )
    loud = [
        voice(at, f"We need {topic} and {topic} again, always {topic}.", author="loud")
        for at, topic in enumerate(topics, 1)
    ]
    quiet = [
        voice(10 + at, f"Please think of {topic} this year.", author=f"quiet{at}") for at, topic in enumerate(topics)
    ]
    speakers = Counter(point.cites[0] < 10 for point in write(session(*loud, *quiet)).of(Section.MAIN_POINTS))
    assert speakers[True] <= speakers[False] + 1


def many(count: int) -> tuple[Voice, ...]:
    """Statements on seven topics that are no duplicates of each other."""
    topics = (
        "funding reserves",
        "risk registers",
        "community boards",
        "power tools",
        "joint decisions",
        "audits",
        "training",
    )
    places = ("Maputo", "Suva", "Dakar", "Lima", "Dhaka", "Accra", "Quito", "Hanoi", "Lusaka", "Cusco", "Kigali")
    return tuple(
        voice(
            at,
            f"In {places[at % 11]} our {topics[at % 7]} started with {at % 13} partners and village {at} "
            f"asked {places[at % 5]} for {topics[at % 3]}",
            author=f"m{at % 40}",
        )
        for at in range(1, count + 1)
    )


def test_no_more_lines_than_the_pile_asks_for_and_three_voices_more() -> None:
    assignment = session(*many(200))
    brief = write(assignment)
    assert sum(len(brief.of(section)) for section in IN_BRIEF) == assignment.most_lines == 11
    assert len(brief.of(Section.ALSO_HEARD)) <= 3
    assert accounted(brief) == list(range(1, 201))


def test_the_same_contributions_give_the_same_brief_in_every_process() -> None:
    program = (
        "import sys, json; sys.path[:0] = sys.argv[1:];"
        "from test_offline import many, session, write, FUNDING; from cop_bot.domain.brief import to_json;"
        "print(json.dumps(to_json(write(session(*FUNDING, *many(120)[20:])))))"
    )
    here = Path(__file__).parent
    answers = {
        subprocess.run(
            [sys.executable, "-c", program, str(here), str(here.parents[1])],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_a_thousand_contributions_take_two_seconds_of_the_processor_at_most() -> None:
    started = time.process_time()
    write(session(*many(1000)))
    assert time.process_time() - started <= 2.0


def test_a_brief_survives_being_stored() -> None:
    brief = write(session(*FUNDING))
    assert from_json(to_json(brief)) == brief


async def test_the_findings_take_three_lines_a_theme_from_the_stored_briefs() -> None:
    briefs = (("Funding", write(session(*FUNDING))), ("Nothing said", write(session())))
    findings = await OfflineSummariser().findings(FindingsAssignment("Shifting the power", briefs))
    funding, silent = findings.themes
    assert (funding.theme, len(funding.points), funding.contributions) == ("Funding", 3, 15)
    assert set(funding.points) <= set(briefs[0][1].points)
    assert [point.cites for point in funding.open_questions] == [(6,)]
    assert (silent.points, silent.contributions) == ((), 0)
    assert findings.is_offline
    assert findings.contributions == 15
