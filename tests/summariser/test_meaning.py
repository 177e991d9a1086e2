"""What belongs together by the model of meaning, which is installed for the tests; words alone are its twin."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal

import pytest
from said import accounted, session, voice

from cop_bot.domain.assignment import Assignment, Question
from cop_bot.domain.brief import Brief, Point, Receipt, Section
from cop_bot.domain.findings import FindingsAssignment
from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.meaning.by_model import ByModel
from cop_bot.summariser.meaning.e5 import E5
from cop_bot.summariser.offline import OfflineSummariser
from cop_bot.summariser.process.told import is_installed, meaning_of
from cop_bot.summariser.process.work import Work
from cop_bot.summariser.reading.meaning import ByWords, Meaning
from cop_bot.summariser.reading.reading import read

WISHES = {
    "overhead": {
        "en": "Pay local partners a fair share of the overhead costs.",
        "nl": "Betaal lokale partners een eerlijk deel van de overheadkosten.",
        "es": "Pague a los socios locales una parte justa de los gastos generales.",
        "pt": "Paguem aos parceiros locais uma parte justa dos custos gerais.",
        "fr": "Payez aux partenaires locaux une part équitable des frais généraux.",
    },
    "reports": {
        "en": "Reports should be allowed in the local language.",
        "nl": "Rapporten moeten in de lokale taal mogen.",
        "es": "Los informes deberían aceptarse en el idioma local.",
        "pt": "Os relatórios deviam ser aceites na língua local.",
        "fr": "Les rapports devraient être acceptés dans la langue locale.",
    },
    "internet": {
        "en": "Internet in the villages is too slow for video calls.",
        "nl": "Het internet in de dorpen is te traag voor videogesprekken.",
        "es": "Internet en los pueblos es demasiado lento para videollamadas.",
        "pt": "A internet nas aldeias é lenta demais para videochamadas.",
        "fr": "L'internet dans les villages est trop lent pour les appels vidéo.",
    },
    "before": {
        "en": "Pay local partners before the work begins.",
        "nl": "Betaal lokale partners voordat het werk begint.",
        "es": "Pague a los socios locales antes de que empiece el trabajo.",
        "pt": "Paguem aos parceiros locais antes de o trabalho começar.",
        "fr": "Payez les partenaires locaux avant le début du travail.",
    },
    "invited": {
        "en": "Young women are invited to the steering committee.",
        "nl": "Jonge vrouwen worden uitgenodigd voor de stuurgroep.",
        "es": "Se invita a las mujeres jóvenes al comité directivo.",
        "pt": "As mulheres jovens são convidadas para o comité diretivo.",
        "fr": "Les jeunes femmes sont invitées au comité de pilotage.",
    },
    "not invited": {
        "en": "Young women are not invited to the steering committee.",
        "nl": "Jonge vrouwen worden niet uitgenodigd voor de stuurgroep.",
        "es": "A las mujeres jóvenes no se las invita al comité directivo.",
        "pt": "As mulheres jovens não são convidadas para o comité diretivo.",
        "fr": "Les jeunes femmes ne sont pas invitées au comité de pilotage.",
    },
    "indicators": {
        "en": "Let communities choose the indicators themselves.",
        "nl": "Laat gemeenschappen zelf de indicatoren kiezen.",
        "es": "Que las comunidades elijan ellas mismas los indicadores.",
        "pt": "Que as comunidades escolham elas próprias os indicadores.",
        "fr": "Que les communautés choisissent elles-mêmes les indicateurs.",
    },
    "donors": {
        "en": "Donors choose the indicators for the communities.",
        "nl": "Donoren kiezen de indicatoren voor de gemeenschappen.",
        "es": "Los donantes eligen los indicadores para las comunidades.",
        "pt": "Os doadores escolhem os indicadores para as comunidades.",
        "fr": "Les bailleurs choisissent les indicateurs pour les communautés.",
    },
}
LINES = [(wish, language, text) for wish, own in WISHES.items() for language, text in own.items()]


@pytest.fixture(scope="module")
def model() -> Meaning:
    assert is_installed()
    return meaning_of("model")


def everything() -> Assignment:
    return session(*(voice(number, text) for number, (_, _, text) in enumerate(LINES, start=1)))


def test_the_same_wish_in_other_languages_is_one_with_all_its_authors(model: Meaning) -> None:
    reading = read(everything(), model)
    merged = [(LINES[number - 1][0], LINES[first - 1][0]) for number, first in reading.same_as.items()]
    assert [pair for pair in merged if pair[0] != pair[1]] == []
    assert len(merged) >= len(LINES) // 3
    assert max(reading.said_by().values()) >= 3


def test_a_wish_and_its_opposite_stay_two_in_every_language(model: Meaning) -> None:
    reading = read(everything(), model)
    numbers = {wish: {n for n, line in enumerate(LINES, 1) if line[0] == wish} for wish in WISHES}
    for one, other in itertools.permutations(("invited", "not invited"), 2):
        assert not any(first in numbers[other] for n, first in reading.same_as.items() if n in numbers[one])


def test_other_figures_are_another_wish(model: Meaning) -> None:
    five = ("Five-year grants would let us plan.", "Des subventions de 3 ans nous permettraient de planifier.")
    lines = [*(text for _, _, text in LINES), *five]
    reading = read(session(*(voice(number, text) for number, text in enumerate(lines, start=1))), model)
    assert len(lines) not in reading.same_as


def test_what_is_merged_stays_in_the_receipt(model: Meaning) -> None:
    assignment = everything()
    assert accounted(write(assignment, model)) == list(range(1, len(LINES) + 1))


def test_the_same_texts_give_the_same_summary(model: Meaning) -> None:
    assert write(everything(), ByModel(E5())) == write(everything(), model)


def test_readers_are_told_which_model_told(model: Meaning) -> None:
    assert write(everything(), model).meaning == "multilingual-e5-small"
    assert write(everything(), ByWords()).meaning == ""


def test_a_contribution_is_filed_under_the_question_it_answers(model: Meaning) -> None:
    questions = ("What makes you trust a partner?", "How should money reach the villages?")
    said = (
        "I rely on people who tell me early when something goes wrong.",
        "Send the cash by mobile phone instead of through the capital.",
        "Who keeps their word about small things keeps it about large ones.",
        "A transfer to the cooperative arrives within a day.",
    )
    assignment = Assignment(
        "Partnership",
        tuple(voice(number, text) for number, text in enumerate(said, start=1)),
        tuple(Question(text, (text,)) for text in questions),
    )
    answers = read(assignment, model).answers
    assert answers[2] == 2
    assert all(at == (1 if number in {1, 3} else 2) for number, at in answers.items())
    assert read(assignment, ByWords()).answers == {}


def in_one_language(language: str, first: int) -> Brief:
    said = enumerate((own[language] for own in WISHES.values()), start=first)
    points = tuple(Point(Section.IDEAS, text, (number,), quote=True, language=language) for number, text in said)
    return Brief(points, Receipt(tuple(point.cites[0] for point in points)), "offline")


async def test_the_same_wish_of_two_sessions_in_two_languages_stands_side_by_side() -> None:
    briefs = (("Money", in_one_language("en", 1)), ("Risk", in_one_language("pt", 101)))
    assignment = FindingsAssignment("Programme", briefs)
    threads = (await OfflineSummariser(Work("model")).findings(assignment)).threads
    assert threads
    assert all(thread.themes == (1, 2) and thread.cites[1] - thread.cites[0] == 100 for thread in threads)
    assert (await OfflineSummariser(Work("words")).findings(assignment)).threads == ()


@pytest.mark.parametrize("text", ["\ufdfa" * 3000, "a\0b", "\ud800 broken", "", " ", "\U0001f600" * 500, "x" * 100_000])
def test_nothing_that_a_member_posts_breaks_the_model(text: str) -> None:
    rows = E5().embed([text, "Reports should be shorter."])
    assert rows.shape[0] == 2


async def test_a_session_is_read_in_a_process_of_its_own() -> None:
    here = write(everything(), meaning_of("model"))
    assert await Work("model").write(everything()) == here


async def test_when_that_process_dies_words_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cop_bot.summariser.process.work._WORKER", "cop_bot.no_such_module")
    assert await Work("model").write(everything()) == write(everything())


async def test_who_stops_waiting_stops_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[asyncio.subprocess.Process] = []
    there = asyncio.Event()
    real = asyncio.create_subprocess_exec

    async def noted(*words: str, **given: int) -> asyncio.subprocess.Process:
        started.append(await real(*words, **given))  # type: ignore[arg-type]  # pipes, as they were asked for
        there.set()
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    work = asyncio.create_task(Work("model").write(everything()))
    await there.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert started[0].returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)
