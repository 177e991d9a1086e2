"""What an app store or a compose box says of the bot before anybody has met it."""

from __future__ import annotations

from cop_bot.texts.languages import later

SHORT = later("Keeps the rhythm and the record of a Community of Practice")
FULL = later(
    "Opens and closes the sessions of a programme, collects what is contributed, reminds those who wish it, and "
    "summarises each session with links to what was said. Outside an open session it keeps nothing."
)
KEEP = later("Add to CoP session")
KEEP_SAYS = later("Keep this message as a contribution to the open session")
CONTRIBUTE = later("Contribute")
CONTRIBUTE_SAYS = later("Give an idea, a question, a resource or a lesson to the open session")
