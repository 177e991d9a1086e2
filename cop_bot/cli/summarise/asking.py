"""What a model will be asked and cost, said before anything is sent; and whether to go on."""

from __future__ import annotations

import sys

import typer

from cop_bot.domain.errors import OperatorMistake
from cop_bot.ports import Estimate
from cop_bot.rendering.text import harmless

MANY_CALLS = 200
"""From more calls than these on, a person says yes first."""


def say(sentence: str) -> None:
    """Words for whoever started it, on standard error. What is quoted of a file gives the terminal no orders."""
    typer.echo(harmless(sentence), err=True)


def estimated(estimate: Estimate, model: str, where: str) -> str:
    """The estimate as a sentence. `where`: the server that the statements are sent to."""
    if not estimate.calls:
        return "Nothing is sent to any model: 0 calls, 0 tokens."
    calls = f"{estimate.calls:,} call{'s' * (estimate.calls != 1)}"
    return (
        f"To be sent to {model} at {where}: at most {calls}, {estimate.tokens_in:,} tokens there and "
        f"{estimate.tokens_out:,} back. What was answered before costs nothing."
    )


def must_be_within(estimate: Estimate, most: int) -> None:
    """Raises OperatorMistake with the figures if it may cost more than the settings allow."""
    wanted = estimate.tokens_in + estimate.tokens_out
    if wanted > most:
        raise OperatorMistake(
            f"That may cost {wanted:,} tokens, and OPENAI_TOKENS_PER_SESSION allows {most:,}. Raise it, summarise in "
            "parts, or say --model offline."
        )


def must_be_wanted(estimate: Estimate, *, yes: bool) -> None:
    """Asks a person on the terminal whether so many calls are meant; where there is none, --yes has to say so.

    Raises OperatorMistake without a yes.
    """
    if yes or estimate.calls <= MANY_CALLS:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise OperatorMistake(f"That is more than {MANY_CALLS} calls; say --yes if you mean it.")
    if not typer.confirm("Go on?", err=True):
        raise OperatorMistake("Nothing was sent.")
