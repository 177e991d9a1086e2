"""A programme of three weeks, played by members in a workspace: what they do, and what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from e2e.apart import Apart
from e2e.local_slack import (
    APP_TOKEN,
    BOT,
    BOT_TOKEN,
    ELSEWHERE,
    PORT,
    SIGNING_SECRET,
    Answer,
    LocalSlack,
    ask_through,
    local_slack,
    words_of,
)
from e2e.served import Line, Served, serving
from e2e.waiting import until

SPEED = 40_320
"""Two weeks in half a minute: a day lasts 2.1 seconds."""

BOT_PORT = 8080
AMINA, JOAO, SIFA, REMA, TEVITA = "UAMINA", "UJOAO", "USIFA", "UREMA", "UTEVITA"
PEOPLE = [
    {"id": AMINA, "name": "amina", "real_name": "Amina", "email": "amina@example.org", "tz": "Africa/Nairobi"},
    {"id": JOAO, "name": "joao", "real_name": "João", "email": "joao@example.org", "tz": "Africa/Maputo"},
    {"id": SIFA, "name": "sifa", "real_name": "Sifa", "email": "sifa@example.org", "tz": "Europe/Amsterdam"},
    {"id": REMA, "name": "rema", "real_name": "Rema", "email": "rema@example.org", "tz": "Asia/Dhaka"},
    {"id": TEVITA, "name": "tevita", "real_name": "Tevita", "email": "tevita@example.org", "tz": "Pacific/Fiji"},
]
"""Rema and Tevita never contribute."""

NEVER = "not-for-the-record"
"""A word that stands in every post that no session covers, and in every one that was taken back."""


OBJECTION = "We said that the women decide, and not only on the budget"
ANSWER = "The line says so now"


@dataclass
class Played:
    """What was done, what was answered, and afterwards the record, the channel and the calls."""

    slack: LocalSlack
    bot: Served
    apart: Apart
    expected: dict[str, Line] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    record: list[Line] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    direct: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    calls: list[dict[str, Any]] = field(default_factory=list)
    status: int | None = None

    def keeps(self, session: str, kind: str, message: str, parent: int | None = None, late: bool = False) -> str:
        """This message has to be in the record, with the next number."""
        number = len(self.expected) + 1
        self.expected[message] = {
            "session": session,
            "number": number,
            "kind": kind,
            "parent": parent,
            "late": late,
            "withdrawn": False,
        }
        return message

    def contributes(self, session: str, kind: str, user: str, text: str, **more: Any) -> str:
        """A member posts what has to be kept."""
        parent, late = more.pop("parent", None), more.pop("late", False)
        return self.keeps(session, kind, self.slack.says(user, text, **more), parent, late)

    def keys(self) -> list[str]:
        """What the bot said in the channel to all, in order, without the database's name."""
        return [key_of(one) for one in self.slack.from_bot()]

    def has_said(self, key: str) -> None:
        """Wait until the bot has said this."""
        until(lambda: key in self.keys(), key, 45)

    def now(self) -> datetime:
        """The programme's time, as the bot tells it."""
        _, ready = ask_through(self.apart.door(BOT_PORT), "GET", "/readyz")
        return datetime.fromisoformat(ready["rehearsal"]["programme_time"])

    def wait_for(self, moment: datetime) -> None:
        """Wait for a moment of the programme."""
        time.sleep(max(0.0, (moment - self.now()).total_seconds() / SPEED))


def key_of(message: dict[str, Any]) -> str:
    """The key that travels in a message, without the name of the database that it begins with."""
    blocks = message.get("blocks") or [{}]
    return str(blocks[0].get("block_id", "")).partition("/")[2]


def played(apart: Apart, programme: Path, database_url: str, *, socket_mode: bool) -> Played:
    """Play the whole programme; everything is over and stopped when this returns."""
    secrets = {"SLACK_APP_TOKEN": APP_TOKEN} if socket_mode else {"SLACK_SIGNING_SECRET": SIGNING_SECRET}
    settings = {
        "COP_DATABASE_URL": database_url,
        "COP_PROGRAMMES": str(programme),
        "COP_PORT": str(BOT_PORT),
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": f"http://127.0.0.1:{PORT}/api/",
    }
    rehearse = ("--rehearse-from", "2020-11-15T00:00Z", "--speed", str(SPEED))
    bot = Served(apart.folder, settings | secrets, rehearse, tuple(apart.inside()))
    request_url = None if socket_mode else f"http://127.0.0.1:{BOT_PORT}/slack/events"
    with local_slack(apart, PEOPLE, request_url) as slack, serving(bot):
        play = Played(slack, bot, apart)
        until(lambda: is_ready(apart), "the bot", 30)
        _before(play)
        _first_session(play)
        _second_session(play)
        _third_session(play)
        _end(play)
        return play


def is_ready(apart: Apart) -> bool:
    """Whether the bot in there serves."""
    try:
        status, ready = ask_through(apart.door(BOT_PORT), "GET", "/readyz")
    except (OSError, ValueError):
        return False
    return status == 200 and ready["slack"] in ("connected", "listening")


def _before(play: Played) -> None:
    play.slack.says(JOAO, f"Good morning, is anybody here? {NEVER}")
    play.answers["status before"] = play.slack.types(AMINA, "status")
    play.answers["no such word"] = play.slack.types(AMINA, "statsu")


def _first_session(play: Played) -> None:
    play.has_said("session/1/opening")
    slack = play.slack
    first = play.contributes("money", "idea", AMINA, "Let the people who use the water point decide on its budget")
    play.contributes("money", "question", JOAO, "question: who signs for the money")
    play.contributes("money", "resource", SIFA, "Our guide: https://example.org/guide?page=2")
    reply = play.contributes("money", "feedback", JOAO, "We tried that in Nampula and it works", thread=first, parent=1)
    play.contributes("money", "feedback", SIFA, "#2 In our case the board signs", parent=2)
    slack.says(REMA, f"Tea at ten? {NEVER}", ELSEWHERE)
    slack.edits(AMINA, first, "Let the women who use the water point decide on its budget")
    gone = play.contributes("money", "idea", JOAO, f"A thought that I take back {NEVER}")
    slack.deletes(JOAO, gone)
    play.expected[gone]["withdrawn"] = True
    slack.says(JOAO, f"<@{BOT}> kind question", thread=reply)
    play.expected[reply]["kind"] = "question"
    play.answers["status"] = slack.types(AMINA, "status")
    play.answers["forbidden"] = slack.types(AMINA, "session close")
    play.answers["programme"] = slack.types(SIFA, "programme show")
    slack.writes_to_bot(JOAO, "status")
    slack.types(SIFA, "idea Publish every budget on the wall of the school")
    posted = until(lambda: [one for one in slack.from_bot() if "wall of the school" in str(one)], "the idea", 10)
    play.keeps("money", "idea", posted[0]["ts"])


def _second_session(play: Played) -> None:
    play.has_said("session/1/summary/1/1")
    play.contributes("money", "idea", AMINA, "One thing that I forgot: write the agreement together", late=True)
    _objection(play)
    play.wait_for(datetime(2020, 11, 23, 12, tzinfo=UTC))
    play.slack.says(AMINA, f"Is anything going on? {NEVER}")
    play.has_said("session/2/opening")
    play.contributes("risk", "idea", JOAO, "Share the risk of exchange rates")


def _objection(play: Played) -> None:
    """In the thread of the summary, where Slack has no slash commands; the answer comes by one."""
    summary = next(one for one in play.slack.from_bot() if key_of(one).startswith("session/1/summary/"))
    play.slack.says(JOAO, f"<@{BOT}> summary object 1 {OBJECTION}", thread=summary["ts"])
    until(lambda: OBJECTION in str(play.slack.from_bot()), "the objection under its line", 10)
    play.answers["objections"] = play.slack.types(AMINA, "summary objections")
    play.answers["answered"] = play.slack.types(SIFA, f"summary answer money 1 {ANSWER}")
    until(lambda: ANSWER in str(play.slack.from_bot()), "the answer under the objection", 10)
    buttons = [
        one for part in play.slack.from_bot() for one in _buttons(part) if one[1]["value"] == "summary full money"
    ]
    part, button = buttons[0]
    play.slack.presses(REMA, part, {"action_id": button["action_id"], "value": button["value"]})
    said = until(lambda: [one for one in play.slack.private_to(REMA) if "forgot" in words_of(one)], "the reply", 10)
    play.answers["full"] = words_of(said[-1])


def _buttons(message: Answer) -> list[tuple[Answer, Answer]]:
    """The buttons of a message, each with the message."""
    rows = [block for block in message.get("blocks") or [] if block["type"] == "actions"]
    return [(message, button) for row in rows for button in row["elements"]]


def _third_session(play: Played) -> None:
    play.has_said("session/3/opening")
    play.contributes("voice", "idea", AMINA, "Interpret every meeting")
    play.contributes("voice", "lesson", JOAO, "lesson: we heard more people when we met in their village")


def _end(play: Played) -> None:
    play.has_said("programme/1/summary/1/1")
    play.has_said("gathering/2/announcement/1")
    play.wait_for(datetime(2020, 12, 7, 12, 30, tzinfo=UTC))
    play.slack.says(AMINA, f"That was it {NEVER}")
    play.wait_for(datetime(2020, 12, 9, tzinfo=UTC))
    play.said, play.messages, play.calls = play.slack.from_bot(), play.slack.messages(), play.slack.calls()
    play.direct = {person["id"]: play.slack.messages(play.slack.direct(person["id"])) for person in PEOPLE}
    play.status = play.bot.stop()
    play.record = play.bot.record()
