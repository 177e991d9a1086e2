"""Before and behind a form in which members contribute, on platforms that have forms."""

from __future__ import annotations

from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import MemberMistake
from cop_bot.ports import Ports
from cop_bot.texts import answers, forms, mistakes
from cop_bot.usecases.people.identify_member import identify_member
from handlers.gesture import Gesture


async def open_form(ports: Ports, gesture: Gesture, locale: str) -> forms.Form | Message:
    """The form, with what is asked just now; or why nothing can be contributed. `locale`: what the platform says of the
    reader's language with the gesture, if anything.
    """
    meeting = await identify_member(ports, gesture.platform, gesture.person, gesture.place)
    try:
        timetable = meeting.must_have_programme()
    except MemberMistake as mistake:
        return mistakes.told(mistake, language=locale or meeting.language)
    now, language = ports.clock.now(), locale or meeting.language
    open_now = [session for session in timetable.sessions if session.covers(now) or session.is_late(now)]
    if not open_now:
        coming = timetable.next_session()
        return answers.members.no_open_session(coming, zone=meeting.zone, language=language)
    about = timetable.open_session() or open_now[-1]
    return forms.contributing(language, forms.asked(about, meeting.zone, language=language), about)
