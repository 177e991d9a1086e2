"""Every message of the bot in English, beside `sentences.txt`; and what holds for all of them.

After a change of words, run this with WRITE_SENTENCES=1 and read the difference.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cop_bot.domain.audit import Audited
from cop_bot.domain.brief import Brief, Point, Receipt, Section, Topic
from cop_bot.domain.changes import Changes
from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.findings import CommonThread, Findings, ThemeFindings
from cop_bot.domain.gathering import Gathering
from cop_bot.domain.member import Member
from cop_bot.domain.message import Bullets, Buttons, Heading, Link, Message, Note, Paragraph, Span, Words
from cop_bot.domain.mistakes import (
    CorrectionTooLong,
    InABreak,
    MemberMistake,
    NextWouldBeOpen,
    NoSuchLine,
    NoSuchQuestion,
    NotAZone,
    NotUndone,
    ObjectedOften,
    ObjectionTooLong,
    PlaceIsTaken,
    ProgrammeElsewhere,
    RemindedAlready,
    SayIt,
    TimeIsOver,
    TooManyAtOnce,
    TooManyLines,
)
from cop_bot.domain.objection import Objection
from cop_bot.domain.place import Place
from cop_bot.domain.plan import Concern, GatheringPlan, Plan, SessionPlan, Settings, StarterResource
from cop_bot.domain.programme import Programme
from cop_bot.domain.reminder import Skip
from cop_bot.domain.session import Session
from cop_bot.rendering.text import as_text
from cop_bot.texts import (
    answers,
    findings,
    forms,
    mistakes,
    objections,
    reminders,
    roles,
    sessions,
    setting_up,
    summaries,
)
from cop_bot.texts.languages import for_member, translated
from cop_bot.texts.words import Typed, parse

GOLDEN = Path(__file__).with_name("sentences.txt")
IN_A_FURTHER_LANGUAGE = {"summary in a further language", "summary, translated by nobody"}
HOSTILE = "{title} {0} {x!r} %s </p> @channel"


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2020, month, day, hour, minute, tzinfo=UTC)


FUNDING = SessionPlan(
    "funding",
    {"en": "The Organisation of Funding Streams", "nl": "Hoe geld stroomt"},
    at(11, 23),
    at(12, 6, 23),
    questions=({"en": "Who decides on the budget?"}, {"en": "What would change that?"}),
    resources=(StarterResource("A guide", "https://example.org/guide"), StarterResource("A talk")),
)
RISK = SessionPlan("risk", {"en": "Risk Sharing"}, at(12, 7), at(12, 20, 23), moved_because="year end")
MEETING = GatheringPlan("kickoff", at(11, 17, 12, 15), at(11, 17, 14), "Zoom", "https://example.org/zoom")
PLENARY = GatheringPlan("plenary", at(12, 29, 12, 15), None, "The Hague")


class World:
    """A programme with its things, interface in `language`; `words` stand where a person or a file wrote something."""

    def __init__(self, language: str = "en", words: str = "Let partners chair the budget meeting") -> None:
        settings = Settings(
            interface_languages=(language,),
            purpose={"en": "More balanced partnerships"},
            host="Partos",
            contact="cop@example.org",
        )
        plan = Plan(
            "power", {"en": "CoP on Shifting the Power"}, "Europe/Amsterdam", "#cop-power", "d", (FUNDING, RISK)
        )
        self.language, self.words = language, words
        self.programme = Programme.planned(replace(plan, settings=settings), 1)
        self.session, self.coming = Session.planned(1, 1, 1, FUNDING), Session.planned(1, 1, 2, RISK)
        self.session.id, self.coming.id = 1, 2
        self.session.open(at(11, 23))
        self.kickoff, self.plenary = Gathering.planned(1, MEETING), Gathering.planned(1, PLENARY)
        self.place = Place.named(1, "console", "#cop-power")
        self.member = Member(workspace_id=1, platform="console", platform_id="U1", name="Amina", zone="Africa/Maputo")
        self.contribution = Contribution(
            place_id=1, message="1", programme_id=1, session_id=1, number=12, text=words, posted_at=at(11, 24),
            recorded_at=at(11, 24), permalink="https://example.org/12", late=True,
        )  # fmt: skip
        points = (
            Point(Section.MAIN_POINTS, words, (12, 31)),
            Point(Section.MAIN_POINTS, words, (), own=True),
            Point(Section.IDEAS, words, (12,), quote=True),
            Point(Section.OPEN_QUESTIONS, words, (14,), quote=True),
            Point(Section.RESOURCES, f"{words} https://example.org/guide", (15,), url="https://example.org/guide"),
            Point(Section.ALSO_HEARD, words, (16,), quote=True),
        )
        receipt = Receipt((12, 14, 15, 31), {17: 12}, (16,), {18: "looks like an instruction", 19: "empty"})
        self.brief = Brief(points, receipt, "offline", language, people=5)
        themes = (
            ThemeFindings("Funding", points[:1], points[2:3], 8, 5, "offline"),
            ThemeFindings("Risk Sharing", points[1:2], (), 3, 2, "offline"),
        )
        threads = (
            CommonThread("", (1, 2), (12, 31), points[:2]),
            CommonThread(words, (1, 2), (12, 31), translations={"sw": words}),
        )
        step = Point(Section.NEXT_STEPS, words, (31,), quote=True)
        self.findings = Findings("CoP on Shifting the Power", themes, "offline", language, threads, (step,))
        self.objection = Objection(
            id=1, programme_id=1, session_id=1, subject="session/1", version=1, line=1, said=words, cites=[12, 31],
            text=words, member_id=1, objected_at=at(12, 8),
        )  # fmt: skip
        self.answered = self.objection.model_copy(update={"id": 2, "answer": words})
        self.left = self.objection.model_copy(update={"id": 3, "said": "", "cites": []})

    def full_brief(self) -> Brief:
        """Guiding questions, several languages, counted people, and all sections."""
        words = self.words
        further = {"en": "In English", "nl": "In het Nederlands", "sw": "Kwa Kiswahili"}
        points = (
            Point(Section.MAIN_POINTS, words, (12, 31), answers=1, people=4, translations=further),
            Point(Section.MAIN_POINTS, words, (32, 33), quote=True, language="pt", answers=2, people=2,
                  translations=further),
            Point(Section.MAIN_POINTS, words, (34, 35, 36), people=1),
            Point(Section.IDEAS, words, (12,), quote=True, language="fr"),
            Point(Section.DISAGREEMENTS, words, (12, 31)),
            Point(Section.NEXT_STEPS, words, (31,), people=3),
            Point(Section.OPEN_QUESTIONS, words, (14,), quote=True, people=2),
            Point(Section.RESOURCES, "https://example.org/guide", (15,), url="https://example.org/guide", people=3),
            Point(Section.ALSO_HEARD, words, (16,), quote=True),
        )  # fmt: skip
        receipt = Receipt((12, 14, 15, *range(31, 37)), {17: 12, 20: 12}, (16,), {18: "looks like an instruction"})
        topics = (Topic(("riesgo",), "es", (40, 41)), Topic(("budget",), "en", (12, 31)))
        questions = ("Who decides on the budget?", "What would change that?")
        return Brief(points, receipt, "some-model", self.language, people=9, questions=questions, topics=topics)

    def full_summary(self, language: str | None = None) -> Message:
        return summaries.summary(
            self.programme,
            self.session,
            self.full_brief(),
            contributions=13,
            links={12: "https://example.org/12"},
            next_session=self.coming,
            late=2,
            version=2,
            language=language,
            objections=(self.objection, self.answered, self.left),
            changes=Changes((2,), (1, 3), gone=2, read=2, objected=2, answered=1, taken_back=1),
            objectable_until=at(12, 10, 9),
            full="summary full funding",
        )

    def rows(self) -> list[Contribution]:
        """What was said in the session: two conversations, a resource, a late one, one that was withdrawn."""
        said = {12: None, 14: 12, 15: None, 18: 3, 19: 14, 20: None}
        kinds = {14: Kind.FEEDBACK, 15: Kind.RESOURCE, 19: Kind.FEEDBACK}
        rows = [
            Contribution(
                place_id=1, message=str(number), programme_id=1, session_id=1, number=number, parent=parent,
                kind=kinds.get(number, Kind.IDEA), text=self.words, posted_at=at(11, 24), recorded_at=at(11, 24),
                late=number == 19, member_id=1,
            )
            for number, parent in said.items()
        ]  # fmt: skip
        rows[2].text, rows[2].files = "See https://example.org/guide for this", ["budget.xlsx"]
        rows[2].links = ["https://example.org/guide", "https://example.org/more"]
        rows[5].withdraw(at(11, 25))
        return rows

    def summary(self, brief: Brief, contributions: int, version: int = 1, *, draft: bool = False) -> Message:
        return summaries.summary(
            self.programme,
            self.session,
            brief,
            contributions=contributions,
            links={12: "https://example.org/12"},
            next_session=self.coming,
            late=2 if version > 1 else 0,
            version=version,
            private_draft=draft,
        )


def public_messages(w: World) -> Iterator[tuple[str, Message]]:
    yield "opening", sessions.opening(w.programme, w.session, ai=False)
    yield "opening, a model reads", sessions.opening(w.programme, w.coming, ai=True)
    yield "extended", sessions.extended(w.programme, w.session)
    yield "moved", sessions.moved(w.programme, [w.session, w.coming], [w.plenary])
    yield "place gone", sessions.place_is_gone(w.programme, w.place)
    yield "rights missing", sessions.rights_are_missing(w.programme, ["users:read"])
    yield "skipped", sessions.skipped(w.programme, w.coming)
    yield "reopened", sessions.reopened(w.programme, w.session)
    yield "promises not kept", sessions.promises_not_kept(w.programme, ["anonymous", "quote"])
    yield "facilitates", roles.facilitates(w.programme, w.member)
    yield "no longer facilitates", roles.no_longer(w.programme, w.member)
    yield "planned again", sessions.planned_again(w.programme, w.coming)
    yield "closes again", sessions.closes_again(w.programme, w.session)
    yield "awaiting review", sessions.awaiting_review(w.programme, w.session, contributions=8, people=5)
    yield "kick-off", sessions.announcement(w.programme, w.kickoff)
    yield "plenary", sessions.announcement(w.programme, w.plenary)
    yield "plan changed", sessions.plan_changed(w.programme, [w.session, w.coming])
    yield "reminder", reminders.reminder(w.programme, w.session, w.member, place_name="#cop-power", place_link=None)
    yield "summary", w.summary(w.brief, 8)
    yield "summary by a model, again", w.summary(replace(w.brief, maker="some-model"), 8, 2)
    yield "summary, empty", w.summary(Brief((), Receipt(()), "offline", w.language), 0)
    yield (
        "summary, nothing to quote",
        w.summary(Brief((), Receipt((), set_aside={9: "empty"}), "offline", w.language), 1),
    )
    yield "summary, draft", answers.facilitators.draft(w.summary(w.brief, 8, draft=True), "funding")
    yield "summary, preview", answers.facilitators.preview(w.summary(w.brief, 8, draft=True))
    yield "summary with everything", w.full_summary()
    yield "summary in a further language", w.full_summary("en" if w.language == "nl" else "nl")
    yield "summary, translated by nobody", summaries.summary(
        w.programme, w.session, w.brief, contributions=8, links={}, next_session=None, late=0, version=1,
        language="en" if w.language == "nl" else "nl",
    )  # fmt: skip
    links = {12: "https://example.org/12", 15: "https://example.org/15"}
    yield "full reply", summaries.full_reply(w.programme, w.session, w.full_brief(), w.rows(), links=links)
    yield (
        "full reply, empty",
        summaries.full_reply(w.programme, w.session, Brief((), Receipt(()), "offline", w.language), [], links={}),
    )
    beside = summaries.for_facilitators(
        w.programme, w.session, w.full_brief(), {18: w.rows()[3]}, links=links, language=w.language
    )
    assert beside is not None
    yield "beside a summary, for facilitators", beside
    yield (
        "objection raised",
        objections.raised(
            w.programme, w.session, w.objection, 1, link="https://example.org/summary", language=w.language
        ),
    )
    asked = objections.what_was_meant(w.programme, w.session, w.member, w.words, [], 3)
    yield "what was meant", asked
    yield "findings", findings.findings(w.programme, w.findings, links={}, plenary=w.plenary)
    yield "by command", answers.members.by_command(Kind.IDEA, 12, "Amina", w.words, language=w.language)
    yield "taken back", answers.members.taken_back(12, language=w.language)
    yield "taken back before it had a number", answers.members.taken_back(None, language=w.language)
    yield "no longer needed", answers.members.no_longer_needed(w.language)
    yield "nothing to know any more", answers.members.nothing_to_know_any_more(language=w.language)


def member_answers(w: World) -> Iterator[tuple[str, Message]]:
    zone, now, language = "Africa/Maputo", at(11, 25), w.language
    yield "recorded", answers.members.recorded(12, Kind.IDEA, w.programme, language=language)
    yield "filed", answers.members.filed(12, 2, {"en": w.words}, language=language)
    yield "already", answers.members.already(12, language=language)
    kept = answers.members.recorded(12, Kind.IDEA, w.programme, posted=True, language=language)
    yield "recorded, from an answer to the bot", kept
    yield "unreadable", answers.members.unreadable(language=language)
    yield "withdrawn", answers.members.withdrawn(12, language=language)
    yield "kind changed", answers.members.kind_changed(12, Kind.QUESTION, language=language)
    paused, stopped = (
        Member(workspace_id=1, platform="x", platform_id="1"),
        Member(workspace_id=1, platform="x", platform_id="2"),
    )
    paused.pause(at(12, 1))
    stopped.stop_reminders()
    for name, session, mine, member in (
        ("status", w.session, [w.contribution] * 21, w.member),
        ("status, paused", None, [], paused),
        ("status, stopped", w.session, [w.contribution], stopped),
    ):
        yield name, answers.members.status(w.programme, session, mine, member, zone, now=now, language=language)
    both, gatherings = [w.session, w.coming], [w.kickoff, w.plenary]
    yield "agenda", answers.members.agenda(w.programme, both, gatherings, zone, language=language)
    yield "found", answers.members.found(w.words, [(w.contribution, "Risk Sharing")], language=language)
    yield "found nothing", answers.members.found(w.words, [], language=language)
    yield "no summary yet", answers.members.no_summary_yet(language=language)
    yield "no open session", answers.members.no_open_session(w.coming, zone=zone, language=language)
    yield "no open session any more", answers.members.no_open_session(None, language=language)


def answers_about_objections(w: World) -> Iterator[tuple[str, Message]]:
    language, until = w.language, at(12, 10, 9)
    yield "objected", answers.objections.objected(w.session, w.objection, until, "Africa/Maputo", language=language)
    yield "objection taken back", answers.objections.objection_taken_back(w.session, language=language)
    both = [(1, w.objection), (3, w.answered)]
    yield "objections listed", answers.objections.objections_listed(w.session, both, language=language)
    yield "objections listed, none", answers.objections.objections_listed(w.session, [], language=language)
    yield "objection answered", answers.objections.objection_answered(w.session, language=language)
    yield "objection gone", answers.objections.objection_gone(language=language)
    yield "objection removed", answers.objections.objection_removed(w.session, language=language)
    yield "full reply sent", answers.whole_reply.full_reply_sent(w.session, 3, language=language)
    yield "full reply too long", answers.whole_reply.full_reply_too_long(w.session, 31, language=language)


def personal_answers(w: World) -> Iterator[tuple[str, Message]]:
    zone, language = "Africa/Maputo", w.language
    yield "reminders paused", answers.personal.reminders_paused(at(12, 1), zone, language=language)
    yield "reminders off", answers.personal.reminders_off(language=language)
    yield "reminders on", answers.personal.reminders_on(language=language)
    standing = answers.home.Standing(w.programme, [w.session], [], w.session, None, 0, False, False)
    yield "home, open", answers.home.home(standing, w.member, zone, now=at(11, 25), language=language)
    between = replace(standing, open_now=None, coming=w.session, contributed=2, has_summary=True, facilitates=True)
    quiet = Member(workspace_id=1, platform="slack", platform_id="U9", wants_reminders=False)
    yield "home, to come", answers.home.home(between, quiet, zone, now=at(11, 20), language=language)
    over = replace(between, coming=None, contributed=1)
    yield "home, over", answers.home.home(over, w.member, zone, now=at(12, 20), language=language)
    yield "greeting of who invited", setting_up.greeting("C0LEARNING", w.words, language=language)
    yield "greeting, somewhere", setting_up.greeting("C0LEARNING", "", language=language)
    planned = SessionPlan("trust", {"en": w.words}, at(11, 23, 8), at(12, 6, 23))
    plan = Plan("learning", {"en": "Learning together"}, "Africa/Maputo", "C0LEARNING", "", (planned, planned))
    yield "planned", setting_up.planned(plan, language=language)
    concerns = [
        Concern("holiday", planned, date(2020, 12, 25), "Africa/Maputo", "Family Day"),
        Concern("weekend", planned, date(2020, 11, 22), zone),
    ]
    zones = ("Africa/Maputo", "Europe/Amsterdam", "Asia/Kolkata")
    calendar = setting_up.calendar("setup C0LEARNING", plan, zones, concerns, {}, language=language)
    assert calendar.about is not None
    yield "calendar before it is planned", calendar.about
    form = setting_up.form("setup C0", title="", zone=zone, first_day="2020-11-23", language=language)
    assert form.about is not None
    yield "above the form for a programme", form.about
    editing = forms.editing_session(w.session, "en", language=language)
    assert editing.about is not None
    yield "above the form for an objection", forms.about_summary(w.session, language=language)
    yield "nothing to forget", answers.personal.nothing_to_forget(language=language)
    yield "forgotten", answers.personal.forgotten(3, language=language)
    yield "help", answers.personal.help("member", language=language)
    yield "help for a member", answers.personal.help("member", "all", language=language)
    yield "help for a facilitator", answers.personal.help("facilitator", "ALL", language=language)
    yield "help on one thing", answers.personal.help("facilitator", "session", language=language)
    unknown = answers.personal.unknown("Is", None, language=language)
    yield "not kept", answers.personal.not_kept(unknown, language=language)
    yield "hello, nobody's", answers.personal.hello(language=language)
    yield "hello, open", answers.personal.hello(w.programme, w.session, None, language=language)
    yield "hello, to come", answers.personal.hello(w.programme, None, w.session, language=language)
    yield "hello, over", answers.personal.hello(w.programme, language=language)
    yield "unknown", answers.personal.unknown(w.words, "status", language=language)
    yield "unknown, nothing near", answers.personal.unknown(w.words, None, language=language)
    yield "apology", answers.personal.apology("7F3A", language=language)
    yield "not bound", answers.personal.not_bound(language=language)
    yield "not private", answers.personal.not_private(language=language)
    yield "standard channels only", answers.personal.standard_channels_only(language=language)
    yield "for facilitators only", answers.personal.for_facilitators_only(language=language)
    yield "cancelled", answers.asking.cancelled(language=language)
    withdrawing = answers.asking.withdrawing(12, language=language)
    yield "withdrawing", answers.asking.ask_first(withdrawing, "withdraw #12", language=language)
    without_any = answers.asking.forgetting(0, language=language)
    yield (
        "forgetting without contributions",
        answers.asking.ask_first(without_any, "settings forget", language=language),
    )
    yield (
        "forgetting",
        answers.asking.ask_first(answers.asking.forgetting(3, language=language), "settings forget", language=language),
    )


def facilitator_answers(w: World) -> Iterator[tuple[str, Message]]:
    both, gatherings, counts = [w.session, w.coming], [w.kickoff, w.plenary], {1: (8, 5), 2: (0, 0)}
    yield (
        "programme shown",
        answers.facilitators.programme_shown(w.programme, w.place, both, gatherings, counts, language=w.language),
    )
    yield "shifted", answers.facilitators.shifted(w.programme, both, gatherings, language=w.language)
    zone = "Africa/Maputo"
    yield "sessions listed", answers.facilitators.sessions_listed(w.programme, both, counts, zone, language=w.language)
    yield "session opened", answers.facilitators.session_opened(w.programme, w.session, language=w.language)
    yield "session closed", answers.facilitators.session_closed(w.programme, w.session, language=w.language)
    yield "session extended", answers.facilitators.session_extended(w.programme, w.session, language=w.language)
    yield "session skipped", answers.facilitators.session_skipped(w.programme, w.coming, language=w.language)
    yield "published", answers.facilitators.published(w.programme, w.session, language=w.language)
    yield "nothing new", answers.facilitators.nothing_new(w.programme, w.session, language=w.language)
    decisions: dict[str, datetime | Skip] = {f"{skip.name} {w.words}": skip for skip in Skip}
    decisions |= {"Amina": at(12, 1), "Joost": at(12, 2)}
    yield (
        "remind preview",
        answers.facilitators.remind_preview(decisions, "Africa/Maputo", now=at(12, 1), language=w.language),
    )
    yield "remind preview, nobody", answers.facilitators.remind_preview({}, "UTC", now=at(12, 1), language=w.language)
    yield (
        "reminded",
        answers.facilitators.reminded([at(12, 1), at(12, 2), Skip.CONTRIBUTED], now=at(12, 1), language=w.language),
    )
    yield "nobody to remind", answers.facilitators.nobody_to_remind(language=w.language)
    question = answers.asking_facilitators.reminding([at(12, 1), at(12, 2)], now=at(12, 1), language=w.language)
    yield "reminding", answers.asking.ask_first(question, "remind", language=w.language)
    yield "facilitators", answers.facilitators.facilitators_listed(w.programme, ["Amina", "Joost"], language=w.language)
    yield "facilitators, none", answers.facilitators.facilitators_listed(w.programme, [], language=w.language)
    yield "facilitator added", answers.facilitators.facilitator_added("Amina", language=w.language)
    yield "facilitator removed", answers.facilitators.facilitator_removed("Amina", language=w.language)
    yield "corrected", answers.facilitators.corrected(w.summary(w.brief, 8, draft=True))
    yield "session edited", answers.facilitators.session_edited(w.programme, w.session, language=w.language)
    yield "session reopened", answers.facilitators.session_reopened(w.programme, w.session, language=w.language)
    yield "findings published", answers.facilitators.findings_published(language=w.language)
    step = Audited.noted(1, 1, "session skip", at(12, 1), about="risk")
    yield "undone", answers.audit.undone(step, language=w.language)
    lines = [
        answers.audit.Line(at(12, 2), "Amina", "facilitators add", "Joost", undone=True),
        answers.audit.Line(at(12, 1), "", "session skip risk", "", undone=False),
    ]
    yield "audit", answers.audit.audit(w.programme, lines, "Africa/Maputo", language=w.language)
    yield "audit, empty", answers.audit.audit(w.programme, [], "Africa/Maputo", language=w.language)
    questions = (
        answers.audit.undoing(step, language=w.language),
        answers.asking_facilitators.publishing_findings(language=w.language),
        answers.asking_facilitators.shifting(timedelta(days=7), 4, language=w.language),
        answers.asking_facilitators.opening(w.coming, language=w.language),
        answers.asking_facilitators.closing(w.session, 8, language=w.language),
        answers.asking_facilitators.skipping(w.coming, is_last=True, language=w.language),
        answers.asking_facilitators.publishing(w.session, language=w.language),
        answers.asking_facilitators.removing(w.member, language=w.language),
    )
    for number, question in enumerate(questions, start=1):
        yield f"question {number}", answers.asking.ask_first(question, "…", language=w.language)


def told_mistakes(w: World) -> Iterator[tuple[str, Message]]:
    values: dict[type[MemberMistake], MemberMistake] = {
        NoSuchLine: NoSuchLine(line=9, lines=3),
        NoSuchQuestion: NoSuchQuestion(question=7, questions=2),
        TimeIsOver: TimeIsOver(until=at(12, 10, 9), zone="Africa/Maputo"),
        ObjectionTooLong: ObjectionTooLong(most=1000),
        PlaceIsTaken: PlaceIsTaken(title="Shifting the power"),
        NotAZone: NotAZone(zone="Maputo", nearest="Africa/Maputo"),
        TooManyLines: TooManyLines(most=20),
        ObjectedOften: ObjectedOften(most=10),
        NextWouldBeOpen: NextWouldBeOpen(days=7),
        CorrectionTooLong: CorrectionTooLong(most=600),
        SayIt: SayIt(example="ask Who decides on the budget?"),
        ProgrammeElsewhere: ProgrammeElsewhere(place="#cop-power"),
        NotUndone: NotUndone(step="summary publish risk"),
        TooManyAtOnce: TooManyAtOnce(most=20, minutes=10),
        RemindedAlready: RemindedAlready(at=at(12, 1), zone="Europe/Amsterdam"),
        InABreak: InABreak(why="year end", begins=date(2020, 12, 21), ends=date(2021, 1, 3), zone="Europe/Amsterdam"),
    }
    for kind in mistakes.SENTENCES:
        yield f"mistake: {kind.__name__}", mistakes.told(values.get(kind) or kind(), language=w.language)


FOR_MEMBERS: list[Callable[[World], Iterator[tuple[str, Message]]]] = [
    public_messages,
    member_answers,
    answers_about_objections,
    personal_answers,
    told_mistakes,
    facilitator_answers,
]


def all_messages(w: World) -> dict[str, Message]:
    return {name: said for say in (*FOR_MEMBERS, facilitator_answers) for name, said in say(w)}


def spans_of(message: Message) -> Iterator[Span]:
    for block in message.blocks:
        match block:
            case Paragraph(spans) | Note(spans):
                yield from spans
            case Bullets(bullets):
                yield from (span for bullet in bullets for span in bullet)
            case _:
                pass


def test_every_sentence_is_as_it_was_agreed() -> None:
    said = "\n\n\n".join(f"===== {name}\n{as_text(message)}" for name, message in all_messages(World()).items()) + "\n"
    if os.environ.get("WRITE_SENTENCES"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


def test_no_answer_is_forgotten_here() -> None:
    tested = inspect.getsource(inspect.getmodule(World) or World)
    said = [
        f"{room}.{name}"
        for room in answers.__all__
        for name, made in inspect.getmembers(getattr(answers, room), inspect.isfunction)
        if made.__module__ == f"{answers.__name__}.{room}"
        and made.__annotations__["return"] == "Message"
        and name[0] != "_"
    ]
    assert len(said) > 50
    assert [name for name in said if f"answers.{name}(" not in tested] == []


@pytest.mark.parametrize("language", translated())
def test_every_message_can_be_said_in_every_language(language: str) -> None:
    english = all_messages(World())
    for say in FOR_MEMBERS:
        for name, message in say(World(language)):
            if name not in IN_A_FURTHER_LANGUAGE:
                assert message.language == language, name
            assert as_text(message) != as_text(english[name]), name


def test_what_people_wrote_is_never_a_template() -> None:
    for name, message in all_messages(World(words=HOSTILE)).items():
        assert HOSTILE not in name
        text = as_text(message)
        assert text.count("{") == 3 * text.count(HOSTILE), name


def test_what_people_wrote_is_plain_words() -> None:
    for name, message in all_messages(World(words=HOSTILE)).items():
        for block in message.blocks:
            assert not (isinstance(block, Heading) and HOSTILE in block.text), name
        carrying = [span for span in spans_of(message) if HOSTILE in getattr(span, "text", getattr(span, "label", ""))]
        assert all(isinstance(span, Words) for span in carrying), name


def test_no_message_wakes_a_whole_channel_or_shouts() -> None:
    for name, message in all_messages(World()).items():
        text = as_text(message)
        assert not {"@here", "@channel", "@everyone"} & set(text.split()), name
        assert text.count("🌱") <= 1, name
        assert "!" not in text, name


def test_every_button_can_be_typed() -> None:
    for name, message in all_messages(World()).items():
        for block in message.blocks:
            if isinstance(block, Buttons) and not block.spare:
                typed = as_text(Message(tuple(b for b in message.blocks if b is not block)))
                assert all(b.command == "cancel" or f"/cop {shape(b.command)}" in typed for b in block.buttons), name


def shape(command: str) -> str:
    """What must be shown of it: where it carries what somebody wrote, its own words are enough."""
    words = command.split()
    return " ".join(words[:3]) if words[:2] == ["summary", "object"] else command


def test_spare_buttons_are_commands_and_stand_only_in_messages_that_say_how_to_take_part() -> None:
    spare = {
        name: block.buttons
        for name, message in all_messages(World()).items()
        for block in message.blocks
        if isinstance(block, Buttons) and block.spare
    }
    assert {name.partition(",")[0] for name in spare} == {"opening", "home", "reminder"}
    assert all(isinstance(parse(b.command), Typed) for buttons in spare.values() for b in buttons)


def test_every_reminder_says_how_to_pause_and_how_to_stop() -> None:
    world = World()
    said = reminders.reminder(
        world.programme, world.session, world.member, place_name="#c", place_link="https://e.example"
    )
    assert "/cop settings pause 14d" in as_text(said)
    assert "/cop settings off" in as_text(said)
    assert Link("https://e.example", "#c") in spans_of(said)


def test_a_reminder_shows_the_deadline_in_the_members_own_zone() -> None:
    said = dict(public_messages(World()))["reminder"]
    assert "Monday, 7 December 2020 at 00:59 (Africa/Maputo)" in as_text(said)


def test_a_theme_is_named_in_the_language_of_the_message() -> None:
    assert as_text(dict(public_messages(World("nl")))["opening"]).startswith("Thema 1 · Hoe geld stroomt")


def test_an_empty_session_is_told_kindly_and_without_zeros() -> None:
    text = as_text(dict(public_messages(World()))["summary, empty"])
    assert "Nobody posted in this session. That happens." in text
    assert "0" not in text.replace("2020", "").replace("20 ", "").replace("09:00", "")


def test_the_receipt_leaves_out_what_is_zero() -> None:
    world = World()
    text = as_text(world.summary(replace(world.brief, receipt=Receipt((12,))), 1))
    assert "1 read: 1 cited\n" in text + "\n"
    assert "merged" not in text
    assert "set aside" not in text


def test_a_number_without_an_address_is_shown_plain() -> None:
    world = World()
    spans = list(spans_of(world.summary(world.brief, 8)))
    assert Link("https://example.org/12", "#12") in spans
    assert Words("#31") in spans


def test_a_resource_is_its_own_label() -> None:
    world = World()
    links = [span for span in spans_of(world.summary(world.brief, 8)) if isinstance(span, Link)]
    assert Link("https://example.org/guide", "https://example.org/guide") in links


@pytest.mark.parametrize(("own", "spoken"), [("nl", "nl"), ("nl-BE", "nl"), ("da", "en"), ("", "en"), ("en-GB", "en")])
def test_a_member_reads_their_own_language_if_the_programme_offers_it(own: str, spoken: str) -> None:
    world = World()
    world.programme.settings = {**world.programme.settings, "interface_languages": ["en", "nl"]}
    assert for_member(world.programme, Member(workspace_id=1, platform="x", platform_id="1", language=own)) == spoken
