"""A true line that a careful model writes is shown, and the false one beside it is not."""

from typing import Any

import pytest
from asking_model import summed_up, written
from said import FUNDING, session, voice
from scripted_model import asked_for, in_turn, points, quoted, rows, says_yes, verdict

from cop_bot.domain.brief import Section
from cop_bot.summariser.reading.crowd import tells_of_the_crowd
from cop_bot.summariser.words.asking import wonders
from cop_bot.summariser.words.negation import could_say, turned

SHOPS = (
    voice(1, "We need grocery store competition. The one shop does not even try, its produce is rotten."),
    voice(2, "Bring a discount grocer to the downtown area."),
    voice(3, "The town needs to attract businesses to keep residents from driving to the city on weekends."),
    voice(4, "The town's new bridge is too narrow for two carts."),
    voice(5, "Teachers are paid late every year."),
)


async def test_a_sentence_that_unites_several_contributions_cites_all_of_them_and_no_other() -> None:
    text = (
        "The town needs grocery store competition, a discount grocer downtown, and businesses that keep residents from "
        "driving to the city on weekends."
    )
    answer = points(("main_points", text, ["c1", "c2", "c3", "c4", "c5"]))
    brief, _ = await summed_up(in_turn(answer, verify=says_yes), session(*SHOPS))
    assert [set(point.cites) for point in written(brief)] == [{1, 2, 3}]


async def test_who_types_without_accents_is_cited_too() -> None:
    said = (
        voice(1, "Una torre de treinta plantas es un pelotazo urbanístico y destruye las cocheras del barrio."),
        voice(2, "Parar la obra es meter inseguridad juridica, asi nadie va a rehabilitar nada."),
    )
    text = "La torre de treinta plantas es un pelotazo urbanístico; en contra, parar la obra trae inseguridad jurídica."
    answer = points(("disagreements", text, ["c1", "c2"]))
    brief, _ = await summed_up(in_turn(answer, verify=says_yes), session(*said, language="es"))
    assert [point.cites for point in written(brief)] == [(1, 2)]


@pytest.mark.parametrize("kind", ["idea", "feedback"])
async def test_who_wonders_aloud_has_asked(kind: str) -> None:
    said = voice(1, "Gostava de saber quem paga o tempo que gastamos a escrever propostas.", kind)
    text = "Who pays for the time spent on writing proposals?"
    verify: Any = lambda _: rows(  # noqa: E731
        "verify", verdict("p1", {"c1": "quem paga o tempo que gastamos a escrever propostas"})
    )
    brief, _ = await summed_up(in_turn(points(("open_questions", text, ["c1"])), verify=verify), session(said))
    assert [(point.section, point.text) for point in written(brief)] == [(Section.OPEN_QUESTIONS, text)]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I wonder who signs the audit.", True),
        ("Does anybody know a bank that takes small groups", True),
        ("Ik vraag me af wie dat betaalt.", True),
        ("Jeg gad vide, hvem der betaler.", True),
        ("Je me demande qui paie.", True),
        ("Me pregunto quién paga.", True),
        ("Ich frage mich, wer das bezahlt.", True),
        ("We know who signs the audit.", False),
        ("Nobody wondered at the audit.", False),
        ("Sabemos quién paga.", False),
    ],
)
def test_asking_without_a_question_mark(text: str, asks: bool) -> None:
    assert wonders(text) is asks


@pytest.mark.parametrize(
    ("text", "language", "crowd"),
    [
        ("The best agreement was the one in which the partner chose the auditor.", "en", False),
        ("The partner gets the agreed amount in its own currency.", "en", False),
        ("The most powerful person answered last.", "en", False),
        ("All organisations in the district should agree on the pay.", "en", False),
        ("Community members should choose who writes the evaluation.", "en", False),
        ("An agreement on how to decide comes before what to decide.", "en", False),
        ("De persoon met de meeste macht antwoordt als laatste.", "nl", False),
        ("Eens per jaar kiest de partner de accountant.", "nl", False),
        ("El acuerdo tiene fecha de vencimiento.", "es", False),
        ("L'accord a une date d'échéance.", "fr", False),
        ("All partners agreed on the pay.", "en", True),
        ("Everybody wants core funding.", "en", True),
        ("Some members think that the pay is low.", "en", True),
        ("There was broad agreement on the pay.", "en", True),
        ("It was agreed that the pay is low.", "en", True),
        ("Most partners want core funding.", "en", True),
        ("Iedereen vindt het loon te laag.", "nl", True),
        ("De deelnemers zijn het erover eens.", "nl", True),
        ("Deltagerne er enige om lønnen.", "da", True),
        ("Todos están de acuerdo con el salario.", "es", True),
        ("La plupart veulent un fonds.", "fr", True),
        ("Os membros concordam com o salário.", "pt", True),
        ("Die meisten wollen mehr Geld.", "de", True),
    ],
)
def test_an_agreement_that_is_signed_is_no_crowd(text: str, language: str, crowd: bool) -> None:
    assert tells_of_the_crowd(text, language, ["Salaries are low. Lønnen er lav."]) is crowd


DENIED = [
    (
        "Nobody asks how risky the donor is for the partner; a partner read a form about its donor aloud.",
        "Nobody asks how risky the donor is for us",
    ),
    (
        "Two women's groups were paid to sit at the table before the first decision.",
        "We paid two women's groups to sit at the table although they had signed nothing",
    ),
    (
        "A village committee asks the director ten questions and may say no.",
        "the village committee asks our director ten questions, and may say no.",
    ),
    ("The insurance covers the car and not the driver.", "the insurance covers the car and not the driver"),
    ("The programme stops when the warning comes.", "the programme stops when the warning comes"),
    ("The first draft takes longer.", "The first draft took six weeks, but then it no longer had to be revised."),
]
TURNED = [
    ("Two women's groups were not paid to sit at the table.", DENIED[1][1]),
    ("The women's groups had signed.", DENIED[1][1]),
    ("The village committee never asks the director ten questions.", DENIED[2][1]),
    ("The insurance covers the driver and not the car.", DENIED[3][1]),
    ("The insurance covers the driver.", DENIED[3][1]),
    ("The insurance does not cover the car.", DENIED[3][1]),
    ("The programme does not stop when the warning comes.", DENIED[4][1]),
    ("Every form asks how risky the donor is for the partner.", DENIED[0][1]),
    ("The draft had to be revised.", DENIED[5][1]),
    ("Money is left.", "She says no money is left."),
    ("We fund it because the bank is slow.", "We do not fund it because the bank is slow"),
]


@pytest.mark.parametrize(("text", "source"), DENIED)
def test_the_same_denial_in_other_clauses_turns_nothing_round(text: str, source: str) -> None:
    assert not turned(text, source, "en")


@pytest.mark.parametrize(("text", "source"), TURNED)
def test_a_denial_put_elsewhere_turns_the_sentence_round(text: str, source: str) -> None:
    assert turned(text, source, "en")


def test_what_is_denied_beside_an_affirmation_does_not_deny_it() -> None:
    said = "Que la silla vacía tenga voto y no solo silla."
    assert could_say(said, "es", "The empty chair should have a vote.", "en")
    assert not could_say("Que la silla no tenga voto en la junta.", "es", "The empty chair should have a vote.", "en")


RISK = (
    voice(1, "El riesgo de seguridad lo llevan quienes viven en la comunidad."),
    voice(2, "One sentence from our drivers: the insurance covers the car and not the driver."),
    voice(3, "Devemos dar dinheiro diretamente aos grupos das aldeias."),
)


def proving(quote: str) -> Any:
    return lambda _: rows("verify", verdict("p1", {"c1": quote}))


async def test_a_line_that_affirms_one_thing_and_denies_another_rests_on_a_source_of_each() -> None:
    text = (
        "Those who live in the community bear the security risk, and the insurance covers the car and not the driver."
    )
    script = in_turn(points(("main_points", text, ["c1", "c2"])), verify=says_yes)
    brief, _ = await summed_up(script, session(*RISK))
    assert [(point.cites, point.verified) for point in written(brief)] == [((1, 2), True)]


async def test_what_no_source_denies_is_not_proved_by_an_affirmation_beside_it() -> None:
    text = "Those who live in the community bear the security risk, and the village groups never get money directly."
    script = in_turn(points(("main_points", text, ["c1", "c3"])), verify=proving(RISK[0].text))
    brief, _ = await summed_up(script, session(*RISK))
    assert written(brief) == []


async def test_one_word_is_no_line() -> None:
    said = voice(14, "We call our method zebrafish77.")
    answer = points(("main_points", "zebrafish77", ["c2"]), ("ideas", FUNDING[4].text, ["c1"]))
    brief, model = await summed_up(in_turn(answer), session(FUNDING[4], said))
    assert "zebrafish77" not in [point.text for point in brief.points]
    (asked,) = asked_for(model, "repair")
    assert [one["broke"] for one in quoted(asked) if "sources" in one] == [["unsupported"]]


@pytest.mark.parametrize(
    "text",
    [
        "The community should not interview us before we sign; the village committee asks our director ten questions.",
        "Let the community interview us; our director asks the village committee ten questions.",
    ],
    ids=["negation in the first half", "actors swapped in the second half"],
)
async def test_each_half_of_a_sentence_is_looked_up_by_itself(text: str) -> None:
    said = voice(
        1,
        "Let the community interview us. Before we sign, the village committee asks our director ten questions, and "
        "may say no. Two of nine did.",
    )
    brief, model = await summed_up(in_turn(points(("main_points", text, ["c1"]))), session(said))
    assert len(asked_for(model, "verify")) == 1
    assert written(brief) == []


async def test_a_quote_does_not_take_the_place_of_a_line_that_speaks_of_the_same_contribution() -> None:
    held = ("ideas", FUNDING[4].text, ["c1"])
    answer = points(("main_points", "KANARIE", ["c1"]), held)
    brief, _ = await summed_up(in_turn(answer), session(FUNDING[4], FUNDING[12]))
    assert [point.text for point in written(brief)] == [FUNDING[4].text]
