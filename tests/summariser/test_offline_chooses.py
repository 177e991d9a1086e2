"""Whom the offline summary lets speak: topics, languages, those who object, and those who propose something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import FUNDING, accounted, session, voice

from cop_bot.domain.assignment import Assignment, Question, Voice
from cop_bot.domain.brief import IN_BRIEF, Brief, Section
from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.words.proposals import proposes
from cop_bot.summariser.words.stance import PLAINLY, objection

OBJECTIONS = {
    "en": ("I see it differently: a joint reserve would only bind the money of those who have the least.",),
    "nl": ("Ik ben het er niet mee eens: een gezamenlijke reserve legt juist het geld van de kleinsten vast.",),
    "da": ("Jeg er uenig: en fælles reserve binder netop pengene hos dem, der har mindst.",),
    "fr": ("Je ne suis pas d'accord : une réserve commune immobilise l'argent de ceux qui en ont le moins.",),
    "pt": ("Não concordo: uma reserva comum só prende o dinheiro de quem tem menos.",),
    "es": ("No estoy de acuerdo: una reserva común solo ata el dinero de quienes menos tienen.",),
    "de": ("Das sehe ich anders: eine gemeinsame Rücklage bindet gerade das Geld derer, die am wenigsten haben.",),
}
AGREEING = {
    "en": (
        "The joint reserve helped {} through the months without a grant",
        "With a reserve {} paid its staff in time",
    ),
    "nl": ("De gezamenlijke reserve hielp {} door de maanden zonder subsidie", "Met een reserve betaalde {} op tijd"),
    "da": ("Den fælles reserve hjalp {} gennem månederne uden tilskud", "Med en reserve betalte {} lønnen til tiden"),
    "fr": ("La réserve commune a aidé {} à passer les mois sans subvention", "Avec la réserve {} a payé à temps"),
    "pt": ("A reserva comum ajudou {} nos meses sem financiamento", "Com a reserva {} pagou os salários a tempo"),
    "es": ("La reserva común ayudó a {} en los meses sin subvención", "Con la reserva {} pagó los sueldos a tiempo"),
    "de": ("Die gemeinsame Rücklage half {} durch die Monate ohne Zuschuss", "Mit der Rücklage zahlte {} pünktlich"),
}
PLACES = ("Maputo", "Suva", "Dakar", "Lima", "Dhaka", "Accra", "Quito", "Hanoi", "Lusaka", "Cusco", "Kigali")
TOPICS = ("the audit", "the school", "the clinic", "the road", "the well", "the harvest", "the radio", "the market")


def agreeing(language: str, count: int) -> list[str]:
    """Statements of one opinion that are no duplicates of each other."""
    first, second = AGREEING[language]
    sentence = (first, second)
    return [
        f"{sentence[at % 2].format(PLACES[at % 11])}, {TOPICS[at % 8]} {PLACES[(at * 7) % 11]} {at}."
        for at in range(1, count + 1)
    ]


def cited(brief: Brief) -> set[int]:
    return set(brief.cited_numbers())


@pytest.mark.parametrize("size", [40, 150])
@pytest.mark.parametrize(
    ("language", "objecting"), [(one, text) for one, texts in OBJECTIONS.items() for text in texts]
)
def test_who_objects_alone_has_a_line_among_many_who_agree(language: str, objecting: str, size: int) -> None:
    texts = agreeing(language, size)
    texts.insert(size // 3, objecting)
    brief = write(session(*(voice(at, text) for at, text in enumerate(texts, 1)), language=language))
    assert size // 3 + 1 in cited(brief)
    assert accounted(brief) == list(range(1, size + 2))


@pytest.mark.parametrize("language", OBJECTIONS)
def test_an_objection_is_told_from_agreement_in_every_language(language: str) -> None:
    assert all(objection(text, language) >= PLAINLY for text in OBJECTIONS[language])
    assert not any(objection(text, language) >= PLAINLY for text in agreeing(language, 4))


@pytest.mark.parametrize(
    "text",
    [
        "Let us meet once a month by phone.",
        "We could set up a joint reserve for bad years.",
        "I propose one common form for all partners.",
        "Laten we elke maand bellen.",
        "We zouden samen een reserve kunnen opzetten.",
        "Lad os mødes hver måned.",
        "Vi kunne lave en fælles skabelon.",
        "Je propose un format commun.",
        "On pourrait créer un fonds commun.",
        "Proponho um formato comum.",
        "Podíamos criar um fundo comum.",
        "Propongo un formato común.",
        "Podríamos crear un fondo común.",
        "Ich schlage ein gemeinsames Formular vor.",
        "Wir sollten eine gemeinsame Kasse einrichten.",
    ],
)
def test_a_proposal_to_do_something_is_recognised(text: str) -> None:
    assert proposes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Donors should give core funding.",
        "We should not set up another committee.",
        "We should have organised a visit.",
        "Please let us know.",
        "Reporting takes a third of our time.",
        "No deberíamos crear otro comité.",
        "Nous ne devrions pas créer un fonds.",
        "Wir sollten keine Kasse einrichten.",
        "La ministra dice que hagamos propuestas.",
        "",
    ],
)
def test_an_opinion_on_others_or_against_something_is_no_proposal(text: str) -> None:
    assert not proposes(text)


def test_what_members_propose_is_a_next_step_and_at_most_two_are() -> None:
    brief = write(
        session(
            voice(1, "Let us share one reporting format from January on."),
            voice(2, "We could set up a joint reserve for bad years."),
            voice(3, "I propose that every partner opens its budget."),
            voice(4, "Exchange rates eat a tenth of our budget."),
        )
    )
    steps = brief.of(Section.NEXT_STEPS)
    assert len(steps) == 2
    assert all(proposes(point.text) for point in steps)
    assert {number for point in brief.points for number in point.cites} == {1, 2, 3, 4}


def test_the_quote_of_a_next_step_holds_the_proposal() -> None:
    long = "Every form asks how risky we are for the donor, and none of them asks how risky the donor is for us. " * 2
    brief = write(session(*FUNDING, voice(20, f"{long}Let us assess the risks both ways.")))
    steps = [point for point in brief.of(Section.NEXT_STEPS) if point.cites == (20,)]
    assert all("Let us assess" in point.text for point in steps)


def questioned(*voices: Voice) -> Brief:
    questions = (
        Question(
            "Who decides on the budget of a partnership?",
            ("Who decides on the budget of a partnership?", "Quem decide sobre o orçamento de uma parceria?"),
        ),
        Question("Which risks do donors leave to the partners?"),
    )
    return write(Assignment("Funding streams", voices, questions, "en"))


def test_a_point_stands_under_the_guiding_question_whose_words_it_takes_up() -> None:
    brief = questioned(
        voice(1, "The budget is decided in the capital before anybody asks us."),
        voice(2, "The exchange risks stay with the partners, donors never carry them."),
        voice(3, "O orçamento chega fechado, ninguém decide connosco."),
        voice(4, "Our reports are read by nobody."),
        voice(5, "It took us a whole year to find that out.", "feedback", said_to=1),
    )
    assert {point.cites[0]: point.answers for point in brief.points if point.section in IN_BRIEF} | {5: 1} == {
        1: 1,
        2: 2,
        3: 1,
        4: None,
        5: 1,
    }
    assert brief.questions == (
        "Who decides on the budget of a partnership?",
        "Which risks do donors leave to the partners?",
    )


def test_topics_of_all_languages_together_can_all_be_shown() -> None:
    texts = [text for language in AGREEING for text in agreeing(language, 12)]
    brief = write(session(*(voice(at, text) for at, text in enumerate(texts, 1))))
    shown = brief.shown_numbers()
    assert {topic.language for topic in brief.topics} == set(AGREEING)
    assert all(shown & set(topic.numbers) for topic in brief.topics)
    assert brief.unheard_languages() == {}
    assert sorted(number for topic in brief.topics for number in topic.numbers) == list(range(1, len(texts) + 1))


def test_a_topic_is_named_by_words_as_members_wrote_them_and_not_by_those_of_the_title() -> None:
    texts = [f"The Nampula clinic of partner {at} lost its funding streams" for at in range(6)]
    (topic,) = write(session(*(voice(at, text) for at, text in enumerate(texts, 1)))).topics
    assert {"Nampula", "clinic"} <= set(topic.words)
    assert not {word.casefold() for word in topic.words} & {"the", "funding", "streams", "its"}


def test_a_few_words_that_look_like_another_language_make_no_topic_of_their_own() -> None:
    brief = write(session(*FUNDING, voice(16, "Excellent Survey Form."), voice(17, "Budget reform.")))
    assert {topic.language for topic in brief.topics} == {"en", "pt"}


def test_one_member_has_no_second_line_while_others_have_none() -> None:
    loud = [voice(at, f"{TOPICS[at]} needs money in {PLACES[at]} now and always", author="loud") for at in range(1, 6)]
    quiet = [voice(10 + at, f"Think of {TOPICS[at]} too when you plan in {PLACES[at]}") for at in range(1, 8)]
    brief = write(session(*loud, *quiet))
    assert sum(number < 10 for point in brief.points for number in point.cites) <= 3


def test_greetings_and_nods_are_no_part_of_a_quote() -> None:
    brief = write(session(voice(1, "Totally agree! Thanks, Ana. Reserves should be held by the partners themselves.")))
    assert [point.text for point in brief.points] == ["… Reserves should be held by the partners themselves."]


def test_noise_gets_no_line_where_others_say_something() -> None:
    brief = write(session(*FUNDING, voice(16, "test test"), voice(17, "see attached file")))
    assert not {16, 17} & cited(brief)


def test_two_members_who_say_the_same_in_other_words_make_one_line() -> None:
    brief = write(
        session(
            voice(1, "Every donor asks for another report and that takes our best weeks."),
            voice(2, "Every donor asks for another report, that takes our best months."),
            voice(3, "The exchange rate changed twice."),
        )
    )
    assert len([point for point in brief.points if "donor" in point.text]) == 1


def test_where_there_is_room_a_few_words_are_heard_too() -> None:
    brief = write(
        session(voice(1, "Trust needs time between us"), voice(2, "Longer grants, please"), voice(3, "Good idea!"))
    )
    assert {number for point in brief.points for number in point.cites} == {1, 2}


def test_every_question_that_somebody_answers_has_a_line() -> None:
    """Filed by hand: four lessons beside many words on one matter."""
    money = ("Money comes late.", "Money comes late again this year.", "Late money stops our work.", "Money was late.")
    filed = ("The secretariat moved south.", "Fewer reports build trust.", "Local groups carry the risk.")
    said = [voice(at, text) for at, text in enumerate((*money, *filed), start=1)]
    said[4:] = [replace(one, answers=at) for at, one in enumerate(said[4:], start=1)]
    questions = tuple(Question(text, (text,)) for text in ("Who moved?", "Who trusts?", "Who risks?"))
    brief = write(Assignment("Lessons", tuple(said), questions))
    shown = {point.cites[0]: point.answers for point in brief.points if point.section in IN_BRIEF}
    assert {5: 1, 6: 2, 7: 3}.items() <= shown.items()
