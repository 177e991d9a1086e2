"""What people type, who may, what is asked first, and what they are answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, OPENS, Community

from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.message import Buttons
from cop_bot.ports import PlaceFound, Profile
from cop_bot.texts.commands import COMMANDS
from cop_bot.usecases.people.sync_places import sync_places
from handlers.commands.dispatch import NOTHING, VERBS, answer
from handlers.gesture import Gesture

pytestmark = EMBEDDED
WEEK = timedelta(weeks=1)
BUDGET = "Let partners chair the budget meeting"


@pytest.fixture
async def cop(community: Community) -> Community:
    """The first session is open; #1 is Amina's. Bram facilitates."""
    await community.open()
    await community.contributes("U1", BUDGET)
    return community


async def test_help_lists_every_command_that_one_may_give(cop: Community) -> None:
    member, facilitator = await cop.types("U1", "help all"), await cop.types("U2", "help all")
    for command in COMMANDS:
        if command.path == "cancel":
            continue
        assert (command.usage in member) is (command.role == "member"), command.path
        assert command.usage in facilitator, command.path


async def test_help_alone_is_something_to_scan(cop: Community) -> None:
    for who in ("U1", "U2"):
        short = await cop.types(who, "help")
        assert short.count("•") == 5
        assert "/cop help all" in short


async def test_every_command_is_answered_whoever_gives_it_bare(cop: Community) -> None:
    for path in VERBS:
        for who in ("U1", "U2", "U99"):
            assert await cop.types(who, path), f"{path} of {who}"


async def test_every_command_is_answered_where_there_is_no_programme(community: Community) -> None:
    for path in VERBS:
        assert await community.types("U1", path, place="C999"), path
        assert await community.types("U1", f"{path} #1 7d <@U2> yes", place=None), path


async def test_what_facilitators_do_no_member_does(cop: Community) -> None:
    before = [(s.state, s.opens_at, s.closes_at) for s in await cop.sessions()]
    for usage in (command.usage for command in COMMANDS if command.role == "facilitator"):
        for text in (usage.replace("@Amina", "<@U1>"), f"{usage} yes"):
            assert "Only facilitators" in await cop.types("U1", text), text
    assert [(s.state, s.opens_at, s.closes_at) for s in await cop.sessions()] == before


@pytest.mark.parametrize(
    ("typed", "meant"), [("statsu", "status"), ("sesion close", "session close"), ("hepl", "help"), ("agend", "agenda")]
)
async def test_an_unknown_word_gets_the_nearest_one(cop: Community, typed: str, meant: str) -> None:
    said = await cop.types("U2", typed)
    assert typed.split()[0] in said
    assert f"/cop {meant}" in said


@pytest.mark.parametrize(
    ("command", "changed"),
    [
        ("withdraw #1", "withdrawn"),
        ("settings forget", "erased"),
        ("session close", "closed"),
        ("session skip", "left out"),
        ("programme shift 7d", "moved"),
        ("facilitators remove <@U1>", "no longer"),
    ],
)
async def test_what_cannot_be_undone_asks_first_with_two_buttons(cop: Community, command: str, changed: str) -> None:
    who = "U1" if command in ("withdraw #1", "settings forget") else "U2"
    await cop.types("U2", "facilitators add <@U1>")
    state = [(s.state, s.opens_at, s.closes_at) for s in await cop.sessions()], (await cop.kept(1)).text
    asked = await answer(cop.ports, Gesture("console", who, "C1"), command)
    (buttons,) = [block for block in asked.blocks if isinstance(block, Buttons)]
    assert len(buttons.buttons) == 2
    assert ([(s.state, s.opens_at, s.closes_at) for s in await cop.sessions()], (await cop.kept(1)).text) == state
    yes = next(button.command for button in buttons.buttons if button.command != "cancel")
    assert yes.endswith(" yes")
    said = await cop.types(who, yes)
    assert changed in said.lower()


@pytest.mark.parametrize("word", ["yes", "ja", "oui", "sí", "sim", "Yes!"])
async def test_yes_can_be_typed_in_every_language(cop: Community, word: str) -> None:
    await cop.types("U1", f"withdraw #1 {word}")
    assert (await cop.kept(1)).is_withdrawn


async def test_the_whole_word_cancel_leaves_things_as_they_are(cop: Community) -> None:
    await cop.types("U1", "withdraw #1")
    await cop.types("U1", "cancel")
    assert (await cop.kept(1)).text == BUDGET


async def test_a_command_that_is_delivered_again_is_obeyed_once(cop: Community) -> None:
    first = await cop.types("U3", "idea Share the risk", message="m77")
    assert first
    assert await cop.types("U3", "idea Share the risk", message="m77") == ""
    gesture = Gesture("console", "U3", "C1", None, "m77")
    assert await answer(cop.ports, gesture, "idea Share the risk") == NOTHING
    assert len(await cop.rows(Contribution)) == 2


async def test_a_command_that_failed_is_obeyed_when_it_comes_again(
    cop: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        async def fail(*_: object, **__: object) -> None:
            raise OSError("the disk is full")

        patch.setattr("handlers.commands.members.contribute", fail)
        with pytest.raises(OSError, match="full"):
            await cop.types("U3", "idea Share the risk", message="m77")
    assert await cop.types("U3", "idea Share the risk", message="m77")
    assert len(await cop.rows(Contribution)) == 2


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("idea Share the risk", Kind.IDEA),
        ("ask Who shares the risk", Kind.QUESTION),
        ("resource https://example.org/risk", Kind.RESOURCE),
        ("lesson Share the risk first", Kind.LESSON),
        ("feedback #1 Well said", Kind.FEEDBACK),
        ("idée Partager le risque", Kind.IDEA),
        ("spørgsmål Hvem deler risikoen", Kind.QUESTION),
    ],
)
async def test_a_contribution_by_command_is_posted_for_all_and_kept(cop: Community, command: str, kind: Kind) -> None:
    said = await cop.types("U3", command)
    assert "#2" in said
    await cop.settle()
    kept = await cop.kept(2)
    assert kept.kind is kind
    (posted,) = cop.chat.keyed("/contribution/")
    assert kept.own_words in posted.text
    assert kept.message == posted.ref.message, "others can reply to it"
    reply = await cop.contributes("U4", "Yes", thread=posted.ref.message)
    assert reply.parent == 2


async def test_a_contribution_by_mention_is_the_message_itself(cop: Community) -> None:
    await cop.types("U3", "idea Share the risk", message="m77")
    await cop.settle()
    assert (await cop.kept(2)).message == "m77"
    assert cop.chat.keyed("/contribution/") == []


async def test_a_command_calls_nobody(cop: Community) -> None:
    await cop.types("U3", "idea <@U1|amina> and <@U2> should talk in <#C9|general>")
    kept = await cop.kept(2)
    assert kept.text == "@amina and @member should talk in #general"


async def test_between_sessions_nothing_is_kept_and_the_next_opening_is_named(cop: Community) -> None:
    await cop.types("U2", "session close yes")
    await cop.go(2 * DAY)
    said = await cop.types("U1", "idea Too late")
    assert "Theme 2" in said
    assert "nothing was kept" in said
    assert len(await cop.rows(Contribution)) == 1


@pytest.mark.parametrize("command", ["idea", "ask  ", "feedback #1", "resource", "lesson"])
async def test_a_command_without_words_says_how_to_write_it(cop: Community, command: str) -> None:
    assert "Write what you want to say" in await cop.types("U1", command)


@pytest.mark.parametrize("command", ["feedback #99 Good", "withdraw #99", "kind #99 idea", "withdraw"])
async def test_a_number_that_does_not_exist_is_said_so(cop: Community, command: str) -> None:
    assert "no contribution of that number" in await cop.types("U1", command)


async def test_only_the_author_or_a_facilitator_changes_a_contribution(cop: Community) -> None:
    for command in ("withdraw #1 yes", "kind #1 lesson"):
        assert "somebody else's" in await cop.types("U3", command)
    assert (await cop.kept(1)).text == BUDGET
    await cop.types("U2", "kind #1 lesson")
    assert (await cop.kept(1)).kind is Kind.LESSON


@pytest.mark.parametrize(("word", "kind"), [("question", Kind.QUESTION), ("vraag", Kind.QUESTION), ("idé", Kind.IDEA)])
async def test_the_kind_can_be_changed_in_any_language(cop: Community, word: str, kind: Kind) -> None:
    await cop.types("U1", f"kind #1 {word}")
    assert (await cop.kept(1)).kind is kind


async def test_a_kind_that_is_none_names_the_kinds(cop: Community) -> None:
    assert "idea, question, resource" in await cop.types("U1", "kind #1 poem")


async def test_in_a_thread_the_root_is_meant(cop: Community) -> None:
    root = (await cop.kept(1)).message
    await cop.types("U1", "kind question", thread=root)
    assert (await cop.kept(1)).kind is Kind.QUESTION
    await cop.types("U3", "feedback Good question", thread=root, message="m5")
    assert (await cop.kept(2)).parent == 1
    await cop.types("U1", "withdraw yes", thread=root)
    assert (await cop.kept(1)).is_withdrawn


async def test_status_lists_ones_own_contributions_with_their_numbers(cop: Community) -> None:
    await cop.contributes("U3", "Carla's own")
    said = await cop.types("U1", "status")
    assert "#1" in said
    assert BUDGET in said
    assert "Carla" not in said
    assert "Theme 1" in said


async def test_what_is_withdrawn_is_not_listed_nor_found(cop: Community) -> None:
    await cop.types("U1", "withdraw #1 yes")
    assert BUDGET not in await cop.types("U1", "status")
    assert BUDGET not in await cop.types("U3", "find budget")


async def test_find_shows_what_contains_all_the_words(cop: Community) -> None:
    await cop.contributes("U3", "The budget of 2019 with 100% of it")
    assert BUDGET in await cop.types("U4", "find BUDGET partners")
    said = await cop.types("U4", "find 100% of")
    assert "2019" in said
    assert BUDGET not in said
    await cop.contributes("U2", "À l'école, on décide ensemble")
    assert "décide" in await cop.types("U4", "find Ecole DECIDE")
    assert "Nothing was found" in await cop.types("U4", "find zebra")


async def test_agenda_and_deadlines_are_in_the_readers_own_zone(cop: Community) -> None:
    said = await cop.types("U4", "agenda")
    assert "Pacific/Fiji" in said
    assert "Theme 3" in said


async def test_summary_shows_the_latest_or_the_one_that_is_named(cop: Community) -> None:
    assert "no summary yet" in await cop.types("U1", "summary")
    await cop.until(CLOSES)
    assert BUDGET in await cop.types("U3", "summary")
    assert BUDGET in await cop.types("U3", "summary theme 1")
    assert "no summary yet" in await cop.types("U3", "summary 2")
    assert "no session of that name" in await cop.types("U3", "summary of everything")


@pytest.mark.parametrize("wanted", ["2", "theme-2", "Theme 2", "THEME 2"])
async def test_a_session_is_named_by_number_id_or_title(cop: Community, wanted: str) -> None:
    await cop.types("U2", f"session skip {wanted} yes")
    assert await cop.states() == ["open", "skipped", "planned"]


async def test_settings_say_what_they_did(cop: Community) -> None:
    assert "16 March 2026" in await cop.types("U4", "settings pause 14d")
    assert (await cop.member("U4")).paused_until == OPENS + 14 * DAY
    await cop.types("U4", "settings resume")
    assert (await cop.member("U4")).paused_until is None
    await cop.types("U4", "settings off")
    assert not (await cop.member("U4")).wants_reminders
    await cop.types("U4", "settings on")
    assert (await cop.member("U4")).wants_reminders
    assert "3d or 2w" in await cop.types("U4", "settings pause for ever")


async def test_a_session_closes_at_once_and_the_next_keeps_its_opening(cop: Community) -> None:
    await cop.types("U2", "session close yes")
    await cop.settle()
    first, second, _ = await cop.sessions()
    assert (first.state.value, first.closes_at) == ("closed", cop.clock.now().replace(microsecond=0)) or first.closed_at
    assert second.opens_at == OPENS + WEEK
    assert len(cop.chat.keyed("session/1/summary")) == 1
    assert "No session is open" in await cop.types("U2", "session close")


async def test_a_session_can_be_opened_before_its_time(community: Community) -> None:
    await community.begin()
    await community.types("U2", "session open yes")
    await community.settle()
    assert await community.states() == ["open", "planned", "planned"]
    assert len(community.chat.keyed("opening")) == 1
    await community.contributes("U1", "Early")
    await community.until(OPENS)
    assert len(community.chat.keyed("opening")) == 1


async def test_two_sessions_are_never_open_at_once(cop: Community) -> None:
    assert "at once" in await cop.types("U2", "session open theme-2 yes")
    assert await cop.states() == ["open", "planned", "planned"]


async def test_a_later_session_does_not_open_before_those_that_come_first(community: Community) -> None:
    await community.begin()
    assert "session skip" in await community.types("U2", "session open theme-2 yes")
    await community.types("U2", "session skip theme-1 yes")
    await community.types("U2", "session open theme-2 yes")
    assert sorted(await community.states()) == ["open", "planned", "skipped"]
    await community.until(OPENS + 4 * WEEK)
    assert sorted(await community.states()) == ["closed", "closed", "skipped"]


async def test_a_session_is_extended_on_the_wall_clock_and_the_place_is_told(community: Community) -> None:
    themes = "  - {id: a, title: A, opens: 2026-03-23T09:00, days: 5}\n  - {id: b, title: B, opens: 2026-04-20T09:00}"
    await community.begin(themes=themes)
    await community.until(datetime(2026, 3, 23, 8, tzinfo=UTC))
    await community.types("U2", "session extend 3d")
    await community.settle()
    (first, _) = await community.sessions()
    assert first.closes_at == datetime(2026, 3, 30, 22, 0, tzinfo=UTC), "midnight in summer time"
    assert len(community.chat.keyed("/extended/")) == 1


async def test_an_extension_into_the_next_session_is_refused_and_offers_a_shift(cop: Community) -> None:
    said = await cop.types("U2", "session extend 3d")
    assert "programme shift 3d" in said
    assert (await cop.session(1)).closes_at == CLOSES


async def test_a_shift_moves_what_is_planned_and_the_plenary_on_the_wall_clock(community: Community) -> None:
    plenary = "plenary: {at: 2026-03-26T13:15, invite: {send: [P2D]}}"
    await community.open(4, plenary, rhythm=", remind: [{at: midway, to: quiet}]")
    await community.types("U2", "programme shift 1w yes")
    opens = [session.opens_at for session in await community.sessions()]
    assert opens == [OPENS, OPENS + 2 * WEEK, OPENS + 3 * WEEK, OPENS + 4 * WEEK - HOUR]
    said = await community.types("U2", "programme show")
    assert "2 April" in said


@pytest.mark.parametrize("text", ["programme shift", "programme shift -7d", "programme shift 0d", "session extend x"])
async def test_a_length_that_is_none_says_how_to_write_it(cop: Community, text: str) -> None:
    assert "3d or 2w" in await cop.types("U2", text)


async def test_facilitators_come_and_go_but_one_stays(cop: Community) -> None:
    assert "Bram" in await cop.types("U2", "facilitators list")
    await cop.types("U2", "facilitators add <@U1>")
    assert "Amina" in await cop.types("U2", "facilitators list")
    assert "Only facilitators" not in await cop.types("U1", "session list")
    await cop.types("U1", "facilitators remove <@U2> yes")
    assert "Only facilitators" in await cop.types("U2", "session list")
    assert "at least one" in await cop.types("U1", "facilitators remove <@U1> yes")
    assert "does not facilitate" in await cop.types("U1", "facilitators remove <@U4> yes")
    assert "Name one person" in await cop.types("U1", "facilitators add Nobody")


async def test_alone_with_the_bot_the_only_programme_is_meant(cop: Community) -> None:
    assert BUDGET in await cop.types("U1", "status", place=None)
    await cop.types("U1", "idea Said in private", place=None)
    await cop.settle()
    assert (await cop.kept(2)).text == "Said in private"


async def test_alone_with_the_bot_a_member_of_two_programmes_is_asked_which(cop: Community) -> None:
    cop.chat.places["#other"] = PlaceFound("C2", "other", bot_is_in=True)
    cop.chat.present["C2"] = ["U1"]
    await cop.begin(slug="other", channel="#other")
    assert "vários programas" in await cop.types("U1", "status", place=None), "in her own language"
    assert BUDGET in await cop.types("U1", "status")
    await cop.types("U1", "settings off", place=None)
    assert not (await cop.member("U1")).wants_reminders


async def test_alone_with_the_bot_a_stranger_is_told_where_to_go(cop: Community) -> None:
    assert "No programme runs here" in await cop.types("U77", "status", place=None)


async def test_answers_are_in_the_members_language_if_the_programme_offers_it(community: Community) -> None:
    community.chat.people["U2"] = Profile("U2", "Bram", "Europe/Amsterdam", "nl-NL")
    await community.open(2, "languages: {working: [en], interface: [en, nl]}")
    await sync_places(community.ports)
    dutch, english = await community.types("U2", "status"), await community.types("U3", "status")
    assert dutch != english
    assert "reminders" in english
    assert "reminders" not in dutch
