"""A line of an offline summary can be understood by itself, and says something."""

import pytest
from said import accounted, session, voice

from cop_bot.domain.brief import Section
from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.words.standing import stands_alone

SAYS_NOTHING = (
    "test test test test",
    "no no no no no no",
    "ajisdfj ajisdfj asdjf",
    "I am between 20 and 25 years old.",
    "I work in the field of housing",
    "My main residence is on an island.",
    "Ik woon in Utrecht.",
    "Jeg er lærer i en lille by.",
    "J'ai 34 ans",
    "Tenho 40 anos e dois filhos",
    "Soy una mujer de Tegucigalpa",
    "Ich wohne in einer Kleinstadt",
    "Ninaishi Kisumu",
    "Oh, sorry, I thought you meant the other valley.",
    "That's not what I meant.",
    "Zoals je zegt, dat klopt.",
    "Como usted dice, así es.",
    "You are right, as always.",
    "The chair is an idiot",
    "Menuda estupidez acabas de soltar",
    "Me?",
    "Did I write something?",
    "+++ !!!",
    "Thanks for a great session!",
    "Asante sana kwa kikao cha leo!",
    "Bom dia a todos",
    "Tak for i dag, det var en god snak",
)
SAYS_SOMETHING = (
    "I live in a village where the nurses leave because nobody gives them a house",
    "I work as a nurse and we need more beds at night",
    "Ik woon in een dorp en we hebben een pomp nodig",
    "You should publish the budget on the wall of the school",
    "Can you show the audit to the village before it is sent?",
    "No more workshops in hotels",
    "Chcemy więcej pieniędzy dla szkół",
    "Water",
    "Free childcare for students",
    "Let partners chair",
    "水を無料にしてください",
)


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_says_nothing_alone_is_known(text: str) -> None:
    assert not stands_alone(text)


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_what_says_something_stands(text: str) -> None:
    assert stands_alone(text)


def test_a_topic_of_words_that_say_nothing_gets_no_line() -> None:
    said = (
        *(voice(at, f"Water point {at} has no pump since the spring, a pump is needed") for at in range(1, 6)),
        *(voice(at, text) for at, text in enumerate(SAYS_NOTHING[:12], 10)),
        voice(40, "Me?", "question"),
        voice(41, "Did I write something?", "question"),
    )
    brief = write(session(*said))
    assert {number for one in brief.points for number in one.cites} <= set(range(1, 6))
    assert brief.of(Section.OPEN_QUESTIONS) == ()
    assert accounted(brief) == sorted(one.number for one in said)


def test_where_nobody_says_anything_there_is_no_line() -> None:
    brief = write(session(*(voice(at, text) for at, text in enumerate(SAYS_NOTHING[:12], 1))))
    assert brief.points == ()
    assert accounted(brief) == list(range(1, 13))
