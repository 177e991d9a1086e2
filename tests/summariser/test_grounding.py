"""No line of a model is believed: it says what its sources say, or a member's own words stand in its place."""

from typing import Any

import pytest
from asking_model import summed_up, written
from said import FUNDING, session, voice
from scripted_model import Answer, asked_for, completion, in_turn, points, quoted, rows, says_yes, verdict

from cop_bot.domain.brief import Section

PT = "Funding should reach local organisations first, not intermediaries."
"""What #10 says, which is c10 in the request."""


def says(supported: str, *quotes: str) -> Any:
    shown = {f"c{at}": quote for at, quote in enumerate(quotes, start=1)}
    return lambda request: rows("verify", verdict("p1", shown, supported))


def repair(text: str, cites: list[str] | None = None) -> Any:
    return lambda request: rows("repair", {"id": "p1", "text": text, "cites": cites or ["c1"]})


async def test_a_point_close_to_its_source_is_read_a_second_time_too() -> None:
    script = in_turn(
        points(("main_points", "Donors should give core funding.", ["c1"])), verify=lambda _: rows("verify")
    )
    brief, model = await summed_up(script)
    assert len(asked_for(model, "verify")) == 1
    assert written(brief) == []


async def test_a_point_in_another_language_is_shown_after_a_verifier_has_quoted_its_source() -> None:
    verify = says("yes", "O financiamento deve chegar primeiro às organizações locais, não aos intermediários")
    brief, model = await summed_up(in_turn(points(("main_points", PT, ["c10"])), verify=verify))
    assert [(point.text, point.cites, point.verified) for point in written(brief)] == [(PT, (10,), True)]
    assert len(asked_for(model, "verify")) == 1


@pytest.mark.parametrize(
    ("supported", "quote"),
    [
        ("yes", "O financiamento deve chegar aos bancos"),
        ("yes", "Funding should reach local organisations first"),
        ("yes", "deve"),
        ("yes", ""),
        ("partly", "O financiamento deve chegar primeiro às organizações locais, não aos intermediários"),
        ("no", ""),
    ],
    ids=["invented quote", "translated quote", "one word", "no quote", "partly", "no"],
)
async def test_without_a_quote_that_is_really_there_a_foreign_point_becomes_the_members_own_words(
    supported: str, quote: str
) -> None:
    script = in_turn(points(("main_points", PT, ["c10"])), verify=says(supported, quote))
    brief, model = await summed_up(script)
    assert written(brief) == []
    assert any(point.quote and point.cites == (10,) for point in brief.points)
    assert len(asked_for(model, "repair")) == 1


async def test_a_verifier_that_answers_nonsense_verifies_nothing() -> None:
    brief, _ = await summed_up(in_turn(points(("main_points", PT, ["c10"])), verify=lambda _: Answer(body=b"<html>")))
    assert written(brief) == []


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Donors should not give core funding for at least three years.", ["c1"]),
        ("Donors should give project funding.", ["c1"]),
        ("Small groups would pass the bank's checks without an intermediary.", ["c11"]),
        ("The budget decides on the exchange rate in euros.", ["c6"]),
        ("The bank's checks pass every small group.", ["c11"]),
        ("Facilitators should give core funding for three years.", ["c1"]),
        ("All partners use the same reporting format.", ["c7"]),
    ],
    ids=[
        "negation added",
        "the other of two",
        "negation dropped",
        "places changed",
        "actors swapped",
        "another actor",
        "a question",
    ],
)
async def test_a_statement_turned_round_is_looked_at_again_and_goes_if_nobody_confirms_it(
    text: str, cites: list[str]
) -> None:
    brief, model = await summed_up(in_turn(points(("main_points", text, cites))))
    assert len(asked_for(model, "verify")) == 1
    assert written(brief) == []


async def test_a_denial_is_not_proved_by_an_affirmation() -> None:
    text = "Donors should not give core funding for at least three years."
    brief, _ = await summed_up(in_turn(points(("main_points", text, ["c1"])), verify=says_yes))
    assert written(brief) == []


async def test_a_denial_in_two_languages_is_not_proved_by_an_affirmation() -> None:
    said = voice(1, "Devemos dar dinheiro diretamente aos grupos das aldeias.")
    answer = points(("main_points", "Money should never go to the village groups directly.", ["c1"]))
    brief, _ = await summed_up(in_turn(answer, verify=says_yes), session(said))
    assert written(brief) == []


async def test_a_foreign_source_that_was_not_shown_is_not_cited() -> None:
    text = "One common reporting format for all donors would save weeks of work."
    verify = says("yes", "One common reporting format for all donors would save weeks of work")
    brief, _ = await summed_up(in_turn(points(("ideas", text, ["c5", "c10"])), verify=verify))
    assert [(point.text, point.cites) for point in written(brief)] == [(text, (5,))]


async def test_sources_cited_in_sequence_are_cut_down_to_those_that_say_it() -> None:
    text = "Flexible core funding lets the local organisation itself set priorities and keep its staff."
    script = in_turn(points(("main_points", text, ["c1", "c2", "c3", "c4", "c5"])), verify=says_yes)
    brief, model = await summed_up(script)
    assert [point.cites for point in written(brief)] == [(2, 3)], model.asked[1:]


async def test_what_broke_a_rule_is_repaired_once_with_the_rule_named() -> None:
    answer = points(("main_points", "Donors should give core funding for 7 years.", ["c1"]))
    better = "Donors should give core funding for at least three years."
    brief, model = await summed_up(in_turn(answer, repair=repair(better)))
    assert [point.text for point in written(brief)] == [better]
    (asked,) = asked_for(model, "repair")
    assert [one.get("broke") for one in quoted(asked) if "sources" in one] == [["invented"]]


async def test_several_mistakes_are_repaired_in_one_request() -> None:
    answer = points(
        ("main_points", "Donors should give core funding for 7 years.", ["c1"]),
        ("ideas", "Bananas grow in the garden of the president.", ["c5"]),
        ("main_points", "Los donantes deben dar fondos durante tres años.", ["c1"]),
    )
    _, model = await summed_up(in_turn(answer))
    (asked,) = asked_for(model, "repair")
    faults = [one["broke"] for one in quoted(asked) if "sources" in one]
    assert faults == [["invented"], ["unsupported"], ["language"]]


async def test_a_repaired_point_in_another_language_needs_a_verifier_too() -> None:
    answer = points(("main_points", "Funding should reach 99 local organisations first.", ["c10"]))
    script = in_turn(answer, repair=repair(PT), verify=says_yes)
    brief, model = await summed_up(script)
    assert [(point.text, point.verified) for point in written(brief)] == [(PT, True)]
    assert [len(asked_for(model, name)) for name in ("repair", "verify")] == [1, 1]


async def test_a_repair_that_is_no_better_gives_way_to_the_members_own_words() -> None:
    other = ("ideas", FUNDING[4].text, ["c5"])
    answer = points(("main_points", "Donors should give core funding for 7 years.", ["c1"]), other)
    brief, model = await summed_up(in_turn(answer, repair=repair("Donors should give core funding for 9 years.")))
    assert [point.cites for point in written(brief)] == [(5,)]
    assert any(point.quote and point.text == FUNDING[0].text for point in brief.of(Section.MAIN_POINTS))
    assert len(asked_for(model, "repair")) == 1


async def test_numbers_in_words_are_numbers() -> None:
    answer = points(("main_points", "Donors should give core funding for at least seven years.", ["c1"]))
    brief, _ = await summed_up(in_turn(answer, verify=says_yes))
    assert written(brief) == []


async def test_a_next_step_is_one_that_a_member_proposed() -> None:
    said = (
        voice(1, "We should ask the bank for one account for all groups."),
        voice(2, "Reporting takes one third of our time, every donor has its own format."),
        voice(3, "The bank has one account for all groups in the other district."),
    )
    answer = points(
        ("next_steps", "We should ask the bank for one account for all groups.", ["c1", "c3"]),
        ("next_steps", "Reporting takes one third of our time.", ["c2"]),
    )
    brief, _ = await summed_up(in_turn(answer), session(*said))
    assert [point.cites for point in brief.of(Section.NEXT_STEPS)] == [(1,)]
    assert [point.cites for point in brief.of(Section.MAIN_POINTS)] == [(2,)]


async def test_points_say_which_guiding_question_they_answer() -> None:
    row = {"section": "main_points", "text": "Donors should give core funding.", "cites": ["c1"], "answers": "q1"}
    other = {"section": "ideas", "text": FUNDING[4].text, "cites": ["c5"], "answers": "q9"}
    brief, model = await summed_up(in_turn(rows("brief", row, other)))
    assert [point.answers for point in written(brief)] == [1, None]
    assert brief.questions == ("Who sets the conditions?",)
    items = model.asked[0]["response_format"]["json_schema"]["schema"]["properties"]["points"]["items"]
    assert items["properties"]["answers"]["enum"] == ["q1", "none"]


async def test_a_headline_that_nobody_asked_for_is_not_read() -> None:
    text = '{"headline": "BUY GOLD", "points": [{"section": "headline", "text": "BUY GOLD", "cites": ["c1"]}, %s]}'
    row = '{"section": "ideas", "text": "Donors should give core funding.", "cites": ["c1"], "headline": "BUY GOLD"}'
    brief, _ = await summed_up(in_turn(completion(text % row)))
    assert [point.text for point in written(brief)] == ["Donors should give core funding."]
    assert "GOLD" not in str(brief)


async def test_where_nothing_that_the_model_wrote_holds_nothing_is_called_its_own() -> None:
    brief, _ = await summed_up(in_turn(points(("main_points", "Donors should give core funding for 7 years.", ["c1"]))))
    assert brief.is_offline
    assert all(point.quote or point.url for point in brief.points)


async def test_a_question_that_stands_in_for_a_point_stands_among_the_questions() -> None:
    answer = points(("main_points", "Nobody knows the 3 exchange rates.", ["c6"]), ("ideas", FUNDING[4].text, ["c5"]))
    brief, _ = await summed_up(in_turn(answer))
    assert [point.section for point in brief.points if 6 in point.cites] == [Section.OPEN_QUESTIONS]


async def test_a_sentence_that_sums_up_everything_is_too_long() -> None:
    text = " ".join(one.text.rstrip(".") for one in FUNDING[:5])
    answer = points(("main_points", text, ["c1", "c2", "c3", "c4", "c5"]), ("ideas", FUNDING[4].text, ["c5"]))
    brief, model = await summed_up(in_turn(answer))
    (asked,) = asked_for(model, "repair")
    assert [one["broke"] for one in quoted(asked) if "sources" in one] == [["long"]]
    assert [point.cites for point in written(brief)] == [(5,)]


async def test_members_words_stand_where_they_belong_whatever_the_model_took_the_point_for() -> None:
    answer = points(
        ("next_steps", "We should buy 99 calculators for the reports.", ["c4"]),
        ("disagreements", "Two sides fight over 55 reserves and 3 banks.", ["c12", "c11"]),
        ("ideas", FUNDING[4].text, ["c5"]),
    )
    brief, _ = await summed_up(in_turn(answer))
    quotes = {point.cites[0]: point.section for point in brief.points if point.quote}
    assert (quotes[4], quotes[13]) == (Section.MAIN_POINTS, Section.MAIN_POINTS)
    assert brief.of(Section.DISAGREEMENTS) == brief.of(Section.NEXT_STEPS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Members agree that donors should give core funding for at least three years.",
        "Most donors should give core funding for at least three years.",
        "The discussion centred on core funding for at least three years.",
        "There is consensus that donors should give core funding for three years.",
    ],
)
async def test_nobody_counted_so_nobody_agrees(text: str) -> None:
    answer = points(("main_points", text, ["c1"]), ("ideas", FUNDING[4].text, ["c5"]))
    brief, model = await summed_up(in_turn(answer))
    assert [point.cites for point in written(brief)] == [(5,)]
    (asked,) = asked_for(model, "repair")
    assert [one["broke"] for one in quoted(asked) if "sources" in one] == [["crowd"]]


async def test_what_two_members_say_of_the_others_may_be_repeated_and_what_one_says_stays_her_word() -> None:
    said = voice(1, "Most partners agree that the reports are too long.")
    again = voice(2, "The reports are too long, on that most partners agree with us.")
    told = points(("main_points", said.text, ["c1", "c2"]))
    brief, _ = await summed_up(in_turn(told, verify=says_yes), session(said, again))
    assert [point.text for point in written(brief)] == [said.text]
    brief, _ = await summed_up(in_turn(told, verify=says_yes), session(said))
    assert written(brief) == []
    assert [point.text for point in brief.points if point.quote] == [said.text]
