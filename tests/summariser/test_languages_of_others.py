"""Members who write in a language that is none of ours: they have a group, a label and a line."""

import time

import pytest
from said import accounted, session, voice

from cop_bot.domain.brief import Brief, Section
from cop_bot.summariser.choosing.selection import write
from cop_bot.summariser.reading.grouping import languages_of
from cop_bot.summariser.words.languages import content_words, length, words
from cop_bot.summariser.words.quotes import clip, sentences, worth_quoting
from cop_bot.summariser.words.unknown_languages import by_script, runs_as_elsewhere
from cop_bot.texts.languages import speak
from cop_bot.texts.names import language

ZULU = "Imali kufanele iye ngqo ezinhlanganweni zendawo, hhayi emadolobheni."
FIJIAN = "Na noda itikotiko e dodonu me ra vakayacora na veivakatorocaketaki me yaga vei keda kece."
_WHO = ("Donors", "Local partners", "Small groups", "The networks", "Village women")
_WHAT = (
    "decide about the budget together",
    "report once a year in one format",
    "have three years of core funding",
    "choose the auditor themselves",
    "hear back within a month",
    "meet before the call is written",
)
ENGLISH = tuple(
    voice(number, text)
    for number, text in enumerate((f"{who} should {what}." for who in _WHO for what in _WHAT), start=1)
)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("und-Arab", "نريد أن تكتب المنظمات المحلية الميزانية أولاً."),
        ("zh", "资金应该直接给当地组织。"),
        ("ja", "資金は地域の団体に直接届くべきです。"),
        ("und-Ethi", "ሴቶች ውሳኔ ውስጥ መሳተፍ አለባቸው።"),
        ("und-Deva", "हमें स्थानीय संगठनों पर भरोसा करना चाहिए।"),
        ("und-Cyrl", "Деньги должны идти напрямую местным организациям."),
        ("", "We ask for 价格 lists before we sign."),
        ("", "👍 ok"),
    ],
)
def test_another_script_tells_the_language_or_itself(told: str, text: str) -> None:
    assert by_script(text) == told


@pytest.mark.parametrize(
    "text",
    [
        ZULU,
        FIJIAN,
        "Tinoda kuti mari iende zvakananga kumasangano emunharaunda.",
        "Timafuna ndalama zipite mwachindunji ku mabungwe a m'midzi.",
        "Dukeneye inkunga ihoraho ku mashyirahamwe y'abagore bo mu cyaro.",
    ],
)
def test_latin_letters_that_run_as_in_none_of_ours_are_elsewhere(text: str) -> None:
    assert runs_as_elsewhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "Partners deserve multi-year core funding, nothing less",
        "Kleine organisaties wachten maanden op uitbetaling",
        "Landsbyens kvinder holder selv regnskabet over pengene",
        "Chaque bailleur exige un rapport différent, c'est fatigant",
        "Precisamos de formação em contabilidade local",
        "Nuestras cooperativas necesitan confianza mutua",
        "Kleine Vereine warten monatelang auf Zusagen",
        "Ruzuku ndogo zinapaswa kwenda moja kwa moja kwa vikundi vya wanawake vijijini.",
        "Os relatórios levam maningue tempo, assim não dá",
        "Merci, but we need the budget first.",
        "LGBTQ fairness is far-left political idiocy.",
        "Dîner tyrolien, nuit à l'hôtel.",
        'Name: "Miles S." Email: "miles@example.org" To: "list"<list@example.org> Subject: "charmod"',
        "Bray, Bosak, Clark, Maler, Sperberg-McQueen, Sharpe, Paoli, Magliery",
    ],
)
def test_ours_are_not(text: str) -> None:
    assert not runs_as_elsewhere(text)


@pytest.mark.parametrize("word", ["a" * 300 + "1", "a-" * 300, "a'" * 300 + "1", "م" * 300 + "_", "中" * 900])
def test_a_word_made_to_be_slow_is_read_in_a_second(word: str) -> None:
    started = time.process_time()
    languages_of((voice(1, f"{word} wanawake vijijini kwa kwa"),))
    sentences(word)
    content_words(word)
    assert time.process_time() - started < 1


def test_the_only_member_who_writes_zulu_has_a_line_among_thirty_in_english() -> None:
    brief = write(session(*ENGLISH, voice(31, ZULU)))
    line = next(point for point in brief.points if 31 in point.cites)
    assert (line.text, line.language) == (ZULU, "und")
    assert [topic.numbers for topic in brief.topics if topic.language == "und"] == [(31,)]


def test_two_languages_that_nobody_could_name_are_two_topics() -> None:
    brief = write(session(*ENGLISH, voice(31, ZULU), voice(32, FIJIAN)))
    assert {31, 32} <= {number for point in brief.points for number in point.cites}


def test_a_few_words_go_with_those_who_wrote_more_in_such_a_language() -> None:
    voices = (voice(1, FIJIAN), voice(2, "Na noda itikotiko ena koro"))
    assert languages_of(voices) == {1: "und", 2: "und"}


def test_the_unnamed_language_is_that_of_the_summary_if_this_is_none_of_ours() -> None:
    assert languages_of((voice(1, ZULU),), "zu") == {1: "zu"}
    assert languages_of((voice(1, ZULU),), "en") == {1: "und"}


def test_sentences_end_in_every_script() -> None:
    assert sentences("من يقرر اليوم؟ الممول وحده.") == ["من يقرر اليوم؟", "الممول وحده."]
    assert sentences("他们最了解。为什么？") == ["他们最了解。", "为什么？"]
    assert sentences("በጀቱን ይጻፉ። ለምን ዘግይቶ ይመጣል፧ አስተያየት።") == ["በጀቱን ይጻፉ።", "ለምን ዘግይቶ ይመጣል፧", "አስተያየት።"]
    assert sentences("भरोसा करें। बजट लिखें।") == ["भरोसा करें।", "बजट लिखें।"]


def test_two_signs_without_blanks_count_as_a_word() -> None:
    assert length("资金应该直接给当地组织。") == 6
    assert length("Not so long") == 3
    assert clip("资金应该直接给当地组织。", 3) == "资金应该直接 …"
    assert worth_quoting("资金应该直接给当地组织，他们最了解社区的需要。") == 1.0


def test_vowel_signs_do_not_cut_a_word() -> None:
    assert content_words("संगठनों") == ["संगठनो"]
    assert words("well-known don't a--b x—y") == ["well-known", "don't", "a", "b", "x", "y"]


@pytest.fixture
def chinese() -> Brief:
    texts = ("资金应该直接给当地组织，他们最了解社区的需要。", "报告的格式太多，占用我们三分之一的时间。" * 12)
    return write(session(*(voice(number, text) for number, text in enumerate(texts, start=1)), language="zh"))


def test_a_chinese_session_has_points_within_the_words_of_a_brief(chinese: Brief) -> None:
    assert {point.section for point in chinese.points} <= {Section.MAIN_POINTS, Section.IDEAS}
    assert sum(length(point.text) for point in chinese.points) <= 150
    assert accounted(chinese) == [1, 2]


def test_a_language_without_a_name_is_called_by_its_script() -> None:
    assert language(speak("en"), "und-Arab") == "Arabic"
    assert language(speak("en"), "und").casefold() == "unknown language"
    assert language(speak("fr"), "pt-BR") == "portugais"
