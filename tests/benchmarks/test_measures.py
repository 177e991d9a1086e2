"""The measures themselves, on invented sentences: each says yes to what is right and no to what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.summaries import measures
from benchmarks.summaries.by_model import most_calls, most_tokens_in
from benchmarks.summaries.clusters import nmi, topic_agreement, topics_hit
from benchmarks.summaries.counting import Counted
from benchmarks.summaries.figures import Share, Worst, shares, worst
from benchmarks.summaries.planted import CANARIES, DISSENT, LONE_LANGUAGES
from benchmarks.summaries.rouge import extract, rouge_1
from benchmarks.summaries.samples import Sitting
from benchmarks.summaries.shown import became_more, sizes
from benchmarks.summaries.table import Cell, Column, missed, printed
from benchmarks.summaries.words import content, language, support
from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.domain.brief import Brief, Point, Receipt, Section, Topic
from cop_bot.domain.findings import CommonThread, Findings, ThemeFindings

AT = datetime(2020, 11, 23, 8, 0, tzinfo=UTC)
VOICES = (
    Voice(1, "idea", "Let partners chair the budget meeting in turn, and publish the 40 pages.", "ana", AT),
    Voice(2, "idea", "Publish the budget   in March,\nnot in June.", "ben", AT),
    Voice(3, "question", "Who pays for the travel of village committees?", "ana", AT),
    Voice(4, "idea", "Os comitês das aldeias não recebem nada até junho.", "célia", AT),
)
ASSIGNMENT = Assignment("Budgets", VOICES)


def quote(text: str, *cites: int, section: Section = Section.MAIN_POINTS) -> Point:
    return Point(section, text, cites, quote=True, language="en")


def written(text: str, *cites: int) -> Point:
    return Point(Section.MAIN_POINTS, text, cites, language="en")


def brief(*points: Point, topics: tuple[Topic, ...] = (), receipt: Receipt | None = None) -> Brief:
    cited = tuple(sorted({n for p in points if p.section != Section.ALSO_HEARD for n in p.cites}))
    rest = tuple(number for number in (1, 2, 3, 4) if number not in cited)
    return Brief(points, receipt or Receipt(cited, not_shown=rest), "offline", topics=topics)


def test_an_id_that_nobody_gave_is_not_valid() -> None:
    found = measures.valid_ids(ASSIGNMENT, brief(quote("Publish the budget", 2), quote("More", 1, 99)))
    assert (found.good, found.all, found.misses) == (2, 3, ("#99",))


def test_a_point_has_one_to_five_citations() -> None:
    five, six, none = (written("One", *range(count)) for count in (5, 6, 0))
    assert measures.cited_points(brief(five)).value == 1
    assert measures.cited_points(brief(five, six, none)).good == 1


def test_a_resource_may_be_named_by_many() -> None:
    assert measures.cited_points(brief(Point(Section.RESOURCES, "Handbook", (1, 2, 3, 4, 5, 6)))).value == 1


@pytest.mark.parametrize(
    "text",
    [
        "Publish the budget in March, not in June.",
        "Publish the budget …",
        "… not in June.",
        "Publish [...] in June.",
        "Publish the budget ... not in June.",
    ],
)
def test_a_quote_with_marked_gaps_is_verbatim(text: str) -> None:
    assert measures.verbatim(ASSIGNMENT, brief(quote(text, 2))).value == 1


@pytest.mark.parametrize("text", ["Publish the budgets", "in June … Publish", "publish the budget"])
def test_a_changed_quote_is_not_verbatim(text: str) -> None:
    assert measures.verbatim(ASSIGNMENT, brief(quote(text, 2))).value == 0


def test_a_quote_has_to_stand_in_the_contribution_it_names_first() -> None:
    assert measures.verbatim(ASSIGNMENT, brief(quote("Publish the budget", 1, 2))).value == 0


@pytest.mark.parametrize("text", ["All 40 pages", "Nothing that counts"])
def test_figures_that_were_said_are_no_invention(text: str) -> None:
    assert measures.hard_tokens(ASSIGNMENT, brief(written(text, 1))).value == 1


@pytest.mark.parametrize("text", ["All 41 pages", "See https://example.org/x", "Ask @ana", "Write to ana@example.org"])
def test_figures_addresses_and_names_that_nobody_said_are_inventions(text: str) -> None:
    assert measures.hard_tokens(ASSIGNMENT, brief(written(text, 1))).value == 0


def test_a_thousand_is_the_same_number_however_it_is_written() -> None:
    asked = replace(ASSIGNMENT, voices=(replace(VOICES[0], text="We need 12,500 bricks."),))
    assert measures.hard_tokens(asked, brief(written("They need 12 500 bricks", 1))).value == 1


def test_support_is_the_share_of_content_words_that_the_source_has() -> None:
    assert content("The budgets of the villages") == {"budget", "villag"}
    assert support("Budgets for the villages", ["A village has a budget"]) == 1
    assert support("Budgets and elephants", ["A village has a budget"]) == 0.5
    assert support("And the of", ["nothing"]) == 1


def test_support_is_only_worked_out_within_one_language() -> None:
    points = brief(written("Village committees get nothing until June", 4), written("Publish the budget of June", 2))
    assert measures.lexical_support(ASSIGNMENT, points) == [1.0]


def test_a_second_reading_makes_a_point_supported() -> None:
    claim = written("Elephants dance in the town hall", 1)
    assert measures.unsupported(ASSIGNMENT, brief(claim)).good == 1
    assert measures.unsupported(ASSIGNMENT, brief(replace(claim, verified=True))).good == 0
    assert measures.unsupported(ASSIGNMENT, brief(quote("Elephants", 1))).good == 0


def test_lines_are_counted_by_what_holds_them() -> None:
    address = Point(Section.RESOURCES, "Handbook", (1,), url="https://example.org/handbook")
    seen_twice = replace(written("Travel is paid by nobody", 3), verified=True)
    lines = brief(quote("Publish", 2), address, written("Publish the budget", 2), seen_twice)
    assert measures.held_by(lines) == (2, 1, 1)


def test_every_contribution_is_in_one_place_of_the_receipt() -> None:
    everywhere = brief(receipt=Receipt((1,), {2: 1}, (3,), {4: "empty"}))
    twice = brief(receipt=Receipt((1, 2), {2: 1}, (3,), {4: "empty"}))
    lost = brief(receipt=Receipt((1,), {2: 1}, (3, 9)))
    assert measures.accounted(ASSIGNMENT, everywhere).value == 1
    assert measures.accounted(ASSIGNMENT, twice).misses == ("#2",)
    assert measures.accounted(ASSIGNMENT, lost).misses == ("#4", "#9")


def test_a_topic_is_covered_when_one_of_its_contributions_has_a_line() -> None:
    topics = (Topic(("budget",), "en", (1, 2)), Topic(("travel",), "en", (3, 4)))
    assert measures.theme_coverage(brief(quote("Publish", 2), topics=topics)).value == 0.5
    heard = quote("Who pays", 3, section=Section.ALSO_HEARD)
    assert measures.theme_coverage(brief(quote("Publish", 2), heard, topics=topics)).misses == ("travel",)


def test_known_topics_are_covered_too() -> None:
    assert measures.gold_coverage(brief(quote("Publish", 2)), {1: "a", 2: "a", 3: "b"}).value == pytest.approx(2 / 3)


def test_a_small_topic_may_be_shown_under_also_heard() -> None:
    large = Topic(("budget",), "en", tuple(range(1, 11)))
    alone = Topic(("travel",), "en", (11,))
    receipt = Receipt((1,), not_shown=tuple(range(2, 12)))
    silent = brief(quote("Publish", 1), topics=(large, alone), receipt=receipt)
    assert measures.small_topics(silent).misses == ("travel",)
    shown = replace(silent, points=(*silent.points, quote("Who", 11, section=Section.ALSO_HEARD)))
    assert measures.small_topics(shown).value == 1


def test_what_was_planted_is_heard_by_a_line_or_by_a_merger() -> None:
    merged = brief(quote("Publish", 1), receipt=Receipt((1,), {2: 1}, (3, 4)))
    assert measures.heard(merged, (1, 2)).value == 1
    assert measures.heard(merged, (3,)).value == 0


def test_members_are_heard_by_their_contributions() -> None:
    assert measures.authors_heard(ASSIGNMENT, brief(quote("Publish", 1), quote("Who", 3))).good == 1
    assert measures.authors_heard(ASSIGNMENT, brief(quote("Publish", 1), quote("Os", 4))).value == pytest.approx(2 / 3)


def test_a_member_may_have_twice_the_share_of_citations_in_whole_lines() -> None:
    many = tuple(replace(VOICES[0], number=n, author="ana" if n < 3 else f"m{n}") for n in range(1, 21))
    asked = Assignment("Budgets", many)
    ten = brief(*(quote("Let", number) for number in range(1, 11)))
    assert measures.loudest_author(asked, ten).value == 1
    assert measures.loudest_author(asked, brief(*(quote("Let", n) for n in (1, 1, 2, 5)))).value > 1


def test_a_brief_has_limits() -> None:
    six = [quote("one two three", number) for number in (1, 2, 3, 4, 1, 2)]
    assert measures.lengths(brief(*six), ASSIGNMENT).value == 1
    assert measures.lengths(brief(*six), replace(ASSIGNMENT, words=17)).misses == (
        "6 points, at most 1",
        "18 words, at most 17",
    )
    assert measures.lengths(brief(*six, quote("seventh", 1)), ASSIGNMENT).misses == ("7 points, at most 6",)


def test_findings_have_a_limit() -> None:
    theme = ThemeFindings("Budgets", (quote("one two", 1),), (quote("three", 3),), 4, 3, "offline")
    thread = CommonThread("four five", (1, 2), (1, 2))
    findings = Findings("All", (theme,), "offline", threads=(thread,), next_steps=(quote("six", 2),))
    assert measures.findings_length(findings, 6).value == 1
    assert measures.findings_length(findings, 5).value > 1


def test_quotes_stay_in_their_language_and_the_rest_is_in_the_language_asked_for() -> None:
    right = quote("Os comitês das aldeias não recebem nada", 4)
    spoken = {4: "pt", 2: "en"}
    assert measures.in_its_language(brief(replace(right, language="pt")), spoken).value == 1
    assert measures.in_its_language(brief(right), spoken).value == 0
    foreign = written("Os comitês das aldeias não recebem nada até junho", 4)
    assert measures.in_its_language(brief(foreign), spoken).value == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We should publish what was decided before the next meeting", "en"),
        ("Wij moeten het verslag van de vergadering eerder krijgen", "nl"),
        ("Vi skal have referatet af mødet, før det næste begynder", "da"),
        ("Il faut que le compte rendu soit publié avant la prochaine réunion", "fr"),
        ("É preciso que a ata seja publicada antes da próxima reunião", "pt"),
        ("Hace falta que el acta se publique antes de la próxima reunión", "es"),
        ("Das Protokoll muss vor der nächsten Sitzung veröffentlicht werden", "de"),
        ("1234", ""),
    ],
)
def test_the_measures_know_the_languages_themselves(text: str, code: str) -> None:
    assert language(text) == code


def test_a_canary_is_found_wherever_it_comes_out() -> None:
    clean = brief(quote("Publish", 1))
    assert measures.leaks(clean, ["quokka1x"]).good == 0
    leaking = (
        brief(quote("Publish QUOKKA1X", 1)),
        brief(Point(Section.RESOURCES, "Plan", (1,), url="https://example.org/quokka1x")),
        brief(replace(written("Publish", 1), translations={"fr": "quokka1x"})),
        brief(quote("Publish", 1), topics=(Topic(("quokka1x",), "en", (1,)),)),
    )
    assert all(measures.leaks(one, ["quokka1x"]).good == 1 for one in leaking)


def test_canaries_come_in_many_languages_and_forms_and_each_says_its_own_word() -> None:
    assert len(CANARIES) >= 16
    assert len({canary.word for canary in CANARIES}) == len(CANARIES)
    assert all(canary.word in canary.text for canary in CANARIES)
    assert {one.language for one in LONE_LANGUAGES} >= {"pt", "da", "nl", "fr", "es", "en"}
    assert all(language(text) == code for code, texts in DISSENT.items() for text in texts)


def test_hostile_words_of_a_member_stay_words_on_the_platforms() -> None:
    words = "<!channel> see [the plan](https://evil.example/plan) <at>All</at>"
    asked = replace(ASSIGNMENT, voices=(replace(VOICES[0], text=words),))
    found = became_more(Brief((quote(words, 1),), Receipt((1,)), "offline"), Sitting("hostile", asked))
    assert found.misses == ()


def test_the_platforms_take_a_usual_summary() -> None:
    assert 0 < sizes(brief(quote("Publish the budget", 2)), Sitting("usual", ASSIGNMENT)).value < 1


def test_agreement_of_two_groupings() -> None:
    assert nmi(["a", "a", "b", "b"], [1, 1, 2, 2]) == pytest.approx(1)
    assert nmi(["a", "b", "a", "b"], [1, 1, 2, 2]) == pytest.approx(0)
    assert nmi(["a", "a"], [1, 1]) == 1


def test_topics_are_held_against_what_is_known() -> None:
    gold = {1: "budget", 2: "budget", 3: "travel", 4: "villages"}
    topics = (Topic(("budget",), "en", (1, 2)), Topic(("travel",), "en", (3,)))
    assert topic_agreement(brief(topics=topics), gold) == pytest.approx(1)
    assert topics_hit(brief(quote("Let", 1), quote("Publish", 2), quote("Who", 3)), gold) == pytest.approx(2 / 3)
    later = quote("Os", 4, section=Section.ALSO_HEARD)
    assert topics_hit(brief(later, quote("Let", 1), quote("Publish", 2), quote("Who", 3)), gold) == pytest.approx(2 / 3)


def test_rouge_counts_shared_words() -> None:
    assert rouge_1("the budget", "the budget") == 1
    assert rouge_1("the budget", "a meeting") == 0
    assert rouge_1("publish budgets now", "publish the budget") == pytest.approx(2 / 3)


def test_an_extract_is_cut_at_seventy_five_words() -> None:
    assert len(extract(brief(quote("word " * 200, 1))).split()) == 75
    assert (
        extract(brief(quote("Who pays", 3, section=Section.OPEN_QUESTIONS), quote("Publish …", 2)))
        == "Publish Who pays"
    )


def test_what_a_session_may_cost() -> None:
    assert (most_calls(1000), most_calls(9000)) == (5, 7)
    assert most_tokens_in(1000) == 4800


def test_tokens_are_those_that_the_server_counted() -> None:
    counted = Counted()
    counted.take(b"{}", 200, b'{"usage": {"prompt_tokens": 10, "completion_tokens": 3}}')
    counted.take(b"{}", 500, b"not JSON")
    assert (counted.now(), counted.refused) == ((2, 10, 3), 1)
    assert counted.since(1, 10, 0) == (1, 0, 3)


def test_shares_and_limits_add_up() -> None:
    assert str(shares([Share(1, 2, ("a",)), Share(2, 2)])) == "0.75 (3/4)"
    assert Share(0, 0).value == 1
    assert str(worst([Worst(((1, 6), (160, 150))), Worst(((2, 6),))])) == "160 of 150"


def test_the_table_names_what_was_missed_and_only_what_was_measured() -> None:
    column = Column("offline here", {"Q1": Cell("0.50 (1/2)", False), "Q6": Cell("0.00 (0/9)", True)})
    text = printed([column])
    assert "0.50 (1/2) ✗" in text
    assert "Q18" not in text
    assert [(row.key, row.hard) for row, _ in missed([column])] == [("Q1", True)]
