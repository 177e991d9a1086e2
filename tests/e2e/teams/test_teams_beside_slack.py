"""One bot for a workspace in Slack and for two teams in Teams: each programme in its own place, none in another's."""

from __future__ import annotations

import asyncio
from pathlib import Path

from e2e.faulty_slack import AMINA, SECRET, FaultySlack, envelope, send, signed
from e2e.teams.teams_scene import playing, programme_in
from e2e.waiting import soon
from fakes.fake_slack import fake_slack
from fakes.teams_tenant import CHANNEL, Tenant

WATER, BOARDS = "0f1e2d3c-0000-4000-8000-000000000002", "19:boards@thread.tacv2"


def _second_team(tenant: Tenant) -> None:
    tenant.add_team(WATER, "Water", owner="olga")
    tenant.add_channel("Boards", BOARDS, WATER)
    for person in ("amina", "sifa"):
        tenant.join(person, WATER)


async def test_slack_and_two_teams_are_served_at_once_and_kept_apart(tmp_path: Path) -> None:
    in_slack = programme_in(tmp_path, "in-slack", '{kind: slack, channel: "#cop-power"}')
    in_water = programme_in(tmp_path, "in-water", '{kind: teams, channel: "Water/Boards"}')
    async with fake_slack(FaultySlack()) as slack:
        assert isinstance(slack, FaultySlack)
        tokens = {"SLACK_BOT_TOKEN": "xoxb-invented", "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": slack.base_url}
        opened = playing(
            tmp_path, "2020-11-19T10:00Z", 1, ("amina", "sifa"), _second_team, (in_slack, in_water), **tokens
        )
        async with opened as scene:
            await scene.has_said("session/1/opening")
            await soon(lambda: "session/4/opening" in slack.said_keys(), "the opening in Slack", 20)
            assert scene.said(BOARDS) == [], "nobody has told the bot yet which team that is"

            added = {"type": "installationUpdate", "action": "add", "attachments": []}
            told = scene.told_of(scene.tenant.messages[CHANNEL][0])
            team = {"id": "19:water@thread.tacv2", "aadGroupId": WATER}
            there = {"id": BOARDS, "conversationType": "channel", "tenantId": told["conversation"]["tenantId"]}
            data = {**told["channelData"], "team": team, "channel": {"id": BOARDS}}
            assert await scene.send(told | added | {"conversation": there, "channelData": data}) == 200
            await soon(lambda: "session/7/opening" in scene.said(BOARDS), "the opening in the second team", 30)

            await scene.says("amina", "Said in the first team")
            posted = slack.posted(AMINA, "Said in Slack")
            body = envelope(posted)
            assert await send(scene.session, scene.port, body, signed(body)) == 200
            message = scene.tenant.says("amina", "<p>Said in the second team</p>", channel=BOARDS)
            here = scene.told_of(message) | {"channelData": data}
            here["conversation"] = there | {"id": f"{BOARDS};messageid={message['id']}"}
            assert await scene.send(here) == 200

            kept = {(line["programme"], line["text"]) for line in await asyncio.to_thread(scene.bot.record)}
            assert kept == {
                ("three-weeks", "Said in the first team"),
                ("in-slack", "Said in Slack"),
                ("in-water", "Said in the second team"),
            }
            assert scene.said() == ["session/1/opening"]
            assert scene.said(BOARDS) == ["session/7/opening"]
            assert slack.said_keys() == ["session/4/opening"]
            assert scene.tenant.violations == []
