"""The peer that nobody here wrote: `local-slack`, a Slack for one machine, from the registry of npm."""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from e2e.apart import Apart
from e2e.waiting import until

PACKAGE = "local-slack-linux-x64@0.1.8"
SHA256 = "dbe1357ecaa2b35f3b231b022368741c04f8e6a106e58b0461edcc094271f8f8"

PORT = 4005
BOT, PLACE, ELSEWHERE = "U0BOT", "C0POWER", "C0TEA"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-invented", "xapp-invented", "invented-signing-secret"

Answer = dict[str, Any]


class NoLocalSlack(Exception):
    """It can't be had on this machine; the reason says why."""


def local_slack_program() -> Path:
    """The program, fetched once and then kept in the user's cache. Raises NoLocalSlack."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoLocalSlack(f"{PACKAGE} runs on Linux with an x86-64 processor alone")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cop-bot-tests"
    program = cache / PACKAGE / "local-slack"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not program.exists():
            _fetch(program)
    return program


def _fetch(program: Path) -> None:
    if shutil.which("npm") is None:
        raise NoLocalSlack(f"npm, which fetches {PACKAGE}, is not installed")
    program.parent.mkdir(parents=True, exist_ok=True)
    packed = subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], cwd=program.parent, capture_output=True, text=True, timeout=300
    )
    if packed.returncode != 0:
        raise NoLocalSlack(f"npm could not fetch {PACKAGE}: {packed.stderr.strip()[-200:] or 'no reason given'}")
    archive = program.parent / packed.stdout.split()[-1]
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert found == SHA256, f"{PACKAGE} is not what it was: {found}"
    with tarfile.open(archive) as package:
        inside = package.extractfile("package/bin/local-slack")
        assert inside is not None
        unpacked = program.with_suffix(".new")
        unpacked.write_bytes(inside.read())
    unpacked.chmod(0o755)
    unpacked.rename(program)
    archive.unlink()


@dataclass(frozen=True, slots=True)
class LocalSlack:
    """A running workspace; every verb returns when the bot has acknowledged."""

    door: Path

    def says(self, user: str, text: str, place: str = PLACE, thread: str | None = None) -> str:
        """A member posts; returns the message's id."""
        said = self._control("message", channel=place, user=user, text=text, thread_ts=thread)
        return str(said["message"]["ts"])

    def writes_to_bot(self, user: str, text: str) -> str:
        """A member writes to the bot alone; returns the id of the conversation."""
        channel = self.direct(user)
        self.says(user, text, channel)
        return channel

    def direct(self, user: str) -> str:
        """The conversation of a member with the bot."""
        return str(self._request("POST", "/api/conversations.open", {"users": user})["channel"]["id"])

    def edits(self, user: str, message: str, text: str, place: str = PLACE) -> None:
        """A member edits a message."""
        self._control("edit-message", channel=place, user=user, ts=message, text=text)

    def deletes(self, user: str, message: str, place: str = PLACE) -> None:
        """A member deletes a message."""
        self._control("delete-message", channel=place, user=user, ts=message)

    def types(self, user: str, text: str, place: str = PLACE) -> str:
        """A member types `/cop …`; returns what only they see of the answer."""
        before = len(self.private_to(user, place))
        self._control("command", channel=place, user=user, command="/cop", text=text)
        answers = until(lambda: self.private_to(user, place)[before:], f"an answer to /cop {text}", 10)
        return words_of(answers[-1])

    def presses(self, user: str, message: Answer, action: Answer, place: str = PLACE) -> None:
        """A member presses a button of a message."""
        self._control("interact", channel=place, messageTs=message["ts"], user=user, action=action)

    def messages(self, place: str = PLACE) -> list[Answer]:
        """Everything in a place, oldest first."""
        listed: list[Answer] = self._request("GET", f"/_control/messages/{place}")["messages"]
        return listed

    def from_bot(self, place: str = PLACE) -> list[Answer]:
        """What the bot said to everybody."""
        return [one for one in self.messages(place) if one["user"] == BOT and one.get("subtype") != "ephemeral"]

    def private_to(self, user: str, place: str = PLACE) -> list[Answer]:
        """What only this member sees."""
        return [one for one in self.messages(place) if one.get("ephemeral_to") == user]

    def calls(self) -> list[Answer]:
        """The latest thousand calls, both ways."""
        listed: list[Answer] = self._request("GET", "/_control/log")["log"]
        return listed

    def is_there(self) -> bool:
        """Whether it answers."""
        try:
            return bool(self._request("GET", "/_control/state"))
        except (OSError, http.client.HTTPException):
            return False

    def _control(self, verb: str, **body: Any) -> Answer:
        answer = self._request("POST", f"/_control/{verb}", {k: v for k, v in body.items() if v is not None})
        assert answer["ok"], answer
        return answer

    def _request(self, method: str, path: str, body: Answer | None = None) -> Answer:
        return ask_through(self.door, method, path, body)[1]


@contextmanager
def local_slack(apart: Apart, people: list[Answer], request_url: str | None = None) -> Iterator[LocalSlack]:
    """A workspace of these people, with the bot in it: over HTTP if there is a `request_url`, else over Socket Mode."""
    program, config = local_slack_program(), apart.folder / "workspace.yaml"
    everybody = [person["id"] for person in people] + [BOT]
    app = {"appId": "A1", "botUserId": BOT, "botName": "cop", "botToken": BOT_TOKEN, "appToken": APP_TOKEN}
    mode = {"mode": "events", "requestUrl": request_url} if request_url else {"mode": "socket"}
    channels = [
        {"id": PLACE, "name": "cop-power", "members": everybody},
        {"id": ELSEWHERE, "name": "tea", "members": everybody},
    ]
    whole = {"workspace": {"name": "Example", "domain": "example", "teamId": "T1"}, "users": people}
    config.write_text(json.dumps(whole | {"app": app | mode | {"signingSecret": SIGNING_SECRET}, "channels": channels}))
    start = apart.inside(program, "--config", config, "--port", str(PORT), "--base-host", "127.0.0.1")
    with (apart.folder / "local-slack.log").open("wb") as log:
        process = subprocess.Popen(start, stdout=log, stderr=log, cwd=apart.folder)
    slack = LocalSlack(apart.door(PORT))
    try:
        until(slack.is_there, "local-slack", 20)
        yield slack
    finally:
        process.kill()
        process.wait()


def words_of(message: Answer) -> str:
    """Everything a message says, in its blocks as they are."""
    return json.dumps(message.get("blocks") or message.get("text"), ensure_ascii=False)


def ask_through(door: Path, method: str, path: str, body: Answer | None = None) -> tuple[int, Answer]:
    """One request through a socket file: the status and the JSON of the answer."""
    connection = _Through(door)
    try:
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, {"content-type": "application/json"} if sent else {})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        connection.close()


class _Through(http.client.HTTPConnection):
    """HTTP over a socket file."""

    def __init__(self, door: Path) -> None:
        super().__init__("localhost", timeout=30)
        self._door = door

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._door))
