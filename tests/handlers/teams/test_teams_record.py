"""What Teams sends, as often and in whatever order it sends it, becomes one right record."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from fakes import teams_requests
from fakes.teams_requests import BOT, OUR_MENTION, Tenant
from fakes.teams_service import AMINA, BRAM, BRAM_HERE, PLACE, TeamsService
from support.community import EMBEDDED, MINUTE, OPENS, Community, ports_on
from support.fake_chat import FakeChat
from support.hand_clock import HandClock

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Profile
from cop_bot.domain.post import Post
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.ports import PlaceFound, Ports
from cop_bot.store import queries
from cop_bot.store.engine import Database
from cop_bot.store.workspaces import workspace_of
from cop_bot.texts import answers
from cop_bot.usecases.people.greet_inviter import greet_inviter
from cop_bot.usecases.people.meet_person import meet_person
from cop_bot.usecases.people.set_reminders import reach_again
from cop_bot.usecases.people.sync_places import look_again, move_place
from cop_bot.usecases.record.catch_up import catch_up_everywhere
from cop_bot.usecases.record.record_posts import record_posts
from cop_bot.usecases.record.reread_message import reread_message
from handlers.commands import dispatch
from handlers.commands.form import open_form, submit_form
from handlers.commands.keep import keep
from handlers.inbound import Calls
from handlers.intake import Intake

pytestmark = EMBEDDED

FIRST = int((OPENS + MINUTE).timestamp() * 1_000)
"""The number of a message that is written a minute after the opening."""


def calls_of(ports: Ports) -> Calls:
    """As the running bot makes them."""

    async def catch_up() -> None:
        await catch_up_everywhere(ports)

    async def reread(post: Post, unreadable: Callable[[], Awaitable[None]]) -> None:
        if not await reread_message(ports, post):
            await unreadable()

    return Calls(
        record=Intake(partial(record_posts, ports)).record,
        answer=partial(dispatch.answer, ports),
        apologise=lambda reference: answers.personal.apology(reference),
        look_at_place=partial(look_again, ports, "teams"),
        move_place=partial(move_place, ports, "teams"),
        invited=partial(greet_inviter, ports, "teams"),
        keep=partial(keep, ports),
        open_form=partial(open_form, ports),
        submit_form=partial(submit_form, ports),
        reach_again=partial(reach_again, ports, "teams"),
        reread=reread,
        meet=partial(meet_person, ports, "teams"),
        catch_up=catch_up,
    )


@dataclass
class Town:
    """A session is open in a channel of Teams; Bram facilitates."""

    community: Community
    tenant: Tenant

    async def sends(self, number: int = FIRST, **more: Any) -> None:
        """Teams delivers something about a message; it must be answered."""
        assert (await self.tenant.sends(self.tenant.in_channel(number, **more))).status_code == 200

    async def record(self) -> list[tuple[int | None, str]]:
        """The numbers and the words of everything that is kept."""
        return [(one.number, one.text) for one in await self.community.rows(Contribution)]


@pytest.fixture
async def town(database: Database, clock: HandClock, service: TeamsService) -> AsyncIterator[Town]:
    chat = FakeChat(clock, name="teams")
    chat.people |= {AMINA: Profile(AMINA, "Amina"), BRAM: Profile(BRAM, "Bram")}
    chat.places["power"] = PlaceFound(PLACE, "Power", bot_is_in=True)
    chat.present[PLACE] = [AMINA, BRAM]
    community = Community(ports_on(database, clock, chat), clock, chat)
    await community.open(rest=f"roles: {{facilitators: [{BRAM}]}}", channel=PLACE)
    clock.move(2 * MINUTE)
    async with teams_requests.tenant(calls_of(community.ports), service) as tenant:
        yield Town(community, tenant)


def happened(name: str, kind: str) -> dict[str, Any]:
    return {"type": kind, "timestamp": "2026-03-02T08:05:00.000Z", "channelData": channel_data(eventType=name)}


def channel_data(**more: Any) -> dict[str, Any]:
    group, channel = PLACE.split("/")
    return {"team": {"id": "19:team@thread.tacv2", "aadGroupId": group}, "channel": {"id": channel}, **more}


EDITED = happened("editMessage", "messageUpdate") | {"text": "A better idea"}
DELETED = happened("softDeleteMessage", "messageDelete")


async def test_the_same_post_three_times_is_one_contribution(town: Town) -> None:
    for _ in range(3):
        await town.sends(text="An idea")
    assert await town.record() == [(1, "An idea")]


async def test_an_edit_before_its_post_is_what_is_kept(town: Town) -> None:
    await town.sends(**EDITED)
    await town.sends(text="An idea")
    assert await town.record() == [(1, "A better idea")]


async def test_a_deletion_before_its_post_leaves_no_words(town: Town) -> None:
    await town.sends(**DELETED)
    await town.sends(text="An idea")
    assert await town.record() == [(None, "")]


async def test_a_deletion_that_is_undone_brings_the_words_back(town: Town) -> None:
    await town.sends(text="An idea")
    await town.sends(**DELETED)
    restored = happened("undeleteMessage", "messageUpdate") | {"text": "An idea", "timestamp": "2026-03-02T08:06:00Z"}
    await town.sends(**restored)
    assert await town.record() == [(1, "An idea")]


async def test_before_the_session_and_in_other_channels_nothing_is_kept(town: Town) -> None:
    await town.sends(FIRST - 3_600_000, text="Too early")
    await town.sends(text="Elsewhere", conversation={"id": "19:other", "conversationType": "channel"} | tenant_of(town))
    assert await town.record() == []


def tenant_of(town: Town) -> dict[str, str]:
    return {"tenantId": town.tenant.in_channel()["conversation"]["tenantId"]}


async def test_a_command_that_contributes_is_obeyed_once_and_its_message_is_the_contribution(town: Town) -> None:
    for _ in range(3):
        await town.sends(text="<at>CoP Bot</at> idea Rotate the chair", entities=[OUR_MENTION])
    (kept,) = await town.community.rows(Contribution)
    assert (kept.number, kept.text, kept.message) == (1, "Rotate the chair", str(FIRST))
    assert len(town.tenant.service.sent) == 1


async def test_what_is_contributed_in_private_is_posted_for_all_to_read(town: Town) -> None:
    for _ in range(3):
        await town.sends(text="idea Rotate the chair", recipient=BOT | {"isTargeted": True})
    await town.community.settle()
    assert await town.record() == [(1, "Rotate the chair")]
    assert [text for text in town.community.chat.texts(place=PLACE) if "Rotate the chair" in text]


async def test_the_form_contributes_too(town: Town) -> None:
    filled_in = {"data": {"kind": "ask", "text": "Who decides?"}}
    submitted = town.tenant.invoke("task/submit", filled_in)
    for _ in range(2):
        assert (await town.tenant.sends(submitted)).status_code == 200
    (kept,) = await town.community.rows(Contribution)
    assert (kept.kind.value, kept.text) == ("question", "Who decides?")


async def test_the_form_says_what_is_asked_and_none_asks_for_words_when_nothing_is_open(town: Town) -> None:
    asked = await town.tenant.sends(town.tenant.invoke("task/fetch", {"data": {}}))
    assert "Theme 1" in str(asked.json()["task"]["value"]["card"])
    await town.community.until(OPENS + timedelta(weeks=5))
    closed = await town.tenant.sends(town.tenant.invoke("task/fetch", {"data": {}}))
    assert "No session is open" in closed.json()["task"]["value"]


async def test_a_message_from_before_the_session_is_added_by_its_author_and_by_nobody_else(town: Town) -> None:
    payload = {
        "id": str(FIRST - 3_600_000),
        "createdDateTime": "2026-03-02T07:01:00.000Z",
        "from": {"user": {"userIdentityType": "aadUser", "id": AMINA, "displayName": "Amina"}},
        "body": {"contentType": "html", "content": "<p>An early idea</p>"},
    }
    pointing = {"commandId": "keep", "commandContext": "message", "messagePayload": payload}
    by_zoe = {"id": "29:zoe", "aadObjectId": "aaaaaaaa-0000-4000-8000-000000000009"}
    refused = await town.tenant.sends(town.tenant.invoke("composeExtension/fetchTask", pointing) | {"from": by_zoe})
    assert "somebody else" in refused.json()["task"]["value"]
    assert await town.record() == []
    kept = await town.tenant.sends(town.tenant.invoke("composeExtension/fetchTask", pointing))
    assert "#1" in kept.json()["task"]["value"]
    assert await town.record() == [(1, "An early idea")]


async def test_only_facilitators_steer_and_they_are_asked_first(town: Town) -> None:
    await town.sends(text="<at>CoP Bot</at> session close", entities=[OUR_MENTION])
    bram = {"id": BRAM_HERE, "aadObjectId": BRAM}
    await town.sends(FIRST + 1, text="<at>CoP Bot</at> session close", entities=[OUR_MENTION], **{"from": bram})
    refused, asked = (said.text for said in town.tenant.service.sent)
    assert "facilitators" in refused
    assert "yes" in asked
    action = {"type": "Action.Execute", "verb": "cop", "data": {"command": "session close yes"}}
    pressed = town.tenant.invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}) | {"from": bram}
    assert (await town.tenant.sends(pressed)).status_code == 200
    assert (await town.community.states())[0] == "closed"


async def test_a_member_who_adds_the_app_can_be_reached_again(town: Town) -> None:
    workspace_id = await workspace_of(town.community.ports, "teams")
    async with town.community.ports.unit() as unit:
        amina = await queries.people.meet(unit, workspace_id, "teams", AMINA)
        amina.unreachable = "the app is not there"
    told = town.tenant.alone(type="installationUpdate", action="add")
    for _ in range(2):
        assert (await town.tenant.sends(told)).status_code == 200
    assert (await town.community.member(AMINA)).unreachable == ""


async def test_a_programme_whose_team_changed_waits_until_it_is_known_how(town: Town) -> None:
    told = town.tenant.in_channel(type="installationUpdate", action="remove")
    town.community.chat.places["power"] = PlaceFound(PLACE, "Power", bot_is_in=False)
    for _ in range(2):
        assert (await town.tenant.sends(told)).status_code == 200
    said = len(town.community.chat.said)
    await town.sends(text="idea Rotate the chair", recipient=BOT | {"isTargeted": True})
    await town.community.settle()
    assert len(town.community.chat.said) == said


def _graphs(post: Post, number: int = FIRST) -> Post:
    return replace(post, platform="teams", place=PLACE, message=str(number), author=AMINA, whole=True)


async def test_a_title_and_a_file_come_with_the_platforms_own_copy(town: Town) -> None:
    shown = Post("", "", "", "", OPENS + MINUTE, text="Let women chair\nSee below.", files=("Budget.xlsx",))
    town.community.chat.posts = [_graphs(shown)]
    await town.sends(text="See below.")
    (row,) = await town.community.rows(Contribution)
    assert (row.text, row.files, row.whole) == ("Let women chair\nSee below.", ["Budget.xlsx"], True)


async def test_a_file_without_words_is_kept_at_once(town: Town) -> None:
    town.community.chat.posts = [_graphs(Post("", "", "", "", OPENS + MINUTE, files=("Budget.xlsx",)))]
    await town.sends(text="")
    (row,) = await town.community.rows(Contribution)
    assert row.files == ["Budget.xlsx"]


async def test_an_edit_of_the_words_does_not_take_the_file_away(town: Town) -> None:
    town.community.chat.posts = [_graphs(Post("", "", "", "", OPENS + MINUTE, files=("Budget.xlsx",)))]
    await town.sends(text="")
    town.community.chat.posts = []
    await town.sends(**EDITED | {"text": "With my notes"})
    (row,) = await town.community.rows(Contribution)
    assert (row.text, row.files) == ("With my notes", ["Budget.xlsx"])


async def test_where_nothing_can_be_read_its_author_hears_of_it(town: Town) -> None:
    town.community.chat.posts = [_graphs(Post("", "", "", "", OPENS + MINUTE))]
    await town.sends(text="")
    assert await town.record() == []
    assert "can't read this message" in town.tenant.service.sent[-1].text


async def test_a_programme_is_set_up_in_dialogs_by_an_owner_of_the_team_alone(
    database: Database, clock: HandClock, service: TeamsService
) -> None:
    chat = FakeChat(clock, name="teams")
    chat.people |= {AMINA: Profile(AMINA, "Amina", is_admin=True), BRAM: Profile(BRAM, "Bram")}
    chat.places["power"] = PlaceFound(PLACE, "Power", bot_is_in=True)
    chat.present[PLACE] = [AMINA, BRAM]
    community = Community(ports_on(database, clock, chat), clock, chat)
    typed = {"title": "Learning together", "what": "themes", "lines": "Trust\nMoney", "days": "7"}
    typed |= {"first_day": "2026-06-01", "zone": "Africa/Maputo", "command": f"setup {PLACE}"}
    async with teams_requests.tenant(calls_of(community.ports), service) as tenant:
        added = tenant.in_channel(type="installationUpdate", action="add")
        assert (await tenant.sends(added)).status_code == 200
        await community.settle()
        (greeting,) = chat.said
        assert greeting.to.person == AMINA

        data = {"msteams": {"type": "task/fetch"}, "command": f"setup {PLACE}"}
        form = (await tenant.sends(tenant.invoke("task/fetch", {"data": data}))).json()["task"]["value"]
        fields = {one["id"]: one["type"] for one in form["card"]["content"]["body"] if "id" in one}
        assert fields["first_day"] == "Input.Date"

        sent = (await tenant.sends(tenant.invoke("task/submit", {"data": typed}))).json()["task"]["value"]
        card = sent["card"]["content"]
        assert "Monday, 1 June 2026" in str(card["body"])
        kept = card["actions"][0]["data"]
        assert await community.rows(Programme) == []
        done = (await tenant.sends(tenant.invoke("task/submit", {"data": kept | {"next": "plan"}}))).json()["task"]
        assert "is planned" in done["value"]
        assert [one.title["en"] for one in await community.rows(Session)] == ["Trust", "Money"]
