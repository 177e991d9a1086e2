"""The ground under the tests holds: nothing leaves this machine, nothing of its owner gets in."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.faulty_slack import AMINA, FaultySlack
from support.network import AwayFromHomeError


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as connecting, pytest.raises(AwayFromHomeError):
        connecting.connect(("192.0.2.1", 443))
    with pytest.raises(AwayFromHomeError):
        socket.getaddrinfo("example.org", 443)


async def test_nor_does_a_coroutine() -> None:
    with pytest.raises(AwayFromHomeError):
        await asyncio.open_connection("192.0.2.1", 443)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()):
        pass


def test_no_key_or_token_of_ours_is_in_the_environment() -> None:
    ours = [name for name in os.environ if name.startswith(("OPENAI_", "SLACK_", "TEAMS_", "COP_"))]
    assert [name for name in ours if not name.startswith("COP_TEST_")] == ["COP_MEANING"]  # words, see conftest


@pytest.mark.parametrize(("strict", "status"), [("", 0), ("1", 1)])
def test_a_skip_is_told_and_when_strict_a_failure(tmp_path: Path, strict: str, status: int) -> None:
    test = tmp_path / "test_nothing.py"
    test.write_text("import pytest\n\ndef test_nothing() -> None:\n    pytest.skip('nothing to test with')\n")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider", "-rs", str(test)]
    env = os.environ | {"COP_TEST_STRICT": strict, "PYTHONPATH": str(Path(__file__).parent)}
    done = subprocess.run(words, capture_output=True, text=True, env=env, cwd=tmp_path, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    assert "nothing to test with" in done.stdout


def test_messages_of_one_moment_have_stamps_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("e2e.faulty_slack.time.time", lambda: 1_795_360_000.0)
    slack = FaultySlack()
    stamps = [slack.posted(AMINA, "A thought")["ts"] for _ in range(300)]
    assert len(set(stamps)) == 300
    assert stamps == sorted(stamps)
