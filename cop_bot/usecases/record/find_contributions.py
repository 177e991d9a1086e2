"""Find contributions: one by its number or its thread, one's own, those that contain words."""

from __future__ import annotations

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution, folded
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import FewerWords, NoSuchContribution
from cop_bot.domain.place import Place
from cop_bot.domain.programme import in_language
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries

MOST_FOUND = 15


MOST_FOUND = 15


async def find_contribution(
    ports: Ports, programme_id: int, place: Place | None, number: int | None, thread: str | None
) -> Contribution:
    """The contribution of this number; without one, the root of the thread in which the command was typed.

    Raises NoSuchContribution.
    """
    async with ports.reading() as unit:
        if number is not None:
            found = (await queries.contributions.by_number(unit, [programme_id], [number])).get((programme_id, number))
        elif thread is not None and place is not None and place.id is not None:
            found = await queries.contributions.of_message(unit, place.id, thread)
        else:
            found = None
    if found is None or found.is_withdrawn:
        raise NoSuchContribution
    return found


async def own_contributions(ports: Ports, member: Member, programme_id: int | None) -> list[Contribution]:
    """What the member contributed to the programme."""
    async with ports.reading() as unit:
        return await queries.contributions.of_member(unit, known(member.id), programme_id)


async def found(ports: Ports, timetable: Timetable, words: str, language: str) -> list[tuple[Contribution, str]]:
    """Contributions that contain all the words, the newest first, each with its theme. Raises FewerWords.

    Capitals and accents don't count, on either database: `ecole` finds "École".
    """
    wanted = [folded(word) for word in words.split()[:10]]
    if not wanted:
        raise FewerWords
    async with ports.reading() as unit:
        texts = await queries.contributions.texts(unit, known(timetable.programme.id))
        fitting = [row_id for row_id, text in texts if all(word in folded(text) for word in wanted)]
        rows = await queries.contributions.by_id(unit, fitting[:MOST_FOUND])
    themes = {session.id: in_language(session.title, language) for session in timetable.sessions}
    return [(row, themes.get(row.session_id, "")) for row in rows]
