"""The log holds no words of members, whatever the packages we use are told to say."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from cop_bot.logs import set_up_logs

SAID = "Our treasurer pays the partners too late"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, talkative = logging.getLogger(), logging.getLogger("openai")
    handlers, level, own = root.handlers[:], root.level, talkative.level
    yield
    root.handlers[:], talkative.level = handlers, own
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_package_that_is_told_to_log_whole_requests_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("DEBUG")
    logging.getLogger("openai").setLevel(logging.DEBUG)  # what OPENAI_LOG=debug does when the package is imported
    logging.getLogger("openai._base_client").debug("Request options: %s", {"messages": [SAID]})
    logging.getLogger("openai._base_client").warning("retrying")
    said = capsys.readouterr().err
    assert SAID not in said
    assert "retrying" in said


def test_a_value_that_is_refused_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    class Line(BaseModel):
        number: int

    set_up_logs("INFO")
    try:
        Line.model_validate_json(json.dumps({"number": SAID}))
    except ValidationError:
        structlog.get_logger().exception("summary failed")
    said = capsys.readouterr().err
    assert SAID not in said
    assert "ValidationError" in said
