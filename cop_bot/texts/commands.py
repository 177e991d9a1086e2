"""What people may ask for: one table for the help and for the parser, so that the two can't drift apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cop_bot.languages import every
from cop_bot.texts.languages import later

Role = Literal["member", "facilitator"]


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """Something people may ask for. `path`: words that choose it; `usage`: an example; `says`: its line in the help."""

    path: str
    usage: str
    says: str
    role: Role = "member"
    asks_first: bool = False
    others: tuple[str, ...] = ()
    """Signs for the same, in no language."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other words for the same, in all languages."""
        spoken = (word for one in every().values() for word in one.aliases.get(self.path, ()))
        return tuple(dict.fromkeys((*self.others, *spoken)))


def _facilitators(path: str, usage: str, says: str, *, asks_first: bool = False) -> CommandSpec:
    return CommandSpec(path, usage, says, "facilitator", asks_first)


FINDINGS = "findings"
"""What stands for the findings where a theme could stand, as the bot prints it."""

COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec("help", "help", later("What you can type"), others=("?",)),
    CommandSpec(
        "home",
        "home",
        later("Where the programme is, and what you can do now"),
    ),
    CommandSpec(
        "setup",
        "setup",
        later("Set up a programme in this channel; for administrators"),
    ),
    CommandSpec(
        "status",
        "status",
        later("What is open, and your own contributions with their numbers"),
    ),
    CommandSpec(
        "idea",
        "idea Let partners chair the budget meeting",
        later("Give an idea"),
    ),
    CommandSpec(
        "ask",
        "ask Who decides on the budget?",
        later("Ask a question"),
    ),
    CommandSpec(
        "resource",
        "resource https://example.org/guide how to share a budget",
        later("Share a resource"),
    ),
    CommandSpec(
        "lesson",
        "lesson Agree on the rules before the money comes",
        later("Share a lesson"),
    ),
    CommandSpec(
        "feedback",
        "feedback #12 We tried this and it works",
        later("Give feedback on a contribution"),
    ),
    CommandSpec(
        "withdraw",
        "withdraw #12",
        later("Take back a contribution of yours"),
        asks_first=True,
    ),
    CommandSpec(
        "kind",
        "kind #12 question",
        later("Say what a contribution of yours is, or which guiding question it answers: q2"),
    ),
    CommandSpec(
        "agenda",
        "agenda",
        later("The sessions and the gatherings, with their times"),
    ),
    CommandSpec(
        "summary",
        "summary risk sharing",
        later("The summary of a theme; alone, the latest"),
    ),
    CommandSpec(
        "summary full",
        "summary full risk sharing",
        later("The summary of a theme with all contributions in full, for you alone"),
    ),
    CommandSpec(
        "summary object",
        "summary object 3 That is not what we said",
        later("Say what is wrong with line 3 of the summary; with withdraw instead of your words, take that back"),
    ),
    CommandSpec(
        "summary objections",
        "summary objections",
        later("Objections to the summary, and the answers"),
    ),
    CommandSpec(
        "find",
        "find risk sharing",
        later("Search what has been contributed"),
    ),
    CommandSpec("facilitators list", "facilitators list", later("Who facilitates this programme")),
    CommandSpec("settings pause", "settings pause 14d", later("No reminders for a while")),
    CommandSpec("settings resume", "settings resume", later("End the pause")),
    CommandSpec("settings off", "settings off", later("No reminders any more")),
    CommandSpec("settings on", "settings on", later("Reminders again")),
    CommandSpec("settings forget", "settings forget", later("Erase all that you have contributed"), asks_first=True),
    CommandSpec("cancel", "cancel", later("Leave things as they are")),
    _facilitators("programme show", "programme show", later("The programme, its sessions and its counts")),
    _facilitators(
        "programme shift", "programme shift 7d", later("Move all that is still to come to later dates"), asks_first=True
    ),
    _facilitators("session list", "session list", later("All sessions and where they stand")),
    _facilitators("session open", "session open", later("Open the next session before its time"), asks_first=True),
    _facilitators("session close", "session close", later("Close the open session now"), asks_first=True),
    _facilitators("session extend", "session extend 3d", later("Keep the open session open longer")),
    _facilitators("session reopen", "session reopen 2d", later("Open the last session again within a day")),
    _facilitators(
        "session edit",
        "session edit risk Who carries the risk?",
        later("Change the title of a session that has not opened; alone, a form for its questions too"),
    ),
    _facilitators("session skip", "session skip", later("Leave out the next session"), asks_first=True),
    _facilitators(
        "remind",
        "remind --dry-run",
        later("Remind quiet members now; with --dry-run, only show whom"),
        asks_first=True,
    ),
    _facilitators(
        "summary draft",
        "summary draft",
        later("The draft of a summary, for you alone; with 3 out, 3 say … or add …, it is corrected"),
    ),
    _facilitators("summary publish", "summary publish", later("Post the summary for everybody"), asks_first=True),
    _facilitators(
        "summary answer", "summary answer 1 We looked again", later("Answer an objection; with withdraw, erase it")
    ),
    _facilitators("facilitators add", "facilitators add @Amina", later("Somebody facilitates from now on")),
    _facilitators(
        "facilitators remove", "facilitators remove @Amina", later("Somebody facilitates no longer"), asks_first=True
    ),
    _facilitators("audit", "audit", later("What facilitators have done, and when")),
    _facilitators("undo", "undo", later("Take back the last step of a facilitator"), asks_first=True),
)


@cache
def families() -> Mapping[str, str]:
    """First words that stand for another first word."""
    return {word: first for one in every().values() for first, words in one.families.items() for word in words}
