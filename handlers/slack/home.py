"""The app's home: what somebody finds who opens the bot, made anew each time, and after each press there."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.domain.message import Message
from cop_bot.platforms.slack.modal import home, told
from cop_bot.texts import forms
from handlers.failures import log, obey
from handlers.gesture import Gesture
from handlers.inbound import Calls

OPENED = "app_home_opened"
_TITLE = "CoP Bot"


def register(app: AsyncApp, calls: Calls) -> None:
    """The tab with the messages needs nothing of us."""

    @app.event(OPENED)
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("tab") == "home" and isinstance(event.get("user"), str):
            await show(calls, event["user"], client)


def is_pressed_there(body: dict[str, Any]) -> bool:
    """Whether a button was pressed in the home, where nothing can be answered beneath it."""
    return (body.get("view") or {}).get("type") == "home"


async def answer(calls: Calls, said: Message, body: dict[str, Any], client: AsyncWebClient) -> None:
    """Show it above the home, which has no other place for an answer, and make the home anew."""
    try:
        view = told(said, _TITLE, forms.close(said.language))
        await client.views_open(trigger_id=str(body.get("trigger_id")), view=view)
    except Exception as error:  # noqa: BLE001 - whatever it was, the command has been obeyed
        log("An answer in Slack's home", error)
    await show(calls, str(body["user"]["id"]), client)


async def show(calls: Calls, person: str, client: AsyncWebClient) -> None:
    """The home as it is now."""
    message = await obey(calls, Gesture("slack", person), "home")
    try:
        await client.views_publish(user_id=person, view=home(message))
    except Exception as error:  # noqa: BLE001 - they will open it again
        log("The home in Slack", error)
