"""Words about the summary itself: what stands in such a frame may not be told without it.

"For the summary: the coordinator should resign" does not say that she should; it asks to have that written. So a line
that leaves the frame away says something else than its source. With the frame it is a report, and may be shown.
"""

from __future__ import annotations

import re
from functools import cache

from cop_bot.languages import every, pattern
from cop_bot.summariser.words.languages import plain


def speaks_of_the_summary(text: str) -> bool:
    """Whether it speaks of the summary, of who writes it, of the discussion as such or of the others' contributions, in
    any of our languages.
    """
    return _patterns().search(plain(text).casefold().replace("\u2019", "'")) is not None


@cache
def _patterns() -> re.Pattern[str]:
    phrases = [phrase for language in every().values() for phrase in language.of_the_summary]
    return re.compile(rf"(?<!\w)(?:{pattern(phrases)})(?!\w)")
