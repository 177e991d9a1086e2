"""Tokens for Microsoft's services: from memory, from the identity platform, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from cop_bot.platforms.teams.identity import BOT_SCOPE, GRAPH_SCOPE, NoTokenError, TeamsIdentity

IDENTITY = TeamsIdentity("bot-app-id", "a secret", "a-tenant")


class Platform:
    """The identity platform, as msal shows it."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str, list[str]]] = []

    def application(self, client: str, secret: str, tenant: str) -> Any:
        platform = self

        class Application:
            def acquire_token_for_client(self, scopes: list[str]) -> dict[str, Any]:
                platform.asked.append((client, tenant, scopes))
                if isinstance(platform.answer, Exception):
                    raise platform.answer
                return platform.answer

        return Application()


def platform(patch: pytest.MonkeyPatch, answer: dict[str, Any] | Exception) -> Platform:
    answering = Platform(answer)
    patch.setattr("cop_bot.platforms.teams.identity._application", answering.application)
    return answering


async def test_a_token_is_asked_for_in_our_own_tenant_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = platform(monkeypatch, {"access_token": "t"})
    assert await IDENTITY.token(BOT_SCOPE) == "t"
    assert await IDENTITY.token(GRAPH_SCOPE, "another") == "t"
    assert answering.asked == [
        ("bot-app-id", "a-tenant", [BOT_SCOPE]),
        ("bot-app-id", "another", [GRAPH_SCOPE]),
    ]


@pytest.mark.parametrize("answer", [{"error": "invalid_client", "error_description": "…"}, OSError("no"), ValueError()])
async def test_without_a_token_it_says_why_in_a_word(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    platform(monkeypatch, answer)
    with pytest.raises(NoTokenError, match=r"^no token: (invalid_client|OSError|ValueError)$"):
        await IDENTITY.token(BOT_SCOPE)


async def test_a_fixed_token_stands_for_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = platform(monkeypatch, {})
    fixed = TeamsIdentity("bot-app-id", None, "a-tenant", "fixed")
    assert await fixed.token(BOT_SCOPE) == await fixed.token(GRAPH_SCOPE) == "fixed"
    assert answering.asked == []


def test_secrets_are_not_shown() -> None:
    shown = repr(TeamsIdentity("bot-app-id", "hush", "a-tenant", "still"))
    assert "hush" not in shown
    assert "still" not in shown
