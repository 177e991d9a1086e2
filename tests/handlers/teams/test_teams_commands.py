"""Commands: after a mention, for the bot's eyes only, or to the bot alone."""

from __future__ import annotations

import pytest
from fakes.bot import Bot, message
from fakes.teams_requests import BOT, FIRST, OUR_MENTION, Tenant
from fakes.teams_service import AMINA, BRAM, BRAM_HERE, CHANNEL, PLACE, TeamsService

from cop_bot.domain.message import Command, Message, Paragraph, Words
from cop_bot.domain.mistakes import SessionIsNotOpen
from handlers.gesture import Gesture

PRIVATELY = BOT | {"isTargeted": True}


async def test_a_mention_is_a_command_and_answered_for_its_author_alone(
    tenant: Tenant, bot: Bot, service: TeamsService
) -> None:
    assert (await tenant.mentions("status")).status_code == 200
    here = Gesture("teams", AMINA, PLACE, None, str(FIRST), delivery=str(FIRST))
    assert bot.commands == [(here, "status")]
    (said,) = service.sent
    assert (said.conversation, said.private, said.text) == (f"{CHANNEL};messageid={FIRST}", True, "Done.")
    assert bot.posts == []


async def test_in_a_thread_the_root_is_known(tenant: Tenant, bot: Bot) -> None:
    text = "<at>CoP Bot</at> withdraw"
    await tenant.sends(tenant.in_channel(FIRST + 5, root=str(FIRST), text=text, entities=[OUR_MENTION]))
    assert bot.commands[0][0].thread == str(FIRST)


async def test_a_mention_in_passing_is_a_post(tenant: Tenant, bot: Bot) -> None:
    await tenant.says("Thanks <at>CoP Bot</at>", entities=[OUR_MENTION])
    assert bot.commands == []
    assert [post.text for post in bot.posts] == ["Thanks @CoP Bot"]


async def test_an_edited_command_is_not_obeyed_again(tenant: Tenant, bot: Bot) -> None:
    said = tenant.in_channel(text="<at>CoP Bot</at> session close", entities=[OUR_MENTION], type="messageUpdate")
    said["channelData"] |= {"eventType": "editMessage"}
    assert (await tenant.sends(said)).status_code == 200
    assert (bot.commands, bot.posts) == ([], [])


async def test_a_message_for_our_eyes_only_is_a_command_that_others_can_not_read(
    tenant: Tenant, bot: Bot, service: TeamsService
) -> None:
    await tenant.says("idea Let partners chair", recipient=PRIVATELY)
    gesture, text = bot.commands[0]
    assert text == "idea Let partners chair"
    assert (gesture.place, gesture.message, gesture.delivery) == (PLACE, None, str(FIRST))
    assert [said.private for said in service.sent] == [True]
    assert bot.posts == []


async def test_a_message_to_the_bot_alone_is_a_command(tenant: Tenant, bot: Bot, service: TeamsService) -> None:
    await tenant.sends(tenant.alone(text="settings off"))
    await tenant.sends(tenant.alone(text="<at>CoP Bot</at> settings off", entities=[OUR_MENTION]))
    assert [(gesture.place, text) for gesture, text in bot.commands] == [(None, "settings off")] * 2
    assert [(said.conversation, said.private) for said in service.sent] == [("a:amina", False)] * 2
    assert bot.posts == []


async def test_a_command_that_was_copied_with_our_name_in_plain_letters_is_a_command(tenant: Tenant, bot: Bot) -> None:
    await tenant.says("@CoP Bot status")
    await tenant.says("<p>@cop bot, status</p>", textFormat="xml")
    await tenant.sends(tenant.alone(text="@CoP Bot status"))
    assert [text for _, text in bot.commands] == ["status"] * 3
    await tenant.says("I asked @CoP Bot status")
    await tenant.says("@CoP Botswana is a place")
    assert [post.text for post in bot.posts] == ["I asked @CoP Bot status", "@CoP Botswana is a place"]


async def test_what_can_be_typed_is_told_as_it_is_typed_there(tenant: Tenant, bot: Bot, service: TeamsService) -> None:
    bot.reply = Message((Paragraph((Command("help"),)),))
    await tenant.sends(tenant.alone(text="status"))
    await tenant.mentions("status")
    assert [said.text for said in service.sent] == ["help", "@CoP Bot help"]
    assert (await tenant.presses("status", alone=True)).json()["value"]["fallbackText"] == "help"


async def test_a_private_command_that_can_not_be_answered_there_is_answered_in_the_direct_conversation(
    tenant: Tenant, service: TeamsService
) -> None:
    service.closed |= {"private", "channel"}
    await tenant.says("status", recipient=PRIVATELY)
    assert [(said.conversation, said.text) for said in service.sent] == [(f"a:{AMINA}", "Done.")]


async def test_people_in_a_command_are_named_by_their_entra_ids(
    tenant: Tenant, bot: Bot, service: TeamsService
) -> None:
    bram = {"type": "mention", "mentioned": {"id": BRAM_HERE, "name": "Bram"}, "text": "<at>Bram</at>"}
    zoe = {"type": "mention", "mentioned": {"id": "29:zoe", "name": "Zoe"}, "text": "<at>Zoe</at>"}
    await tenant.mentions("facilitators add <at>Bram</at> <at>Zoe</at>", entities=[bram, zoe])
    assert bot.commands[0][1] == f"facilitators add <@{BRAM}|Bram> <@29:zoe|Zoe>"
    assert service.asked[-2:] == [BRAM_HERE, "29:zoe"]


async def test_where_private_messages_are_not_taken_the_answer_comes_in_the_direct_conversation(
    tenant: Tenant, service: TeamsService
) -> None:
    service.closed.add("private")
    await tenant.mentions("status")
    assert [(said.conversation, said.text) for said in service.sent] == [(f"a:{AMINA}", "Done.")]


async def test_where_nobody_can_be_reached_alone_nothing_private_is_said_to_all(
    tenant: Tenant, service: TeamsService, bot: Bot
) -> None:
    service.closed |= {"private", "direct"}
    assert (await tenant.mentions("summary draft")).status_code == 200
    (said,) = service.sent
    assert said.conversation.startswith(CHANNEL)
    assert "Open a chat with me" in said.text
    assert "Done" not in said.text


async def test_an_answer_that_teams_does_not_take_does_not_repeat_the_command(
    tenant: Tenant, service: TeamsService, bot: Bot
) -> None:
    service.closed |= {"private", "direct", "channel"}
    assert (await tenant.mentions("session close")).status_code == 200
    assert len(bot.commands) == 1


async def test_a_long_answer_comes_in_parts(tenant: Tenant, bot: Bot, service: TeamsService) -> None:
    bot.reply = Message(tuple(Paragraph((Words("word " * 1_000),)) for _ in range(5)))
    await tenant.mentions("find word")
    assert len(service.sent) > 1
    assert all(said.private for said in service.sent)


async def test_a_mistake_is_answered_with_its_own_sentence(tenant: Tenant, bot: Bot, service: TeamsService) -> None:
    bot.failure = SessionIsNotOpen()
    await tenant.mentions("session close")
    assert service.sent[0].text == "This session is not open."


async def test_a_failure_is_one_apology_with_a_reference_that_the_log_knows(
    tenant: Tenant, bot: Bot, service: TeamsService, caplog: pytest.LogCaptureFixture
) -> None:
    bot.failure = RuntimeError("my words")
    await tenant.mentions("idea my words")
    reference = service.sent[0].text.removeprefix("Sorry, ")
    assert reference in caplog.text
    assert "my words" not in caplog.text


async def test_a_command_delivered_again_is_answered_with_silence(
    tenant: Tenant, bot: Bot, service: TeamsService
) -> None:
    bot.reply = Message(())
    assert (await tenant.mentions("status")).status_code == 200
    assert (await tenant.sends(tenant.alone(text="status"))).status_code == 200
    assert service.sent == []


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_in_a_channel_where_we_can_not_work_one_sentence_says_what_to_do(
    kind: str, tenant: Tenant, bot: Bot, service: TeamsService
) -> None:
    said = tenant.in_channel(text="<at>CoP Bot</at> agenda", entities=[OUR_MENTION])
    said["channelData"]["channel"] |= {"type": kind}
    assert (await tenant.sends(said)).status_code == 200
    assert bot.commands == []
    assert "standard channel" in service.sent[0].text


async def test_a_button_does_what_its_command_says_and_makes_room_for_the_answer(tenant: Tenant, bot: Bot) -> None:
    answer = await tenant.presses("settings forget yes")
    gesture, text = bot.commands[0]
    assert (text, gesture.place, gesture.person, gesture.message) == ("settings forget yes", PLACE, AMINA, None)
    assert gesture.delivery
    assert answer.json()["type"] == "application/vnd.microsoft.card.adaptive"
    assert answer.json()["value"]["fallbackText"] == "Done."


async def test_a_notice_stays_when_its_button_is_pressed(tenant: Tenant, service: TeamsService) -> None:
    answer = await tenant.presses("settings off", notice=True)
    assert answer.json() == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Done."}
    assert service.sent == []


@pytest.mark.parametrize("alone", [True, False])
async def test_what_does_not_fit_above_a_notice_comes_apart(
    alone: bool, tenant: Tenant, bot: Bot, service: TeamsService
) -> None:
    bot.reply = message("word " * 200)
    assert (await tenant.presses("agenda", notice=True, alone=alone)).status_code == 200
    assert [said.private for said in service.sent] == [not alone]


async def test_a_failure_behind_a_button_is_told_too(tenant: Tenant, bot: Bot) -> None:
    bot.failure = SessionIsNotOpen()
    assert (await tenant.presses("session close yes")).json()["value"]["fallbackText"] == "This session is not open."


async def test_a_button_of_somebody_elses_card_does_nothing(tenant: Tenant, bot: Bot) -> None:
    action = {"type": "Action.Execute", "verb": "other", "data": {"command": "settings forget yes"}}
    answer = await tenant.sends(tenant.invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}))
    assert answer.status_code == 200
    assert bot.commands == []
