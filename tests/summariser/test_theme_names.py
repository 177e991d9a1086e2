"""What a theme is called: a phrase that members used, and that enough of them speak of."""

from __future__ import annotations

import pytest
from said import session, voice

from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.process.told import meaning_of
from cop_bot.summariser.reading.phrases import phrases
from cop_bot.summariser.words.languages import content_words

MONEY = (
    "We need core funding for more than one year.",
    "Without core funding our staff leaves in December.",
    "Give us core funding, then we can plan.",
    "The core funding should reach the villages too.",
)
AUDITS = (
    "Every donor sends an auditor of its own.",
    "The joint audit saved us three weeks.",
    "A joint audit is what we ask for since years.",
    "Three donors accept the joint audit now.",
)


def test_a_theme_is_called_by_what_its_members_said_together() -> None:
    found = phrases([MONEY, AUDITS], "en", frozenset())
    assert [phrase.text for phrase in found] == ["core funding", "joint audit"]
    assert found[1].found_in == (1, 2, 3)


def test_words_of_the_question_name_nothing() -> None:
    found = phrases([MONEY], "en", frozenset({"core", "fundin"}))
    assert [phrase.text for phrase in found] != ["core funding"]


def test_one_opinion_does_not_name_a_theme_of_many() -> None:
    loose = (
        "Politicians abuse their power.",
        "Plant hemp again.",
        "Treat addicts, do not jail them.",
        "Fix the buses.",
    )
    assert [phrase.text for phrase in phrases([loose], "en", frozenset())] == [""]


def test_the_model_of_meaning_keeps_to_that() -> None:
    loose = (
        "Politicians abuse their power.",
        "Plant hemp again.",
        "Treat addicts, do not jail them.",
        "Fix the buses.",
    )
    assert [phrase.text for phrase in meaning_of("model").phrases([loose], "en", frozenset())] == [""]


@pytest.mark.parametrize(
    ("language", "texts", "name"),
    [
        (
            "nl",
            (
                "Lokale partners krijgen geen overhead.",
                "Wij, lokale partners, betalen zelf.",
                "Lokale partners wachten.",
            ),
            "lokale partners",
        ),
        (
            "es",
            (
                "Los costos de la auditoría son altos.",
                "Nadie paga los costos de la auditoría.",
                "Bajen los costos de la auditoría.",
            ),
            "costos de la auditoría",
        ),
        (
            "de",
            (
                "Die lokale Verwaltung zahlt zu spät.",
                "Wir bitten die lokale Verwaltung.",
                "Die lokale Verwaltung fehlt.",
            ),
            "lokale Verwaltung",
        ),
        (
            "pt",
            ("As escolas rurais precisam de luz.", "Nas escolas rurais falta água.", "Escolas rurais fecham."),
            "escolas rurais",
        ),
    ],
)
def test_names_are_found_in_other_languages(language: str, texts: tuple[str, ...], name: str) -> None:
    (found,) = phrases([texts], language, frozenset())
    assert found.text == name


def test_a_verb_behind_a_noun_is_no_better_name_than_the_thing() -> None:
    texts = (
        "Laissons les communautés choisir leurs indicateurs.",
        "Avec un budget participatif, laissons les communautés choisir.",
        "Budget participatif : laissons les communautés choisir.",
        "Un budget participatif coûte peu.",
    )
    (found,) = phrases([texts], "fr", frozenset())
    assert found.text == "budget participatif"


def test_one_place_does_not_name_what_is_said_of_an_area() -> None:
    texts = (
        "Buses should reach the whole area.",
        "Parking in our area is a mess.",
        "The area needs benches.",
        "Trees for the area by the market.",
        "The Tuckertown area floods.",
        "In the Tuckertown area nobody clears the snow.",
        "Our area has no doctor.",
        "A school in this area would fill at once.",
        "The area is dark at night.",
        "Nobody asks the area.",
        "An area without shops is dead.",
    )
    assert [phrase.text for phrase in phrases([texts], "en", frozenset())] == [""]


def test_a_proper_name_keeps_its_capitals() -> None:
    texts = ("Warren County pays late.", "Warren County has no buses.", "Ask Warren County.")
    assert phrases([texts], "en", frozenset())[0].text == "Warren County"


@pytest.mark.parametrize("text", ["uno de los pisos", "varios pisos", "algunas escuelas"])
def test_how_many_is_no_part_of_a_name(text: str) -> None:
    assert phrases([(f"Cierren {text}.", f"Cierren {text} hoy.", f"Vendan {text}.")], "es", frozenset())[0].text != text


def test_the_line_of_a_theme_has_words_of_its_name() -> None:
    said = (
        "Meetings are in English and half of the team is silent.",
        "Every second meeting should be in French.",
        "Automatic translation of the meetings is often enough, we use it in Bamako.",
        "The women of the cooperatives have no connection in the evening, they miss the meetings.",
        "Voice messages instead of meetings: everybody can answer.",
        "Voice messages work better than mails for us.",
        "Who chooses the indicators? With us it is the head office.",
        "The indicators should be chosen by the communities.",
        "We let the communities choose three indicators, and the donor accepted.",
        "A shared report of two pages would replace the twelve of today.",
        "Two pages are enough: nobody reads reports of forty pages.",
        "The money comes late, so the salaries of the trainers are not paid.",
        "Our partners get the money three months too late, every year.",
    )
    brief = write(session(*(voice(at, text, author=f"m{at}") for at, text in enumerate(said, 1)), theme="Partnership"))
    assert brief.themes()
    for at in brief.themes():
        topic = brief.topics[at]
        first = next(point for point in brief.points if set(point.cites) & set(topic.numbers))
        assert set(content_words(first.text)) & set(content_words(topic.label))


def test_a_summary_counts_who_stands_behind_a_theme() -> None:
    said = [voice(number, text, author=f"m{number % 3}") for number, text in enumerate((*MONEY, *AUDITS), start=1)]
    brief = write(session(*said, theme="Partnership"))
    assert all(topic.people <= 3 for topic in brief.topics)
    themes = [brief.topics[at] for at in brief.themes()]
    assert {theme.label for theme in themes} <= {"core funding", "joint audit"}
    assert all(set(theme.named_in) <= set(theme.numbers) for theme in themes)
